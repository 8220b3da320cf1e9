"""NEXT-7D.md: the board's document, read and written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import Board, Slots
from bot.documents.days import UPDATED, shifted
from bot.documents.outline import Outline
from bot.documents.reading.doubts import Doubt, doubt_at, is_empty, is_ours, unread
from bot.documents.reading.layout import Zone
from bot.documents.reading.survey import survey, updated_line
from bot.documents.vocabulary import HEADINGS, TITLE, WIP_EACH
from bot.documents.writing.export import render
from bot.documents.writing.wording import said
from bot.errors import BadInput

__all__ = ["Doubt", "Reading", "Section", "decode", "is_changed", "is_only_dated", "read", "render", "shifted"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document that is not the board's: its heading as written, and its text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says. Every line of it that is not blank is in an item or in a section.

    Items are numbered in document order, whatever their lane. `updated` is aware, in UTC.
    """

    board: Board
    updated: datetime | None
    sections: tuple[Section, ...]
    doubts: tuple[Doubt, ...]


def read(text: str, now: datetime, slots: Slots = Slots.BOARD) -> Reading:
    """Read a document; `now` is when its items were created, `slots` whose the slots of WIP are.

    Raises BadInput for what is no board.
    """
    surveyed = survey(text, now, slots)
    items = [place.item for place in surveyed.places]
    doubts = [doubt_at(place.entry.start, why, surveyed.document) for place in surveyed.places for why in place.why]
    doubts += unread(surveyed.zones, surveyed.document)
    return Reading(
        Board(tuple(items), len(items) + 1, slots=slots),
        surveyed.updated,
        tuple(_sections(surveyed.zones, surveyed.document)),
        tuple(sorted(doubts, key=lambda doubt: doubt.line)),
    )


def is_changed(written: str, current: str, now: datetime, slots: Slots = Slots.BOARD) -> bool:
    """Return whether a person changed our parts: what the document says of an item, its lane, or their order."""
    try:
        return _told(written, now, slots) != _told(current, now, slots)
    except BadInput:
        return True


def _told(text: str, now: datetime, slots: Slots) -> list[object]:
    return [said(place.item, dated=place.dated) for place in survey(text, now, slots).places]


def is_only_dated(before: str, after: str) -> bool:
    """Return whether two texts differ in nothing but the line that says when they were last updated."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) != len(new):
        return False
    return all(
        line == other or (UPDATED.match(line) and UPDATED.match(other)) for line, other in zip(old, new, strict=True)
    )


def decode(raw: bytes) -> str:
    """Return the text of a file. A byte order mark stays in it, for the file to be written back as it was.

    Raises BadInput for what is not text in UTF-8.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise BadInput(
            "This is not a text file in UTF-8: byte {at} can't be read. Save it as UTF-8 and send it again.",
            at=str(error.start + 1),
        ) from None
    at = raw.find(0)
    if at >= 0:
        raise BadInput("This is not a text file: byte {at} is zero. Send the Markdown document itself.", at=str(at + 1))
    return text


def _sections(zones: list[Zone], document: Outline) -> Iterator[Section]:
    """Return what is not the board's, as written: whole sections, and what stands between the items of a lane."""
    dated = updated_line(document, zones)
    for zone in zones:
        lines = []
        for number in zone.loose():
            line = document.line(number)
            is_board_s = zone.lane is not None or zone.level < 2
            is_date = dated is not None and number == dated[0] and is_ours(line)
            if not (is_board_s and (is_date or is_empty(line))):
                lines.append(line)
        text = "\n".join(lines).strip("\n")
        ours = ("", TITLE) if zone.lane is None else (HEADINGS[zone.lane], zone.lane.name, WIP_EACH)
        if text.strip() or zone.title not in ours:
            yield Section(zone.title, text)
