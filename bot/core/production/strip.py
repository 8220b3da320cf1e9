"""A fact's last two weeks at a glance: one mark a day, and how fast it was."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median

from bot.core.production.readings import Health

DAYS = 14  # PRODUCT 4
BARS = "▁▂▃▄▅▆▇█"  # from never green to always green
NO_READING = "·"


@dataclass(frozen=True, slots=True)
class Day:
    """The readings of one local day, counted, and the latencies that were measured with them, in milliseconds."""

    on: date
    healths: tuple[Health, ...] = ()
    latencies: tuple[int, ...] = ()

    @property
    def bar(self) -> str:
        """The mark of the day: full only if every reading was green, empty only if none was."""
        if not self.healths:
            return NO_READING
        green = self.healths.count(Health.GREEN)
        if green in (0, len(self.healths)):
            return BARS[-1] if green else BARS[0]
        between = len(BARS) - 2
        return BARS[1 + green * between // len(self.healths)]

    @property
    def typical_ms(self) -> float | None:
        """The median latency; None: nothing was timed."""
        return median(self.latencies) if self.latencies else None

    @property
    def slowest_ms(self) -> int | None:
        """The slowest answer; None: nothing was timed."""
        return max(self.latencies, default=None)


def strip(
    readings: Iterable[tuple[datetime, Health, int | None]], today: date, zone: tzinfo, days: int = DAYS
) -> tuple[Day, ...]:
    """Count readings (when, health, latency in ms) by the local day of `zone`: `days` of them, `today` last."""
    healths: dict[date, list[Health]] = defaultdict(list)
    latencies: dict[date, list[int]] = defaultdict(list)
    for at, health, latency_ms in readings:
        on = at.astimezone(zone).date()
        healths[on].append(health)
        if latency_ms is not None:
            latencies[on].append(latency_ms)
    wanted = [today - timedelta(days=back) for back in reversed(range(days))]
    return tuple(Day(on, tuple(healths[on]), tuple(latencies[on])) for on in wanted)


def bars(days: Iterable[Day]) -> str:
    """Write a strip as text: `··▇████▁█`."""
    return "".join(day.bar for day in days)
