"""How often prod facts were green over a time, counted by the database."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.core.readings import Health
from bot.store import tables


def counts(tx: Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Give for each fact its green and its red readings since a moment.

    A fact that gave several answers stands back behind them, as it does in every message.
    """
    of_run = tables.readings.join(tables.runs, tables.readings.c.run_id == tables.runs.c.id)
    columns = (tables.readings.c.name, tables.readings.c.part_of, tables.readings.c.health)
    query = select(*columns, func.count()).select_from(of_run).where(tables.runs.c.at > since).group_by(*columns)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name, part_of, health, count in tx.execute(query):
        found.setdefault((part_of, name), {})[health] = count
    answered = {part_of for part_of, _ in found if part_of}
    return {
        name: (by_health.get(Health.GREEN.value, 0), by_health.get(Health.RED.value, 0))
        for (part_of, name), by_health in found.items()
        if part_of or name not in answered
    }
