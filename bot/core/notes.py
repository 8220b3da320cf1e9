"""The notes of events that keep a number: criteria that were ticked, or the change that was undone.

The number stands on the first line, so that it can be counted; what it is about follows, a line each. Older events have
the number alone.
"""

from collections.abc import Sequence

from bot.core.board import Criterion, Item

SHOWN = 100  # characters of a criterion or a deed that a note keeps
MET, OPENED = "+", "-"  # in front of a criterion


def number_of(note: str) -> int:
    """Give the number that a note begins with."""
    return int(note.partition("\n")[0])


def lines_of(note: str) -> tuple[str, ...]:
    """Give what stands below the number."""
    return tuple(note.splitlines()[1:])


def noted(number: int, lines: Sequence[str]) -> str:
    """Make a note of a number and what it is about."""
    return "\n".join([str(number), *(_short(line) for line in lines)])


def ticks(before: Item, after: Item) -> str:
    """Note how many criteria more are settled than before, and which ones were ticked or opened."""
    pairs = [(was, now) for was, now in zip(before.dod, after.dod, strict=True) if was.settled != now.settled]
    return noted(after.settled - before.settled, [_mark(now) + now.text for _, now in pairs])


def ticked(note: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the texts of the criteria that were ticked, and of those that were opened, as far as they were noted."""
    lines = lines_of(note)
    return tuple(t[1:] for t in lines if t.startswith(MET)), tuple(t[1:] for t in lines if t.startswith(OPENED))


def _mark(criterion: Criterion) -> str:
    return MET if criterion.settled else OPENED


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
