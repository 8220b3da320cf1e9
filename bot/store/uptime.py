"""How often prod facts were green over a time, counted by the database."""

from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from bot.core.readings import Health
from bot.store import tables


def counts(tx: Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Give for each fact its green and its red looks since a moment, as they were found and whether believed or not.

    A script stands back behind the lines of its run, as it does in every message; see `core.readings.counted`.
    """
    readings, line = tables.readings, tables.readings.alias()
    health = func.coalesce(readings.c.found, readings.c.health)
    of_it = (line.c.run_id == readings.c.run_id) & (line.c.part_of == readings.c.name)
    speaks = (health == Health.GREEN.value) | (func.coalesce(line.c.found, line.c.health) == Health.RED.value)
    stands_back = (readings.c.kind == "script") & (readings.c.part_of == "") & exists().where(of_it & speaks)
    joined = readings.join(tables.runs, readings.c.run_id == tables.runs.c.id)
    looks = select(readings.c.name, health.label("found")).select_from(joined)
    looked = looks.where(tables.runs.c.at > since, ~stands_back).subquery()
    found: dict[str, dict[str, int]] = {}
    for name, is_found, count in tx.execute(select(looked, func.count()).group_by(looked.c.name, looked.c.found)):
        found.setdefault(name, {})[is_found] = count
    good, bad = Health.GREEN.value, Health.RED.value
    return {name: (of_fact.get(good, 0), of_fact.get(bad, 0)) for name, of_fact in found.items()}
