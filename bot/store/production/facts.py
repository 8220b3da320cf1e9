"""What is known of every fact, where its last reading is, and those that owners added from Slack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.core.people import Person
from bot.core.production.judgement import Footing, Known, Seen, Standing
from bot.core.production.readings import Health
from bot.store import tables
from bot.store.board.people import remember
from bot.store.production.runs import reading_of
from bot.store.upsert import insert_new, insert_or_update


@dataclass(frozen=True, slots=True)
class Added:
    """A fact by the keys of an http fact, and the channel whose board it is for."""

    name: str
    channel: str
    keys: Mapping[str, Any]


def every(tx: Connection) -> tuple[Added, ...]:
    """Return all of them, oldest first."""
    rows = tx.execute(select(tables.added).order_by(tables.added.c.at, tables.added.c.name))
    return tuple(Added(row.name, row.channel, row.keys) for row in rows)


def add(tx: Connection, fact: Added, who: Person | None, at: datetime) -> bool:
    """Keep a fact. False: there is one of that name."""
    if who:
        remember(tx, [who])
    values = {
        "name": fact.name,
        "channel": fact.channel,
        "keys": dict(fact.keys),
        "who": who.id if who else None,
        "at": at,
    }
    return insert_new(tx, tables.added, values)


def remove(tx: Connection, name: str) -> None:
    """Delete a fact."""
    tx.execute(delete(tables.added).where(tables.added.c.name == name))


NEW: Mapping[str, Any] = {
    "part_of": "",
    "counts": True,
    "position": 0,
    "channels": [],
    "health": Health.UNKNOWN.value,
    "good": 0,
    "recent": [],
    "warned": [],
    "footing": Footing.NEW.value,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact belongs: its place in the list, its channels (none: every board), how often it is looked at."""

    position: int = 0
    channels: tuple[str, ...] = ()
    every: timedelta | None = None


def lock(tx: Connection, names: Iterable[str]) -> dict[str, Known]:
    """Return what is known of these facts and their lines, and hold it: of two runs one comes after the other."""
    names = sorted(names)
    for name in names:
        insert_new(tx, tables.facts, {"name": name, **NEW})
    query = select(tables.facts).where(_of(names)).order_by(tables.facts.c.name).with_for_update()
    return {row.name: _known(row) for row in tx.execute(query)}


def keep(tx: Connection, known: Known, place: Place, run_id: int | None = None) -> None:
    """Keep what is known of a fact or a line. `run_id`: where its last reading is, if it was looked at."""
    standing = known.standing
    values: dict[str, Any] = {
        "part_of": known.part_of,
        "counts": known.counts,
        "health": standing.health.value,
        "since": standing.since,
        "red_since": standing.red_since,
        "good": standing.good,
        "looked": standing.looked,
        "recent": [health.value for health in standing.recent],
        "footing": standing.footing.value,
        **_placed(place),
    }
    values |= {"run_id": run_id} if run_id else {}
    insert_or_update(tx, tables.facts, {"name": known.name, **NEW, **values}, ("name",), values)


def watch(tx: Connection, name: str, where: Place, footing: Footing = Footing.NEW) -> None:
    """Register a fact that is looked at, whether it was looked at yet or not, and where it and its lines belong now.

    What was known of a line of that name was about something else.
    """
    tx.execute(delete(tables.facts).where(tables.facts.c.name == name, tables.facts.c.part_of != ""))
    insert_new(tx, tables.facts, {"name": name, **NEW, "footing": footing.value})
    values = _placed(where)
    tx.execute(update(tables.facts).where(tables.facts.c.name == name, tables.facts.c.part_of == "").values(**values))
    values.pop("position")
    tx.execute(update(tables.facts).where(tables.facts.c.part_of == name).values(**values))


def vouch(tx: Connection, name: str) -> bool:
    """Have a fact watched that is on trial, though it was never green. False: it is not on trial."""
    of = tables.facts.c
    on_trial = (of.name == name) & (of.footing == Footing.TRIAL.value)
    return tx.execute(update(tables.facts).where(on_trial).values(footing=Footing.NEW.value)).rowcount == 1


def are_watched(tx: Connection, *channels: str) -> bool:
    """Return whether any of these channels' boards has prod facts: the one answer to whether they are set up."""
    lists = tx.scalars(select(tables.facts.c.channels).where(tables.facts.c.part_of == ""))
    return any(not own or not set(own).isdisjoint(channels) for own in lists)


def drop(tx: Connection, names: Iterable[str]) -> None:
    """Forget facts that are no more, or lines."""
    tx.execute(delete(tables.facts).where(tables.facts.c.name.in_(tuple(names))))


def look_anew(tx: Connection) -> None:
    """Forget everything that looks have found, on every board; which facts there are stays known."""
    tx.execute(delete(tables.facts).where(tables.facts.c.part_of != ""))
    nothing = {"since": None, "red_since": None, "looked": None, "run_id": None, "certificate_until": None}
    unlooked = {key: NEW[key] for key in ("health", "good", "recent", "warned", "counts", "footing")}
    tx.execute(update(tables.facts).values(**nothing, **unlooked))
    tx.execute(delete(tables.watches))


def drop_others(tx: Connection, names: Iterable[str]) -> bool:
    """Forget every fact that is not among these, with its lines. False: there was none."""
    names = tuple(names)
    is_ours = (tables.facts.c.name.in_(names) & (tables.facts.c.part_of == "")) | tables.facts.c.part_of.in_(names)
    return tx.execute(delete(tables.facts).where(~is_ours)).rowcount > 0


def known(tx: Connection, channel: str | None = None) -> dict[str, Known]:
    """Return what is known of every fact that a channel's board shows (None: of all facts)."""
    rows = tx.execute(select(tables.facts).order_by(tables.facts.c.position))
    return {row.name: _known(row) for row in rows if _is_for(row, channel)}


def seen(tx: Connection, channel: str | None = None) -> tuple[Seen, ...]:
    """Return the last readings of a channel's facts (None: of all facts), in the order of the list."""
    on = (tables.readings.c.run_id == tables.facts.c.run_id) & (tables.readings.c.name == tables.facts.c.name)
    joined = tables.facts.join(tables.runs, tables.facts.c.run_id == tables.runs.c.id).join(tables.readings, on)
    readings = {row.name: row for row in tx.execute(select(tables.readings).select_from(joined))}
    if not readings:
        return ()
    rows = tx.execute(select(tables.facts, tables.runs.c.at).select_from(joined).order_by(tables.facts.c.position))
    return tuple(
        Seen(reading_of(readings[row.name]), row.at, _standing(row), _every(row))
        for row in rows
        if _is_for(row, channel)
    )


def red_on(tx: Connection) -> frozenset[str] | None:
    """Name the channels whose boards show a fact that is red; None: every board does."""
    lists = list(tx.scalars(select(tables.facts.c.channels).where(tables.facts.c.health == Health.RED.value)))
    return frozenset(channel for channels in lists for channel in channels) if all(lists) else None


def certificates(tx: Connection, names: Iterable[str]) -> dict[str, tuple[datetime, tuple[int, ...]]]:
    """Give, by fact, the end of the certificate last seen, and the warnings given about it (days left)."""
    query = select(tables.facts).where(tables.facts.c.name.in_(tuple(names)))
    rows = (row for row in tx.execute(query) if row.certificate_until)
    return {row.name: (row.certificate_until, tuple(row.warned)) for row in rows}


def warned(tx: Connection, name: str, until: datetime, days: Sequence[int]) -> None:
    """Keep which warnings were given about a certificate."""
    values = {"certificate_until": until, "warned": list(days)}
    tx.execute(update(tables.facts).where(tables.facts.c.name == name).values(**values))


def claim_look(tx: Connection, name: str, every: timedelta, now: datetime) -> bool:
    """Claim a look by the clock. False: somebody claimed it less than `every` ago.

    A claim that is further ahead of now was dated by a wrong clock.
    """
    if insert_new(tx, tables.watches, {"name": name, "claimed": now}):
        return True
    of = tables.watches.c
    is_over = (of.claimed <= now - every) | (of.claimed >= now + every)
    return tx.execute(update(tables.watches).where(of.name == name, is_over).values(claimed=now)).rowcount == 1


def claimed(tx: Connection, at: datetime) -> frozenset[str]:
    """Name the facts whose look was claimed at that very moment."""
    return frozenset(tx.scalars(select(tables.watches.c.name).where(tables.watches.c.claimed == at)))


def _of(names: Sequence[str]) -> ColumnElement[bool]:
    return tables.facts.c.name.in_(names) | tables.facts.c.part_of.in_(names)


def _placed(where: Place) -> dict[str, Any]:
    every_s = round(where.every.total_seconds()) if where.every else None
    return {"position": where.position, "channels": list(where.channels), "every_s": every_s}


def _is_for(row: Row[Any], channel: str | None) -> bool:
    return channel is None or not row.channels or channel in row.channels


def _every(row: Row[Any]) -> timedelta | None:
    return timedelta(seconds=row.every_s) if row.every_s else None


def _known(row: Row[Any]) -> Known:
    return Known(row.name, _standing(row), row.part_of, row.counts)


def _standing(row: Row[Any]) -> Standing:
    recent = tuple(map(Health, row.recent))
    return Standing(
        Health(row.health),
        row.since,
        row.red_since,
        row.good,
        row.looked,
        recent,
        Footing(row.footing or Footing.PROVEN),
    )
