"""The history of a board: reading it, and undoing its last change."""

import math
from dataclasses import dataclass

from bot.core.board import undo as rules
from bot.core.board.history import RESTORED, UNDO, Event, undoing, worth_telling
from bot.core.board.model import Slots
from bot.core.digest import schedule
from bot.core.people import Person, is_owner
from bot.errors import BadInput, RuleBroken
from bot.services.change import Ask, Change, item_changed
from bot.store import outbox
from bot.store.board import boards, events, finishes
from bot.store.database import Database
from bot.store.outbox import Owed

PAGE = 15  # events shown at a time


@dataclass(frozen=True, slots=True)
class Log:
    """A page of what happened, newest first. `older`: the page after it, 0 when there is none."""

    events: tuple[Event, ...]
    number: int | None
    page: int
    older: int


def log(db: Database, channel: str, number: int | None, page: int = 1) -> Log:
    """Return a page (from 1) of what happened to an item, or to the whole board without a number.

    Raises NotFound for an item, and BadInput for a page, that is not there.
    """
    with db.read() as tx:
        record = boards.look(tx, channel)
        if record is not None and number is not None:
            record.board.item(number)  # raises NotFound
        entries = worth_telling(events.of_item(tx, record.id, number)) if record else ()
    pages = max(1, math.ceil(len(entries) / PAGE))
    if not 1 <= page <= pages:
        raise BadInput(f"There is no page {page}; the log goes from 1 to {pages}.")
    start = (page - 1) * PAGE
    return Log(entries[start : start + PAGE], number, page, page + 1 if len(entries) > start + PAGE else 0)


def undo(db: Database, ask: Ask, only: int | None = None) -> tuple[Event, ...]:
    """Undo the last change of a board, or `only` that change if it is the last one still.

    Returns the events that were undone. It makes a new event and deletes none. Raises RuleBroken when more has happened
    since or it is too old, and NotAllowed when it is somebody else's and the asker is no owner.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        undone = rules.last(events.since(tx, change.record.id, None))
        if only is not None and only != undone:
            raise RuleBroken("More has happened since, so this can't be undone by itself. `/board log` shows what.")
        steps = events.steps(tx, change.record.id, undone)
        owns = is_owner(ask.asker, change.record.owners)
        rules.check(steps[-1].event, ask.asker, is_owner=owns, at=ask.at)
        for step in steps:
            _undo_settings(change, step)
            if rules.DOCUMENT in step.before:
                boards.keep_document(tx, change.record, step.before[rules.DOCUMENT], ask.at)
        note = undoing(undone, [step.event for step in steps], ask.who)
        change.make(UNDO, None, rules.undone(change.board, steps, ask.at), note=note)
        if finishes.undo(tx, change.record.id, undone):
            outbox.owe(tx, Owed.FINISH, f"{ask.channel}/{undone}", ask.at)
        for step in steps:
            if step.event.verb == "reopen" and step.event.number:
                item_changed(tx, change.record, step.event.number, ask.at)
    return tuple(step.event for step in steps)


def _undo_settings(change: Change, step: rules.Step) -> None:
    if rules.PLAN in step.before:
        change.set_plan(schedule.from_plain(step.before[rules.PLAN]), RESTORED)
    if rules.OWNERS in step.before:
        change.set_owners(tuple(Person(**owner) for owner in step.before[rules.OWNERS]), RESTORED)
    if rules.SLOTS in step.before:
        change.set_slots(Slots(step.before[rules.SLOTS]), RESTORED)


def events_of(db: Database, channel: str, change: int) -> tuple[Event, ...]:
    """Return what happened in one change of a channel's board, in its order."""
    with db.read() as tx:
        board_id = boards.id_of(tx, channel)
        steps = events.steps(tx, board_id, change) if board_id is not None else ()
        return worth_telling(step.event for step in steps)
