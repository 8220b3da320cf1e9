"""Where things stand in a document: which lines are a lane's, which are an item's, which are the document's own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from bot.core.board import Lane
from bot.documents.days import BRACKET, DAY, when
from bot.documents.outline import Block, Kind, Outline
from bot.documents.vocabulary import PLANS, Field, label_of, lane_of, numbering, says_none

TOP = 1  # the level of a document's title
SECTION = 2  # the level of a document's parts


class Form(StrEnum):
    """How an item is written."""

    HEADING = "### 1) Title"
    PARAGRAPH = "**Title**"
    BULLET = "- Title"
    NUMBERED = "1. Title"
    ROW = "| Title |"


@dataclass(slots=True)
class Entry:
    """One item as it is written: its lines [start, end), the words of its head, and the blocks under it."""

    form: Form
    start: int
    end: int
    head: str
    body: list[Block] = field(default_factory=list)
    lines: tuple[str, ...] = ()  # labelled lines of the head's own paragraph
    cells: tuple[tuple[str, str], ...] = ()  # of a row: the name of the column, and what stands in it


@dataclass(slots=True)
class Zone:
    """What stands under one heading: a lane's entries, or (lane None) lines that are the document's own."""

    heading: Block | None
    lane: Lane | None
    word: str  # the word of the heading that names the lane
    end: int
    parts: list["Part"]
    entries: list[Entry] = field(default_factory=list)

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
        days = DAY.findall(self.title)
        return when(days[0]) if len(days) == 1 else None

    def loose(self) -> list[int]:
        """The lines under the heading that are in no entry."""
        taken = {line for entry in self.entries for line in range(entry.start, entry.end)}
        return [line for line in range(self.body, self.end) if line not in taken]


@dataclass(slots=True)
class Part:
    """A heading and the blocks up to the next heading."""

    heading: Block | None
    blocks: list[Block]
    end: int

    @property
    def level(self) -> int:
        """The heading's level; 0 above the first heading."""
        return self.heading.level if self.heading else 0

    @property
    def text(self) -> str:
        """The heading's words."""
        return self.heading.text if self.heading else ""


def zones(document: Outline) -> list[Zone]:
    """Divide a document into zones from top to bottom; every line is in exactly one. No lane at all: no zones."""
    parts = list(_parts(document))
    title = _title(parts)
    board_level = _board_level(part for part in parts if part is not title)
    if not board_level:
        return []
    found = list(_divided(parts, title, board_level))
    for zone in found:
        if zone.lane is not None:
            zone.entries = list(_entries(zone))
    return found


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
    """The document's title is its only heading of the top level; it names no lane, whatever its words."""
    tops = [part for part in parts if part.level == TOP]
    others = any(part.level > TOP and _names_lane(part) for part in parts)
    return tops[0] if len(tops) == 1 and others else None


def _board_level(parts: Iterable[Part]) -> int:
    """The level of the headings that are lanes, 0 for none. Deep ones must stand together: a log has stray ones."""
    levels: list[int] = []
    together: dict[tuple[int, int], set[Lane]] = {}
    above = [0] * 7  # the line of the last heading of each level
    for part in parts:
        if part.heading is None:
            continue
        above[part.level :] = [part.heading.start] * (7 - part.level)
        if named := _names_lane(part):
            lanes = together.setdefault((part.level, above[part.level - 1]), set())
            lanes.add(named)
            if part.level <= SECTION or len(lanes) > 1:
                levels.append(part.level)
    return min(levels, default=0)


def _names_lane(part: Part) -> Lane | None:
    named = lane_of(part.text)
    return named[0] if named and named[1] not in PLANS else None


def _divided(parts: Sequence[Part], title: Part | None, board_level: int) -> Iterator[Zone]:
    """A heading opens a lane, or a group in the lane around it, or an item, or a section that is kept whole."""
    open_lanes: list[Zone] = []
    zone: Zone | None = None
    inner = 0  # headings deeper than this belong to what is open: a kept section, or an item
    for part, following in zip_longest(parts, parts[1:]):
        if zone is not None and inner and part.level > inner:
            zone.parts.append(part)
            zone.end = part.end
            continue
        inner = 0
        while open_lanes and open_lanes[-1].level >= part.level:
            open_lanes.pop()
        around = open_lanes[-1] if open_lanes else None
        named = lane_of(part.text) if part is not title else None
        if named is None and zone is not None and around is not None and _is_item(part, following, around.lane):
            inner = part.level
            zone.parts.append(part)
            zone.end = part.end
            continue
        if zone is not None:
            yield zone
        zone = _opened(part, named, around)
        if named:
            open_lanes.append(zone)
        if zone.lane is None and part.level >= board_level:
            inner = part.level
    if zone is not None:
        yield zone


def _opened(part: Part, named: tuple[Lane, str] | None, around: Zone | None) -> Zone:
    if named:
        return Zone(part.heading, named[0], named[1], part.end, [part])
    if around:
        return Zone(part.heading, around.lane, around.word, part.end, [part])
    return Zone(part.heading, None, "", part.end, [part])


def _is_item(part: Part, following: Part | None, lane: Lane | None) -> bool:
    """Whether a heading under a lane is an item, and not the name of a group of items."""
    if following is not None and following.level > part.level and label_of(f"{following.text}:"):
        return True
    fields = any(
        label_of(first_words(item)) for block in part.blocks if block.kind is Kind.LIST for item in block.inside
    )
    fields = fields or any(label_of(block.text) for block in part.blocks if block.kind is Kind.PARAGRAPH)
    if numbering(part.text) or fields:
        return True
    if lane is Lane.WIP:
        return bool(part.blocks) and not says_none(part.blocks[0].text)
    return lane is Lane.DONE and bool(BRACKET.search(part.text))


def first_words(block: Block) -> str:
    """Give the paragraph that a list item starts with; nothing for one that starts otherwise."""
    starts = block.inside and block.inside[0].kind is Kind.PARAGRAPH
    return block.inside[0].text if starts else ""


def _entries(zone: Zone) -> Iterator[Entry]:
    own, *items = zone.parts
    yield from _listed(own.blocks, zone.lane)
    for heading, blocks in _headed(items):
        entry = Entry(Form.HEADING, heading.start, heading.end, heading.text, blocks)
        entry.end = _end(entry)
        yield entry


def _headed(parts: Iterable[Part]) -> Iterator[tuple[Block, list[Block]]]:
    """The headings that are items, each with the blocks under it; a deeper heading is one of them."""
    item: tuple[Block, list[Block]] | None = None
    for part in parts:
        if part.heading is None:
            continue
        if item is not None and part.level > item[0].level:
            item[1].extend([part.heading, *part.blocks])
            continue
        if item is not None:
            yield item
        item = (part.heading, list(part.blocks))
    if item is not None:
        yield item


def _end(entry: Entry) -> int:
    """The line behind an entry's last block; a rule at its end sets it apart from what follows and is not its own."""
    while entry.body and entry.body[-1].kind is Kind.RULE:
        entry.body.pop()
    return entry.body[-1].end if entry.body else entry.end


def _listed(blocks: Sequence[Block], lane: Lane | None) -> Iterator[Entry]:
    """The entries among the blocks that stand directly under a heading."""
    entry: Entry | None = None
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind is Kind.PARAGRAPH and _is_head(block, following, lane):
            if entry is not None:
                yield entry
            entry = _paragraph(block)
        elif entry is not None and block.kind is not Kind.RULE:
            entry.body.append(block)
            entry.end = _end(entry)
        elif block.kind is Kind.LIST:
            yield from _bullets(block)
        elif block.kind is Kind.TABLE:
            yield from _rows(block)
        elif entry is not None:
            yield entry
            entry = None
    if entry is not None:
        yield entry


def _is_head(block: Block, following: Block | None, lane: Lane | None) -> bool:
    """Whether a paragraph is the head of an item: bold in WIP, or followed by labelled lines anywhere."""
    first, *more = block.text.split("\n")
    if says_none(first) and not BRACKET.search(first):
        return False
    listed = following.inside if following and following.kind is Kind.LIST and following.start == block.end else ()
    labelled = any(label_of(first_words(item)) for item in listed) or any(label_of(line) for line in more)
    bold = first.startswith(("**", "__"))
    started = BRACKET.search(first) is not None
    return labelled or (lane is Lane.WIP and (bold or started)) or (bold and bool(numbering(first.lstrip("*_"))))


def _paragraph(block: Block) -> Entry:
    head, more = _head(block.text)
    return Entry(Form.PARAGRAPH, block.start, block.end, head, [], more)


def _head(text: str) -> tuple[str, tuple[str, ...]]:
    """Divide a paragraph into the head, however often it wraps, and the labelled lines that follow it."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if at and label_of(line)), len(lines))
    return " ".join(line.strip() for line in lines[:at]), tuple(lines[at:])


def _bullets(block: Block) -> Iterator[Entry]:
    """The entries of a list; a labelled bullet (`- DoD: x`) belongs to the bullet before it."""
    entry: Entry | None = None
    for item in block.inside:
        first = first_words(item)
        label = label_of(first)
        if entry is not None and label and label.field is not Field.TITLE:
            entry.body.append(item)
            entry.end = item.end
            continue
        if entry is not None:
            yield entry
        entry = None
        if first and not _empty(first) and not (label and label.field is not Field.TITLE):
            head, more = _head(first)
            form = Form.NUMBERED if block.ordered else Form.BULLET
            entry = Entry(form, item.start, item.end, head, list(item.inside[1:]), more)
    if entry is not None:
        yield entry


def _empty(first: str) -> bool:
    return says_none(first) and not BRACKET.search(first)


def _rows(block: Block) -> Iterator[Entry]:
    header, *rows = block.inside
    names = [cell.text for cell in header.inside]
    for row in rows:
        cells = tuple(zip(names, (cell.text for cell in row.inside), strict=False))
        if cells and cells[0][1] and not says_none(cells[0][1]):
            yield Entry(Form.ROW, row.start, row.end, cells[0][1], cells=cells)
