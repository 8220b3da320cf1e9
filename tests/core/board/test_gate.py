"""The four questions of the gate, and the finished items that an item is held against."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.board.gate import PROOF_LIMIT, Answer, Question, look_alikes, proof, questions
from bot.core.board.model import Board, Criterion, CriterionState, Item, Lane, Outcome
from bot.core.production.readings import Health
from tests.core.boards import MET, NOW, OPEN, board, item
from tests.core.look_alikes import CHOSEN_ON, HELD_OUT, Pair
from tests.growth import LIMIT, growth
from tests.people import BOB

VAGUE = Criterion("Works correctly")
DONE = item(1, Lane.DONE, title="Rotate the SSH keys", result="PR #7, 2 keys replaced")
AGAIN = item(9, Lane.NEXT, title="SSH keys: rotate again", dod=(OPEN,))


def ask(one: Item = AGAIN, past: Sequence[Item] = (), on: Board | None = None, **more: Any) -> dict[Question, Answer]:
    answers = questions(on or Board((one,)), one, past, more.pop("production", Health.GREEN), NOW, **more)
    assert [answer.question for answer in answers] == list(Question)
    return {answer.question: answer for answer in answers}


def held_by(past: Item, **more: Any) -> Answer:
    return ask(past=[past], **more)[Question.CLOSED]


def test_all_is_well() -> None:
    assert [answer.say() for answer in ask().values()] == [
        "Nothing that is finished resembles it.",
        "WIP is free.",
        "1 criterion to judge it by.",
        "Production is green.",
    ]
    assert all(answer.fine and not answer.blocks for answer in ask().values())


def test_a_look_alike_is_shown_with_its_day_and_its_proof_and_asks_for_evidence() -> None:
    answer = held_by(DONE)
    assert (answer.fine, answer.blocks) == (False, True)
    assert answer.say().splitlines() == [
        "It resembles finished work:",
        "*#1 Rotate the SSH keys* (closed, 2 Mar 2026): PR #7, 2 keys replaced",
        "What fails now, or why is this other work?",
    ]
    assert [one.item for one in answer.look_alikes] == [DONE]


def test_evidence_opens_the_way_and_is_shown() -> None:
    answer = held_by(DONE, evidence=" login answers {401} ")
    assert (answer.fine, answer.blocks) == (True, False)
    assert answer.say().endswith("New evidence: login answers {401}")
    assert answer.look_alikes


@pytest.mark.parametrize("nothing", ["", "  ", "\n\t"])
def test_empty_evidence_is_none(nothing: str) -> None:
    assert held_by(DONE, evidence=nothing).blocks


def test_an_item_without_an_outcome_counts_as_stable_and_may_lack_day_and_proof() -> None:
    answer = held_by(replace(DONE, outcome=None, finished=None, result="", dod=()))
    assert "*#1 Rotate the SSH keys* (stable); no proof was written down" in answer.say()
    assert answer.blocks


def test_the_day_is_the_boards_day() -> None:
    late = replace(DONE, outcome=Outcome.STABLE, finished=NOW.replace(hour=23))
    on = Board((AGAIN,), zone=ZoneInfo("Europe/Athens"))
    assert "(stable, 3 Mar 2026)" in held_by(late, on=on).say()


def test_three_look_alikes_are_named_the_closest_first_then_the_newest() -> None:
    close = replace(DONE, title="Rotate the SSH keys monthly")
    old, new = (replace(close, number=n, finished=NOW - timedelta(days=40 - n)) for n in (2, 3))
    exact = replace(old, number=4, title=AGAIN.title)
    others = [replace(old, number=n, finished=NOW - timedelta(days=50)) for n in (5, 6)]
    answer = ask(past=[old, new, *others, exact])[Question.CLOSED]
    assert [one.item.number for one in answer.look_alikes] == [4, 3, 2, 5, 6]
    assert answer.say().count("*#") == 3
    assert "And 2 more." in answer.say()


def test_an_item_is_no_look_alike_of_itself_unless_it_is_finished() -> None:
    assert look_alikes(AGAIN, [AGAIN]) == ()
    assert [one.item for one in look_alikes(DONE, [DONE])] == [DONE]


def test_a_word_in_common_is_too_little() -> None:
    assert held_by(replace(DONE, title="Rotate logs")).fine
    assert held_by(replace(DONE, title="SSH")).fine
    assert ask(replace(AGAIN, title="Payments"), [replace(DONE, title="Payments")])[Question.CLOSED].blocks


def test_scope_and_result_count_too() -> None:
    words = "Fixed the list of orders that showed skeletons forever after the deploy"
    one = replace(AGAIN, title="Pass 3", scope=words)
    assert ask(one, [replace(DONE, title="Pass 8", result=words)])[Question.CLOSED].blocks
    assert ask(one, [replace(DONE, title="Pass 8", result="")])[Question.CLOSED].fine


def test_greek_is_compared_without_accents_and_case() -> None:
    one = replace(AGAIN, title="ΕΛΕΓΧΟΣ ΠΑΡΑΓΓΕΛΙΩΝ")
    assert ask(one, [replace(DONE, title="Έλεγχος παραγγελιών")])[Question.CLOSED].blocks


def test_the_proof_is_the_result_else_the_evidence_else_the_links() -> None:
    shown = replace(MET, evidence="140 tests pass")
    assert proof(replace(DONE, dod=(shown,), links=("https://x.example",))) == "PR #7, 2 keys replaced"
    assert proof(replace(DONE, result="", dod=(MET, shown, shown))) == "140 tests pass; 140 tests pass"
    assert proof(replace(DONE, result="", links=("https://x.example", "PR #7"))) == "https://x.example, PR #7"
    assert len(proof(replace(DONE, result="long " * 100))) <= PROOF_LIMIT


def test_wip_is_taken_by_another_item_only() -> None:
    on = board(wip=[1], next=[2])
    taken = ask(on.item(2), on=on)[Question.WIP]
    assert (taken.fine, taken.blocks) == (False, True)
    assert taken.say() == "WIP is taken: *#1 Item 1*, Bob, day 2, 1 of 1."
    nobodys = replace(on, items=(replace(on.item(1), owner=None), on.item(2)))
    assert ask(on.item(2), on=nobodys)[Question.WIP].say() == "WIP is taken: *#1 Item 1*, day 2, 1 of 1."
    itself = ask(on.item(1), on=on)[Question.WIP]
    assert (itself.fine, itself.blocks) == (True, False)


def fit(*criteria: Criterion, **more: Any) -> Answer:
    return ask(replace(AGAIN, dod=criteria), **more)[Question.DOD]


def test_without_criteria_nothing_starts() -> None:
    assert (fit().fine, fit().blocks) == (False, True)


def test_vague_criteria_are_named_by_their_numbers() -> None:
    answer = fit(OPEN, VAGUE, OPEN, replace(VAGUE, text="Good {UX}"))
    assert (answer.fine, answer.blocks) == (False, True)
    assert answer.say() == "2 of 4 can't be checked:\n2 Works correctly\n4 Good {UX}"


def test_a_criterion_that_a_person_judges_is_fit() -> None:
    assert fit(replace(VAGUE, judged=True)).fine
    assert fit(Criterion("動作する")).fine


def test_a_settled_criterion_is_no_question_any_more() -> None:
    met, waived = (replace(VAGUE, state=state, by=BOB) for state in (CriterionState.MET, CriterionState.WAIVED))
    assert fit(met, waived).fine


def test_more_than_ten_criteria_warn_only() -> None:
    assert fit(*[OPEN] * 10).fine
    answer = fit(*[OPEN] * 11)
    assert (answer.fine, answer.blocks) == (False, False)


@pytest.mark.parametrize("health", [*Health, None])
def test_production_warns_and_never_blocks(health: Health | None) -> None:
    answer = ask(production=health)[Question.PRODUCTION]
    assert answer.fine is (health is Health.GREEN)
    assert not answer.blocks
    assert "roduction" in answer.say()


def test_what_people_wrote_is_never_in_a_template_and_passes_through_the_escape() -> None:
    evil = "<!channel> {holder} *rotate* keys"
    on = board(wip=[1], next=[2])
    one = replace(on.item(2), title=evil, dod=(Criterion(evil),))
    holder = replace(on.item(1), title=evil, owner=replace(BOB, name=evil))
    past = [replace(DONE, title=evil, result=evil)]
    answers = ask(one, past, replace(on, items=(holder, one)), evidence=evil).values()
    for answer in answers:
        assert "channel" not in answer.words
        assert "<" not in answer.say(lambda text: text.replace("<", "&lt;"))
    assert sum(evil in answer.say() for answer in answers) == 3


def found(pair: Pair) -> bool:
    past = item(1, Lane.DONE, title=pair.past, result=pair.result)
    return bool(look_alikes(item(2, Lane.NEXT, title=pair.new, scope=pair.scope), [past]))


def counts(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """How many are rightly found, wrongly found, and missed."""
    told = [(found(pair), pair.same) for pair in pairs]
    return told.count((True, True)), told.count((True, False)), told.count((False, True))


def test_look_alikes_as_measured() -> None:
    """Precision and recall, at the threshold of 76.

    On the 78 pairs that it was chosen on: 0.89 (34 of 38) and 0.87 (34 of 39); at 73 precision falls to 0.81, at
    80 recall to 0.56. On the 24 held-out pairs, at their first run: 0.89 (8 of 9) and 0.67 (8 of 12).
    """
    assert counts(CHOSEN_ON) == (34, 4, 5)
    assert counts(HELD_OUT) == (8, 1, 4)
    assert [sum(pair.same for pair in pairs) for pairs in (CHOSEN_ON, HELD_OUT)] == [39, 12]


def test_twice_as_many_finished_items_take_no_longer_than_twice_the_time_to_search() -> None:
    """A person waits for it; `make bench` says how long."""

    def searching(count: int) -> Callable[[], object]:
        return partial(look_alikes, again(count + 1), finished(count))

    assert growth(searching, 1000) < LIMIT


def again(number: int) -> Item:
    """An item that resembles finished work."""
    return replace(AGAIN, number=number)


def finished(count: int) -> list[Item]:
    """Items that are done, with results of 20 words."""
    words = " ".join(pair.past for pair in CHOSEN_ON).split()
    told = [" ".join(words[k % 90 : k % 90 + 20]) for k in range(count)]
    return [item(k, Lane.DONE, title=" ".join(text.split()[:6]), result=text) for k, text in enumerate(told)]
