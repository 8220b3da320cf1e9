"""An import into a board that holds items already."""

from bot.core.board.model import Board, Lane
from bot.core.documents.merge import Merged, merge
from tests.core.boards import board, changed, shape


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
