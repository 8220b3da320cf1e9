"""A week as a read model: what was finished and how long it took, what came back, and what lay still."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.core.board.history import TICKS, UNDO, Event, number_of, undone_changes
from bot.core.board.model import Board, Item
from bot.core.digest.schedule import DAY, Plan, is_workday, working_time

SPAN = timedelta(days=7)  # when there was no digest in the week before
CHARTED = 14  # days; a chart holds twenty points, and a week that is longer than two is not one


@dataclass(frozen=True, slots=True)
class Uptime:
    """How often prod facts were green, of those readings that were green or red. `lowest`: the fact with the least."""

    green: int
    known: int
    lowest: str = ""
    lowest_percent: float = 100.0

    @property
    def percent(self) -> float:
        """The share of green readings, cut (not rounded) to a tenth: 99.99 is not 100."""
        return cut(self.green, self.known)


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest time in which nothing moved; `took` leaves days off out."""

    since: datetime
    until: datetime
    took: timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the chart, counted."""

    on: date
    finished: int
    ticked: int


@dataclass(frozen=True, slots=True)
class Week:
    """What a team has to look back on since `since`."""

    since: datetime
    finished: tuple[Item, ...]
    reopened: tuple[int, ...]
    waived: int
    oldest_blocked: Item | None
    idle: Gap | None
    days: tuple[Day, ...]
    uptime: Uptime | None = None


def look_back(
    board: Board,
    events: Iterable[Event],
    plan: Plan,
    since: datetime,
    now: datetime,
    uptime: Uptime | None = None,
    began: datetime | None = None,
) -> Week:
    """Make the week from the board with all that was finished in it, and from what happened.

    `began` is when the board's history begins (None: before this week): nothing lay still before there was a board.
    """
    past = sorted(events, key=lambda event: event.at)
    undone = undone_changes(past)
    there = max(since, began or since)
    fresh = [event for event in past if event.at > since and event.change not in undone and event.verb != UNDO]
    moved = [event for event in fresh if event.number is not None]
    finished = {event.number for event in fresh if event.verb == "finish"}
    reopened = dict.fromkeys(event.number for event in fresh if event.verb == "reopen" and event.number)
    return Week(
        since=there,
        finished=tuple(item for item in board.done if item.number in finished),
        reopened=tuple(number for number in reopened if number),
        waived=sum(event.verb == "waive" for event in fresh),
        oldest_blocked=board.blocked[0] if board.blocked else None,
        idle=_longest_gap(plan, [there, *(event.at for event in moved), now]),
        days=_days(board, moved, plan, there, now),
        uptime=uptime if uptime and uptime.known else None,
    )


def uptime(counts: Mapping[str, tuple[int, int]]) -> Uptime:
    """Sum up facts, each with its green and its red readings."""
    green = sum(of_fact[0] for of_fact in counts.values())
    known = sum(sum(of_fact) for of_fact in counts.values())
    shares = {name: cut(good, good + bad) for name, (good, bad) in counts.items() if good + bad}
    lowest = min(shares, key=lambda name: shares[name], default="")
    return Uptime(green, known, lowest, shares.get(lowest, 100.0))


def cut(part: int, whole: int) -> float:
    """Return a share in percent, cut to a tenth."""
    return part * 1000 // whole / 10 if whole else 100.0


def _longest_gap(plan: Plan, moments: Sequence[datetime]) -> Gap | None:
    gaps = [Gap(then, later, working_time(plan, then, later)) for then, later in pairwise(moments)]
    longest = max(gaps, key=lambda gap: gap.took)
    return longest if longest.took >= DAY else None


def _days(board: Board, moved: Sequence[Event], plan: Plan, since: datetime, now: datetime) -> tuple[Day, ...]:
    """Return every workday, and days off on which something was done all the same."""
    zone = board.zone
    finished = Counter(event.at.astimezone(zone).date() for event in moved if event.verb == "finish")
    ticked: Counter[date] = Counter()
    for event in moved:
        if event.verb in TICKS:
            ticked[event.at.astimezone(zone).date()] += number_of(event.note)
    first, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    wanted = [first + k * DAY for k in range((last - first).days + 1)][-CHARTED:]
    shown = [day for day in wanted if is_workday(plan, day) or finished[day] or ticked[day] > 0]
    return tuple(Day(day, finished[day], max(0, ticked[day])) for day in shown)
