"""The board written into its document: its own lines, and of those only what changed."""

import difflib
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.documents import comment
from bot.documents.next7d import read, render
from bot.documents.writing.wording import said
from bot.errors import BadInput
from tests.documents.samples_of import BOARDS, NOW, ORIGINAL, sample, text_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?")
TODAY = datetime(2026, 2, 1, 10, 30, tzinfo=UTC)


def changes(before: str, after: str) -> list[str]:
    """Return the lines that differ, with `-` and `+` before them."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line.rstrip("\r\n") for line in lines if line.startswith(("-", "+"))]


def seen(text: str) -> str:
    """Return a document as people see it, without our comments."""
    return "".join(map(comment.without, text.splitlines(keepends=True)))


def content(board: Board) -> dict[Lane, list[tuple[object, ...]]]:
    """Return what a document can say of each lane; DONE and BLOCKED in no order, for a board orders them by time.

    Since when an item is blocked is left out: an entry that does not say so is blocked since the last update.
    """
    lanes = {lane: [said(item, dated=False) for item in board.lane(lane)] for lane in Lane}
    return lanes | {lane: sorted(lanes[lane], key=repr) for lane in (Lane.DONE, Lane.BLOCKED)}


def finished(board: Board) -> Board:
    """Return the board with its WIP done, closed, and the next one started."""
    wip, (first, *rest) = board.wip, board.next
    assert wip is not None
    met = tuple(replace(criterion, state=CriterionState.MET) for criterion in wip.dod)
    return board.having(
        [
            replace(
                wip, lane=Lane.DONE, finished=TODAY, dod=met, status=None, result="140 tests", outcome=Outcome.CLOSED
            ),
            replace(first, lane=Lane.WIP, position=0, started=TODAY),
            *(replace(item, position=position) for position, item in enumerate(rest, 1)),
        ]
    )


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_an_unchanged_board_changes_only_the_date(path: Path) -> None:
    text = text_of(path)
    removed, added = changes(text, render(read(text, NOW).board, text, TODAY))
    assert "2026-02-01" in added
    assert DAY.sub("…", added[1:]) == DAY.sub("…", removed[1:])


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_a_new_document_reads_as_the_same_board(path: Path) -> None:
    board = read(text_of(path), NOW).board
    assert content(read(render(board, None, TODAY), NOW).board) == content(board)


def test_a_finish_moves_its_lines_and_no_others() -> None:
    text = text_of(ORIGINAL)
    board = finished(read(text, NOW).board)
    after = render(board, text, TODAY)
    assert content(read(after, NOW).board) == content(board)
    after = seen(after)
    assert (
        "\n## WIP (1 item only)\n**Backend E2E test improvements (optional)** (Started: 2026-02-01)\n- **Scope**"
        in after
    )
    assert "\n## NEXT (ordered, max 3)\n\n### 1) Feature planning for next phase\n" in after
    assert "\n### 2) Future features (pending PROD stability + planning)\n- Payment integration" in after
    assert "\n- Consolidate MVP verification docs (Closed: 2026-02-01) - 140 tests ✅\n  - **Scope**: Create" in after
    assert "\n    - [x] PR created with auto-merge enabled\n  - **Started**: 2025-12-20\n\n---\n\n## Rules\n" in after
    assert after[after.index("## Rules") :] == text[text.index("## Rules") :]


def test_writing_twice_changes_nothing() -> None:
    text = text_of(ORIGINAL)
    board = finished(read(text, NOW).board)
    once = render(board, text, TODAY)
    assert render(board, once, TODAY) == once


def test_an_empty_lane_says_so_and_a_filled_one_no_longer() -> None:
    text = "## WIP\n_(empty — pick one)_\n\n## NEXT\n\n### 1) A\n"
    board = read(text, NOW).board
    (item,) = board.items
    started = render(board.having([replace(item, lane=Lane.WIP, started=TODAY)]), text, TODAY)
    assert seen(started).endswith("## WIP\n**A** (Started: 2026-02-01)\n\n## NEXT\n\n(none)\n")
    again = render(board, started, TODAY)
    assert again.endswith("## WIP\n(none)\n\n## NEXT\n\n### 1) A\n")


def test_a_parked_item_gets_a_heading_of_its_own() -> None:
    text = sample("2025-12-20-0932")
    board = read(text, NOW).board
    assert board.wip is not None
    parked = replace(board.wip, lane=Lane.BLOCKED, blocked=Block("Stripe keys", TODAY, TODAY.date()))
    written = render(board.having([parked]), text, TODAY)
    after = seen(written)
    assert "## WIP (1 item only)\n(none)\n\n## NEXT (ordered, max 2)\n\n### 1)" in after
    assert after.index("## NEXT") < after.index("## BLOCKED\n- PROD stability monitoring\n") < after.index("## DONE")
    assert "  - **Blocked**: Stripe keys\n  - **Since**: 2026-02-01\n  - **Back on**: 2026-02-01\n" in after
    assert content(read(written, NOW).board) == content(board.having([parked]))


def test_a_numbered_list_is_numbered_anew() -> None:
    text = sample("2026-01-16-1657")
    board = read(text, NOW).board
    first, *rest = board.next
    moved = [replace(first, lane=Lane.WIP, position=0, started=TODAY)]
    moved += [replace(item, position=position) for position, item in enumerate(rest, 1)]
    after = render(board.having(moved), text, TODAY)
    assert "\n1. **Pass PRODUCER-DASHBOARD-01** — Producer Dashboard Enhancements\n2. **Pass NOT" in after
    assert (
        "\n1. **Pass 52 — Card Payments Enable** (BLOCKED — needs Stripe keys, see CREDENTIALS.md)\n2. **Pass 60"
        in after
    )


@pytest.mark.parametrize(("newline", "mark"), [("\r\n", ""), ("\n", "\ufeff"), ("\r", "")])
def test_line_endings_and_the_byte_order_mark_stay(newline: str, mark: str) -> None:
    text = mark + text_of(ORIGINAL).replace("\n", newline)
    after = render(finished(read(text, NOW).board), text, TODAY)
    assert after.startswith(mark + "# NEXT 7 DAYS" + newline)
    assert after.count(newline) == after.count("\n" if "\n" in newline else "\r")
    assert after == mark + render(finished(read(text_of(ORIGINAL), NOW).board), text_of(ORIGINAL), TODAY).replace(
        "\n", newline
    )


def test_a_document_without_a_date_gets_one_under_its_title() -> None:
    after = render(read("# Ours\n\n## WIP\n**A**\n", NOW).board, "# Ours\n\n## WIP\n**A**\n", TODAY)
    assert after == "# Ours\n\n**Last Updated**: 2026-02-01 10:30 UTC\n\n## WIP\n**A**\n"


def test_a_new_board_gets_the_document_of_the_original_with_its_rules() -> None:
    after = render(Board(), None, TODAY)
    original = text_of(ORIGINAL).split("\n")
    headings = [line for line in after.split("\n") if line.startswith("#")]
    assert headings == [line for line in original if line.startswith("#") and ")" not in line[:6] and "Ref" not in line]
    assert "**Last Updated**: 2026-02-01 10:30 UTC" in after
    assert read(after, NOW).board == Board()


def test_an_open_fence_swallows_nothing() -> None:
    text = "## DONE\n- A\n\n```\nopen to the end\n"
    board = Board((Item(1, "B", NOW, lane=Lane.LATER),))
    after = render(board, text, TODAY)
    assert content(read(after, NOW).board) == content(board)
    assert after.endswith("```\nopen to the end\n")


def test_a_document_that_is_no_board_is_not_written_into() -> None:
    with pytest.raises(BadInput):
        render(Board(), "a letter", TODAY)


def test_everything_an_item_can_hold_comes_back() -> None:
    criteria = (
        Criterion("[x] looks ticked"),
        Criterion("curl says 200", CriterionState.MET, "https://ci.example/1 — evidence: PR #7"),
        Criterion("~~struck~~", CriterionState.WAIVED, "not now"),
        Criterion("works ✅"),
    )
    item = Item(
        1,
        "Scope: **none** (2025-12-19) `a_b` ✅",
        NOW,
        lane=Lane.WIP,
        scope="- one\n\n  two\n## WIP\n```\n## DONE",
        dod=criteria,
        estimate="2 days",
        priority="high: now",
        status=Note("first\nsecond"),
        links=("#12", "docs/a.md", "https://x.example/y"),
        started=NOW,
        blocked=Block("waits for (keys)", NOW),
        notes="a line\n\n- a bullet\n\n| a | b |\n|---|---|\n---\n<!-- open",
    )
    done = replace(item, lane=Lane.DONE, finished=NOW, result="a\nb", outcome=Outcome.CLOSED)
    for each in (item, done, replace(done, finished=None), replace(item, lane=Lane.BLOCKED)):
        board = Board((each,), 2)
        assert content(read(render(board, None, TODAY), NOW).board) == content(board)


def test_no_more_is_escaped_than_has_to_be() -> None:
    dod = (Criterion("CI prints ok (`make e2e`)", CriterionState.MET), Criterion("[x] looks ticked"))
    reopened = Item(1, "E2E tests (optional)", NOW, lane=Lane.WIP, started=NOW, dod=dod, result="PR #7, 140 tests")
    text = render(Board((reopened,), 2), None, TODAY)
    assert "**E2E tests (optional)** (Started:" in text
    assert "  - [x] CI prints ok (`make e2e`)\n" in text
    assert "  - [ ] [x] looks ticked\n" in text
    assert "&#" not in text
