"""The document this project was created from, read to the letter."""

from datetime import UTC, datetime

import pytest

from bot.core.board.model import CriterionState, Lane, Outcome
from bot.documents.next7d import Reading, read
from tests.documents.samples_of import NOW, ORIGINAL, text_of


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(text_of(ORIGINAL), NOW)


def test_numbers_in_document_order(reading: Reading) -> None:
    assert [item.number for item in reading.board.items] == list(range(1, 23))
    assert [item.number for item in reading.board.next] == [2, 3, 4]
    assert [item.number for item in reading.board.done] == list(range(5, 23))
    assert reading.board.next_number == 23
    assert {item.source for item in reading.board.items} == {"import"}
    assert {item.created for item in reading.board.items} == {NOW}


def test_the_item_in_progress(reading: Reading) -> None:
    wip = reading.board.wip
    assert wip is not None
    assert wip.number == 1
    assert wip.title == "Consolidate MVP verification docs"
    assert wip.scope == "Create master verification document summarizing all CLOSED MVP core features"
    assert [criterion.text for criterion in wip.dod] == [
        "Create `docs/FEATURES/MVP-CORE-VERIFICATION.md` master summary doc",
        "Consolidate Stage 2/3/4A verification results (120+ tests PASS)",
        "Cross-reference all audit docs",
        "Verify DATA-DEPENDENCY-MAP.md consistency",
        "Update STATE.md STABLE section with reference",
        "PR created with auto-merge enabled",
    ]
    assert {criterion.state for criterion in wip.dod} == {CriterionState.OPEN}
    assert wip.started == datetime(2025, 12, 20, 12, tzinfo=UTC)
    assert wip.status is not None
    assert wip.status.text == "Pending Pass 2 execution"
    assert wip.notes == ""


def test_what_comes_next(reading: Reading) -> None:
    first, second, third = reading.board.next
    assert first.title == "Backend E2E test improvements (optional)"
    assert (first.estimate, first.priority) == ("1-2 days", "Optional (core features already verified)")
    assert [criterion.text for criterion in first.dod] == [
        "E2E tests can run with seed data (`pnpm test:e2e:prep`)",
        "All critical flows have E2E coverage",
        "CI runs E2E tests on PR",
    ]
    assert second.scope == "Review PRD and prioritize next features based on user feedback"
    assert second.estimate == "Planning session (4-6 hours)"
    assert len(second.dod) == 3
    assert third.title == "Future features (pending PROD stability + planning)"
    assert third.dod == ()
    assert third.notes.split("\n") == [
        "- Payment integration (Viva Wallet) - requires feature spec",
        "- Shipping integration (ACS/ELTA Courier) - requires feature spec",
        '- Future role: "πωλητής Dixis" (seller who sells on behalf of producers)',
        "- OS package updates (security patches)",
        "- Monitoring tweaks (alert thresholds)",
    ]
    assert [item.position for item in (first, second, third)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("number", "title", "day", "result", "links"),
    [
        (5, "Bootstrap OPS state management system", 19, "PR #1761 merged", ("#1761",)),
        (6, "SSH/fail2ban hardening", 19, "CLOSED", ()),
        (9, "Producer permissions audit", 19, "PASS, no bugs found", ()),
        (
            14,
            "PROD Facts Monitoring",
            19,
            "Automated monitoring live, CI heavy-checks guard, PR #1774",
            ("#1774",),
        ),
        (
            22,
            "PROD monitoring & stability enforcement",
            20,
            "Issue-on-fail + auto-commit implemented, all endpoints healthy, PR #1790 merged",
            ("#1790",),
        ),
    ],
)
def test_what_is_done(reading: Reading, number: int, title: str, day: int, result: str, links: tuple[str, ...]) -> None:
    item = reading.board.item(number)
    assert (item.title, item.result, item.links) == (title, result, links)
    assert item.finished == datetime(2025, 12, day, 12, tzinfo=UTC)
    assert item.lane is Lane.DONE


def test_one_is_closed_and_the_others_are_stable(reading: Reading) -> None:
    closed = [item.number for item in reading.board.done if item.outcome is Outcome.CLOSED]
    assert closed == [6]
    assert len([item for item in reading.board.done if item.outcome is Outcome.STABLE]) == 17


def test_the_document_keeps_its_own_sections(reading: Reading) -> None:
    assert reading.updated == datetime(2025, 12, 20, 20, 35, tzinfo=UTC)
    assert [section.heading for section in reading.sections] == ["Rules", "References"]
    rules, references = (section.text for section in reading.sections)
    assert rules.startswith("### WIP Limit = 1\nOnly ONE item in WIP at any time. No exceptions.\n")
    assert "4. Run `./scripts/prod-facts.sh` to verify PROD still healthy" in rules
    assert references.endswith("- Current state: `docs/OPS/STATE.md`")
    assert reading.doubts == ()
