"""Whose an item in progress is, as people write it into a document."""

from dataclasses import replace

import pytest

from bot.core.board.model import Board, Slots
from bot.core.documents.owners import with_owners
from bot.core.people import Person
from tests.core.boards import board, changed
from tests.people import ALICE, BOB

ANNA, OTHER = Person("U0ANNA", "Anna"), Person("U0ANNA2", "anna")
KNOWN = (ALICE, BOB, ANNA, OTHER)


def called(name: str) -> tuple[Person, ...]:
    return tuple(person for person in KNOWN if person.name.casefold() == name.casefold())


def written(notes: str, lane: str = "wip", owner: Person | None = None) -> Board:
    return replace(changed(board(**{lane: [1]}), 1, notes=notes, owner=owner), slots=Slots.PERSON)


@pytest.mark.parametrize(
    ("notes", "owner"),
    [
        ("Owner: Bob", BOB),
        ("- **Owner**: bob", BOB),
        ("**Assignee:** @Bob", BOB),
        ("Υπεύθυνος: Bob", BOB),
        ("it is late\n- Assigned to: Bob\nand more", BOB),
        ("Owner: Carol", None),
        ("Owner: Anna", None),  # there are two
        ("Owner:", None),
        ("Ownership: Bob", None),
        ("Bob", None),
        ("", None),
    ],
)
def test_an_item_in_progress_is_whose_its_notes_say(notes: str, owner: Person | None) -> None:
    item = with_owners(written(notes), called).item(1)
    assert (item.owner, item.notes) == (owner, notes)


def test_what_is_not_in_progress_or_somebody_s_already_stays_as_it_is() -> None:
    for on in (written("Owner: Bob", "next"), written("Owner: Bob", owner=ALICE)):
        assert with_owners(on, called) == on


def test_on_a_board_with_one_slot_nobody_has_to_own_it() -> None:
    on = replace(written("Owner: Bob"), slots=Slots.BOARD)
    assert with_owners(on, called) == on
