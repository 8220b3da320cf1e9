"""What a run comes to: what is known of every fact after it, and what may be told of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.judgement import RECOVER, Standing, judged
from bot.core.readings import Health, Reading, Run, counted


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
        """Give what may be said of it now: what was green is unknown once the looks stay away."""
        health = self.standing.told(self.every, now)
        if self.reading.health is not self.standing.health:
            words = f"the last look said nothing of it; before that: {self.reading.detail}"
            return replace(self.reading, health=health, detail=words.removesuffix(": "))
        if health is self.standing.health:
            return self.reading
        words = f"no look for {_age(now - self.at)}; it was green: {self.reading.detail}"
        return replace(self.reading, health=health, detail=words.removesuffix(": "))


def after_run(
    before: Mapping[str, Known], found: Sequence[Reading], at: datetime, recover: Mapping[str, int]
) -> tuple[dict[str, Known], frozenset[str]]:
    """Give what is known after a run of what it looked at, and the names of lines that are no more.

    `before` is what was known of these facts and their lines; `recover` how many good readings each fact needs. A
    line that a script no longer prints is gone when the script ended well; else nobody knows of it.
    """
    counting = {reading.name for reading in counted(found)}
    after: dict[str, Known] = {}
    for reading in found:
        needed = recover.get(reading.part_of or reading.name, RECOVER)
        standing = judged(_standing(before, reading), reading.health, at, needed)
        after[reading.name] = Known(reading.name, standing, reading.part_of, reading.name in counting)
    well = {reading.name for reading in found if not reading.part_of and reading.health is Health.GREEN}
    unheard = [known for known in before.values() if known.part_of and known.name not in after]
    for known in unheard:
        if known.part_of not in well:
            after[known.name] = replace(known, standing=judged(known.standing, Health.UNKNOWN, at))
    return after, frozenset(known.name for known in unheard if known.part_of in well)


def believed(reading: Reading, standing: Standing) -> Reading:
    """Give a reading as it may be told: the first good one after red is not believed yet."""
    reading = replace(reading, red_since=standing.red_since)
    if reading.health is standing.health:
        return reading
    words = f"good again, but not for long enough yet: {reading.detail}".removesuffix(": ")
    return replace(reading, health=standing.health, found=reading.health, detail=words)


def for_incidents(known: Iterable[Known]) -> dict[str, Standing]:
    """Give the standings that incidents follow. A red fact that others speak for opens nothing and ends nothing."""
    return {
        one.name: one.standing
        if one.counts or one.standing.health is not Health.RED
        else replace(one.standing, health=Health.UNKNOWN)
        for one in known
    }


def together(seen: Sequence[Seen], now: datetime) -> Run | None:
    """Put the last readings together as if one run had found them all; None: nothing was ever looked at.

    It is as old as the oldest of them, so that none is told to be fresher than it is.
    """
    if not seen:
        return None
    return Run(0, min(one.at for one in seen), 0, tuple(one.told(now) for one in seen))


def _standing(before: Mapping[str, Known], reading: Reading) -> Standing:
    known = before.get(reading.name)
    return known.standing if known and known.part_of == reading.part_of else Standing()


def _age(age: timedelta) -> str:
    minutes = age // timedelta(minutes=1)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
