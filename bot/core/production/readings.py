"""What a look at production found, as values; and two looks compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

WARNING = "⚠️"  # begins the detail of a green reading whose words must be shown all the same

MISSING = re.compile(r"([“'\"][^”'\"]+[”'\"]) not found")  # how readings say that a text is missing


class Health(StrEnum):
    """What may be said of a fact. Unknown is not green: it is what we could not find out."""

    GREEN = "green"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of production.

    `detail` is one short line for people; `latency_ms` is None where nothing was timed. `part_of` names the fact
    that gave this answer among others (a line of a script's output), and is empty for the fact itself. `silent` means
    that nobody answered at all, so that it could be our own connection; `certificate_until` is when the certificate of
    the answer ends (UTC). `observed` is what the look itself found, where it is not believed yet; `red_since` is the
    first red look of a spell that has not ended.
    """

    name: str
    kind: str
    health: Health
    detail: str = ""
    latency_ms: int | None = None
    part_of: str = ""
    silent: bool = False
    certificate_until: datetime | None = None
    observed: Health | None = None
    red_since: datetime | None = None

    @property
    def warned(self) -> bool:
        """Green, with words that are shown all the same."""
        return self.health is Health.GREEN and self.detail.startswith(WARNING)


def worst(readings: Sequence[Reading]) -> Health:
    """Return the health of several readings together: red before unknown before green; none at all is unknown."""
    healths = {reading.health for reading in readings}
    for health in (Health.RED, Health.UNKNOWN, Health.GREEN):
        if health in healths:
            return health
    return Health.UNKNOWN


def counted(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings that "4 of 5" counts, each cause once.

    A fact that gave several answers stands back behind them, unless it has something to say that none of them says
    (a script that was stopped, or that failed without a red line).
    """
    answered = {reading.part_of for reading in readings if reading.part_of}
    explained = {reading.part_of for reading in readings if reading.part_of and reading.health is Health.RED}

    def stands_back(reading: Reading) -> bool:
        own_words = reading.health is Health.UNKNOWN or (reading.health is Health.RED and reading.name not in explained)
        return not reading.part_of and reading.name in answered and not own_words

    return tuple(reading for reading in readings if not stands_back(reading))


@dataclass(frozen=True, slots=True)
class Run:
    """One run of all prod facts: when it ended, how long it took, what it found."""

    id: int
    at: datetime
    took_ms: int
    readings: tuple[Reading, ...]

    @property
    def health(self) -> Health:
        """The worst of what was found."""
        return worst(self.readings)

    @property
    def counted(self) -> tuple[Reading, ...]:
        """The readings that "4 of 5" counts."""
        return counted(self.readings)

    @property
    def green(self) -> int:
        """How many of the counted readings are green."""
        return sum(reading.health is Health.GREEN for reading in self.counted)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side. `lost` are the readings that were green and are red; `still` were red before."""

    before: Run
    after: Run
    lost: tuple[Reading, ...]
    still: tuple[Reading, ...]

    @property
    def tally(self) -> str:
        """How many were green of how many: `6/6 → 5/6`."""
        return f"{_tally(self.before)} → {_tally(self.after)}"

    @property
    def evidence(self) -> str:
        """What fails, in a sentence that reopens an item."""
        return f"prod facts {self.tally}: {named_losses(self.lost)}".removesuffix(": ")


def compare(before: Run, after: Run) -> Comparison:
    """Compare a run at an item's start with one after its finish, by the names of their readings."""
    health = {reading.name: reading.health for reading in before.counted}
    red = [reading for reading in after.counted if reading.health is Health.RED]
    lost = tuple(reading for reading in red if health.get(reading.name) is Health.GREEN)
    still = tuple(reading for reading in red if health.get(reading.name) is Health.RED)
    return Comparison(before, after, lost, still)


def loss(reading: Reading) -> str:
    """Say what a red reading lost: the text it misses, else what is wrong with it."""
    missing = MISSING.search(reading.detail)
    return f"lost {missing[1]}" if missing else f"is red: {reading.detail}".removesuffix(": ")


def named_losses(readings: Sequence[Reading]) -> str:
    """Say on one line what each of several red readings lost."""
    return " ".join("; ".join(f"{reading.name} {loss(reading)}" for reading in readings).split())


def _tally(run: Run) -> str:
    return f"{run.green}/{len(run.counted)}"
