"""Moving inside NEXT and LATER: every way to say where to, and room between two that has run out."""

import pytest

from bot.core.board import moves
from bot.core.board.model import Board, Lane
from bot.errors import BadInput
from tests.core.boards import NOW, board, changed, numbers

# Where #1 stands among others, where it is to go, and the order then.
MOVED = [
    ([1, 2, 3], "up", [1, 2, 3]),
    ([2, 1, 3], "up", [1, 2, 3]),
    ([2, 3, 1], "up", [2, 1, 3]),
    ([1, 2, 3], "down", [2, 1, 3]),
    ([2, 1, 3], "down", [2, 3, 1]),
    ([2, 3, 1], "down", [2, 3, 1]),
    ([2, 3, 1], "first", [1, 2, 3]),
    ([1, 2, 3], "first", [1, 2, 3]),
    ([1, 2, 3], "last", [2, 3, 1]),
    ([2, 3, 1], "last", [2, 3, 1]),
    ([1, 2, 3], "1", [1, 2, 3]),
    ([1, 2, 3], "2", [2, 1, 3]),
    ([1, 2, 3], "3", [2, 3, 1]),
    ([2, 3, 1], "2", [2, 1, 3]),
    ([1], "up", [1]),
    ([1], "down", [1]),
    ([1], "first", [1]),
    ([1], "last", [1]),
    ([1, 2], " Down ", [2, 1]),
    ([2, 1], "FIRST", [1, 2]),
]


def sparse(row: list[int], *ranks: int) -> Board:
    """A board with these numbers in LATER at these ranks."""
    on = board(later=row)
    for number, rank in zip(row, ranks, strict=True):
        on = changed(on, number, position=rank)
    return on


@pytest.mark.parametrize("lane", ["next", "later"])
@pytest.mark.parametrize(("row", "to", "order"), MOVED)
def test_an_item_is_moved_inside_its_lane(lane: str, row: list[int], to: str, order: list[int]) -> None:
    after = moves.move(board(**{lane: row}), 1, NOW, to)
    assert numbers(after, Lane(lane)) == order


@pytest.mark.parametrize(("row", "to", "order"), MOVED)
def test_next_stays_dense_and_a_move_that_goes_nowhere_is_none(row: list[int], to: str, order: list[int]) -> None:
    before = board(next=row, later=[8, 9])
    after = moves.move(before, 1, NOW, to)
    assert [one.position for one in after.next] == list(range(1, len(row) + 1))
    assert numbers(after, Lane.LATER) == [8, 9]
    assert (after == before) == (row == order)


@pytest.mark.parametrize("to", ["up", "first", "1"])
def test_what_is_first_in_later_already_keeps_its_rank(to: str) -> None:
    before = sparse([1, 2], -5, 70)
    assert moves.move(before, 1, NOW, to) == before


@pytest.mark.parametrize("to", ["", "0", "-1", "4", "1.5", "left", "9" * 5000, "up down", "²"])
@pytest.mark.parametrize("lane", ["next", "later"])
def test_where_nothing_is_is_refused(lane: str, to: str) -> None:
    before = board(**{lane: [1, 2, 3]})
    with pytest.raises(BadInput) as caught:
        moves.move(before, 1, NOW, to)
    assert str(caught.value) == "Where to? Write `up`, `down`, `first`, `last` or a position from 1 to 3."


@pytest.mark.parametrize("ranks", [(0, 2, 9000), (-3, -1, 9000), (-1, 1, 9000), (-4096, -3072, 0), (10, 1010, 9000)])
def test_between_two_the_others_keep_their_ranks_while_there_is_room(ranks: tuple[int, int, int]) -> None:
    before = sparse([2, 3, 1], *ranks)
    after = moves.move(before, 1, NOW, "2")
    assert numbers(after, Lane.LATER) == [2, 1, 3]
    assert [after.item(n) for n in (2, 3)] == [before.item(n) for n in (2, 3)]


@pytest.mark.parametrize("ranks", [(1, 2, 3, 4), (-1, 0, 900, 901), (2_000_000, 2_000_001, 2_000_002, 2_000_005)])
def test_without_room_all_get_new_ranks_behind_the_old_ones(ranks: tuple[int, int, int, int]) -> None:
    before = sparse([2, 3, 4, 1], *ranks)
    after = moves.move(before, 1, NOW, "2")
    assert numbers(after, Lane.LATER) == [2, 1, 3, 4]
    # None takes a rank that another one leaves: they are written one by one, and no two may meet.
    assert min(one.position for one in after.later) > max(ranks)


def test_hundreds_of_moves_into_one_gap_keep_the_order() -> None:
    on = board(later=[1, 2, 3])
    order = [1, 2, 3]
    for turn in range(300):
        mover = order[-1]
        on = moves.move(on, mover, NOW, "2")
        order = [order[0], mover, *order[1:-1]]
        assert numbers(on, Lane.LATER) == order, turn
    assert len({one.position for one in on.later}) == 3
