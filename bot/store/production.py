"""Runs of prod facts and their readings."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.core.readings import Health, Reading, Run
from bot.store import tables


def keep(tx: Connection, at: datetime, took_ms: int, found: Sequence[Reading]) -> int:
    """Keep a run. Gives its id."""
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
        }
        for k, reading in enumerate(found, 1)
    ]
    if rows:
        tx.execute(insert(tables.readings), rows)
    return int(run_id)


def latest(tx: Connection) -> Run | None:
    """Give the last run; None: there was none yet."""
    run_id = tx.scalars(select(tables.runs.c.id).order_by(tables.runs.c.id.desc()).limit(1)).one_or_none()
    return None if run_id is None else get(tx, run_id)


def get(tx: Connection, run_id: int) -> Run:
    """Give a run by its id."""
    row = tx.execute(select(tables.runs).where(tables.runs.c.id == run_id)).one()
    query = select(tables.readings).where(tables.readings.c.run_id == run_id).order_by(tables.readings.c.position)
    readings = tuple(
        Reading(found.name, found.kind, Health(found.health), found.detail, found.latency_ms, found.part_of)
        for found in tx.execute(query)
    )
    return Run(row.id, row.at, row.took_ms, readings)
