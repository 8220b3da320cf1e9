"""Writing on an item: its criteria, its ticks, its status note."""

from collections.abc import Set
from dataclasses import replace

from bot.core import dod, moves
from bot.core.board import TEXT_LIMIT, Item, Lane, Note
from bot.core.drafts import within
from bot.errors import BadInput, RuleBroken
from bot.services.ask import Ask, Change
from bot.store.database import Database


def write_dod(db: Database, ask: Ask, number: int, lines: str) -> Item:
    """Write an item's Definition of Done, one criterion a line; what was ticked stays ticked where the text stays."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        change.make("dod", number, dod.write(change.board, number, lines))
    return change.board.item(number)


def tick(db: Database, ask: Ask, number: int | None, k: int) -> Item:
    """Mark criterion `k` as met; without an item's number, of the one in progress."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "tick", number)
        change.make("tick", number, dod.tick(change.board, number, k, ask.who, ask.at), note="1")
    return change.board.item(number)


def save_progress(db: Database, ask: Ask, number: int, met: Set[int], result: str) -> Item:
    """Save what the finish dialog says: exactly these criteria are met, and the result so far."""
    result = within(result, TEXT_LIMIT, "The result", "result")
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        before = moves.finishable(change.board, number, ask.at)
        item = dod.tick_just(change.board, number, met, ask.who, ask.at).item(number)
        after = change.board.having([replace(item, result=result)])
        if after.item(number) != before:
            change.make("tick", number, after, note=str(item.settled - before.settled))
    return change.board.item(number)


def set_status(db: Database, ask: Ask, number: int | None, text: str) -> Item:
    """Leave a status note; without a number, on the item in progress."""
    text = within(text, TEXT_LIMIT, "The note", "status")
    if not text:
        raise BadInput("What is the status? For example `/board status waiting for the review`.", field="status")
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "status", number)
        item = change.board.item(number)
        if item.lane is Lane.DONE:
            raise RuleBroken(f"*#{number} {{title}}* is done, so it has no status any more.", title=item.title)
        noted = change.board.having([replace(item, status=Note(text, ask.who, ask.at))])
        change.make("status", number, noted, note=text)
    return change.board.item(number)
