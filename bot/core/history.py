"""What happened to a board, and how that is told in a few words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.board import Person
from bot.core.moves import MOVES


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a board. `change` is the board's version after it; `who` is None for a program."""

    change: int
    verb: str
    number: int | None
    who: Person | None
    at: datetime
    note: str = ""


def told(events: Iterable[Event]) -> tuple[str, ...]:
    """Say what happened, one short phrase for each item and verb, in the order it happened; ticks are counted last."""
    phrases: list[str] = []
    ticks: Counter[int] = Counter()
    for event in events:
        if event.verb == "tick" and event.number is not None:
            ticks[event.number] += int(event.note or 1)
        elif event.verb in MOVES and event.number is not None:
            phrases.append(f"#{event.number} {MOVES[event.verb].past}")
    return tuple(dict.fromkeys(phrases)) + tuple(_ticked(number, n) for number, n in ticks.items() if n > 0)


def _ticked(number: int, count: int) -> str:
    return f"{count} {'criterion' if count == 1 else 'criteria'} ticked on #{number}"
