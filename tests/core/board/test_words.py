"""What people must say when they bring back what was closed."""

from dataclasses import replace

import pytest

from bot.core.board.words import new_evidence
from bot.errors import BadInput
from tests.core.boards import board

CLOSED = replace(board(done=[7]).item(7), result="Orders are paid  in test mode", links=("https://ci/1",))


@pytest.mark.parametrize(
    "text",
    [
        "https://ci.example/run/77",
        "see https://ci/2",
        "/orders/12 is empty",
        "`make smoke` fails",
        "500",
        "#88",
        "“Organic” missing",
        "the cart is empty",
        "το καλάθι είναι άδειο",
        "カートが空で注文できません。",
    ],
)
def test_a_link_or_what_was_seen_is_evidence(text: str) -> None:
    assert new_evidence(CLOSED, f"  {text} ") == text


@pytest.mark.parametrize("text", ["x", "broken", "broken again", "fails", "χάλασε", "…", "? ? ?"])
def test_a_word_or_two_that_point_at_nothing_are_none(text: str) -> None:
    with pytest.raises(BadInput, match="does not show what fails") as refused:
        new_evidence(CLOSED, text)
    assert refused.value.field == "reason"


@pytest.mark.parametrize("text", ["orders are PAID in test mode", "https://ci/1", "/docs is there since May"])
def test_what_was_known_when_it_was_closed_is_not_new(text: str) -> None:
    item = replace(CLOSED, dod=tuple(replace(c, evidence="/docs is there since May") for c in CLOSED.dod))
    with pytest.raises(BadInput, match="known when it was closed"):
        new_evidence(item, text)


def test_none_is_asked_for() -> None:
    with pytest.raises(BadInput, match=r"#7 is CLOSED\. What fails now"):
        new_evidence(CLOSED, " ")
