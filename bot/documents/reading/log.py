"""The dated entries of a log: what a STATE.md is where nobody keeps lists."""

import re
from collections.abc import Iterator
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
    """Give the entries from top to bottom: every heading that starts with a day, up to the next of its level."""
    return tuple(_entries(document))


def _entries(document: Outline) -> Iterator[LogEntry]:
    headings = [block for block in document.blocks if block.kind is Kind.HEADING]
    for heading in headings:
        found = HEAD.match(heading.text) if re.match(MOMENT, heading.text.lstrip("#*_ ")) else None
        day = moment(found) if found else None
        if found is None or day is None:
            continue
        later = (other.start for other in headings if other.start > heading.start and other.level <= heading.level)
        end = next(later, len(document.lines))
        title = " ".join(found["title"].split())
        yield LogEntry(heading.start, end, heading.level, day, title, _status(document, heading.end, end))


def _status(document: Outline, start: int, end: int) -> str:
    for block in _between(document, start, end):
        for line in block.text.split("\n") if block.kind is Kind.PARAGRAPH else ():
            if found := STATUS.match(line):
                return found["status"].strip()
    return ""


def _between(document: Outline, start: int, end: int) -> Iterator[Block]:
    return (block for block in document.blocks if start <= block.start < end)


def says_updated(document: Outline) -> tuple[int, datetime] | None:
    """The line above all headings but the title that says when the document was last updated, and the time."""
    for block in document.blocks:
        if block.kind is Kind.HEADING and block.level > 1:
            return None
        for number in range(block.start, block.end) if block.kind is Kind.PARAGRAPH else ():
            line = UPDATED.match(document.line(number))
            if line and (at := moment(line)):
                return number, at
    return None


def newest_first(entries: tuple[LogEntry, ...]) -> bool:
    """Whether a log grows at its top: more of its entries are followed by an older one than by a newer one."""
    steps = [(one.day > other.day) - (one.day < other.day) for one, other in pairwise(entries)]
    return sum(steps) >= 0
