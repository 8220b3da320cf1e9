"""The people who did something here, by Slack's user id."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

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
            self._by_id[user] = Person(row.id, row.name)
        return self._by_id[user]

    def __getitem__(self, user: str) -> Person:
        """Return somebody who is known, as whoever a row refers to is."""
        person = self.get(user)
        if person is None:
            raise KeyError(user)
        return person


def remember(tx: Connection, people: Iterable[Person]) -> None:
    """Keep people with the name they go by now.

    A row that says so already is not written again: boards that have a person in common would wait for each other.
    """
    wanted = {person.id: person.name for person in people}
    known = {row.id: row.name for row in tx.execute(select(tables.people).where(tables.people.c.id.in_(wanted)))}
    for key, name in sorted(wanted.items()):
        if known.get(key) != name:
            insert_or_update(tx, tables.people, {"id": key, "name": name}, ("id",), {"name": name})


def known(tx: Connection) -> People:
    """Return everybody known, by id. Nobody has the id None, so that `known(tx).get(row.owner)` is None without one."""
    return People(tx)


def called(tx: Connection, name: str) -> tuple[Person, ...]:
    """Return everybody known who goes by a name, in small letters or large: SQLite folds only ASCII."""
    rows = tx.execute(select(tables.people).order_by(tables.people.c.id))
    return tuple(Person(row.id, row.name) for row in rows if row.name.casefold() == name.casefold())
