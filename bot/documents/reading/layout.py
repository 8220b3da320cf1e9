"""Where things stand in a document: which lines are a lane's, which are an item's, which are the document's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from bot.core.board.model import Lane
from bot.documents.days import BRACKET, days_in
from bot.documents.outline import Block, Kind, Outline
from bot.documents.reading.bold import with_bold_headings
from bot.documents.reading.entries import Entry, Part, entries, first_words, is_field
from bot.documents.reading.heads import is_withdrawn
from bot.documents.vocabulary import label_of, lane_named, lane_of, numbering, says_none

TOP = 1  # the level of a document's title
SECTION = 2  # the level of a document's parts


@dataclass(slots=True)
class Zone:
    """What stands under one heading: a lane's entries, or (lane None) lines that are the document's own."""

    heading: Block | None
    lane: Lane | None
    word: str  # the word of the heading that names the lane
    end: int
    parts: list[Part]
    entries: list[Entry] = field(default_factory=list)
    withdrawn: list[Entry] = field(default_factory=list)  # struck out, and not done: they are no items of any lane

    @property
    def level(self) -> int:
        """The heading's level; 0 above the first heading."""
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        """The heading as written."""
        return self.heading.text if self.heading else ""

    @property
    def start(self) -> int:
        """The heading's line."""
        return self.heading.start if self.heading else 0

    @property
    def body(self) -> int:
        """The first line under the heading."""
        return self.heading.end if self.heading else 0

    @property
    def day(self) -> datetime | None:
        """The day that the heading gives to what is under it."""
        days = days_in(self.title)
        return days[0] if len(days) == 1 else None

    def join(self, part: Part) -> None:
        """Take in a heading that opens no zone of its own."""
        self.parts.append(part)
        self.end = part.end

    def loose(self) -> list[int]:
        """Return the lines under the heading that are in no entry."""
        taken = {line for entry in self.entries for line in range(entry.start, entry.end)}
        return [line for line in range(self.body, self.end) if line not in taken]


def zones(document: Outline) -> list[Zone]:
    """Divide a document into zones from top to bottom; every line is in exactly one. No lane at all: no zones."""
    parts = list(_parts(with_bold_headings(document)))
    title = _title(parts)
    board_level = _board_level(part for part in parts if part is not title)
    if not board_level:
        return []
    divided = list(_divided(parts, title, board_level))
    for zone in divided:
        if zone.lane is not None:
            for entry in entries(zone.parts, zone.lane):
                is_out = (entry.folded or zone.lane) is not Lane.DONE and is_withdrawn(entry.words)
                (zone.withdrawn if is_out else zone.entries).append(entry)
    return divided


def _parts(document: Outline) -> Iterator[Part]:
    part = Part(None, [], 0)
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            part.end = block.start
            yield part
            part = Part(block, [], block.end)
        else:
            part.blocks.append(block)
    part.end = len(document.lines)
    yield part


def _title(parts: Sequence[Part]) -> Part | None:
    """Return the document's title: its only heading of the top level, which names no lane, whatever its words."""
    tops = [part for part in parts if part.level == TOP]
    others = any(part.level > TOP and lane_named(part.text) for part in parts)
    return tops[0] if len(tops) == 1 and others else None


def _board_level(parts: Iterable[Part]) -> int:
    """Return the level of the headings that are lanes, or 0. Deep ones must stand together: a log has stray ones."""
    levels: list[int] = []
    together: dict[tuple[int, int], set[Lane]] = {}
    above = [0] * 7  # the line of the last heading of each level
    for part in parts:
        if part.heading is None:
            continue
        above[part.level :] = [part.heading.start] * (7 - part.level)
        if named := lane_named(part.text):
            lanes = together.setdefault((part.level, above[part.level - 1]), set())
            lanes.add(named)
            if part.level <= SECTION or len(lanes) > 1:
                levels.append(part.level)
    return min(levels, default=0)


def _divided(parts: Sequence[Part], title: Part | None, board_level: int) -> list[Zone]:
    """Divide by headings: one opens a lane, a group in the lane around it, an item, or a section that is kept whole."""
    divided: list[Zone] = []
    frames = _frames(parts, title, board_level)
    lanes: list[Zone] = []  # those that are open, the innermost last
    inner = 0  # headings deeper than this belong to what is open: a kept section, or an item
    for part, following in zip_longest(parts, parts[1:]):
        if inner and part.level > inner:
            divided[-1].join(part)
            continue
        while lanes and lanes[-1].level >= part.level:
            lanes.pop()
        around = lanes[-1] if lanes else None
        named = lane_of(part.text) if part is not title else None
        if named is None and around is not None and _is_item(part, following, around.lane):
            divided[-1].join(part)
            inner = part.level
            continue
        divided.append(_opened(part, named, around))
        lanes += divided[-1:] if named else []
        is_kept = divided[-1].lane is None and part.level >= board_level and id(part) not in frames
        inner = part.level if is_kept else 0
    return divided


def _frames(parts: Sequence[Part], title: Part | None, board_level: int) -> set[int]:
    """Return the ids of sections that hold a board: `## Sprint 12` over `### WIP` and `### NEXT`, no WIP beside."""
    if any(part.level <= board_level and lane_named(part.text) is Lane.WIP for part in parts if part is not title):
        return set()
    frames: set[int] = set()
    lanes: set[Lane] = set()
    frame = 0
    for part in parts:
        if part.level <= board_level:
            frame, lanes = id(part), set()
        elif named := lane_named(part.text):
            lanes.add(named)
        if Lane.WIP in lanes and len(lanes) > 1:
            frames.add(frame)
    return frames


def _opened(part: Part, named: tuple[Lane, str] | None, around: Zone | None) -> Zone:
    if named:
        return Zone(part.heading, named[0], named[1], part.end, [part])
    if around:
        return Zone(part.heading, around.lane, around.word, part.end, [part])
    return Zone(part.heading, None, "", part.end, [part])


def _is_item(part: Part, following: Part | None, lane: Lane | None) -> bool:
    """Return whether a heading under a lane is an item, and not the name of a group of items."""
    if following is not None and following.level > part.level and label_of(f"{following.text}:"):
        return True
    fields = any(
        label_of(first_words(item)) for block in part.blocks if block.kind is Kind.LIST for item in block.inside
    )
    fields = fields or any(label_of(block.text) for block in part.blocks if block.kind is Kind.PARAGRAPH)
    if numbering(part.text) or fields or is_field(part.text):
        return True
    if lane is Lane.WIP:
        return bool(part.blocks) and not says_none(part.blocks[0].text)
    return lane is Lane.DONE and bool(BRACKET.search(part.text))
