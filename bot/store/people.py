"""The people who did something here, by Slack's user id."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.core.board import Person
from bot.store import tables
from bot.store.upsert import insert_or_update


def remember(tx: Connection, people: Iterable[Person]) -> None:
    """Keep people with the name they go by now."""
    for person in people:
        values = {"id": person.id, "name": person.name}
        insert_or_update(tx, tables.people, values, ("id",), {"name": person.name})


def known(tx: Connection) -> dict[str | None, Person]:
    """Give everybody known, by id. Nobody has the id None, so that `known(tx).get(row.owner)` is None without one."""
    return {row.id: Person(row.id, row.name) for row in tx.execute(select(tables.people))}
