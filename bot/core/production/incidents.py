"""Incidents: what is red from one cause, from the first red reading until nothing of it is red any more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.production.judgement import Footing, Standing
from bot.core.production.readings import Health
from bot.core.times import CLOCKS_DIFFER
from bot.errors import RuleBroken

ONE_CAUSE = timedelta(minutes=1)  # PRODUCT 4: what goes red within it is one incident
REMIND_AFTER = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=8), timedelta(days=1))
DAILY = timedelta(days=1)  # from the last of them on
LONGEST_SNOOZE = timedelta(days=7)
LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Incident:
    """Facts that went red from one cause; `red` are those that have not recovered.

    `gone` are those that are no longer watched, and were red when that ended; `new` those that had never been green.
    `opened` is the first red reading. `reminded` counts the reminders whose time has come, given or not. `id` is 0
    until it is kept.
    """

    opened: datetime
    facts: tuple[str, ...]
    red: frozenset[str]
    id: int = 0
    gone: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    closed: datetime | None = None
    reminded: int = 0
    acknowledged_by: str = ""
    snoozed_until: datetime | None = None

    def lasted(self, now: datetime) -> timedelta:
        """Return how long it is red, or was; of a clock that was set back meanwhile nothing is left to count."""
        return max((self.closed or now) - self.opened, timedelta())


@dataclass(frozen=True, slots=True)
class Window:
    """A time of maintenance, when what is red opens no incident; without `facts` it is for all of them."""

    start: datetime
    end: datetime
    facts: frozenset[str] = field(default_factory=frozenset)

    def is_on(self, now: datetime) -> bool:
        """Say whether it has not ended. One that ends later than any can was dated by a clock that was ahead."""
        return now < self.end <= now + LONGEST_PAUSE + CLOCKS_DIFFER

    def covers(self, fact: str, now: datetime) -> bool:
        """Say whether a fact is under maintenance."""
        return self.is_on(now) and (not self.facts or fact in self.facts)


@dataclass(frozen=True, slots=True)
class Pause:
    """A board's maintenance, and who asked for it."""

    window: Window
    who: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one incident; `before` is None for a new one, and `reminds` says that it is still red."""

    before: Incident | None
    after: Incident
    reminds: bool = False

    @property
    def opens(self) -> bool:
        """Whether it is new."""
        return self.before is None

    @property
    def closes(self) -> bool:
        """Whether nothing of it is red any more that is still watched."""
        return self.after.closed is not None

    @property
    def went_red(self) -> frozenset[str]:
        """The facts that are red and were not."""
        return self.after.red - (self.before.red if self.before else frozenset())

    @property
    def recovered(self) -> frozenset[str]:
        """The facts that were red and are green."""
        return (self.before.red if self.before else frozenset()) - self.after.red - self.gone

    @property
    def gone(self) -> frozenset[str]:
        """The facts that were red and are no longer watched."""
        return self.after.gone - (self.before.gone if self.before else frozenset())


def follow(
    incidents: Sequence[Incident], standings: Mapping[str, Standing], now: datetime, windows: Iterable[Window] = ()
) -> tuple[Change, ...]:
    """Return what changes in the open `incidents` of a board, each at most once; nothing new, nothing given.

    `standings` are those of every fact there is: one that is missing is no longer watched, which is no recovery.
    """
    windows = tuple(windows)
    hushed = frozenset(fact for fact in standings if any(window.covers(fact, now) for window in windows))
    after = [_followed(_dated(incident, now), standings, hushed) for incident in incidents]
    fresh = _fresh(incidents, standings, hushed)
    before: list[Incident | None] = list(incidents)
    if fresh:
        opened = min(standings[fact].red_since or now for fact in fresh)
        place = next((k for k, incident in enumerate(after) if incident.red and _is_one_cause(incident, opened)), None)
        if place is None:
            before.append(None)
            after.append(_opened(opened, fresh, _new(fresh, standings), now))
        else:
            joined = after[place]
            red, new = joined.red | frozenset(fresh), joined.new | _new(fresh, standings)
            after[place] = replace(joined, facts=(*joined.facts, *fresh), red=red, new=new)
    changes = [_closed_or_reminded(old, new, now, hushed) for old, new in zip(before, after, strict=True)]
    return tuple(change for change in changes if change.after != change.before)


def acknowledge(incident: Incident, person: str) -> Incident:
    """Let a person say that they are on it: from then on only the daily reminders come. Raises RuleBroken."""
    _must_be_open(incident)
    if incident.acknowledged_by:
        raise RuleBroken("{person} is already on it.", person=incident.acknowledged_by)
    return replace(incident, acknowledged_by=person)


def snooze(incident: Incident, until: datetime) -> Incident:
    """Return no reminder before `until`, and one then. Raises RuleBroken."""
    _must_be_open(incident)
    return replace(incident, snoozed_until=until)


def is_reminder_due(incident: Incident, now: datetime) -> bool:
    """Say whether it is time to say that it is still red; what was missed is made up for by one reminder."""
    if incident.snoozed_until is not None:
        return not now < incident.snoozed_until <= now + LONGEST_SNOOZE + CLOCKS_DIFFER
    reached = reminders_by(incident.lasted(now))
    is_quiet = bool(incident.acknowledged_by) and reached < len(REMIND_AFTER)
    return reached > incident.reminded and not is_quiet


def reminders_by(age: timedelta) -> int:
    """Count the reminders whose time has come at an age."""
    return sum(age >= step for step in REMIND_AFTER) + max(0, (age - REMIND_AFTER[-1]) // DAILY)


def _dated(incident: Incident, now: datetime) -> Incident:
    """Return an incident as it can be: what a clock that was ahead said of its begin and its reminders is not so."""
    opened = now if incident.opened > now + CLOCKS_DIFFER else incident.opened
    return replace(incident, opened=opened, reminded=min(incident.reminded, reminders_by(now - opened + CLOCKS_DIFFER)))


def _followed(incident: Incident, standings: Mapping[str, Standing], hushed: Collection[str]) -> Incident:
    """Unknown is no recovery; a fact that recovered and is red again has the same cause as before."""

    def is_red(fact: str) -> bool:
        health = standings[fact].health
        if fact in incident.red:
            return health is not Health.GREEN
        return health is Health.RED and fact not in hushed

    red = frozenset(fact for fact in incident.facts if fact in standings and is_red(fact))
    again = red - incident.red
    new = incident.new - again | _new(again, standings)
    return replace(incident, red=red, new=new, gone=(incident.gone | incident.red - standings.keys()) - red)


def _new(facts: Iterable[str], standings: Mapping[str, Standing]) -> frozenset[str]:
    return frozenset(fact for fact in facts if standings[fact].footing is not Footing.PROVEN)


def _fresh(
    incidents: Iterable[Incident], standings: Mapping[str, Standing], hushed: Collection[str]
) -> tuple[str, ...]:
    taken = {fact for incident in incidents for fact in incident.facts}
    red = (fact for fact, standing in standings.items() if standing.health is Health.RED)
    return tuple(fact for fact in red if fact not in taken and fact not in hushed)


def _is_one_cause(incident: Incident, red_since: datetime) -> bool:
    return abs(red_since - incident.opened) <= ONE_CAUSE


def _opened(opened: datetime, facts: tuple[str, ...], new: frozenset[str], now: datetime) -> Incident:
    """Open one; what was red all through a maintenance does not begin with a reminder."""
    return _dated(Incident(opened, facts, frozenset(facts), new=new, reminded=reminders_by(now - opened)), now)


def _closed_or_reminded(before: Incident | None, after: Incident, now: datetime, hushed: Collection[str]) -> Change:
    if not after.red:
        return Change(before, replace(after, closed=now))
    if before is None or after.red <= frozenset(hushed) or not is_reminder_due(after, now):
        return Change(before, after)
    reminded = replace(after, reminded=reminders_by(after.lasted(now)), snoozed_until=None)
    return Change(before, reminded, reminds=True)


def _must_be_open(incident: Incident) -> None:
    if incident.closed is not None:
        raise RuleBroken("It is over: nothing of it is red any more.")
