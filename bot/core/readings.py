"""What a look at production found, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """What may be said of a fact. Unknown is not green: it is what we could not find out."""

    GREEN = "green"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of production. `detail` is one short line for people; `latency_ms` is None where nothing was timed."""

    name: str
    kind: str
    health: Health
    detail: str = ""
    latency_ms: int | None = None


def worst(readings: Sequence[Reading]) -> Health:
    """The health of several readings together: red before unknown before green; none at all is unknown."""
    found = {reading.health for reading in readings}
    for health in (Health.RED, Health.UNKNOWN, Health.GREEN):
        if health in found:
            return health
    return Health.UNKNOWN
