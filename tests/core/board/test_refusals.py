"""How a refusal says what holds."""

from datetime import timedelta

import pytest

from bot.core.board import moves
from bot.core.board.ways import ago
from bot.errors import RuleBroken
from tests.core.boards import NOW, board, changed
from tests.people import ALICE


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s ago"),
        (0, "0 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86399, "23 h ago"),
        (86400, "1 day ago"),
        (172800, "2 days ago"),
    ],
)
def test_ago_is_told_in_the_largest_unit_that_fits(seconds: int, words: str) -> None:
    assert ago(NOW, NOW + timedelta(seconds=seconds)) == words


def test_work_in_progress_that_has_no_criteria_is_not_0_of_0() -> None:
    """An import may bring such an item."""
    taken = changed(board(wip=[1], next=[2]), 1, dod=())
    with pytest.raises(RuleBroken, match=r"day 2, no DoD yet\."):
        moves.start(taken, 2, ALICE, NOW)
