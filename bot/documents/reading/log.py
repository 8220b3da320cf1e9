"""The dated entries of a log: what a STATE.md is where nobody keeps lists."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.documents.days import MOMENT, UPDATED, moment
from bot.documents.outline import Block, Kind, Outline

HEAD = re.compile(rf"\W*{MOMENT}(?:\s+[A-Z]{{2,4}}\b)?\W*(?P<title>.*)", re.DOTALL)
STATUS = re.compile(r"\**status\**\s*:\**\s*(?P<status>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One dated entry: its lines [start, end), the level of its heading, its day, its title and its status line."""

    start: int
    end: int
    level: int
    day: datetime
    title: str
    status: str


def log_entries(document: Outline) -> tuple[LogEntry, ...]:
    """Return the entries from top to bottom: every heading that starts with a day, up to the next of its level."""
    return tuple(_entries(document))


def _entries(document: Outline) -> Iterator[LogEntry]:
    headings = [block for block in document.blocks if block.kind is Kind.HEADING]
    starts = [block.start for block in document.blocks]
    for heading, end in zip(headings, _ends(headings, len(document.lines)), strict=True):
        head = HEAD.match(heading.text) if re.match(MOMENT, heading.text.lstrip("#*_ ")) else None
        day = moment(head) if head else None
        if head is None or day is None:
            continue
        blocks = document.blocks[bisect_left(starts, heading.end) : bisect_left(starts, end)]
        title = " ".join(head["title"].split())
        yield LogEntry(heading.start, end, heading.level, day, title, _status(blocks))


def _ends(headings: Sequence[Block], last: int) -> list[int]:
    """Return for each heading the line of the next one that is not deeper: where what stands under it ends."""
    ends: list[int] = []
    below = [last] * 7  # by level: where the next heading that is not deeper than that starts
    for heading in reversed(headings):
        ends.append(below[heading.level])
        below[heading.level :] = [heading.start] * (7 - heading.level)
    return ends[::-1]


def _status(blocks: Iterable[Block]) -> str:
    for block in blocks:
        for line in block.text.split("\n") if block.kind is Kind.PARAGRAPH else ():
            if status := STATUS.match(line):
                return status["status"].strip()
    return ""


def says_updated(document: Outline) -> tuple[int, datetime] | None:
    """Return the line above all headings but the title that says when the document was last updated, and the time."""
    for block in document.blocks:
        if block.kind is Kind.HEADING and block.level > 1:
            return None
        for number in range(block.start, block.end) if block.kind is Kind.PARAGRAPH else ():
            line = UPDATED.match(document.line(number))
            if line and (at := moment(line)):
                return number, at
    return None


def newest_first(entries: tuple[LogEntry, ...]) -> bool:
    """Return whether a log grows at its top: more of its entries are followed by an older one than by a newer one."""
    steps = [(above.day > below.day) - (above.day < below.day) for above, below in pairwise(entries)]
    return sum(steps) >= 0
