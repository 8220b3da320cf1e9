"""NEXT-7D.md: the board's document, read and written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.core.board import NEXT_LIMIT, Board, Item, Lane
from bot.documents.days import UPDATED, moment
from bot.documents.items import Draft, draft
from bot.documents.layout import Zone, zones
from bot.documents.outline import Kind, Outline, outline
from bot.documents.vocabulary import EMPTY, HEADINGS, PLANS, TITLE, lane_of, says_none
from bot.errors import BadInput

SIZE_LIMIT = 2 * 1024 * 1024  # bytes; the longest board seen was 17 kB
LINE_LIMIT = 100_000
RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
RANK = 1024  # LATER items stand this far apart, so that one can be put between two


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
    _refuse_strange(text)
    document = outline(text)
    found = zones(document)
    if not found:
        raise BadInput(
            "This does not look like a board: no heading says WIP, NEXT, LATER, BLOCKED or DONE. "
            "Send a document with at least one of them, for example `## WIP`."
        )
    updated = _updated(document, found)
    drafts = [draft(entry, zone, document, now, updated) for zone in found for entry in zone.entries]
    items, doubts = _placed(drafts, document)
    doubts += _unread(found, document)
    board = Board(tuple(items), len(items) + 1)
    return Reading(
        board, updated, tuple(_sections(found, document)), tuple(sorted(doubts, key=lambda doubt: doubt.line))
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


def _refuse_strange(text: str) -> None:
    if not text.strip("\ufeff \t\r\n"):
        raise BadInput(
            "This document is empty. Send a NEXT-7D.md with at least one of `## WIP`, `## NEXT` and `## DONE`."
        )
    if len(text) > SIZE_LIMIT or len(text.encode(errors="replace")) > SIZE_LIMIT:
        raise BadInput("This document is larger than 2 MB. Move old DONE items to an archive and send it again.")
    if text.count("\n") > LINE_LIMIT:
        raise BadInput(
            "This document has more than 100,000 lines. Move old DONE items to an archive and send it again."
        )
    if "\0" in text:
        raise BadInput("This is not a text file: there is a zero in it. Send the Markdown document itself.")


def _updated(document: Outline, found: list[Zone]) -> datetime | None:
    """When the document says it was last updated; what stands above the first lane is asked first."""
    for zone in sorted(found, key=lambda zone: zone.lane is not None):
        for number in zone.loose():
            line = UPDATED.match(document.line(number))
            if line and (at := moment(line)):
                return at
    return None


def _placed(drafts: list[Draft], document: Outline) -> tuple[list[Item], list[Doubt]]:
    """Number the items and give each its place; what finds no room in WIP or NEXT goes to LATER."""
    items: list[Item] = []
    doubts: list[Doubt] = []
    places = {lane: count(1) for lane in Lane}
    held = dict.fromkeys(Lane, 0)
    for number, drafted in enumerate(drafts, 1):
        lane, why = drafted.item.lane, list(drafted.why)
        if lane in ROOM and held[lane] >= ROOM[lane][0]:
            lane, why = Lane.LATER, [*why, ROOM[lane][1]]
        held[lane] += 1
        place = next(places[lane])
        position = {Lane.NEXT: place, Lane.DONE: place, Lane.LATER: place * RANK}.get(lane, 0)
        items.append(replace(drafted.item, number=number, lane=lane, position=position))
        doubts += [_doubt(document, drafted.entry.start, words) for words in why]
    return items, doubts


ROOM = {
    Lane.WIP: (1, "WIP holds one item, so this one went to LATER"),
    Lane.NEXT: (NEXT_LIMIT, "NEXT holds three items, so this one went to LATER"),
}


def _doubt(document: Outline, line: int, why: str) -> Doubt:
    return Doubt(line + 1, document.line(line).strip(), why)


def _unread(found: list[Zone], document: Outline) -> Iterator[Doubt]:
    """What stands under a lane's heading and is no item; and headings that might have meant a lane."""
    for zone in found:
        if zone.lane is None:
            for part in zone.parts[1:]:
                if part.heading and lane_of(part.text):
                    yield _doubt(document, part.heading.start, f"it is inside “{zone.title}”, so it was kept as text")
            continue
        if zone.word in PLANS and zone.entries:
            yield _doubt(
                document, zone.start, f"it names no lane; its open items were read as {zone.lane.value.upper()}"
            )
        loose = set(zone.loose())
        for block in zone.parts[0].blocks:
            lines = [number for number in range(block.start, block.end) if number in loose]
            if lines and block.kind is not Kind.RULE and not _says_little(document, lines):
                yield _doubt(document, lines[0], "it is no item we can read, so it was kept as text")


def _says_little(document: Outline, lines: list[int]) -> bool:
    return all(
        _ours(line := document.line(number)) or says_none(line.lstrip(" \t-*+")) or UPDATED.match(line)
        for number in lines
    )


def _sections(found: list[Zone], document: Outline) -> Iterator[Section]:
    """What is not the board's, as written: whole sections, and what stands between the items of a lane."""
    for zone in found:
        lines = [document.line(number) for number in zone.loose()]
        if zone.lane is not None or zone.level < 2:
            lines = [line for line in lines if not _ours(line)]
        text = "\n".join(lines).strip("\n")
        ours = zone.title in ("", TITLE) if zone.lane is None else zone.title == HEADINGS[zone.lane]
        if text.strip() or not ours:
            yield Section(zone.title, text)


def _ours(line: str) -> bool:
    """Whether a line says nothing but what the board says itself."""
    updated = UPDATED.fullmatch(line)
    return line.strip() == EMPTY or bool(RULE.fullmatch(line)) or bool(updated and not updated["rest"].strip(" *_"))
