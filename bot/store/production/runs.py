"""Runs of prod facts and their readings, and how often they were green."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, true, union
from sqlalchemy.sql.elements import ColumnElement

from bot.core.production.readings import Health, Reading, Run
from bot.core.times import CLOCKS_DIFFER
from bot.store import tables
from bot.store.upsert import insert_or_update


def keep(tx: Connection, at: datetime, took_ms: int, readings: Sequence[Reading]) -> int:
    """Keep a run. Returns its id."""
    run_id = tx.scalars(insert(tables.runs).values(at=at, took_ms=took_ms).returning(tables.runs.c.id)).one()
    rows = [
        {
            "run_id": run_id,
            "position": k,
            "name": reading.name,
            "kind": reading.kind,
            "health": reading.health.value,
            "detail": reading.detail,
            "latency_ms": reading.latency_ms,
            "part_of": reading.part_of,
            "found": reading.observed.value if reading.observed else None,
            "red_since": reading.red_since,
        }
        for k, reading in enumerate(readings, 1)
    ]
    if rows:
        tx.execute(insert(tables.readings), rows)
    return int(run_id)


def get(tx: Connection, run_id: int) -> Run:
    """Return a run by its id."""
    row = tx.execute(select(tables.runs).where(tables.runs.c.id == run_id)).one()
    query = select(tables.readings).where(tables.readings.c.run_id == run_id).order_by(tables.readings.c.position)
    return Run(row.id, row.at, row.took_ms, tuple(map(reading_of, tx.execute(query))))


def whole_since(tx: Connection, moment: datetime, now: datetime, names: Sequence[str]) -> Run | None:
    """Return the last run since a moment that looked at all these facts; None: there was none.

    One that is dated later than now is from before the clock was set back.
    """
    joined = tables.readings.join(tables.runs, tables.readings.c.run_id == tables.runs.c.id)
    wanted = tables.runs.c.at.between(moment, now + CLOCKS_DIFFER) & tables.readings.c.name.in_(names)
    by_run = select(tables.runs.c.id).select_from(joined).where(wanted).group_by(tables.runs.c.id)
    whole = by_run.having(func.count() == len(names)).order_by(tables.runs.c.id.desc()).limit(1)
    run_id = tx.scalars(whole).one_or_none()
    return None if run_id is None else get(tx, run_id)


def reading_of(row: Row[Any]) -> Reading:
    """Return the reading of a row."""
    return Reading(
        row.name,
        row.kind,
        Health(row.health),
        row.detail,
        row.latency_ms,
        row.part_of,
        observed=Health(row.found) if row.found else None,
        red_since=row.red_since,
    )


def history(tx: Connection, since: datetime) -> Iterator[tuple[str, datetime, Health, int | None]]:
    """Return what was found since a moment, oldest first: the name, when, the health as it was found, milliseconds."""
    joined = tables.readings.join(tables.runs, tables.readings.c.run_id == tables.runs.c.id)
    columns = (tables.readings.c.name, tables.runs.c.at, tables.readings.c.latency_ms)
    health = func.coalesce(tables.readings.c.found, tables.readings.c.health).label("observed")
    query = select(*columns, health).select_from(joined).where(tables.runs.c.at >= since)
    for row in tx.execute(query.order_by(tables.runs.c.at, tables.readings.c.position)):
        yield row.name, row.at, Health(row.observed), row.latency_ms


def set_baseline(tx: Connection, board_id: int, number: int, run_id: int) -> None:
    """Keep the run that belongs to an item's start."""
    values = {"board_id": board_id, "number": number, "run_id": run_id}
    insert_or_update(tx, tables.baselines, values, ("board_id", "number"), {"run_id": run_id})


def baseline(tx: Connection, board_id: int, number: int) -> Run | None:
    """Return the run at an item's start; None: there was none."""
    key = (tables.baselines.c.board_id == board_id) & (tables.baselines.c.number == number)
    run_id = tx.scalars(select(tables.baselines.c.run_id).where(key)).one_or_none()
    return None if run_id is None else get(tx, run_id)


def forget_before(tx: Connection, moment: datetime) -> None:
    """Delete the runs before a moment that nothing refers to any more."""
    _forget(tx, tables.runs.c.at < moment)


def forget_all(tx: Connection) -> None:
    """Delete every run that nothing refers to any more."""
    _forget(tx, true())


def _forget(tx: Connection, wanted: ColumnElement[bool]) -> None:
    referring = (tables.digests, tables.finishes, tables.baselines, tables.facts)
    referred = union(*(select(table.c.run_id).where(table.c.run_id.is_not(None)) for table in referring))
    old = select(tables.runs.c.id).where(wanted, tables.runs.c.id.not_in(referred))
    tx.execute(delete(tables.readings).where(tables.readings.c.run_id.in_(old)))
    tx.execute(delete(tables.runs).where(wanted, tables.runs.c.id.not_in(referred)))


def counts(tx: Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Return for each fact its green and its red looks since a moment, as they were found and whether believed or not.

    A script stands back behind the lines of its run, as it does in every message; see `core.readings.counted`.
    """
    readings, line = tables.readings, tables.readings.alias()
    health = func.coalesce(readings.c.found, readings.c.health)
    of_it = (line.c.run_id == readings.c.run_id) & (line.c.part_of == readings.c.name)
    speaks = (health == Health.GREEN.value) | (func.coalesce(line.c.found, line.c.health) == Health.RED.value)
    stands_back = (readings.c.kind == "script") & (readings.c.part_of == "") & exists().where(of_it & speaks)
    joined = readings.join(tables.runs, readings.c.run_id == tables.runs.c.id)
    looks = select(readings.c.name, health.label("observed")).select_from(joined)
    looked = looks.where(tables.runs.c.at > since, ~stands_back).subquery()
    by_fact: dict[str, dict[str, int]] = {}
    for name, observed, count in tx.execute(select(looked, func.count()).group_by(looked.c.name, looked.c.observed)):
        by_fact.setdefault(name, {})[observed] = count
    good, bad = Health.GREEN.value, Health.RED.value
    return {name: (of_fact.get(good, 0), of_fact.get(bad, 0)) for name, of_fact in by_fact.items()}
