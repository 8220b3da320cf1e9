"""The people who did something here, by Slack's user id."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.core.people import Person
from bot.store import tables
from bot.store.upsert import insert_or_update


class People:
    """Everybody known, by id, each looked up when asked for: a board knows a few, and the database thousands."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._by_id: dict[str, Person] = {}

    def get(self, user: str | None) -> Person | None:
        """Return somebody; None: nobody has that id, as nobody has none."""
        if user is None:
            return None
        if user not in self._by_id:
            row = self._tx.execute(select(tables.people).where(tables.people.c.id == user)).one_or_none()
            if row is None:
                return None
            self._by_id[user] = _person(row)
        return self._by_id[user]

    def __getitem__(self, user: str) -> Person:
        """Return somebody who is known, as whoever a row refers to is."""
        person = self.get(user)
        if person is None:
            raise KeyError(user)
        return person


def remember(tx: Connection, people: Iterable[Person]) -> None:
    """Keep people with the name they go by now, and with their picture where it is known now.

    A row that says so already is not written again: boards that have a person in common would wait for each other.
    """
    wanted = {person.id: _values(person) for person in sorted(people, key=lambda person: bool(person.picture))}
    known = {row.id: row for row in tx.execute(select(tables.people).where(tables.people.c.id.in_(wanted)))}
    for key, values in sorted(wanted.items()):
        row = known.get(key)
        if row is None or any(getattr(row, name) != value for name, value in values.items()):
            insert_or_update(tx, tables.people, {"id": key, **values}, ("id",), values)


def _values(person: Person) -> dict[str, str]:
    return {"name": person.name} | ({"picture": person.picture} if person.picture else {})


def known(tx: Connection) -> People:
    """Return everybody known, by id. Nobody has the id None, so that `known(tx).get(row.owner)` is None without one."""
    return People(tx)


def called(tx: Connection, name: str) -> tuple[Person, ...]:
    """Return everybody known who goes by a name, in small letters or large: SQLite folds only ASCII."""
    rows = tx.execute(select(tables.people).order_by(tables.people.c.id))
    return tuple(_person(row) for row in rows if row.name.casefold() == name.casefold())


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.picture or "")
