"""Items that are named by a piece of their title."""

from dataclasses import replace

import pytest

from bot.core.board.model import Board
from bot.core.board.words import titled, titled_in_front
from tests.core.boards import board

TITLES = {
    1: "Payments",
    2: "Search page",
    3: "Search  index",
    4: "Repay a friend",
    5: "It is “quoted”",
    8: "Fix X, not Ü",
    9: "Payments, old",
}


@pytest.fixture
def named() -> Board:
    made = board(wip=[1], next=[2, 3, 4], later=[5, 8], done=[9])
    return made.having(replace(made.item(number), title=title) for number, title in TITLES.items())


@pytest.mark.parametrize(
    ("piece", "numbers"),
    [
        ("pay", [4, 1, 9]),
        ("PAYMENTS", [1, 9]),
        ("search page", [2]),
        ("search  page", [2]),
        ("search index", [3]),  # whose title has two spaces
        ("nothing", []),
        ("friend", [4]),
        # shorter than three characters it is a word by itself, or none
        ("pa", []),
        ("x", [8]),
        ("X", [8]),
        ("ü", [8]),
        ("a", [4]),
        ("o", []),
        ("is", [5]),
        ("ot", []),
        ("", []),
        (" ", []),
    ],
)
def test_a_piece_is_anywhere_in_a_title_live_ones_first(named: Board, piece: str, numbers: list[int]) -> None:
    assert [item.number for item in titled(named, piece)] == numbers


@pytest.mark.parametrize(
    ("words", "numbers", "rest"),
    [
        ("search page nobody asked", [2], "nobody asked"),
        ("Search Index up", [3], "up"),
        ("search 2", [3, 2], "2"),
        ("pay nobody asked", [1, 9], "nobody asked"),  # a piece begins where a word does: not “Repay”
        ("repay", [4], ""),
        ("p nobody asked", [], "p nobody asked"),
        ("x nobody asked", [8], "nobody asked"),
        ("'x' nobody asked", [8], "nobody asked"),
        ("'p' nobody asked", [], "nobody asked"),
        ("'a friend' no use", [4], "no use"),
        ('"payments" no use', [1, 9], "no use"),
        ('"it is “quoted”" up', [5], "up"),
        ('"payments', [], '"payments'),
        ("nobody asked for pay", [], "nobody asked for pay"),
        ("", [], ""),
    ],
)
def test_words_in_front_name_an_item_and_the_rest_stays(
    named: Board, words: str, numbers: list[int], rest: str
) -> None:
    found, behind = titled_in_front(named, words)
    assert ([item.number for item in found], behind) == (numbers, rest)
