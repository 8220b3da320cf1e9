"""Criteria that name nothing to check: refused with a way to rewrite each, or kept for a person to judge."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.board import dod, moves
from bot.core.board.dod import Vague
from bot.core.board.edits import Draft
from bot.core.board.model import Board, Criterion
from tests.core.boards import NOW, OPEN, board, changed
from tests.people import ALICE

VAGUE = "It works correctly"
ALSO_VAGUE = "Good UX"


def added(lines: str, *, keep: bool = False) -> Board:
    return moves.add(board(), Draft("Payments", dod=lines, keep=keep), ALICE, NOW)


def written(lines: str, *, keep: bool = False) -> Board:
    return dod.write(changed(board(next=[1]), 1, dod=()), 1, lines, keep=keep)


EITHER_WAY = pytest.mark.parametrize("way", [added, written])
Way = Callable[..., Board]


@EITHER_WAY
def test_each_vague_criterion_is_refused_with_a_way_to_rewrite_it(way: Way) -> None:
    with pytest.raises(Vague) as caught:
        way(f"{VAGUE}\n{OPEN.text}\n{ALSO_VAGUE}")
    assert caught.value.field == "dod"
    assert [text for text, _ in caught.value.refused] == [VAGUE, ALSO_VAGUE]
    hints = [hint for _, hint in caught.value.refused]
    assert all(hints)
    assert str(caught.value) == "\n".join(
        f"“{text}” can't be checked. {hint}" for text, hint in zip((VAGUE, ALSO_VAGUE), hints, strict=True)
    )


@EITHER_WAY
def test_a_person_can_keep_them_and_only_they_are_marked_as_judged(way: Way) -> None:
    kept = way(f"{VAGUE}\n{OPEN.text}", keep=True).item(1)
    assert kept.dod == (Criterion(VAGUE, judged=True), OPEN)


@EITHER_WAY
def test_what_people_wrote_in_one_stays_apart_from_our_words(way: Way) -> None:
    with pytest.raises(Vague) as caught:
        way("{0} <!here> works {told}")
    assert "<!HERE> WORKS {TOLD}" in caught.value.say(str.upper)


def test_one_that_is_kept_stays_without_being_asked_again() -> None:
    judged = Criterion(VAGUE, judged=True)
    on = changed(board(next=[1]), 1, dod=(judged,))
    assert dod.write(on, 1, f"{VAGUE}\n{OPEN.text}").item(1).dod == (judged, OPEN)
    with pytest.raises(Vague) as caught:
        dod.write(on, 1, f"{VAGUE}\n{ALSO_VAGUE}")
    assert [text for text, _ in caught.value.refused] == [ALSO_VAGUE]


def test_imported_ones_are_never_refused_but_marked() -> None:
    on = changed(board(next=[1], done=[2]), 1, dod=(Criterion(VAGUE), OPEN))
    marked = dod.judged_by_people(on)
    assert marked.item(1).dod == (Criterion(VAGUE, judged=True), OPEN)
    assert marked.item(2) == replace(on.item(2))
