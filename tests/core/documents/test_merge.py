"""An import into a board that holds items already."""

from dataclasses import replace

from bot.core.board.model import Board, Lane, Slots
from bot.core.documents.merge import Merged, merge, take
from bot.core.people import Person
from tests.core.boards import NOW, board, changed, shape
from tests.people import ALICE, BOB, CAROL


def titled(titles: dict[int, str], **lanes: list[int]) -> Board:
    """A board whose items have these titles."""
    on = board(**lanes)
    for number, title in titles.items():
        on = changed(on, number, title=title)
    return on


def incoming(**lanes: list[int]) -> Board:
    """A document's board: `Doc 1`, `Doc 2` and so on."""
    return titled({n: f"Doc {n}" for row in lanes.values() for n in row}, **lanes)


def lanes(merged: Merged) -> dict[str, list[str]]:
    """The titles in every lane."""
    on = merged.board
    return {lane: [on.item(number).title for number in row] for lane, row in shape(on).items()}


def test_an_empty_board_takes_it_all_in_the_document_s_order() -> None:
    merged = merge(Board(), incoming(wip=[1], next=[2, 3, 4], blocked=[5], later=[6, 7], done=[8]))
    assert shape(merged.board) == {"wip": [1], "next": [2, 3, 4], "later": [6, 7], "blocked": [5], "done": [8]}
    assert merged.board.next_number == 9
    assert merged.added == (1, 2, 3, 4, 5, 6, 7, 8)
    assert not merged.matched
    assert not merged.warnings


def test_new_items_get_the_next_numbers_of_the_board() -> None:
    here = board(wip=[7], done=[3])
    merged = merge(here, incoming(next=[1, 2]))
    assert merged.added == (8, 9)
    assert merged.board.next_number == 10
    assert shape(merged.board) == {"wip": [7], "next": [8, 9], "done": [3]}


def test_what_finds_no_room_goes_to_later_with_a_warning() -> None:
    here = board(wip=[1], next=[2, 3], later=[4])
    merged = merge(here, incoming(wip=[1], next=[2, 3], later=[4]))
    assert lanes(merged) == {
        "wip": ["Item 1"],
        "next": ["Item 2", "Item 3", "Doc 2"],
        "later": ["Item 4", "Doc 1", "Doc 3", "Doc 4"],
    }
    assert merged.warnings == (
        "#5 Doc 1: WIP is taken by #1, so it went to LATER",
        "#7 Doc 3: NEXT is full, so it went to LATER",
    )


def test_two_in_progress_and_five_in_next_keep_the_limits() -> None:
    document = Board(
        tuple(
            titled({n: f"Doc {n}"}, **{lane: [n]}).item(n)
            for n, lane in enumerate(["wip", "wip", "next", "next", "next", "next", "next"], 1)
        ),
        8,
    )
    merged = merge(Board(), document)
    assert lanes(merged) == {
        "wip": ["Doc 1"],
        "next": ["Doc 3", "Doc 4", "Doc 5"],
        "later": ["Doc 2", "Doc 6", "Doc 7"],
    }
    assert [item.position for item in merged.board.next] == [1, 2, 3]
    assert len({item.position for item in merged.board.later}) == 3
    assert len(merged.warnings) == 3


def test_an_item_whose_title_is_here_stays_as_it_is() -> None:
    here = titled({1: "Payments", 2: "Search"}, wip=[1], done=[2])
    again = titled({1: "Search", 2: "Payments", 3: "New"}, wip=[1], next=[2], later=[3])
    merged = merge(here, again)
    assert merged.matched == (1, 2)
    assert merged.added == (3,)
    assert [merged.board.item(n) for n in (1, 2)] == [here.item(n) for n in (1, 2)]


def test_a_dropped_item_is_no_longer_here() -> None:
    here = titled({1: "Payments", 2: "Search"}, dropped=[1], later=[2])
    merged = merge(here, titled({1: "Payments", 2: "Search"}, next=[1, 2]))
    assert (merged.added, merged.matched) == ((3,), (2,))
    assert lanes(merged) == {"next": ["Payments"], "later": ["Search"], "dropped": ["Payments"]}


def test_importing_the_same_again_changes_nothing() -> None:
    document = incoming(wip=[1], next=[2, 3], later=[4], done=[5])
    once = merge(Board(), document).board
    twice = merge(once, document)
    assert twice.board == once
    assert twice.added == ()
    assert twice.matched == (1, 2, 3, 4, 5)


def test_two_new_items_with_one_title_are_two_items() -> None:
    merged = merge(Board(), titled({1: "Same", 2: "Same"}, next=[1, 2]))
    assert lanes(merged) == {"next": ["Same", "Same"]}
    assert merged.board.item(1).lane is merged.board.item(2).lane is Lane.NEXT


# With a slot for each person


def owned(*owners: Person | None, **lanes: list[int]) -> Board:
    """A document's board on which these have `Doc 1`, `Doc 2` and so on in progress."""
    on = incoming(wip=[*range(1, len(owners) + 1)], **lanes)
    return on.having([replace(on.item(k), owner=owner) for k, owner in enumerate(owners, 1)])


def test_each_owner_s_item_finds_their_slot() -> None:
    here = replace(changed(board(wip=[1]), 1, owner=CAROL), slots=Slots.PERSON)
    merged = merge(here, owned(ALICE, BOB))
    assert lanes(merged) == {"wip": ["Item 1", "Doc 1", "Doc 2"]}
    assert not merged.warnings


def test_what_finds_its_owner_s_slot_taken_or_has_no_owner_goes_to_later() -> None:
    here = replace(changed(board(wip=[1]), 1, owner=ALICE), slots=Slots.PERSON)
    merged = merge(here, owned(ALICE, None, BOB))
    assert lanes(merged) == {"wip": ["Item 1", "Doc 3"], "later": ["Doc 1", "Doc 2"]}
    assert merged.warnings == (
        "#2 Doc 1: the slot of Alice is taken by #1, so it went to LATER",
        "#3 Doc 2: it has no owner, and each person has one item in progress, so it went to LATER",
    )
    assert merged.board.slots is Slots.PERSON


def test_a_file_that_puts_an_item_in_progress_makes_room_in_its_owner_s_slot_alone() -> None:
    here = titled({1: "A", 2: "B", 3: "C"}, wip=[1, 2], next=[3])
    here = replace(changed(changed(changed(here, 1, owner=ALICE), 2, owner=BOB), 3, owner=BOB), slots=Slots.PERSON)
    before = here
    edited = here.having([replace(here.item(3), lane=Lane.WIP), replace(here.item(2), lane=Lane.LATER)])
    taken = take(here, edited, before, NOW)
    assert shape(taken.board) == {"wip": [1, 3], "later": [2]}
    crowded = here.having([replace(here.item(3), lane=Lane.WIP)])
    taken = take(here, crowded, before, NOW)
    assert shape(taken.board) == {"wip": [1, 3], "later": [2]}
    assert taken.warnings == ("#2 B: the file has another one in WIP, so it went to LATER",)
