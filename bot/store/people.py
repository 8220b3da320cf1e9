"""The people who did something here, by Slack's user id."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from bot.core.board import Person
from bot.store import tables
from bot.store.upsert import insert_or_update

People = dict[str | None, Person]


def remember(tx: Connection, people: Iterable[Person]) -> None:
    """Keep people with the name they go by now.

    A row that says so already is not written again: boards that have a person in common would wait for each other.
    """
    wanted = {person.id: person.name for person in people}
    kept = {row.id: row.name for row in tx.execute(select(tables.people).where(tables.people.c.id.in_(wanted)))}
    for key, name in sorted(wanted.items()):
        if kept.get(key) != name:
            insert_or_update(tx, tables.people, {"id": key, "name": name}, ("id",), {"name": name})


def known(tx: Connection) -> People:
    """Give everybody known, by id. Nobody has the id None, so that `known(tx).get(row.owner)` is None without one."""
    return {row.id: Person(row.id, row.name) for row in tx.execute(select(tables.people))}
