"""The lint agrees with our judgement of real criteria, and its hints pass it."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.lint import BEYOND_US, GENERAL_HINT, NAMED, PROOF, VAGUE, judge
from bot.core.board.model import CRITERION_LIMIT
from tests.core.held_out_criteria import HELD_OUT
from tests.core.real_criteria import CLASSIC, GREEK, REAL, Case
from tests.growth import LIMIT, growth

CASES = REAL + CLASSIC + GREEK


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:40])
def test_the_lint_agrees_with_our_judgement(case: Case) -> None:
    verdict = judge(case.text)
    assert verdict.measurable is case.measurable, (case.because, verdict)
    assert verdict.refused is not case.measurable


def test_the_table_is_large_and_names_each_criterion_once() -> None:
    assert len(REAL) >= 60
    assert len({case.text for case in CASES + HELD_OUT}) == len(CASES) + len(HELD_OUT)


def test_on_criteria_that_no_rule_was_made_for() -> None:
    """Measured on the 50 held-out ones at the first run: precision 0.96 (23 of 24), recall 0.70 (23 of 33).

    What it lets through and should not: a ticket's name with hours in it. What it refuses and should not: paths
    told with arrows, steps of a workflow, headers, a test by its tag. There a person says *keep it, I will judge it*.
    """
    found = [(judge(case.text).measurable, case.measurable) for case in HELD_OUT]
    assert found.count((True, True)) == 23
    assert found.count((True, False)) == 1
    assert found.count((False, True)) == 10


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Run `scripts/smoke.sh`", "a command to run"),
        ("GET /health answers 200", "a status that is answered"),
        ("under 300 ms", "a number with a unit"),
        ("4 of 5 facts are green", "so many of so many"),
        ("12 orders are placed", "a count"),
        ("no errors in the log for a day", "none of something, in a place or time"),
        ("PR #12 merged", "a pull request or commit"),
        ("CI is green", "an answer of CI"),
        ("all tests pass", "a test or check to run"),
        ("a screenshot of the cart", "something attached"),
        ("Maria confirms that she received it", "what a named person saw"),
        ("the cart shows the total", "something to watch happen"),
        ("Maria logs in with a passkey on staging", "something to watch happen"),
        ("a new customer pays an order with PayPal on the phone", "something to watch happen"),
        ("/orders exists", "an address"),
        ("GET / is 200", "a call"),
        ("docs/setup.md names the port", "a file or folder"),
        ("ProductPolicy is used for updates", "a thing by its name"),
    ],
)
def test_it_says_which_evidence_it_saw(text: str, why: str) -> None:
    assert judge(text).why == why


@pytest.mark.parametrize(
    "text",
    [
        "Someone logs in to the new site",
        "Maria logs in correctly on staging",
        "users open the page",
        "It pays off well",
    ],
)
def test_anybody_doing_something_and_praise_are_no_observation(text: str) -> None:
    assert judge(text).refused


def test_every_kind_of_evidence_carries_a_case() -> None:
    seen = {judge(case.text).why for case in CASES}
    assert {sign.why for sign in PROOF + NAMED} | {row.why for row in VAGUE} <= seen


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("Payments work correctly", "returns 201"),
        ("Good UX", "Maria places an order"),
        ("Search is faster", "300 ms"),
        ("Everything is done", "PR merged"),
        ("Test it", "card 4242"),
        ("Code review", "docs/review.md"),
        ("Documentation", "docs/setup.md"),
        ("The bug is fixed", "403"),
        ("Full coverage", "pnpm test:e2e"),
        ("Something else", "within 5 s"),
        ("", "within 5 s"),
    ],
)
def test_the_hint_fits_the_kind_of_vagueness(text: str, example: str) -> None:
    assert example in judge(text).hint


@pytest.mark.parametrize("hint", [row.hint for row in VAGUE] + [GENERAL_HINT])
def test_the_example_of_a_hint_passes_the_lint(hint: str) -> None:
    example = re.search("For example: “(.+)”", hint)
    assert example
    assert judge(example[1]).measurable


@pytest.mark.parametrize(
    "text",
    [
        "動作する",
        "注文が届く",
        "הכול עובד",
        "كل شيء جاهز",
        "Всё готово",
        "ชำระเงินได้",
        "APIが動く",
        "Οι πελάτες είναι χαρούμενοι",
    ],
)
def test_words_we_have_no_list_for_are_left_to_a_person(text: str) -> None:
    verdict = judge(text)
    assert (verdict.measurable, verdict.refused, verdict.why) == (False, False, BEYOND_US)


@pytest.mark.parametrize(
    "text", ["/orders が 200 を返す", "页面 /orders 可以打开", "الصفحة خلال 300 ms", "Тест: PR #12"]
)
def test_evidence_is_seen_in_every_script(text: str) -> None:
    assert judge(text).measurable


def test_accents_and_capitals_make_no_difference_in_greek() -> None:
    spelt = ("Λειτουργεί σωστά", "ΛΕΙΤΟΥΡΓΕΙ ΣΩΣΤΑ", "Λειτουργει\u0301 σωστα\u0301")
    assert len({judge(text) for text in spelt}) == 1
    assert judge(spelt[0]).refused


@given(st.text(max_size=CRITERION_LIMIT))
def test_any_text_gets_a_verdict(text: str) -> None:
    verdict = judge(text)
    assert verdict.why
    assert not (verdict.measurable and verdict.hint)


@pytest.mark.parametrize(
    "piece", ["`", "a ", "a_", "no a ", "tests a ", "shows ", "CI ", "1 a ", "Aa", "/a", "“", "run a."]
)
def test_a_criterion_of_twice_the_length_takes_no_longer_than_twice_the_time(piece: str) -> None:
    """A pattern that backtracks compares each character with each, or never ends."""

    def judging(length: int) -> Callable[[], object]:
        return partial(judge, (piece * length)[:length])

    assert growth(judging, CRITERION_LIMIT // 2) < LIMIT
