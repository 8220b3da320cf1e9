"""Documents with several items in WIP, each with its owner: in and out, and read for a board with one slot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.model import Board, Lane, Outcome, Slots
from bot.core.people import Person
from bot.documents import state
from bot.documents.next7d import is_changed, read, render
from bot.documents.reading.survey import survey
from bot.documents.writing.template import FOR_EACH, NEW, NEW_STATE, new, new_state
from tests.core.boards import board
from tests.people import ALICE, BOB, CAROL

TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETTING = "with the setting “One item in progress: for each person” each owner has one"


def for_each(*owners: Person, **lanes: list[int]) -> Board:
    """A board with a slot for each person, on which these have #1, #2 and so on in progress."""
    on = board(wip=[*range(1, len(owners) + 1)], **lanes)
    owned = [
        replace(on.item(k), owner=owner, started=TODAY - timedelta(days=9 - k)) for k, owner in enumerate(owners, 1)
    ]
    return replace(on.having(owned), slots=Slots.PERSON)


def wip(on: Board) -> list[tuple[str, Person | None]]:
    """The titles in WIP with their owners, in the document's order."""
    return [(item.title, item.owner) for item in on.lane(Lane.WIP)]


def test_several_items_are_written_with_their_owners_and_read_back() -> None:
    text = render(for_each(ALICE, BOB, CAROL, next=[4]), None, TODAY)
    assert "## WIP (1 item each)\n" in text
    assert "Only ONE item in WIP for each person at any time." in text
    reading = read(text, TODAY, Slots.PERSON)
    assert wip(reading.board) == [("Item 1", ALICE), ("Item 2", BOB), ("Item 3", CAROL)]
    assert reading.board.slots is Slots.PERSON
    assert [item.title for item in reading.board.next] == ["Item 4"]
    assert not reading.doubts
    assert not [section for section in reading.sections if section.heading.startswith("WIP")]


def test_for_a_board_with_one_slot_the_rest_goes_to_later_and_the_setting_is_named() -> None:
    reading = read(render(for_each(ALICE, BOB, CAROL), None, TODAY), TODAY)
    assert wip(reading.board) == [("Item 1", ALICE)]
    assert [(item.title, item.owner) for item in reading.board.later] == [("Item 2", BOB), ("Item 3", CAROL)]
    assert [doubt.why for doubt in reading.doubts] == [f"WIP holds one item, so this one went to LATER; {SETTING}"] * 2


def test_a_second_item_of_one_owner_goes_to_later() -> None:
    two = for_each(ALICE, BOB)
    text = render(two, None, TODAY).replace(BOB.id, ALICE.id)
    reading = read(text, TODAY, Slots.PERSON)
    assert [title for title, _ in wip(reading.board)] == ["Item 1"]
    assert [doubt.why for doubt in reading.doubts] == [
        "each person has one item in progress, and its owner has another one, so this one went to LATER"
    ]


def test_whose_an_item_is_that_names_nobody_the_board_decides() -> None:
    text = "## WIP\n\n**Payments**\n\n**Search**\n\n## NEXT\n\n1. Mail\n"
    assert wip(read(text, TODAY, Slots.PERSON).board) == [("Payments", None), ("Search", None)]
    assert wip(read(text, TODAY).board) == [("Payments", None)]


def test_a_finish_changes_nothing_about_what_others_have_in_progress() -> None:
    before = for_each(ALICE, BOB, CAROL)
    text = render(before, None, TODAY)
    done = replace(before.item(2), lane=Lane.DONE, finished=TODAY, finished_by=BOB, outcome=Outcome.CLOSED)
    after = render(before.having([done]), text, TODAY)
    kept = read(after, TODAY, Slots.PERSON).board
    assert wip(kept) == [("Item 1", ALICE), ("Item 3", CAROL)]
    assert [item.title for item in kept.done] == ["Item 2"]
    gone = set(text.splitlines()) - set(after.splitlines())
    assert all("Item 2" in line or "1)" in line or "(none)" in line for line in gone if "**Item" in line)


def test_what_a_person_moves_out_of_a_full_wip_is_seen() -> None:
    text = render(for_each(ALICE, BOB), None, TODAY)
    start = text.index("**Item 2**")
    end = text.index("## NEXT")
    moved = text[:start] + text[end:].replace("## NEXT", "## LATER\n- Item 2\n\n## NEXT", 1)
    assert is_changed(text, moved, TODAY, Slots.PERSON)


def test_a_document_of_before_the_switch_keeps_its_heading_and_takes_them_all() -> None:
    text = render(replace(for_each(ALICE), slots=Slots.BOARD), None, TODAY)
    assert "## WIP (1 item only)" in text
    both = render(for_each(ALICE, BOB), text, TODAY)
    assert "## WIP (1 item only)" in both
    assert wip(read(both, TODAY, Slots.PERSON).board) == [("Item 1", ALICE), ("Item 2", BOB)]


def test_a_document_without_a_wip_lane_gets_one_for_each() -> None:
    text = "# Board\n\n## NEXT\n\n1. Mail\n"
    assert "## WIP (1 item each)" in render(for_each(ALICE, BOB), text, TODAY)


@given(st.integers(0, 6), st.permutations(range(6)))
def test_any_number_of_them_comes_back_as_the_same_items(count: int, order: list[int]) -> None:
    people = [Person(f"U{k}", f"Person {k}") for k in order[:count]]
    before = for_each(*people, next=[7, 8], later=[9])
    back = read(render(before, None, TODAY), TODAY, Slots.PERSON).board
    assert wip(back) == [(f"Item {k}", person) for k, person in enumerate(people, 1)]
    assert [item.title for item in back.next] == ["Item 7", "Item 8"]


# STATE.md


def test_a_state_names_everything_in_progress_and_a_finish_takes_out_its_own() -> None:
    on = for_each(ALICE, BOB)
    text = state.standing(new_state(Slots.PERSON), on, TODAY)
    assert "## IN PROGRESS → (WIP=1 EACH)" in text
    assert in_progress(text) == ["Item 1", "Item 2"]
    done = replace(on.item(1), lane=Lane.DONE, finished=TODAY, outcome=Outcome.CLOSED)
    following = replace(board(next=[5]).item(5), lane=Lane.WIP, owner=ALICE)
    after = state.finished(text, done, following, TODAY)
    assert in_progress(after) == ["Item 2", "Item 5"]
    now = Board((done, on.item(2), following), 6, slots=Slots.PERSON)
    assert state.standing(after, now, TODAY) == after


def in_progress(text: str) -> list[str]:
    places = survey(text, TODAY, Slots.PERSON).places
    return [place.item.title for place in places if place.zone.lane is Lane.WIP]


# New documents


@pytest.mark.parametrize(("text", "made"), [(NEW, new), (NEW_STATE, new_state)])
def test_a_new_document_says_whose_the_one_is(text: str, made: object) -> None:
    assert callable(made)
    assert made(Slots.BOARD) == text
    for_each_person = made(Slots.PERSON)
    assert for_each_person != text
    assert not [words for words in FOR_EACH if words in for_each_person and "WIP Limit" not in words]


def test_every_word_that_is_said_otherwise_stands_in_a_new_document() -> None:
    assert [words for words in FOR_EACH if words not in NEW + NEW_STATE] == []
