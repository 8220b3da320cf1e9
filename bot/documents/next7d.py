"""NEXT-7D.md: the board's document, read and written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from bot.core.board import Board, Lane
from bot.documents.days import UPDATED, shifted
from bot.documents.outline import RULE, Block, Kind, Outline
from bot.documents.reading.layout import Zone
from bot.documents.reading.survey import survey, updated_line
from bot.documents.vocabulary import EMPTY, HEADINGS, PLANS, TITLE, lane_of, says_none
from bot.documents.writing.export import render
from bot.documents.writing.wording import said
from bot.errors import BadInput

__all__ = ["Doubt", "Reading", "Section", "decode", "is_changed", "is_only_dated", "read", "render", "shifted"]

MARKUP = re.compile(r"\s*(?:(?:<!--.*?-->|<summary>.*?</summary>|</?\w+[^<>]*>)\s*)+", re.DOTALL)
SIGNED = re.compile(r"[\W_]*(?:last )?updated\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line we are not sure about: its number as people count (from 1), its text, and why."""

    line: int
    text: str
    why: str


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


def read(text: str, now: datetime) -> Reading:
    """Read a document; `now` is when its items were created. Raises BadInput for what is no board."""
    found = survey(text, now)
    items = [place.item for place in found.places]
    doubts = [_doubt(found.document, place.entry.start, why) for place in found.places for why in place.why]
    doubts += _unread(found.zones, found.document)
    return Reading(
        Board(tuple(items), len(items) + 1),
        found.updated,
        tuple(_sections(found.zones, found.document)),
        tuple(sorted(doubts, key=lambda doubt: doubt.line)),
    )


def is_changed(written: str, current: str, now: datetime) -> bool:
    """Whether a person changed our parts: what the document says of an item, its lane, or their order."""
    try:
        return _told(written, now) != _told(current, now)
    except BadInput:
        return True


def _told(text: str, now: datetime) -> list[object]:
    return [said(place.item, dated=place.dated) for place in survey(text, now).places]


def is_only_dated(before: str, after: str) -> bool:
    """Whether two texts differ in nothing but the line that says when they were last updated."""
    old, new = before.splitlines(), after.splitlines()
    if len(old) != len(new):
        return False
    return all(
        one == other or (UPDATED.match(one) and UPDATED.match(other)) for one, other in zip(old, new, strict=True)
    )


def decode(raw: bytes) -> str:
    """Give the text of a file. A byte order mark stays in it, for the file to be written back as it was."""
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


def _doubt(document: Outline, line: int, why: str) -> Doubt:
    return Doubt(line + 1, document.line(line).strip(), why)


def _unread(found: list[Zone], document: Outline) -> Iterator[Doubt]:
    """What stands under a lane's heading and is no item; and headings that might have meant a lane."""
    for zone, following in zip_longest(found, found[1:]):
        if zone.lane is None:
            for part in zone.parts[1:]:
                if part.heading and lane_of(part.text):
                    yield _doubt(document, part.heading.start, f"it is inside “{zone.title}”, so it was kept as text")
            continue
        if zone.word in PLANS and zone.entries:
            yield _doubt(
                document, zone.start, f"it names no lane; its open items were read as {zone.lane.value.upper()}"
            )
        if zone.lane in (Lane.WIP, Lane.NEXT, Lane.BLOCKED) and _names_more(zone.title):
            yield _doubt(document, zone.start, "only the lane was read from this heading; the words behind it are kept")
        is_last = following is None or following.level <= zone.level
        if is_last and not lane_of(zone.title) and not zone.entries and not zone.parts[0].blocks:
            yield _doubt(
                document, zone.start, "nothing stands under it, so it is no item; with a number it is one: 1) …"
            )
        loose = set(zone.loose())
        for block in zone.parts[0].blocks:
            lines = [number for number in range(block.start, block.end) if number in loose]
            table = block.kind is Kind.TABLE  # its names of columns are loose, and no item
            if (
                lines
                and not table
                and not _is_markup(block, document)
                and not all(_says_little(document.line(number)) for number in lines)
            ):
                yield _doubt(document, lines[0], "it is no item we can read, so it was kept as text")


def _names_more(title: str) -> bool:
    """Whether a lane's heading goes on behind a colon, perhaps with its item: `WIP: Payments`."""
    behind = title.partition(":")[2].strip(" *_")
    return bool(behind) and not says_none(behind)


def _is_markup(block: Block, document: Outline) -> bool:
    """Whether a block is a comment, or tags without words: `<details>`."""
    text = "\n".join(document.line(number) for number in range(block.start, block.end))
    return block.kind is Kind.OTHER and bool(MARKUP.fullmatch(text))


def _says_little(line: str) -> bool:
    """Whether a line says only what the board says itself, that there is nothing, or who wrote last."""
    return _ours(line) or not line.strip() or says_none(line.lstrip(" \t-*+")) or bool(SIGNED.match(line))


def _sections(found: list[Zone], document: Outline) -> Iterator[Section]:
    """What is not the board's, as written: whole sections, and what stands between the items of a lane."""
    dated = updated_line(document, found)
    for zone in found:
        lines = []
        for number in zone.loose():
            line = document.line(number)
            is_board_s = zone.lane is not None or zone.level < 2
            is_date = dated is not None and number == dated[0] and _ours(line)
            if not (is_board_s and (is_date or _is_empty(line))):
                lines.append(line)
        text = "\n".join(lines).strip("\n")
        ours = ("", TITLE) if zone.lane is None else (HEADINGS[zone.lane], zone.lane.name)
        if text.strip() or zone.title not in ours:
            yield Section(zone.title, text)


def _ours(line: str) -> bool:
    """Whether a line says nothing but what the board says itself."""
    updated = UPDATED.fullmatch(line)
    return _is_empty(line) or bool(updated and not updated["rest"].strip(" *_"))


def _is_empty(line: str) -> bool:
    """Whether a line says that there is nothing, or only sets two others apart."""
    return line.strip(" \t-*") == EMPTY or bool(RULE.fullmatch(line))
