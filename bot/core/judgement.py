"""Readings over time: when a fact is red, when it is green again, and when nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.core.readings import Health

TRIES = 3  # PRODUCT 4: three tries before red
RECOVER = 2  # PRODUCT 4: two good ones before green
REMEMBERED = 10  # readings that say whether a fact is flapping
FLAPS = 4  # changes between red and green among them; a deployment that goes wrong once makes two
CALM = 5  # good ones before a flapping fact is green again


@dataclass(frozen=True, slots=True)
class Standing:
    """What the readings of a fact have come to.

    `since`: when this health began. `red_since`: the first red reading of a spell that has not ended, also while it
    is unknown or has too few good ones. `good`: good ones in a row since it was red. `looked`: the last reading.
    """

    health: Health = Health.UNKNOWN
    since: datetime | None = None
    red_since: datetime | None = None
    good: int = 0
    looked: datetime | None = None
    recent: tuple[Health, ...] = ()

    def is_late(self, every: timedelta | None, now: datetime) -> bool:
        """Say whether a look was missed. A fact that is not looked at by the clock is never late."""
        return every is not None and (self.looked is None or now - self.looked > 2 * every)

    def is_due(self, every: timedelta | None, now: datetime) -> bool:
        """Say whether it is time for the next look by the clock."""
        return every is not None and (self.looked is None or now - self.looked >= every)

    def told(self, every: timedelta | None, now: datetime) -> Health:
        """What may be said now: what was green is unknown once the readings stay away."""
        return Health.UNKNOWN if self.health is Health.GREEN and self.is_late(every, now) else self.health


def settled(tried: Sequence[Health], tries: int = TRIES) -> Health | None:
    """Give what the tries of one look come to; None: try again.

    Only red is tried again. Unknown is no failure of production, and trying again would only take longer.
    """
    if not tried:
        return None
    return tried[-1] if tried[-1] is not Health.RED or len(tried) >= tries else None


def judged(before: Standing, health: Health, at: datetime, recover: int = RECOVER) -> Standing:
    """Give the standing after one more reading, which is the outcome of all the tries of a look.

    Readings that are older than the last one change nothing.
    """
    if before.looked is not None and at < before.looked:
        return before
    recent = (*before.recent, health)[-REMEMBERED:]
    red_since = before.red_since or (at if health is Health.RED else None)
    good = 0
    if red_since and health is Health.GREEN:
        good = before.good + 1
        if good >= (max(recover, CALM) if is_flapping(recent) else recover):
            good, red_since = 0, None
        else:
            health = Health.RED
    since = before.since if health is before.health else at
    return Standing(health, since, red_since, good, at, recent)


def is_flapping(recent: Sequence[Health]) -> bool:
    """Say whether readings went to and fro too often for the next good one to be believed."""
    known = [health for health in recent if health is not Health.UNKNOWN]
    return sum(before is not after for before, after in pairwise(known)) >= FLAPS
