"""People who did something here, looked up by what they are called."""

from bot.core.people import Person
from bot.store.board import people
from bot.store.database import Database


def by_id(db: Database, user: str) -> Person | None:
    """Return somebody by Slack's user id; None: they have done nothing here yet."""
    with db.read() as tx:
        return people.known(tx).get(user)


def by_name(db: Database, name: str) -> tuple[Person, ...]:
    """Return everybody who goes by a name."""
    with db.read() as tx:
        return people.called(tx, name)
