"""People with their names and pictures, as the database keeps them."""

from dataclasses import replace

import pytest

from bot.core.people import Person
from bot.store.board import people
from bot.store.database import Database
from tests.people import ALICE, BOB

OLD, NEW = "https://pictures.test/old.png", "https://pictures.test/new.png"


def seen(db: Database, *persons: Person) -> Person | None:
    """Keep them, one after another, and give Alice as she is kept."""
    for person in persons:
        db.write(people.remember, [person])
    return db.query(lambda tx: people.known(tx).get(ALICE.id))


@pytest.mark.parametrize(
    ("persons", "picture"),
    [
        ([ALICE], ""),
        ([replace(ALICE, picture=OLD)], OLD),
        ([replace(ALICE, picture=OLD), ALICE], OLD),  # from where nobody knew it
        ([replace(ALICE, picture=OLD), replace(ALICE, picture=NEW)], NEW),
        ([ALICE, replace(ALICE, picture=NEW), BOB], NEW),
    ],
)
def test_a_picture_is_kept_and_the_last_one_that_was_known_stands(
    db: Database, persons: list[Person], picture: str
) -> None:
    known = seen(db, *persons)
    assert known is not None
    assert (known, known.picture) == (ALICE, picture)


def test_of_two_at_once_the_one_with_a_picture_is_kept(db: Database) -> None:
    db.write(people.remember, [replace(ALICE, picture=NEW), Person(ALICE.id, "Alice")])
    known = seen(db)
    assert known is not None
    assert known.picture == NEW
