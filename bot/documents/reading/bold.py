"""Bold lines as headings: `**WIP**`, `__NEXT (max 3)__` or `DONE:` where a document has no other heading for a lane."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.board.model import Lane
from bot.documents.outline import MARKER, Block, Kind, Outline, outline
from bot.documents.reading.log import log_entries
from bot.documents.vocabulary import Field, label_of, lane_named, numbering

TOP = 1  # the level of a document's title
SECTION = 2  # the level of bold headings where no other heading stands above them
DEEPEST = 6
BOLD = re.compile(r"(\*{2,3}|_{2,3})(?P<words>[^*_\s](?:[^*_\r\n]*[^*_\s])?)\1[ \t]*:?[ \t]*")
PLAIN = re.compile(r"(?P<words>[^\W_][^:*_`\r\n]*?)(?P<colon>:?)[ \t]*")


def with_bold_headings(document: Outline) -> Outline:
    """Return a document with its bold lines as the headings that they are; its lines stay, to the byte.

    Where no heading names a lane, a bold line that names none ends the lane above it, for what follows is not that
    lane's. Where headings do, only a lane that none of them names is taken from a bold line. A log of dated entries
    has bold lines in its entries, which head nothing.
    """
    if log_entries(document):
        return document
    named = _named(document)
    heads = _missing(document, named) if named else _all(document)
    if not heads:
        return document
    above = [block for block in document.blocks if block.kind is Kind.HEADING and block.start < min(heads)]
    level = min(above[-1].level + (0 if named else 1), DEEPEST) if above else SECTION
    text = "".join(_headed(heads[at], line, level) if at in heads else line for at, line in enumerate(document.lines))
    return replace(document, blocks=outline(text).blocks)


def bold_words(line: str) -> str:
    """Return the words of a line that is bold from end to end, without a colon; nothing for any other line."""
    match = BOLD.fullmatch(line) if line.startswith(("**", "__")) else None  # few lines do
    return match["words"].rstrip(": ") if match else ""


def bold_lane(line: str) -> Lane | None:
    """Return the lane that a line names in bold, and nothing else: `**WIP (1 item only)**`."""
    words = bold_words(line)
    return lane_named(words) if words else None


def _named(document: Outline) -> set[Lane]:
    """Return the lanes that headings name. The only one of the top level is the title of what is under it: `# TODO`."""
    headings = [block for block in document.blocks if block.kind is Kind.HEADING]
    lanes = {block.start: lane for block in headings if (lane := lane_named(block.text))}
    tops = [block.start for block in headings if block.level == TOP]
    return set() if len(tops) == 1 and lanes.keys() == set(tops) and _all(document) else set(lanes.values())


def _all(document: Outline) -> Mapping[int, str]:
    """Return the lines that are headings, with their words, in a document that has no other ones for lanes."""
    lines = list(_word_lines(document.blocks))
    lanes = {at: lane for at in lines if (lane := bold_lane(document.line(at)))}
    if Lane.WIP not in lanes.values() and len(set(lanes.values())) < 2:
        lanes = {at: lane for at in lines if (lane := _plain_lane(document, at))}
        if len(set(lanes.values())) < 2:
            return {}
    heads = {at: _words(document.line(at)) for at in lanes}
    return heads | {at: _words(document.line(at)) for at in _ends(document, lines, lanes)}


def _missing(document: Outline, named: set[Lane]) -> Mapping[int, str]:
    """Return the bold lines directly under a lane's heading that name a lane which no heading names."""
    heads: dict[int, str] = {}
    under: Lane | None = None
    for block in document.blocks:
        if block.kind is Kind.HEADING:
            under = lane_named(block.text)
        for at in _word_lines([block]) if under else ():
            lane = bold_lane(document.line(at))
            if lane and lane not in named:
                heads[at] = _words(document.line(at))
    return heads


def _ends(document: Outline, lines: Sequence[int], lanes: Mapping[int, Lane]) -> Iterator[int]:
    """Return the bold lines that end a lane. The first words of WIP are its item; those with fields are one anywhere.

    So are numbered ones.
    """
    head = -1  # the line of the lane's heading
    for at in lines:
        head = at if at in lanes else head
        words = bold_words(document.line(at))
        if not words or head in (-1, at) or _is_item(document, at, words):
            continue
        if lanes[head] is not Lane.WIP or any(not document.blank(above) for above in range(head + 1, at)):
            yield at


def _word_lines(blocks: Iterable[Block]) -> Iterator[int]:
    """Return the lines of paragraphs anywhere: a bold line right under a list is still in that list's last item."""
    for block in blocks:
        if block.kind is Kind.PARAGRAPH:
            yield from range(block.start, block.end)
        elif block.kind in (Kind.LIST, Kind.ITEM):
            yield from _word_lines(block.inside)


def _plain_lane(document: Outline, at: int) -> Lane | None:
    """Return the lane that a line names without bold: alone behind a blank line, with a colon or in capitals."""
    match = PLAIN.fullmatch(document.line(at))
    is_apart = at == 0 or document.blank(at - 1)
    return lane_named(match["words"]) if match and is_apart and (match["colon"] or match["words"].isupper()) else None


def _words(line: str) -> str:
    match = PLAIN.fullmatch(line)
    return bold_words(line) or (match["words"] if match else line)


def _is_item(document: Outline, at: int, words: str) -> bool:
    """Return whether a bold line is numbered, has an item's fields under it (`- DoD: …`), or is such a field itself."""
    below = next((n for n in range(at + 1, len(document.lines)) if not document.blank(n)), None)
    line = document.line(below) if below is not None else ""
    marker = MARKER.match(line)
    label = label_of(line[marker.end() :] if marker else line)
    has_fields = bool(label and label.field is not Field.TITLE)
    return bool(numbering(words)) or has_fields or bool(label_of(f"{words}:"))


def _headed(words: str, line: str, level: int) -> str:
    ending = line[len(line.rstrip("\r\n")) :]
    return f"{'#' * level} {words}{ending}"
