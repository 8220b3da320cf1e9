"""Writing on an item: its words, its criteria, its ticks, its status note."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.core.board import dod, edits, moves
from bot.core.board.dod import Boxes, Keep
from bot.core.board.edits import Edit
from bot.core.board.history import ticks
from bot.core.board.model import TEXT_LIMIT, Board, Item, Note
from bot.core.board.words import check_criteria, mark, within
from bot.core.people import Person, check_owner
from bot.errors import BadInput
from bot.services.change import Ask, Change
from bot.services.digest import nudges
from bot.store.board import boards
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class NewOwner:
    """Whom an item is to belong to; None: to nobody."""

    person: Person | None


def write_dod(db: Database, ask: Ask, number: int, lines: str, *, keep: Keep = False, seen: str = "") -> Item:
    """Write an item's Definition of Done, one criterion a line; what was ticked stays ticked where the text stays.

    Raises Vague for criteria that name nothing to check, unless a person says with `keep` that they judge them; and
    Overtaken, here and below, when there are other criteria than the person has `seen` (their mark; "" for typed).
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        after = dod.write(change.board, number, lines, keep=keep, seen=seen)
        if after != change.board:
            change.make("dod", number, after)
    return change.board.item(number)


def tick(db: Database, ask: Ask, number: int | None, ks: int | tuple[int, ...], *, seen: str = "") -> Item:
    """Mark criteria as met, one or several; without an item's number, of the one in progress."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "tick", number, ask.who)
        before = change.board.item(number)
        check_criteria(before, seen)
        after = dod.tick_each(change.board, number, _several(ks), ask.who, ask.at)
        change.make("tick", number, after, note=ticks(before, after.item(number)))
    return change.board.item(number)


def untick(db: Database, ask: Ask, number: int | None, ks: int | tuple[int, ...], *, seen: str = "") -> Item:
    """Open criteria again, one or several."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "untick", number, ask.who)
        before = change.board.item(number)
        check_criteria(before, seen)
        after = dod.untick_each(change.board, number, _several(ks))
        change.make("untick", number, after, note=ticks(before, after.item(number)))
    return change.board.item(number)


def _several(ks: int | tuple[int, ...]) -> tuple[int, ...]:
    return (ks,) if isinstance(ks, int) else ks


def waivable(db: Database, ask: Ask, number: int, k: int) -> Item:
    """Return an item whose criterion `k` somebody may waive, whatever they say for it. Raises what `waive` would."""
    with db.read() as tx:
        record = boards.look(tx, ask.channel)
    item, _ = dod.waivable(record.board if record else Board(), number, k)
    if record:
        check_owner("waive", ask.asker, record.owners, is_begun=record.is_begun)
    return item


def waive(db: Database, ask: Ask, number: int, k: int, reason: str, *, seen: str = "") -> Item:
    """Let criterion `k` go unmet for a reason; for owners. Raises NotAllowed."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        check_criteria(change.board.item(number), seen)
        after = dod.waive(change.board, number, k, ask.who, ask.at, reason)
        change.for_owners("waive")
        change.make("waive", number, after, note=f"{after.item(number).dod[k - 1].text} — {reason.strip()}")
    return change.board.item(number)


def show_evidence(db: Database, ask: Ask, number: int, k: int, evidence: str, *, seen: str = "") -> Item:
    """Write what shows that criterion `k` is met."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        check_criteria(change.board.item(number), seen)
        after = dod.show_evidence(change.board, number, k, evidence)
        if after != change.board:
            proof = evidence.strip() or "none any more"
            change.make("evidence", number, after, note=f"{after.item(number).dod[k - 1].text} — {proof}")
    return change.board.item(number)


def edit(
    db: Database,
    ask: Ask,
    number: int,
    edited: Edit,
    seen: Mapping[str, str] = MappingProxyType({}),
    *,
    owner: NewOwner | None = None,
) -> Item:
    """Change an item's words, and whom it belongs to; nothing differs, no change. One change, all or nothing.

    `seen` has the marks of the fields as a dialog showed them. Raises BadInput on the field that is missing or too
    long, Overtaken where another changed one as well, RuleBroken where the new owner can't own it.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        after = edits.edit(change.board, number, edited, seen)
        if after != change.board:
            change.make("edit", number, after)
        if owner is not None:
            _give(change, ask, number, owner.person)
    return change.board.item(number)


def assign(db: Database, ask: Ask, number: int, owner: Person | None) -> Item:
    """Give an item to somebody, or to nobody. Raises RuleBroken where each person has a slot and theirs is taken."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        _give(change, ask, number, owner)
    return change.board.item(number)


def _give(change: Change, ask: Ask, number: int, owner: Person | None) -> None:
    after = edits.assign(change.board, number, owner, ask.at, by=ask.who)
    if after != change.board:
        change.make("assign", number, after, note=owner.name if owner else "nobody")


def block(db: Database, ask: Ask, number: int | None, reason: str, back_on: date | None = None) -> Item:
    """Flag the item in progress as blocked; it stays in progress."""
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "block", number, ask.who)
        after = moves.block(change.board, number, ask.at, reason, back_on, by=ask.who)
        change.make("block", number, after, note=reason.strip())
    return change.board.item(number)


def save_progress(db: Database, ask: Ask, number: int, boxes: Boxes, result: str, *, seen_result: str = "") -> Item:
    """Save what the finish dialog says: which criteria are met, and the result so far.

    `seen_result`: the mark of the result that it showed; one that was left alone stays as others wrote it meanwhile.
    """
    result = within(result, TEXT_LIMIT, "The result", "result")
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        before = moves.finishable(change.board, number, ask.at, ask.who)
        item = dod.tick_just(change.board, number, boxes, ask.who, ask.at).item(number)
        saved = before.result if seen_result == mark(result) else result
        after = change.board.having([replace(item, result=saved)])
        if after.item(number) != before:
            change.make("tick", number, after, note=ticks(before, item))
    return change.board.item(number)


def set_status(db: Database, ask: Ask, number: int | None, text: str) -> Item:
    """Leave a status note; without a number, on theirs in progress. Raises BadInput for an empty or too long one."""
    text = within(text, TEXT_LIMIT, "The note", "status")
    if not text:
        raise BadInput("What is the status? For example `/board status waiting for the review`.", field="status")
    with db.begin() as tx:
        change = Change(tx, ask, also=[number])
        number = moves.named(change.board, "status", number, ask.who)
        item = dod.changeable(change.board, number)
        noted = change.board.having([replace(item, status=Note(text, ask.who, ask.at))])
        change.make("status", number, noted, note=text)
        if item.owner:
            nudges.answered(tx, ask, item.owner)
    return change.board.item(number)
