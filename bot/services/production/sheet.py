"""What `/board facts` shows: the last readings, two weeks of each, and what is being done about it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from bot.core.production.incidents import Incident, Pause
from bot.core.production.judgement import Footing, Seen, together
from bot.core.production.readings import Health, Reading, Run
from bot.core.production.strip import DAYS, Day, strip
from bot.store.board import boards
from bot.store.database import Database
from bot.store.production import facts, incidents, runs


@dataclass(frozen=True, slots=True)
class Line:
    """A fact's last reading as it may be told now, when it was, and its last two weeks.

    `on_trial`: it was never green, and its red opens no incident.
    """

    reading: Reading
    at: datetime
    days: tuple[Day, ...]
    on_trial: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is known of a channel's facts. `incidents` are those of the last two weeks, newest first."""

    run: Run | None
    lines: tuple[Line, ...]
    incidents: tuple[Incident, ...]
    pause: Pause | None
    now: datetime

    @property
    def open(self) -> tuple[Incident, ...]:
        """The incidents that are not over."""
        return tuple(incident for incident in self.incidents if incident.closed is None)


def look(db: Database, channel: str | None, now: datetime) -> Sheet:
    """Look at what is known of a channel's facts (None: of all facts, and no board's incidents)."""
    since = now - timedelta(days=DAYS)
    with db.read() as tx:
        seen = facts.seen(tx, channel)
        record = boards.look(tx, channel, done_since=now) if channel else None
        zone = record.board.zone if record else UTC
        past = incidents.since(tx, record.id, since) if record else ()
        pause = incidents.pause_of(tx, record.id) if record else None
        days = _days(tx, since, now, zone)
    run = together(seen, now)
    return Sheet(run, tuple(_lines(seen, run, days, now, zone)), past, _now(pause, now), now)


def _lines(
    seen: Iterable[Seen], run: Run | None, days: dict[str, tuple[Day, ...]], now: datetime, zone: tzinfo
) -> Iterable[Line]:
    shown = {reading.name for reading in run.counted} if run else set()
    nothing = strip((), now.astimezone(zone).date(), zone)
    for fact in seen:
        if fact.reading.name in shown:
            on_trial = fact.standing.footing is Footing.TRIAL
            yield Line(fact.told(now), fact.at, days.get(fact.reading.name, nothing), on_trial)


def _days(tx: Connection, since: datetime, now: datetime, zone: tzinfo) -> dict[str, tuple[Day, ...]]:
    looks: dict[str, list[tuple[datetime, Health, int | None]]] = defaultdict(list)
    for name, at, health, latency_ms in runs.history(tx, since):
        looks[name].append((at, health, latency_ms))
    today = now.astimezone(zone).date()
    return {name: strip(readings, today, zone) for name, readings in looks.items()}


def _now(pause: Pause | None, now: datetime) -> Pause | None:
    return pause if pause and pause.window.is_on(now) else None
