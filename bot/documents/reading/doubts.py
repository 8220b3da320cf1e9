"""What is doubtful about a reading: lines under a lane that are no item, and headings that might have meant a lane."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from bot.core.board.model import Lane
from bot.documents.days import UPDATED
from bot.documents.outline import RULE, Block, Kind, Outline
from bot.documents.reading.entries import Part
from bot.documents.reading.layout import Zone
from bot.documents.vocabulary import EMPTY, PLANS, label_of, lane_of, says_none

MARKUP = re.compile(  # each tag in one way only: tags that end in no match would be tried in every combination
    r"\s*+(?>(?><!--.*?-->|<summary>(?:(?!<summary>).)*?</summary>|</?\w++[^<>]*+>)\s*+)++", re.DOTALL
)
SIGNED = re.compile(r"[\W_]*(?:last )?updated\b", re.IGNORECASE)
HINT = re.compile(
    r"\b(?:wip|in progress|doing|next|upcoming|queue|to-?do|later|backlog|deferred|blocked|waiting|parked|on hold"
    r"|done|completed|finished)\b",
    re.IGNORECASE,
)
NO_ITEM = "it is no item we can read, so it was kept as text"
STRUCK_OUT = "it is struck out and does not say that it is done, so it was kept as text"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line we are not sure about: its number as people count (from 1), its text, and why."""

    line: int
    text: str
    why: str


def doubt_at(line: int, why: str, document: Outline) -> Doubt:
    """Doubt a line, counted from 0."""
    return Doubt(line + 1, document.line(line).strip(), why)


def unread(zones: Sequence[Zone], document: Outline) -> Iterator[Doubt]:
    """Return the doubts about what stands in no item, zone by zone."""
    for zone, following in zip_longest(zones, zones[1:]):
        if zone.lane is None:
            doubtful = _inside(zone)
        else:
            is_last = following is None or following.level <= zone.level
            doubtful = [*_heading(zone, zone.lane, is_last), *_withdrawn(zone), *_loose(zone, document)]
        yield from (doubt_at(line, why, document) for line, why in doubtful)


def _inside(zone: Zone) -> list[tuple[int, str]]:
    """Return the headings in a kept section that name a lane all the same."""
    why = f"it is inside “{zone.title}”, so it was kept as text"
    inside = [(part.heading.start, why) for part in zone.parts[1:] if part.heading and lane_of(part.text)]
    return inside + [
        (part.heading.start, "it names no lane we know, so what is under it was kept as text")
        for part in zone.parts
        if part.heading and part.level > 1 and not lane_of(part.text) and _hints(part)
    ]


def _hints(part: Part) -> bool:
    """Return whether a kept heading has a lane's word in it and a list under it: `### Performance (Backlog)`."""
    listed = any(block.kind in (Kind.LIST, Kind.TABLE) for block in part.blocks)
    return listed and bool(HINT.search(part.text)) and not label_of(f"{part.text}:")


def _heading(zone: Zone, lane: Lane, is_last: bool) -> Iterator[tuple[int, str]]:
    """Return what is not certain about a lane's own heading; `is_last`: nothing deeper stands under it."""
    if zone.word in PLANS and zone.entries:
        yield zone.start, f"it names no lane; its open items were read as {lane.value.upper()}"
    if lane in (Lane.WIP, Lane.NEXT, Lane.BLOCKED) and _names_more(zone.title):
        yield zone.start, "only the lane was read from this heading; the words behind it are kept"
    is_bare = not (zone.entries or zone.withdrawn or zone.parts[0].blocks)
    if is_last and is_bare and not lane_of(zone.title):
        yield zone.start, "nothing stands under it, so it is no item; with a number it is one: 1) …"


def _withdrawn(zone: Zone) -> list[tuple[int, str]]:
    return [(entry.start, STRUCK_OUT) for entry in zone.withdrawn]


def _loose(zone: Zone, document: Outline) -> Iterator[tuple[int, str]]:
    """Return the first line of every block that is not, or not wholly, an item."""
    withdrawn = {line for entry in zone.withdrawn for line in range(entry.start, entry.end)}
    loose = set(zone.loose()) - withdrawn
    heads = {entry.start for entry in zone.entries}
    blocks = zone.parts[0].blocks
    for block, following in zip_longest(blocks, blocks[1:]):
        lines = [number for number in range(block.start, block.end) if number in loose]
        table = block.kind is Kind.TABLE  # its names of columns are loose, and no item
        if not lines or table or _is_markup(block, document):
            continue
        if not all(_says_little(document.line(number)) for number in lines):
            is_lead = block.kind is Kind.PARAGRAPH and following is not None and following.start in heads
            yield lines[0], f"{NO_ITEM}; what is listed under it was read as items" if is_lead else NO_ITEM


def _names_more(title: str) -> bool:
    """Return whether a lane's heading goes on behind a colon, perhaps with its item: `WIP: Payments`."""
    behind = title.partition(":")[2].strip(" *_")
    return bool(behind) and not says_none(behind)


def _is_markup(block: Block, document: Outline) -> bool:
    """Return whether a block is a comment, or tags without words: `<details>`."""
    text = "\n".join(document.line(number) for number in range(block.start, block.end))
    return block.kind is Kind.OTHER and bool(MARKUP.fullmatch(text))


def _says_little(line: str) -> bool:
    """Return whether a line says only what the board says itself, that there is nothing, or who wrote last."""
    return is_ours(line) or not line.strip() or says_none(line.lstrip(" \t-*+")) or bool(SIGNED.match(line))


def is_ours(line: str) -> bool:
    """Return whether a line says nothing but what the board says itself."""
    updated = UPDATED.fullmatch(line)
    return is_empty(line) or bool(updated and not updated["rest"].strip(" *_"))


def is_empty(line: str) -> bool:
    """Return whether a line says that there is nothing, or only sets two others apart."""
    return line.strip(" \t-*") == EMPTY or bool(RULE.fullmatch(line))
