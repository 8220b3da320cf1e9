"""Writing a Definition of Done, and ticking it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.board import dod
from bot.core.board.model import Board, Criterion, CriterionState
from bot.errors import BadInput, NotFound, RuleBroken
from tests.core.boards import MET, NOW, OPEN, board, changed
from tests.people import ALICE, BOB

WAIVED = Criterion("p95 under 300 ms", CriterionState.WAIVED, evidence="measured next week", by=BOB, at=NOW)
LATER = NOW + timedelta(hours=1)


def having(*criteria: Criterion) -> Board:
    return changed(board(wip=[1], next=[2]), 1, dod=criteria)


def states(of: Board) -> str:
    return " ".join(criterion.state for criterion in of.item(1).dod)


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        ("", []),
        ("  \n\t\n", []),
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\r\n", ["one", "two"]),
        ("- one\n* two\n• three\n+ four", ["one", "two", "three", "four"]),
        ("1. one\n2) two\n10. three", ["one", "two", "three"]),
        ("  -   one  ", ["one"]),
        ("- \n-\n1.\none", ["one"]),
        ("-5 °C at most\n3 of 5 green\n2.5 s", ["-5 °C at most", "3 of 5 green", "2.5 s"]),
        ("*bold* text\n<!channel> & co", ["*bold* text", "<!channel> & co"]),
        ("η σελίδα απαντά 200\nהעמוד עונה\n🚀 live", ["η σελίδα απαντά 200", "העמוד עונה", "🚀 live"]),
    ],
)
def test_a_line_is_a_criterion_without_its_bullet(lines: str, texts: list[str]) -> None:
    assert [criterion.text for criterion in dod.criteria(lines)] == texts


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("x\n" * 11, "That is 11 criteria; 10 is the most, 2–5 work best. Split the item or join some."),
        ("x\n" + "y" * 501, "Criterion 2 is 501 characters long; 500 is the most."),
        ("y" * 5000, "Criterion 1 is 5,000 characters long; 500 is the most."),
    ],
)
def test_too_many_or_too_long_is_refused_on_the_field(lines: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        dod.checked_criteria(lines)
    assert str(caught.value) == words
    assert caught.value.field == "dod"


def test_ten_criteria_of_five_hundred_characters_are_taken() -> None:
    assert len(dod.checked_criteria("\n".join(["y" * 500] * 10))) == 10


def test_a_criterion_whose_text_stays_keeps_its_state_and_evidence() -> None:
    new = Criterion("/new answers 404")
    after = dod.write(having(MET, WAIVED, Criterion("gone")), 1, f"{new.text}\n{WAIVED.text}\n{MET.text}")
    assert after.item(1).dod == (new, WAIVED, MET)


@pytest.mark.parametrize("lines", ["", " \n ", "-\n*"])
def test_a_dod_can_not_be_emptied(lines: str) -> None:
    with pytest.raises(BadInput, match="Write at least one check"):
        dod.write(having(MET), 1, lines)


@pytest.mark.parametrize("lane", ["wip", "next", "later", "blocked"])
def test_a_dod_can_be_written_in_any_lane_but_done(lane: str) -> None:
    assert dod.write(board(**{lane: [1]}), 1, "/a answers 200").item(1).dod == (Criterion("/a answers 200"),)


# Everything that changes a criterion of #1.
CHANGE: dict[str, Callable[[Board], Board]] = {
    "write": lambda on: dod.write(on, 1, "/a answers 200"),
    "tick": lambda on: dod.tick(on, 1, 1, ALICE, NOW),
    "untick": lambda on: dod.untick(on, 1, 1),
    "waive": lambda on: dod.waive(on, 1, 1, ALICE, NOW, "no data yet"),
    "show evidence": lambda on: dod.show_evidence(on, 1, 1, "https://ci/1"),
    "fill in the form": lambda on: dod.tick_just(on, 1, dod.Boxes(set()), ALICE, NOW),
}


@pytest.mark.parametrize("change", CHANGE)
@pytest.mark.parametrize(("lane", "ways"), [("done", ["reopen"]), ("dropped", ["copy"])])
def test_what_is_done_or_dropped_keeps_its_criteria(lane: str, ways: list[str], change: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        CHANGE[change](board(**{lane: [1]}))
    assert str(caught.value) == f"#1 Item 1 is {lane}, so it stays as it is."
    assert [offer.verb for offer in caught.value.offers] == ways


def test_a_tick_tells_who_and_when_and_touches_no_other() -> None:
    before = having(OPEN, MET, OPEN)
    after = dod.tick(before, 1, 3, ALICE, LATER)
    assert after.item(1).dod == (OPEN, MET, replace(OPEN, state=CriterionState.MET, by=ALICE, at=LATER))
    assert after.item(2) == before.item(2)
    assert after.item(1).open_criteria == ((1, OPEN),)
    assert after.item(1).settled == 2


@pytest.mark.parametrize(
    ("on", "k", "words"),
    [
        (having(OPEN, OPEN), 0, "#1 has 2 criteria; there is no 0. `/board show 1` lists them."),
        (having(OPEN, OPEN), 3, "#1 has 2 criteria; there is no 3. `/board show 1` lists them."),
        (having(OPEN, OPEN), -1, "#1 has 2 criteria; there is no -1. `/board show 1` lists them."),
        (having(), 1, "#1 has no criteria yet; there is no 1. `/board show 1` lists them."),
        (having(OPEN), 10**30, f"#1 has 1 criterion; there is no {10**30}. `/board show 1` lists them."),
    ],
)
def test_a_criterion_that_is_not_there_is_refused(on: Board, k: int, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        dod.tick(on, 1, k, ALICE, NOW)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("settled", "words"),
    [(MET, "1 /health answers 200 is already met."), (WAIVED, "1 p95 under 300 ms is already waived.")],
)
def test_a_settled_criterion_is_not_ticked_again(settled: Criterion, words: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        dod.tick(having(settled), 1, 1, ALICE, LATER)
    assert str(caught.value) == words


def test_an_item_that_is_not_there_has_no_criteria() -> None:
    with pytest.raises(NotFound):
        dod.tick(board(), 1, 1, ALICE, NOW)


@pytest.mark.parametrize(
    ("met", "after"),
    [
        (set(), "open open waived"),
        ({1}, "met open waived"),
        ({2}, "open met waived"),
        ({1, 2, 3}, "met met waived"),
        ({7, 0, -1}, "open open waived"),
    ],
)
def test_a_form_says_exactly_which_are_met_and_waived_ones_stay(met: set[int], after: str) -> None:
    before = having(MET, OPEN, WAIVED)
    assert states(dod.tick_just(before, 1, dod.Boxes(met), ALICE, LATER)) == after


def test_a_form_that_changes_nothing_leaves_who_ticked_as_it_was() -> None:
    before = having(MET, OPEN)
    assert dod.tick_just(before, 1, dod.Boxes({1}), ALICE, LATER) == before


def test_an_unticked_criterion_forgets_who_ticked_it_and_keeps_its_evidence() -> None:
    proven = replace(MET, evidence="https://ci/1")
    after = dod.tick_just(having(proven), 1, dod.Boxes(set()), ALICE, LATER).item(1).dod
    assert after == (Criterion(MET.text, evidence="https://ci/1"),)


# Opening again, waiving, and what shows it


@pytest.mark.parametrize(
    ("settled", "after"),
    [
        (MET, OPEN),
        (replace(MET, evidence="https://ci/1"), replace(OPEN, evidence="https://ci/1")),
        (WAIVED, Criterion(WAIVED.text)),  # why it was waived is no evidence that it is met
        (replace(MET, judged=True), replace(OPEN, judged=True)),
    ],
)
def test_a_criterion_is_opened_again(settled: Criterion, after: Criterion) -> None:
    assert dod.untick(having(OPEN, settled), 1, 2).item(1).dod == (OPEN, after)


def test_an_open_criterion_is_not_opened_again() -> None:
    with pytest.raises(RuleBroken) as caught:
        dod.untick(having(OPEN), 1, 1)
    assert str(caught.value) == "1 /health answers 200 is open already."


@pytest.mark.parametrize("before", [OPEN, MET, replace(OPEN, evidence="an older word")])
def test_a_waived_criterion_says_who_when_and_why(before: Criterion) -> None:
    after = dod.waive(having(OPEN, before), 1, 2, ALICE, LATER, "  no data yet ").item(1)
    assert after.dod == (OPEN, Criterion(OPEN.text, CriterionState.WAIVED, "no data yet", ALICE, LATER))
    assert after.settled == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (" ", "Why need it not be met? The reason stays visible. For example `/board waive 1 3 no data yet`."),
        ("x" * 3001, "The reason is 3,001 characters long; 3,000 is the most. Shorten it and send it again."),
    ],
)
def test_waiving_needs_a_reason(reason: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        dod.waive(having(OPEN), 1, 1, ALICE, NOW, reason)
    assert (str(caught.value), caught.value.field) == (words, "reason")


def test_a_waived_criterion_is_not_waived_again() -> None:
    with pytest.raises(RuleBroken) as caught:
        dod.waive(having(WAIVED), 1, 1, ALICE, LATER, "another reason")
    assert str(caught.value) == "1 p95 under 300 ms is already waived."


@pytest.mark.parametrize("criterion", [OPEN, MET, WAIVED])
def test_evidence_is_written_beside_a_criterion_whatever_its_state(criterion: Criterion) -> None:
    after = dod.show_evidence(having(OPEN, criterion), 1, 2, " https://ci/1 ").item(1).dod
    assert after == (OPEN, replace(criterion, evidence="https://ci/1"))


def test_evidence_can_be_taken_back_and_has_a_limit() -> None:
    assert dod.show_evidence(having(replace(MET, evidence="wrong")), 1, 1, " ").item(1).dod == (MET,)
    assert dod.show_evidence(having(MET), 1, 1, "x" * 500).item(1).dod[0].evidence == "x" * 500
    with pytest.raises(BadInput, match="The evidence is 501 characters long; 500 is the most") as caught:
        dod.show_evidence(having(MET), 1, 1, "x" * 501)
    assert caught.value.field == "evidence"


@pytest.mark.parametrize("change", ["tick", "untick", "waive", "show evidence"])
def test_each_of_them_is_of_one_criterion_that_is_there(change: str) -> None:
    with pytest.raises(BadInput, match="#1 has no criteria yet; there is no 1"):
        CHANGE[change](having())


def test_two_criteria_with_one_text_keep_each_its_own_state_when_they_are_rewritten() -> None:
    twin = replace(MET, text=OPEN.text)
    after = dod.write(having(OPEN, twin), 1, f"{OPEN.text}\nGET /new is 200\n{OPEN.text}\n{OPEN.text}").item(1).dod
    assert [criterion.state for criterion in after] == [CriterionState.OPEN, CriterionState.OPEN, MET.state, OPEN.state]
