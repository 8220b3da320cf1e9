"""Readings over time: when a fact is red, green again or unknown, and what may be told of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.core.production.readings import Health, Reading, Run, counted

WARN_AT = (30, 14, 7, 3, 1)  # days; PRODUCT 4: once each
SHOWN_FROM = 14  # days; below, readings say it themselves: Let's Encrypt's clients renew at 30

TRIES = 3  # PRODUCT 4: three tries before red
RECOVER = 2  # PRODUCT 4: two good ones before green
REMEMBERED = 10  # readings that say whether a fact is flapping
FLAPS = 4  # changes between red and green among them; a deployment that goes wrong once makes two
CALM = 5  # good ones before a flapping fact is green again


def days_left(until: datetime, now: datetime) -> int:
    """Return the whole days until the end of a certificate; below 0 it has ended."""
    return (until - now) // timedelta(days=1)


def warning_due(days: int, warned: Collection[int]) -> int | None:
    """Return the warning of `WARN_AT` that is due with so many days left; None: none, or it was given.

    `warned` are those given for this very certificate, so that a renewed one starts anew. What was missed while
    nobody looked is not made up for: only the latest warning is due.
    """
    reached = [step for step in WARN_AT if days <= step]
    return reached[-1] if reached and not any(given <= reached[-1] for given in warned) else None


class Footing(StrEnum):
    """What a fact rests on: a fact that was never green may be wrong itself."""

    TRIAL = "trial"  # never green, and added from Slack: whoever added it is told, and no incident opens
    NEW = "new"  # never green, but the server's file lists it, or an owner has it watched all the same
    PROVEN = "proven"  # it was green


@dataclass(frozen=True, slots=True)
class Standing:
    """What the readings of a fact have come to.

    `since`: when this health began. `red_since`: the first red reading of a spell that has not ended, also while it
    is unknown or has too few good ones. `good`: good ones in a row since it was red. `looked`: the last reading. A
    look that is further ahead of now than the next one would be was dated by a wrong clock.
    """

    health: Health = Health.UNKNOWN
    since: datetime | None = None
    red_since: datetime | None = None
    good: int = 0
    looked: datetime | None = None
    recent: tuple[Health, ...] = ()
    footing: Footing = Footing.NEW

    def is_late(self, every: timedelta | None, now: datetime) -> bool:
        """Say whether a look was missed. A fact that is not looked at by the clock is never late."""
        return every is not None and (self.looked is None or abs(now - self.looked) > 2 * every)

    def is_due(self, every: timedelta | None, now: datetime) -> bool:
        """Say whether it is time for the next look by the clock."""
        return every is not None and (self.looked is None or abs(now - self.looked) >= every)

    def told(self, every: timedelta | None, now: datetime) -> Health:
        """Return what may be said now: what was green is unknown once the readings stay away."""
        return Health.UNKNOWN if self.health is Health.GREEN and self.is_late(every, now) else self.health


def settled(tried: Sequence[Health], tries: int = TRIES) -> Health | None:
    """Return what the tries of one look come to; None: try again.

    Only red is tried again. Unknown is no failure of production, and trying again would only take longer.
    """
    if not tried:
        return None
    return tried[-1] if tried[-1] is not Health.RED or len(tried) >= tries else None


def judged(before: Standing, health: Health, at: datetime, recover: int = RECOVER) -> Standing:
    """Return the standing after one more reading, which is the outcome of all the tries of a look.

    Readings count in the order in which they are recorded: a clock may be set back, and what it said before is then no
    later than now.
    """
    recent = (*before.recent, health)[-REMEMBERED:]
    red_since = _at_the_latest(before.red_since, at) or (at if health is Health.RED else None)
    good = 0
    if red_since and health is Health.GREEN:
        good = before.good + 1
        if good >= (max(recover, CALM) if is_flapping(recent) else recover):
            good, red_since = 0, None
        else:
            health = Health.RED
    since = _at_the_latest(before.since, at) if health is before.health else at
    footing = Footing.PROVEN if health is Health.GREEN else before.footing
    return Standing(health, since, red_since, good, at, recent, footing)


def _at_the_latest(moment: datetime | None, now: datetime) -> datetime | None:
    """Return a moment of the past as it can be: one that is later than now was dated by a clock that was ahead."""
    return min(moment, now) if moment else None


def is_flapping(recent: Sequence[Health]) -> bool:
    """Say whether readings went to and fro too often for the next good one to be believed."""
    known = [health for health in recent if health is not Health.UNKNOWN]
    return sum(before is not after for before, after in pairwise(known)) >= FLAPS


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a fact, or of a line of its output (`part_of`).

    `counts` is False where others speak for it; see `counted`.
    """

    name: str
    standing: Standing
    part_of: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """The last reading of a fact and when it was; `every` is how often it is looked at by the clock."""

    reading: Reading
    at: datetime
    standing: Standing
    every: timedelta | None = None

    def told(self, now: datetime) -> Reading:
        """Return what may be said of it now: what was green is unknown once the looks stay away."""
        health = self.standing.told(self.every, now)
        if self.reading.health is not self.standing.health:
            words = f"the last look said nothing of it; before that: {self.reading.detail}"
            return replace(self.reading, health=health, detail=words.removesuffix(": "))
        if health is self.standing.health:
            return self.reading
        words = f"no look for {_age(now - self.at)}; it was green: {self.reading.detail}"
        return replace(self.reading, health=health, detail=words.removesuffix(": "))


def after_run(
    before: Mapping[str, Known], readings: Sequence[Reading], at: datetime, recover: Mapping[str, int]
) -> tuple[dict[str, Known], frozenset[str]]:
    """Return what is known after a run of what it looked at, and the names of lines that are no more.

    `before` is what was known of these facts and their lines; `recover` how many good readings each fact needs. A
    line that a script no longer prints is gone when the script ended well; else nobody knows of it.
    """
    counting = {reading.name for reading in counted(readings)}
    after: dict[str, Known] = {}
    for reading in readings:
        needed = recover.get(reading.part_of or reading.name, RECOVER)
        standing = judged(_standing(before, reading), reading.health, at, needed)
        after[reading.name] = Known(reading.name, standing, reading.part_of, reading.name in counting)
    well = {reading.name for reading in readings if not reading.part_of and reading.health is Health.GREEN}
    unheard = [known for known in before.values() if known.part_of and known.name not in after]
    for known in unheard:
        if known.part_of not in well:
            after[known.name] = replace(known, standing=judged(known.standing, Health.UNKNOWN, at))
    return after, frozenset(known.name for known in unheard if known.part_of in well)


def believed(reading: Reading, standing: Standing) -> Reading:
    """Return a reading as it may be told: the first good one after red is not believed yet.

    What is told is never greener than the reading itself.
    """
    reading = replace(reading, red_since=standing.red_since)
    is_proven = standing.footing is Footing.PROVEN
    if reading.health is Health.RED and not is_proven:
        return replace(reading, detail=f"never green yet: {reading.detail}".removesuffix(": "))
    if reading.health is not Health.GREEN or standing.health is Health.GREEN:
        return reading
    again = " again" if is_proven else ""
    words = f"good{again}, but not for long enough yet: {reading.detail}".removesuffix(": ")
    return replace(reading, health=standing.health, observed=reading.health, detail=words)


def for_incidents(known: Iterable[Known]) -> dict[str, Standing]:
    """Return the standings that incidents follow.

    A red fact that others speak for, or that is on trial, opens nothing and ends nothing.
    """
    return {fact.name: _for_incidents(fact) for fact in known}


def _for_incidents(fact: Known) -> Standing:
    standing = fact.standing
    speaks = fact.counts and standing.footing is not Footing.TRIAL
    return standing if speaks or standing.health is not Health.RED else replace(standing, health=Health.UNKNOWN)


def together(seen: Sequence[Seen], now: datetime) -> Run | None:
    """Put the last readings together as if one run had found them all; None: nothing was ever looked at.

    It is as old as the oldest of them, so that none is told to be fresher than it is.
    """
    if not seen:
        return None
    return Run(0, min(look.at for look in seen), 0, tuple(look.told(now) for look in seen))


def _standing(before: Mapping[str, Known], reading: Reading) -> Standing:
    known = before.get(reading.name)
    return known.standing if known and known.part_of == reading.part_of else Standing()


def _age(age: timedelta) -> str:
    minutes = age // timedelta(minutes=1)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
