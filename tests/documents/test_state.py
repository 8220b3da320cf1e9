"""STATE.md read by hand, changed in place, and never with a line lost."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Outcome
from bot.documents import state
from bot.documents.writing.template import NEW_STATE
from bot.errors import BadInput
from tests.depth import tried
from tests.documents.accounting import missing
from tests.documents.samples_of import NOW, STATES, text_of
from tests.documents.test_export import changes
from tests.growth import LIMIT, growth

AT = datetime(2026, 2, 7, 10, 30, tzinfo=UTC)
DOD = (
    Criterion("All audit docs are in it", CriterionState.MET, "docs/MVP.md"),
    Criterion("Load test", CriterionState.WAIVED, "no time"),
)
DONE = Item(
    1, "Consolidate MVP verification docs", NOW, Lane.DONE, dod=DOD, started=NOW, finished=AT,
    result="140 tests pass", outcome=Outcome.CLOSED, links=("#1795",),
)  # fmt: skip
FOLLOWING = Item(2, "Admin queue", NOW, Lane.WIP, dod=(Criterion("Admin sees /admin/queue"),), started=AT)
LISTS = next(path for path in STATES if path.stem == "2025-12-20-2043")

# What each sample says, read by hand: lists or log, items in CLOSED and STABLE (with the ticked ones), in progress,
# open behind it, and dated entries.
GOLDEN = {
    "2025-10-05-2333": ("log", 0, 0, 0, 0),
    "2025-12-15-2158": ("log", 0, 0, 0, 15),
    "2025-12-20-2043": ("lists", 21, 1, 2, 0),
    "2025-12-23-0313": ("lists", 45, 0, 2, 0),
    "2025-12-29-1117": ("lists", 84, 0, 3, 3),
    "2026-01-16-1056": ("log", 0, 0, 0, 12),
    "2026-01-19-2007": ("log", 0, 0, 0, 20),
    "2026-01-23-0819": ("log", 0, 0, 0, 4),
    "2026-01-26-1525": ("log", 0, 0, 0, 24),
    "2026-02-05-2120": ("log", 0, 0, 0, 16),
}
every_state = pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)


@every_state
def test_a_golden_reading(path: Path) -> None:
    text = text_of(path)
    read = state.read(text, NOW)
    board = read.reading.board
    live = len(board.items) - len(board.done) - (1 if board.wip else 0)
    form = "log" if state.is_log(text) else "lists"
    assert (form, len(board.done), 1 if board.wip else 0, live, len(read.log)) == GOLDEN[path.stem]


@every_state
def test_not_a_line_is_lost_in_reading(path: Path) -> None:
    assert missing(text_of(path), state.read(text_of(path), NOW).reading) == []


def test_the_lists_of_the_original_to_the_letter() -> None:
    board = state.read(text_of(LISTS), NOW).reading.board
    assert board.wip is not None
    assert (board.wip.title, len(board.wip.dod)) == ("Consolidate MVP verification docs", 6)
    first, *_, last = [item for item in board.items if item.outcome is Outcome.CLOSED]
    assert (first.title, first.finished) == ("SSH/fail2ban", datetime(2025, 12, 19, 12, tzinfo=UTC))
    assert first.result.startswith("Canonical SSH config enforced")
    assert (last.title, last.links) == ("PROD Monitoring & Stability", ("#1790",))
    assert [item.title for item in board.next] == ["Backend test improvements (optional)", "Future feature planning"]


def test_a_log_of_dated_entries_is_read_with_their_status() -> None:
    log = state.read(text_of(STATES[5]), NOW).log
    assert (log[0].title, log[0].status) == ("Pass OPS-STATE-THIN-01: Thin STATE + Archive", "✅ CLOSED")
    assert log[0].day == datetime(2026, 1, 16, 12, tzinfo=UTC)


def test_a_finish_moves_the_entry_and_nothing_else() -> None:
    before = text_of(LISTS)
    after = state.finished(before, DONE, FOLLOWING, AT)
    entry = before[before.index("- **WIP**: Consolidate") : before.index("\n## BLOCKED")]
    closed = (
        "- **Consolidate MVP verification docs**: 140 tests pass. Evidence: docs/MVP.md, #1795. "
        "Waived: Load test (no time) (Closed: 2026-02-07)\n"
    )
    started = "- **WIP**: Admin queue\n  - **DoD**:\n    - Admin sees /admin/queue\n  - **Started**: 2026-02-07\n"
    expected = before.replace(entry, started).replace("\n## STABLE", closed + "\n## STABLE", 1)
    assert after == expected.replace("2025-12-20 20:35 UTC", "2026-02-07 10:30 UTC", 1)
    board = state.read(after, AT).reading.board
    assert board.wip is not None
    assert board.wip.title == "Admin queue"
    assert any(item.title == DONE.title and item.outcome is Outcome.CLOSED for item in board.done)


@pytest.mark.parametrize(
    ("outcome", "heading"), [(Outcome.CLOSED, "## STABLE"), (Outcome.STABLE, "**Evidence**: See `docs/OPS")]
)
def test_it_goes_where_its_outcome_says(outcome: Outcome, heading: str) -> None:
    after = state.finished(text_of(LISTS), replace(DONE, outcome=outcome), None, AT)
    assert after.index("- **Consolidate MVP") < after.index(heading)
    assert f"({outcome.value.capitalize()}: 2026-02-07)" in after
    assert "## IN PROGRESS → (WIP=1 ONLY)\n- (none)\n" in after


@every_state
def test_a_finish_takes_no_other_line_and_is_the_same_when_repeated(path: Path) -> None:
    before = text_of(path)
    item = replace(DONE, title="Something else", result="# a heading\n```\nopen")
    after = state.finished(before, item, FOLLOWING, AT)
    assert state.finished(after, item, FOLLOWING, AT) == after
    taken = [line for line in changes(before, after) if line.startswith("-") and line.strip("- ") not in ("", "(none)")]
    assert [line for line in taken if "Updated" not in line] == []
    lost = missing(before.replace("(none)", ""), state.read(after, NOW).reading)
    assert [line for line in lost if "Updated" not in line] == []


@every_state
def test_what_a_finish_added_can_be_taken_back(path: Path) -> None:
    before = text_of(path)
    item = replace(DONE, title="Something else")
    back = state.unfinished(state.finished(before, item, None, AT), item, AT)
    lines = [line.rstrip("\r\n") for line in changes(before, back)]
    assert [line for line in lines if line.strip("+- ") and "Updated" not in line] == []


def test_what_is_open_again_leaves_what_is_closed() -> None:
    before = text_of(LISTS)
    closed = state.finished(before, DONE, None, AT)
    back = Board((replace(DONE, lane=Lane.NEXT, finished=None),))
    assert state.reopened(closed, DONE, back, AT) == state.unfinished(closed, DONE, AT)
    another_day = replace(DONE, finished=AT.replace(day=1))
    assert state.reopened(closed, another_day, back, AT) == state.unfinished(closed, DONE, AT)
    twin = Board((*back.items, replace(DONE, number=9)))
    assert "- **Consolidate MVP verification docs**: 140" in state.reopened(closed, another_day, twin, AT)
    assert state.reopened(before, DONE, back, AT).count("SSH/fail2ban") == before.count("SSH/fail2ban")


def test_a_log_says_of_what_is_open_again_that_it_is() -> None:
    path = next(path for path in STATES if path.stem == "2026-01-16-1056")
    item = replace(DONE, title="Something else")
    closed = state.finished(text_of(path), item, FOLLOWING, AT)
    opened = state.reopened(closed, item, Board(), AT)
    assert changes(closed, opened) == ["- **Status**: ✅ CLOSED", "+ **Status**: 🔄 REOPENED"]
    assert state.reopened(opened, item, Board(), AT) == opened
    again = state.finished(opened, replace(item, result="141 tests pass"), FOLLOWING, AT)
    assert again == closed.replace("140 tests pass", "141 tests pass")
    rewritten = closed.replace("✅ CLOSED\n\n140", "✅ CLOSED, mostly\n\n140")
    assert state.reopened(rewritten, item, Board(), AT) == rewritten


def test_a_new_document_in_the_form_of_the_original() -> None:
    text = state.finished(None, DONE, FOLLOWING, AT)
    assert text.startswith("# STATE\n\n**Last Updated**: 2026-02-07 10:30 UTC\n\n## CLOSED ✅ (do not reopen")
    assert (
        "## IN PROGRESS → (WIP=1 ONLY)\n- **WIP**: Admin queue\n  - **DoD**:\n    - Admin sees /admin/queue\n" in text
    )
    assert not state.is_log(text)


def test_what_stands_in_the_way_is_listed_and_what_the_board_does_not_know_stays() -> None:
    parked = replace(FOLLOWING, lane=Lane.BLOCKED, blocked=Block("Stripe keys", AT))
    wip = Item(3, "Other", NOW, Lane.WIP)
    theirs = NEW_STATE.replace("## BLOCKED ⚠️\n- (none)", "## BLOCKED ⚠️\n- Theirs")
    once = state.standing(theirs, Board((FOLLOWING,)), AT)
    assert "- **WIP**: Admin queue" in once
    text = state.standing(once, Board((parked, wip)), AT)
    assert "- **WIP**: Admin queue" not in text
    assert "- Admin queue\n" in text
    assert "  - **Blocked**: Stripe keys" in text
    assert "- Theirs\n" in text
    assert "- **WIP**: Other" in text


def test_a_numbered_list_closes_up_behind_what_has_started() -> None:
    text = "# STATE\n\n## CLOSED\n- a\n\n## NEXT\n\n### 1) Admin queue\n- DoD: x\n\n### 2) Other work\n- DoD: y\n"
    after = state.standing(text, Board((FOLLOWING,)), AT)
    assert "### 1) Other work\n" in after
    assert "### 1) Admin queue" not in after


def test_an_edit_of_our_parts_is_seen_and_one_beside_them_is_not() -> None:
    written = state.finished(text_of(LISTS), DONE, FOLLOWING, AT)
    assert not state.is_changed(written, written, AT)
    assert not state.is_changed(written, written.replace("No exceptions", "Never"), AT)
    added = written.replace("## STABLE", "- **By hand**: done (Closed: 2026-02-06)\n\n## STABLE", 1)
    assert not state.is_changed(written, added, AT)
    assert state.is_changed(written, written.replace("140 tests pass", "no tests"), AT)
    assert state.is_changed(written, written.replace("- **WIP**: Admin queue", "- **WIP**: Mine"), AT)
    assert state.is_changed(written, "## NEXT\n", AT)


@pytest.mark.parametrize("text", ["", "just words", "# README\n\n## Install\n"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        state.read(text, NOW)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)
RESULTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)


@settings(
    max_examples=tried(50, deep=1000),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(WORDS, RESULTS, st.sampled_from(Outcome), st.sampled_from(STATES), st.sampled_from(["\n", "\r\n"]))
def test_any_words_in_any_state(title: str, result: str, outcome: Outcome, path: Path, newline: str) -> None:
    text = re.sub(r"\r?\n", newline, text_of(path))
    item = replace(DONE, title=" ".join(title.split()), result=result, outcome=outcome)
    after = state.finished(text, item, FOLLOWING, AT)
    assert state.finished(after, item, FOLLOWING, AT) == after
    kept = set(after.splitlines())
    own = "**WIP**: Consolidate"
    lost = [line for line in text.splitlines() if line not in kept and own not in text]
    assert [line for line in lost if "Updated" not in line and "(none)" not in line] == []
    assert newline == "\n" or "\n" not in after.replace("\r\n", "")


def test_twice_as_many_short_entries_take_no_longer_than_twice_the_time() -> None:
    def reading(count: int) -> Callable[[], object]:
        text = "# STATE\n\n" + "## 2026-01-01 — Pass 12\n\nA line of text.\n" * count
        assert len(state.read(text, NOW).log) == count
        return partial(state.read, text, NOW)

    assert growth(reading, tried(1000, deep=12_500)) < LIMIT
