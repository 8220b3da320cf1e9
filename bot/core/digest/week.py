"""A week as a read model: what was finished and how long it took, what came back, and what lay still."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from bot.core.board.history import Event
from bot.core.board.model import Board, Item
from bot.core.digest.account import Account, account
from bot.core.digest.schedule import DAY, Plan, is_workday, working_time

SPAN = timedelta(days=7)  # when there was no digest in the week before
CHARTED = 15  # days that two weeks touch; a chart holds twenty points, and a week that is longer is not one


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
class Answers:
    """How many answers the digests of a week had, whoever gave them."""

    count: int
    digests: int


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
    answers: Answers | None = None  # None: there were none


def look_back(
    board: Board,
    events: Iterable[Event],
    plan: Plan,
    since: datetime,
    now: datetime,
    uptime: Uptime | None = None,
    began: datetime | None = None,
    answers: Answers | None = None,
) -> Week:
    """Make the week from the board with all that was finished in it, and from what happened.

    `began` is when the board's history begins (None: before this week): nothing lay still before there was a board.
    """
    past = sorted(events, key=lambda event: event.at)
    there = max(since, began or since)
    of_week = account(board, past, since)
    moved = [event.at for event in of_week.events if event.number is not None]
    return Week(
        since=there,
        finished=tuple(finish.item for finish in of_week.finished),
        reopened=of_week.reopened,
        waived=len(of_week.waived),
        oldest_blocked=board.blocked[0] if board.blocked else None,
        idle=_longest_gap(plan, [there, *moved, now]),
        days=_days(of_week, plan, board.zone, there, now),
        uptime=uptime if uptime and uptime.known else None,
        answers=answers if answers and answers.count else None,
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


def _days(of_week: Account, plan: Plan, zone: tzinfo, since: datetime, now: datetime) -> tuple[Day, ...]:
    """Return every workday, and days off on which something was done all the same; what was taken back is on none."""
    finished = Counter(finish.at.astimezone(zone).date() for finish in of_week.finished)
    ticked = Counter(tick.at.astimezone(zone).date() for tick in of_week.ticked)
    first, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    wanted = [first + k * DAY for k in range((last - first).days + 1)][-CHARTED:]
    shown = [day for day in wanted if is_workday(plan, day) or finished[day] or ticked[day]]
    return tuple(Day(day, finished[day], ticked[day]) for day in shown)
