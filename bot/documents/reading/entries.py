"""Which lines of a lane are one item: its head, and what stands under it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile, zip_longest

from bot.core.board.model import Lane
from bot.documents.days import BRACKET, UPDATED
from bot.documents.outline import Block, Kind
from bot.documents.reading.bold import bold_lane, bold_words
from bot.documents.reading.folding import folds
from bot.documents.vocabulary import Field, label_of, numbering, says_none

ASIDE = {"", "#", "no", "no.", "nr", "prio", "priority", "date", "day", "lane", "done"}  # columns that name no item
OF_ANYTHING = (Field.NOTES, Field.ASIDE, Field.LINKS)  # labels that a lane may have as well as an item
BLOCKED_FIRST = re.compile(r"\**BLOCKED\b")  # in capitals it is what an item is, and no field of the one above
LABELLED = re.compile(r"\*\*[^*]+(?::\*\*|\*\*\s*:)")


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
    folded: Lane | None = None  # the lane that the summary it is folded away under names
    cells: tuple[tuple[str, str], ...] = ()  # of a row: the name of a column, and what stands in it; the title first

    @property
    def words(self) -> str:
        """The words of its head without the number that a heading or a bold line starts with."""
        if self.form not in (Form.HEADING, Form.PARAGRAPH):
            return self.head
        bold = "**" if self.head.startswith("**") else ""
        text = self.head.removeprefix("**")
        return bold + text[numbering(text) :]


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


def first_words(block: Block) -> str:
    """Return the paragraph that a list item starts with; nothing for one that starts otherwise."""
    starts = block.inside and block.inside[0].kind is Kind.PARAGRAPH
    return block.inside[0].text if starts else ""


def is_field(heading: str) -> bool:
    """Return whether a heading says what of an item stands under it: `#### Definition of Done`."""
    label = label_of(f"{heading}:")
    return label is not None and label.field is not Field.TITLE


def entries(parts: Sequence[Part], lane: Lane) -> Iterator[Entry]:
    """Return the items in the parts of a zone: the first part is what stands directly under its heading."""
    own, *items = parts
    listed = _listed(own.blocks, lane)
    fields = list(takewhile(lambda part: is_field(part.text), items))
    if listed and fields:
        listed[-1].body += _blocks(fields)
        listed[-1].end = _end(listed[-1])
    yield from listed
    for heading, blocks in _headed(items[len(fields) :]):
        entry = Entry(Form.HEADING, heading.start, heading.end, heading.text, blocks)
        entry.end = _end(entry)
        yield entry


def _blocks(parts: Iterable[Part]) -> list[Block]:
    return [block for part in parts for block in (part.heading, *part.blocks) if block is not None]


def _headed(parts: Iterable[Part]) -> Iterator[tuple[Block, list[Block]]]:
    """Return the headings that are items, each with the blocks under it: a deeper heading, or a field's, is one."""
    item: tuple[Block, list[Block]] | None = None
    for part in parts:
        if part.heading is None:
            continue
        if item is not None and (part.level > item[0].level or is_field(part.text)):
            item[1].extend(_blocks([part]))
            continue
        if item is not None:
            yield item
        item = (part.heading, list(part.blocks))
    if item is not None:
        yield item


def _end(entry: Entry) -> int:
    """Return the line behind an entry's last block; a rule at its end sets it apart, and is not its own."""
    while entry.body and entry.body[-1].kind is Kind.RULE:
        entry.body.pop()
    return entry.body[-1].end if entry.body else entry.end


def _listed(blocks: Sequence[Block], lane: Lane) -> list[Entry]:
    """Return the entries among the blocks that stand directly under a heading."""
    listed: list[Entry] = []
    for folded, group in folds(blocks):
        inner = _in_group(group, folded or lane)
        for entry in inner:
            entry.folded = folded
        listed += inner
    return listed


def _in_group(blocks: Sequence[Block], lane: Lane) -> list[Entry]:
    listed: list[Entry] = []
    entry: Entry | None = None  # a paragraph, and what follows it
    above: Block | None = None
    before = 0  # where the block over that one ends
    for block, following in zip_longest(blocks, blocks[1:]):
        label = _bare_label(above) if block.kind is Kind.LIST and entry is None else None
        if above is not None and label is not None:
            _put_under(listed, before, label, above, block)
        elif block.kind is Kind.PARAGRAPH and _is_head(block, following, lane):
            entry = _paragraph(block)
            listed.append(entry)
        elif entry is not None and block.kind is not Kind.RULE:
            entry.body.append(block)
            entry.end = _end(entry)
        elif block.kind is Kind.LIST:
            beside = listed[-1] if listed and above and above.kind is Kind.LIST else None
            if beside and above and above.ordered and not block.ordered and above.end == block.start:
                beside.body.append(block)  # 1. Title, and right under it bullets that nobody indented
                beside.end = block.end
            else:
                listed += _bullets(block, beside)
        else:
            entry = None
            listed += _rows(block) if block.kind is Kind.TABLE else []
        before, above = above.end if above else 0, block
    return listed


def _bare_label(above: Block | None) -> Field | None:
    """Return the field that a paragraph names, and nothing else: what is listed under it is no item."""
    if above is None or above.kind is not Kind.PARAGRAPH:
        return None
    label = label_of(above.text) or label_of(f"{bold_words(above.text)}:")
    return label.field if label and not label.rest and label.field is not Field.TITLE else None


def _put_under(listed: Sequence[Entry], before: int, field: Field, above: Block, block: Block) -> None:
    """Give a labelled list to the item right above its label, which ends at `before`.

    Notes and the like may be the whole lane's, and stay text.
    """
    if listed and listed[-1].end == before and field not in OF_ANYTHING:
        listed[-1].body += [above, block]
        listed[-1].end = block.end


def _is_head(block: Block, following: Block | None, lane: Lane) -> bool:
    """Return whether a paragraph is the head of an item: bold in WIP, or followed by labelled lines anywhere.

    `**Evidence**: x` may be anything: in WIP it is an item only with a list under it.
    """
    first, *more = block.text.split("\n")
    started = BRACKET.search(first) is not None
    label = label_of(first) or label_of(f"{bold_words(first)}:")
    if UPDATED.match(first) or (says_none(first) and not started) or (label and label.field is not Field.TITLE):
        return False
    if bold_lane(first):  # **Next**, of one item, in a document that has a heading for NEXT
        return False
    listed = following.inside if following and following.kind is Kind.LIST and following.start == block.end else ()
    said = [label_of(words) for words in (*map(first_words, listed), *more)]
    if any(label and label.field is not Field.ASIDE for label in said):
        return True
    bold = first.startswith(("**", "__"))
    if lane is Lane.WIP:
        return started or (bold and (bool(listed) or not LABELLED.match(first)))
    return bold and bool(numbering(first.lstrip("*_")))


def _paragraph(block: Block) -> Entry:
    head, more = _head(block.text)
    return Entry(Form.PARAGRAPH, block.start, block.end, head, [], more)


def _head(text: str) -> tuple[str, tuple[str, ...]]:
    """Divide a paragraph into the head, however often it wraps, and the labelled lines that follow it."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if at and label_of(line)), len(lines))
    return " ".join(line.strip() for line in lines[:at]), tuple(lines[at:])


def _bullets(block: Block, above: Entry | None) -> list[Entry]:
    """Return the entries of a list; a labelled bullet (`- DoD: x`) is of the bullet before it, of the list above, too.

    A numbered one is an item, whatever its first word.
    """
    listed: list[Entry] = []
    entry = above
    for item in block.inside:
        first = first_words(item)
        label = label_of(first) if not (block.ordered or BLOCKED_FIRST.match(first)) else None
        if label and label.field is not Field.TITLE:
            if entry is not None:
                entry.body.append(item)
                entry.end = item.end
            continue
        entry = None
        if first and not _empty(first):
            head, more = _head(first)
            form = Form.NUMBERED if block.ordered else Form.BULLET
            entry = Entry(form, item.start, item.end, head, list(item.inside[1:]), more)
            listed.append(entry)
    return listed


def _empty(first: str) -> bool:
    return says_none(first) and not BRACKET.search(first)


def _rows(block: Block) -> Iterator[Entry]:
    header, *rows = block.inside
    names = [cell.text for cell in header.inside]
    titles = next((at for at, name in enumerate(names) if name.casefold() not in ASIDE), 0)
    for row in rows:
        named = list(zip(names, (cell.text for cell in row.inside), strict=False))
        cells = (*named[titles : titles + 1], *named[:titles], *named[titles + 1 :])
        if cells and cells[0][1] and not says_none(cells[0][1]):
            yield Entry(Form.ROW, row.start, row.end, cells[0][1], cells=cells)
