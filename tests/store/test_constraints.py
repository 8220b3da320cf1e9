"""The rules that the database itself keeps: what is planted past the code is refused, in words."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update

from bot.core.board.model import Slots
from bot.errors import RuleBroken
from bot.store import tables
from bot.store.database import Database
from bot.store.faults import OTHERWISE
from tests.core.boards import board, changed
from tests.people import ALICE, BOB
from tests.store.stage import NOW, keep, kept, plant

DONE = {"lane": "done", "finished": NOW, "outcome": "closed"}
WIP_TAKEN = "Somebody else just started an item. Nothing was changed; /board shows what holds."
PLACE_TAKEN = "Somebody else just moved an item. Try again."
NEXT_FULL = "NEXT holds three items at most. Defer one first."

REFUSED = [
    ({"lane": "wip", "position": 0}, WIP_TAKEN),
    ({"lane": "wip", "position": 0, "slot": "U0NOBODY"}, OTHERWISE),
    ({"slot": "U0ALICE"}, OTHERWISE),
    ({"number": 1}, "Somebody else just added an item. Send yours again."),
    ({"lane": "next", "position": 1}, PLACE_TAKEN),
    ({"lane": "later", "position": 1}, PLACE_TAKEN),
    ({"lane": "next", "position": 4}, NEXT_FULL),
    ({"lane": "next", "position": 0}, NEXT_FULL),
    ({"lane": "next", "position": -4}, NEXT_FULL),
    (DONE | {"finished": None}, OTHERWISE),
    (DONE | {"outcome": None}, OTHERWISE),
    (DONE | {"outcome": "maybe"}, OTHERWISE),
    ({"lane": "blocked"}, OTHERWISE),
    ({"lane": "blocked", "blocked_reason": ""}, OTHERWISE),
    ({"lane": "dropped"}, OTHERWISE),
    ({"lane": "dropped", "result": ""}, OTHERWISE),
    ({"lane": "doing"}, OTHERWISE),
    ({"owner": "U0NOBODY"}, OTHERWISE),
    ({"board_id": 999}, OTHERWISE),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_row_that_breaks_a_rule_is_refused_in_words(db: Database, fields: dict[str, Any], words: str) -> None:
    record = keep(db, board(wip=[1], next=[2, 3, 4], later=[5], blocked=[6], done=[7]))
    before = kept(db)
    with pytest.raises(RuleBroken) as caught:
        plant(db, record, **fields)
    assert str(caught.value).replace("`", "") == words.replace("`", "")
    assert kept(db) == before


@pytest.mark.parametrize(
    "fields",
    [
        {},
        DONE,
        DONE | {"outcome": "stable", "position": 1},
        {"lane": "blocked", "blocked_reason": "no keys yet", "position": 0},
        {"lane": "dropped", "result": "nobody asked for it", "position": 1},
    ],
)
def test_a_row_that_breaks_none_is_taken(db: Database, fields: dict[str, Any]) -> None:
    record = keep(db, board(wip=[1], next=[2, 3, 4], later=[5], blocked=[6], done=[7]))
    plant(db, record, **fields)
    assert kept(db).board.item(99).title == "Planted"


def test_a_person_holds_one_slot_and_no_other_one_s(db: Database) -> None:
    each = replace(changed(changed(board(wip=[1], next=[2]), 1, owner=ALICE), 2, owner=BOB), slots=Slots.PERSON)
    record = keep(db, each)
    before = kept(db)
    in_wip = {"lane": "wip", "position": 0}
    for fields, words in (
        ({"owner": ALICE.id, "slot": ALICE.id}, WIP_TAKEN),
        ({"owner": None, "slot": ALICE.id}, OTHERWISE),
        ({"owner": BOB.id, "slot": ALICE.id}, OTHERWISE),
    ):
        with pytest.raises(RuleBroken) as caught:
            plant(db, record, **in_wip, **fields)
        assert str(caught.value).replace("`", "") == words.replace("`", "")
        assert kept(db) == before


def test_slots_that_no_board_has_are_refused(db: Database) -> None:
    keep(db, board(wip=[1]))
    with pytest.raises(RuleBroken), db.begin() as tx:
        tx.execute(update(tables.boards).values(slots="team"))


def test_another_board_has_rules_of_its_own(db: Database) -> None:
    one = keep(db, board(wip=[1], next=[2, 3, 4]))
    other = keep(db, board(wip=[1], next=[2, 3, 4]), "C0OTHER")
    assert other.board == one.board
    assert other.id != one.id


def test_a_state_that_no_criterion_has_is_refused(db: Database) -> None:
    keep(db, board(wip=[1]))
    with pytest.raises(RuleBroken), db.begin() as tx:
        tx.execute(update(tables.criteria).values(state="nearly"))


def test_what_others_point_at_is_not_deleted(db: Database) -> None:
    keep(db, board(wip=[1]))
    with pytest.raises(RuleBroken), db.begin() as tx:
        tx.execute(delete(tables.items))
