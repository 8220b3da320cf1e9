"""The outline of a Markdown document: its blocks with their exact lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents import comment
from bot.documents.front import front_lines
from bot.documents.vocabulary import lane_named

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARKER = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+|$)")
RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
TAB = 4  # columns, as in CommonMark


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "list_item"
    TABLE = "table"
    ROW = "tr"
    CELL = "td"
    RULE = "hr"
    OTHER = "other"


KINDS = {
    "heading": Kind.HEADING,
    "paragraph": Kind.PARAGRAPH,
    "bullet_list": Kind.LIST,
    "ordered_list": Kind.LIST,
    "list_item": Kind.ITEM,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "th": Kind.CELL,
    "td": Kind.CELL,
    "hr": Kind.RULE,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its lines [start, end) counted from 0, its words, what is in it.

    Only a heading, a paragraph, a cell and markup (`<details>`) have words of their own.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0  # of a heading
    text: str = ""
    inside: tuple["Block", ...] = ()
    ordered: bool = False  # of a list


@dataclass(frozen=True, slots=True)
class Outline:
    """A document: its lines with their endings, and its blocks from top to bottom."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    front: int = 0  # lines of front matter at the top, which is no part of what the document says

    @property
    def newline(self) -> str:
        """The line ending this document uses."""
        return next((line[len(line.rstrip("\r\n")) :] for line in self.lines if line.endswith(("\n", "\r"))), "\n")

    def line(self, number: int) -> str:
        """Return a line as people see it: without its ending, and without a comment of ours."""
        return comment.without(self.raw(number))

    def raw(self, number: int) -> str:
        """Return a line without its ending."""
        return self.lines[number].rstrip("\r\n")

    def blank(self, number: int) -> bool:
        """Return whether a line shows nothing but spaces."""
        return not self.line(number).strip()


def outline(text: str) -> Outline:
    """Read a document's blocks. What a code fence, a comment or the front matter holds is no heading.

    Our own comments are as if they weren't there.
    """
    lines = tuple(LINE.findall(text))
    front = front_lines([line.rstrip("\r\n") for line in lines])
    said = "".join([*("\n" * front), *map(comment.without, lines[front:])])  # its last line would be a heading
    tokens = _parser().parse(said.lstrip("\ufeff"))
    blocks = tuple(_blocks(iter(tokens), lines))
    if _are_marked(blocks):
        blocks = tuple(_not_dashed(block) for block in blocks)
    return Outline(lines, blocks, front)


def undented(line: str, columns: int) -> str:
    """Take up to so many columns of white space from the front of a line, counting a tab as CommonMark does."""
    column = 0
    for at, character in enumerate(line):
        if column >= columns or character not in " \t":
            return " " * max(0, column - columns) + line[at:]
        column += TAB - column % TAB if character == "\t" else 1
    return ""


def content_column(line: str) -> int:
    """Return the column at which a list item's own text starts, given its first line; 0 for a line without a marker."""
    match = MARKER.match(line)
    if not match:
        return 0
    marker = len((match["indent"] + match["marker"]).expandtabs(TAB))
    content = len(match[0].expandtabs(TAB))
    return content if marker < content <= marker + TAB else marker + 1  # more is an indented code block


@cache
def _parser() -> MarkdownIt:
    """Return the parser, made once: making it costs as much as reading an item. A parse keeps nothing in it."""
    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.parse("x")  # it looks its rules up now, and not in two threads at once
    return parser


def _are_marked(blocks: Iterable[Block]) -> bool:
    """Return whether a document writes `## headings`, and its lanes are not words over dashes all the same."""
    deep = [block for block in blocks if block.kind is Kind.HEADING and block.level > 1]
    marked = [block for block in deep if block.end - block.start == 1]
    lanes_are_dashed = any(lane_named(block.text) for block in deep if block.end - block.start == 2)
    return bool(marked) and not (lanes_are_dashed and not any(lane_named(block.text) for block in marked))


def _not_dashed(block: Block) -> Block:
    """Return a dashed heading as text: among `## headings`, dashes are a rule that somebody forgot to set apart."""
    dashed = block.kind is Kind.HEADING and block.end - block.start > 1 and block.level > 1
    return Block(Kind.PARAGRAPH, block.start, block.end - 1, text=block.text) if dashed else block


def _blocks(tokens: Iterator[Token], lines: tuple[str, ...]) -> Iterator[Block]:
    """Return the blocks up to the closing token of the block they are in."""
    for token in tokens:
        if token.nesting < 0:
            return
        if token.type == "inline":
            continue
        name = token.type.removesuffix("_open")
        if name in ("thead", "tbody"):
            yield from _blocks(tokens, lines)
        else:
            yield _block(token, name, tokens, lines)


def _block(token: Token, name: str, tokens: Iterator[Token], lines: tuple[str, ...]) -> Block:
    start, end = token.map or [0, 0]
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    kind = KINDS.get(name, Kind.OTHER)
    text = ""
    inside: tuple[Block, ...] = ()
    if kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.CELL):
        text = next(tokens).content
        next(tokens)
    elif token.type == "html_block":
        text = token.content
    elif token.nesting > 0:
        inside = tuple(_blocks(tokens, lines))
    level = int(token.tag[1]) if kind is Kind.HEADING else 0
    return Block(kind, start, end, level, text, inside, name == "ordered_list")
