"""STATE.md: what is closed, stable, in progress and blocked; read, and changed in place.

Teams write it in two ways. Lists (CLOSED, STABLE, IN PROGRESS, BLOCKED, NEXT) are read as items, and a finish moves its
entry. A mere log of dated entries holds no list to move anything in: it is kept whole, and a finish becomes one more
dated entry that names what comes next. It is given no lists, for nobody of that team would keep them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import Board, Item, Lane, Slots
from bot.documents import next7d
from bot.documents.next7d import Doubt, Reading, Section
from bot.documents.outline import Kind, Outline, outline
from bot.documents.reading.layout import zones
from bot.documents.reading.log import LogEntry, log_entries, says_updated
from bot.documents.reading.survey import refuse_strange, survey
from bot.documents.writing import logbook
from bot.documents.writing.standing import Lists
from bot.documents.writing.template import NEW_STATE
from bot.documents.writing.wording import said
from bot.errors import BadInput


@dataclass(frozen=True, slots=True)
class State:
    """What a STATE.md says: its lists as a reading of items, and its dated entries."""

    reading: Reading
    log: tuple[LogEntry, ...]


def read(text: str, now: datetime, slots: Slots = Slots.BOARD) -> State:
    """Read a STATE.md; `now` and `slots` as for a NEXT-7D.md. Raises BadInput for what is none."""
    refuse_strange(text)
    document = outline(text)
    log = log_entries(document)
    if zones(document):
        return State(next7d.read(text, now, slots), log)
    if not log and not is_named(text):
        raise BadInput(
            "This does not look like a STATE.md: it has no list called CLOSED, STABLE or IN PROGRESS, and no heading "
            "that starts with a day."
        )
    updated = says_updated(document)
    why = f"it is a log of {len(log)} dated entries without lists, so nothing of it goes onto the board"
    doubt = Doubt(log[0].start + 1 if log else 1, document.line(log[0].start if log else 0).strip(), why)
    return State(Reading(Board(), updated[1] if updated else None, _sections(document), (doubt,)), log)


def is_named(text: str) -> bool:
    """Return whether a document calls itself STATE in its first heading."""
    first = next((block for block in outline(text).blocks if block.kind is Kind.HEADING), None)
    return bool(first and "STATE" in first.text.upper().split())


def finished(document: str | None, item: Item, next_item: Item | None, at: datetime) -> str:
    """Return the document with an item finished and the next one in progress (None: nothing is).

    The entry moves from IN PROGRESS to CLOSED or STABLE with its day, result and evidence. Done twice it is the same.
    """
    text = _or_new(document)
    if is_log(text):
        return logbook.with_entry(text, item, next_item, at)
    lists = Lists(text, at)
    lists.close(item)
    lists.hold(Lane.WIP, [next_item] if next_item else [], [item.title])
    return lists.text()


def unfinished(document: str | None, item: Item, at: datetime) -> str:
    """Return the document without an item's finish: what `finished` wrote about it is taken back."""
    text = _or_new(document)
    if is_log(text):
        return logbook.without_entry(text, item, at)
    lists = Lists(text, at)
    lists.take_back(item)
    return lists.text()


def reopened(document: str | None, item: Item, board: Board, at: datetime) -> str:
    """Return the document without an item under CLOSED or STABLE that is open again; `item` is as it was finished.

    A log keeps what it says of that day, and says that it is open again. An entry of another day goes where there is
    none of that day, but never one of what is done on the board.
    """
    text = _or_new(document)
    if is_log(text):
        return logbook.with_reopened(text, item, at)
    lists = Lists(text, at)
    lists.open_again(item, board.done)
    return lists.text()


def standing(document: str | None, board: Board, at: datetime) -> str:
    """Return the document with IN PROGRESS and BLOCKED as on the board; entries the board does not know stay."""
    text = _or_new(document)
    if is_log(text):
        return text
    lists = Lists(text, at)
    known = [item.title for item in board.items]
    lists.hold(Lane.WIP, board.in_progress, known)
    lists.hold(Lane.BLOCKED, board.blocked, known)
    return lists.text()


def is_log(text: str) -> bool:
    """Return whether a document has no list of what is done, so that a finish becomes a dated entry."""
    return not any(zone.lane is Lane.DONE for zone in zones(outline(text)))


def is_changed(written: str, current: str, now: datetime) -> bool:
    """Return whether a person changed our parts: IN PROGRESS, BLOCKED, or what an entry of CLOSED or STABLE says.

    Entries that people add to CLOSED or STABLE, or archive, are none of our parts: nothing of ours overwrites them.
    """
    if is_log(written) and is_log(current):
        return False
    try:
        was, became = _told(written, now), _told(current, now)
    except BadInput:
        return True
    edited = any(became[Lane.DONE].get(title, entry) != entry for title, entry in was[Lane.DONE].items())
    return edited or any(was[lane] != became[lane] for lane in (Lane.WIP, Lane.BLOCKED))


def _told(text: str, now: datetime) -> Mapping[Lane, Mapping[str, object]]:
    places = survey(text, now).places
    return {
        lane: {p.item.title: said(replace(p.item, lane=lane), dated=p.dated) for p in places if p.zone.lane is lane}
        for lane in (Lane.WIP, Lane.BLOCKED, Lane.DONE)
    }


def _or_new(document: str | None) -> str:
    return document if document and document.strip("\ufeff \t\r\n") else NEW_STATE


def _sections(document: Outline) -> tuple[Section, ...]:
    heads = [block for block in document.blocks if block.kind is Kind.HEADING and block.level <= 2]
    starts = [0, *(head.start for head in heads), len(document.lines)]
    titles = ["", *(head.text for head in heads)]
    bodies = [0, *(head.end for head in heads)]
    sections = [
        Section(title, "\n".join(_lines(document, range(body, end))).strip("\n"))
        for title, body, end in zip(titles, bodies, starts[1:], strict=True)
    ]
    return tuple(section for section in sections if section.heading or section.text.strip())


def _lines(document: Outline, numbers: Iterable[int]) -> list[str]:
    return [document.line(number) for number in numbers]
