"""Production before and after: what an item may have broken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.readings import Health, Reading, Run

MISSING = re.compile(r"([“'\"][^”'\"]+[”'\"]) not found")  # how readings say that a text is missing


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
    found = MISSING.search(reading.detail)
    return f"lost {found[1]}" if found else f"is red: {reading.detail}".removesuffix(": ")


def named_losses(readings: Sequence[Reading]) -> str:
    """Say on one line what each of several red readings lost."""
    return " ".join("; ".join(f"{reading.name} {loss(reading)}" for reading in readings).split())


def _tally(run: Run) -> str:
    return f"{run.green}/{len(run.counted)}"
