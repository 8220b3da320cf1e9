"""Words that a document would read as something else: what has to be is escaped, and no letter ever is."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Outcome
from bot.documents.next7d import read, render
from tests.depth import tried
from tests.documents.samples_of import NOW, ORIGINAL, text_of
from tests.documents.test_export import DAY, TODAY, changes, content

NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)
NUMBERED = re.compile(r"&#(\d+);")
OF_LANE: dict[Lane, dict[str, Any]] = {
    Lane.WIP: {"started": NOON},
    Lane.DONE: {"finished": NOON, "outcome": Outcome.STABLE},
    Lane.BLOCKED: {"blocked": Block("keys", NOON)},
}


def head_of(item: Item) -> str:
    """The line that an item starts with, in a document of its own that says the same board."""
    text = render(Board((item,), 2), None, TODAY)
    assert content(read(text, NOW).board) == content(Board((item,), 2))
    return next(line for line in text.split("\n") if line.startswith(("- ", "### 1) ")))


def test_evidence_on_an_open_criterion_is_written_beside_it_and_nothing_else_is() -> None:
    text = text_of(ORIGINAL)
    board = read(text, NOW).board
    assert board.wip is not None
    first, *rest = board.wip.dod
    proven = replace(board.wip, dod=(replace(first, evidence="PR #7, 140 tests"), *rest))
    after = render(board.having([proven]), text, TODAY)
    lines = [line for line in changes(text, after) if not DAY.search(line)]
    old, new = ([line[1:] for line in lines if line[0] == sign] for sign in "-+")
    assert new == [f"{old[0]} — evidence: PR #7, 140 tests"]
    assert content(read(after, NOW).board) == content(board.having([proven]))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Stage 2/3/4A", "Stage 2/3/4A"),
        ("Fix a_b, and (c)", "Fix a_b, and (c)"),
        ("A `b` \\*c*", r"A `b` \\*c*"),
        ("[x] looks ticked", r"\[x] looks ticked"),
        ("2026-02-20: the release", "2026-02-20: the release"),
        ("None", "**Task**: None"),
        ("works ✅", "works &#9989;"),
    ],
)
def test_of_a_title_only_what_would_read_otherwise_is_escaped(title: str, words: str) -> None:
    assert head_of(Item(1, title, NOW, lane=Lane.LATER)) == f"- {words}"


def test_one_title_that_needs_an_escape_costs_no_other_item_its_looks() -> None:
    dod = (Criterion("[x] looks ticked"), Criterion("CI prints ok (`make e2e`)", CriterionState.MET))
    items = (
        Item(1, "Stage 2/3 is done.", NOW, lane=Lane.NEXT, position=1, dod=dod),
        Item(2, "[x] looks ticked", NOW, lane=Lane.NEXT, position=2),
    )
    text = render(Board(items, 3), None, TODAY)
    assert "### 1) Stage 2/3 is done.\n- **DoD**:\n  - [ ] [x] looks ticked\n  - [x] CI prints ok" in text
    assert "### 2) \\[x] looks ticked\n" in text


PIECES = (  # words that mean something to Markdown, to the reader, or to people only
    "None", "Done", "WIP", "none", "yet", "blocked", "on", "by", "BLOCKED:", "waiting", "for", "keys", "[x]", "[", "]",
    "~~old~~", "—", "evidence:", "waived:", "-", "#", "1.", ">", "|", "`code`", "`open", "```", "**bold**", "*em*",
    "_em_", "(2025-12-20)", "2025-12-20", "(Started:", "Scope:", "DoD:", "✅", "\\", "&#36;", "<b>", "<!--", "-->",
    "(none)", "deferred", "PR", "#7", "merged", ":white_check_mark:", "Ω", "---", "Updated:", "Task:", "Next",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=tried(120, deep=5000, quick=15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS, WORDS | st.just(""), st.sampled_from(CriterionState), st.sampled_from([*Lane][:-1]))
def test_any_words_come_back_and_no_letter_is_escaped(
    title: str, text: str, evidence: str, state: CriterionState, lane: Lane
) -> None:
    criterion = Criterion(text, state, evidence)
    item = Item(1, title, NOW, lane=lane, position=1, dod=(criterion,), **OF_LANE.get(lane, {}))
    document = render(Board((item,), 2), None, TODAY)
    assert content(read(document, NOW).board) == content(Board((item,), 2))
    assert not [each for each in NUMBERED.findall(document) if chr(int(each)).isalnum()]
