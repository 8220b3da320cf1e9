"""The forms that boards were really written in, each read as a person would read it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.board.model import Criterion, CriterionState, Item, Lane, Outcome
from bot.documents.next7d import Reading, read, render
from tests.documents.accounting import missing
from tests.documents.samples_of import NOW, STATES, sample, text_of

# Counted by hand in each sample: WIP, NEXT, LATER, BLOCKED, DONE, and the doubts.
COUNTS = {
    "2025-10-04-1041": (0, 0, 5, 1, 5, 9),  # the plan of two weeks, ticked items, "Blocked / Deferred"
    "2025-12-19-2227": (0, 3, 0, 0, 6, 0),  # "**None** - Awaiting next priority"
    "2025-12-20-0932": (1, 1, 0, 0, 15, 0),  # fields without bold, the DoD on one line
    "2025-12-21-0034": (0, 3, 0, 0, 29, 0),  # "(none currently)"
    "2025-12-23-0148": (0, 2, 0, 0, 42, 0),
    "2025-12-23-2157": (0, 0, 0, 0, 47, 1),  # "(To be determined …)" under NEXT
    "2025-12-29-1117": (0, 1, 0, 2, 19, 3),  # a numbered NEXT, two of it "(BLOCKED on …)"
    "2026-01-15-2326": (0, 0, 0, 2, 35, 3),
    "2026-01-16-1657": (0, 3, 0, 2, 44, 1),  # NEXT with "### Blocked" and "### Unblocked" in it
    "2026-01-17-1021": (0, 0, 0, 1, 52, 2),
    "2026-01-17-2316": (0, 0, 0, 0, 60, 2),
    "2026-01-19-0152": (0, 1, 1, 0, 1, 0),  # "Completed", "Upcoming Work", "### Backlog" in it
    "2026-01-19-2114": (0, 0, 0, 0, 6, 2),
    "2026-01-20-2208": (0, 0, 0, 0, 11, 3),  # "Next Pass Recommendation" and "Performance (Backlog)" are kept
    "2026-01-21-2320": (0, 0, 1, 0, 25, 4),  # "In Progress", "(none)", "### Recently Completed" in it
    "2026-01-21-1312": (0, 0, 0, 0, 18, 4),
    "2026-01-22-1253": (0, 0, 0, 0, 34, 5),
    "2026-01-23-0059": (1, 0, 0, 0, 40, 5),  # 🔄 in progress, a struck item in the backlog
    "2026-01-24-1008": (0, 0, 3, 0, 7, 3),  # tables
}


def reading_of(name: str) -> Reading:
    return read(sample(name), NOW)


def titled(reading: Reading, title: str) -> Item:
    (item,) = [item for item in reading.board.items if item.title.startswith(title)]
    return item


@pytest.mark.parametrize(("name", "counts"), COUNTS.items())
def test_how_many_stand_where(name: str, counts: tuple[int, ...]) -> None:
    reading = reading_of(name)
    board = reading.board
    lanes = (len(board.lane(lane)) for lane in (Lane.WIP, Lane.NEXT, Lane.LATER, Lane.BLOCKED, Lane.DONE))
    assert (*lanes, len(reading.doubts)) == counts


def test_a_wip_with_plain_labels() -> None:
    wip = reading_of("2025-12-20-0932").board.wip
    assert wip is not None
    assert wip.title == "PROD stability monitoring"
    assert wip.started == datetime(2025, 12, 20, 12, tzinfo=UTC)
    assert [criterion.text for criterion in wip.dod] == [
        "Run `scripts/prod-facts.sh` daily, all endpoints return expected codes, smoke-production CI green"
    ]
    assert wip.notes == "- Evidence: prod-facts.yml runs daily at 07:00 UTC, last run SUCCESS"
    assert wip.status is not None
    assert wip.status.text == "✅ All checks passing (healthz=200, products=200, login=307)"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2025-12-19-2227", "**None** - Awaiting next priority"),
        ("2025-12-21-0034", "(none currently)"),
        ("2025-12-23-0148", "- (none - ready for next item from NEXT queue)"),
        ("2026-01-15-2326", "_(empty — pick next unblocked item from NEXT)_"),
    ],
)
def test_an_empty_wip_in_every_wording(name: str, words: str) -> None:
    reading = reading_of(name)
    assert reading.board.wip is None
    assert [section.text for section in reading.sections if section.heading == "WIP (1 item only)"] == [words]


def test_what_the_text_calls_blocked_is_blocked_and_reported() -> None:
    reading = reading_of("2025-12-29-1117")
    first, second = reading.board.blocked
    assert first.title == "Pass 52 — Card Payments Enable"
    assert first.blocked is not None
    assert first.blocked.reason == "Stripe credentials - user must provide"
    assert first.blocked.since == datetime(2025, 12, 29, 12, tzinfo=UTC)
    assert second.blocked is not None
    assert second.blocked.reason == "SMTP/Resend credentials - user must provide"
    (following,) = reading.board.next
    assert following.title.startswith("TEST-UNSKIP-01 — Enable Skipped E2E Tests (actionable")
    assert [doubt.line for doubt in reading.doubts] == [10, 11, 14]


def test_groups_inside_next() -> None:
    reading = reading_of("2026-01-16-1657")
    assert [item.title for item in reading.board.next] == [
        "Pass EN-LANGUAGE-01 — English Language Support",
        "Pass PRODUCER-DASHBOARD-01 — Producer Dashboard Enhancements",
        "Pass NOTIFICATIONS-01 — In-app Notifications System",
    ]
    assert [item.blocked.reason for item in reading.board.blocked if item.blocked] == [
        "needs Stripe keys, see CREDENTIALS.md",
        "needs SMTP/Resend keys, see CREDENTIALS.md",
    ]
    headings = [section.heading for section in reading.sections]
    assert headings[:4] == [
        "NEXT 7 DAYS",
        "WIP (1 item only)",
        "Blocked (awaiting credentials)",
        "Unblocked (ready to start)",
    ]
    assert reading.sections[0].text.startswith("**Last Updated**: 2026-01-16 (SEARCH-FTS-01)\n\n> **Entry point**")


def test_completed_lists_keep_their_order_and_have_no_day() -> None:
    done = reading_of("2026-01-15-2326").board.done
    assert done[0].title == "SEC-WATCH-01 — Hardening baseline + watchdog (48h post-incident verification)"
    assert done[-1].title == "Pass 57 — Producer Orders CSV Export (export button + API)"
    assert {(item.finished, item.outcome) for item in done} == {(None, Outcome.STABLE)}
    assert [item.position for item in done] == list(range(1, 36))


def test_bullets_under_a_done_item_are_its_notes() -> None:
    reading = reading_of("2026-01-19-0152")
    done = titled(reading, "PERF-PRODUCTS-CACHE-01")
    assert done.title == (
        "PERF-PRODUCTS-CACHE-01 (P1): Add `revalidate: 60` to frontend fetch + `Cache-Control` headers to backend API"
    )
    assert done.notes.split("\n") == [
        "- PR #2317 merged, commit `dcd0fdd2`",
        "- Production deployed (Backend Run 21120676076, Frontend Run 21120676337)",
    ]
    assert done.links == ("#2317",)
    assert titled(reading, "PERF-COLD-START-01").lane is Lane.NEXT
    assert titled(reading, "PERF-PRODUCTS-REDIS-01").lane is Lane.LATER


def test_a_kept_section_keeps_its_ticked_boxes_and_its_backlog() -> None:
    reading = reading_of("2026-01-19-2114")
    (checklist,) = [section for section in reading.sections if section.heading == "V1 Launch QA Checklist"]
    assert "- [?] Email delivery works (test password reset or order) - Not verified in this pass" in checklist.text
    assert "### Performance (Backlog)" in checklist.text
    assert checklist.text.endswith("_Last updated by Pass ADMIN-IA-01 (2026-01-19)_")


def test_in_progress_with_a_mark_and_a_struck_backlog_item() -> None:
    reading = reading_of("2026-01-23-0059")
    wip = reading.board.wip
    assert wip is not None
    assert wip.title == "OPS-DEPLOY-SSH-RETRY-01: SSH deploy retry + post-deploy proof"
    assert len(wip.notes.split("\n")) == 3
    struck = titled(reading, "Language toggle position")
    assert struck.title == "Language toggle position: Remove from header; place in footer"
    assert (struck.lane, struck.result) == (Lane.DONE, "**DONE** (Pass UI-HEADER-NAV-CLARITY-01)")
    checks = titled(reading, "OPS-POST-LAUNCH-CHECKS-01")
    assert checks.title == "OPS-POST-LAUNCH-CHECKS-01: Scheduled production monitoring"
    assert checks.finished == datetime(2026, 1, 22, 12, tzinfo=UTC)


def test_tables() -> None:
    reading = reading_of("2026-01-24-1008")
    shell = titled(reading, "UI-ROLE-NAV-SHELL-01")
    assert shell.title == "UI-ROLE-NAV-SHELL-01: UI shell verification (8 new tests)"
    assert (shell.result, shell.links) == ("MERGED #2441", ("#2441",))
    assert titled(reading, "E2E-TEST-COVERAGE-AUDIT-01").lane is Lane.DONE
    assert [(item.title, item.notes) for item in reading.board.later] == [
        ("PERF-PRODUCTS-REDIS-01: Redis cache for products", "Defer unless scale requires"),
        ("DMARC-ALIGNMENT-01: DMARC alignment investigation", "Not blocking; emails deliver"),
        ("EMAIL-PLAINTEXT-01: Add text/plain alternative", "Nice-to-have"),
    ]


def test_the_plan_of_two_weeks() -> None:
    reading = reading_of("2025-10-04-1041")
    unskip = titled(reading, "Unskip Progress")
    assert (unskip.lane, unskip.result) == (Lane.DONE, "112/117 passing (95.7% coverage), 5 skips remaining")
    assert titled(reading, "CI Performance Monitoring").lane is Lane.LATER
    payment = titled(reading, "Payment integration")
    assert payment.blocked is not None
    assert payment.blocked.reason == "vendor API access"
    assert titled(reading, "Multi-language: Deferred to Q4 Week 4").lane is Lane.LATER
    assert reading.updated == datetime(2025, 10, 3, 12, tzinfo=UTC)


def test_a_state_document_says_what_is_closed_and_what_is_stable() -> None:
    (path,) = [path for path in STATES if path.stem == "2025-12-20-2043"]
    board = read(text_of(path), NOW).board
    assert len([item for item in board.done if item.outcome is Outcome.CLOSED]) == 15
    assert len([item for item in board.done if item.outcome is Outcome.STABLE]) == 6
    assert board.wip is not None
    assert board.wip.title == "Consolidate MVP verification docs"
    assert len(board.wip.dod) == 6
    ssh = board.item(1)
    assert (ssh.title, ssh.finished) == ("SSH/fail2ban", datetime(2025, 12, 19, 12, tzinfo=UTC))
    assert ssh.result.startswith("Canonical SSH config enforced")


@pytest.mark.parametrize(
    ("line", "criterion"),
    [
        ("- curl says 200", Criterion("curl says 200")),
        ("- [ ] curl says 200", Criterion("curl says 200")),
        ("- [x] curl says 200", Criterion("curl says 200", CriterionState.MET)),
        ("- ✅ curl says 200", Criterion("curl says 200", CriterionState.MET)),
        ("- curl says 200 ✅", Criterion("curl says 200", CriterionState.MET)),
        ("* [X] a — evidence: PR #3", Criterion("a", CriterionState.MET, "PR #3")),
        ("- ~~a~~ — waived: out of scope", Criterion("a", CriterionState.WAIVED, "out of scope")),
        ("1. first", Criterion("first")),
        ("- wraps\n      around", Criterion("wraps around")),
    ],
)
def test_criteria(line: str, criterion: Criterion) -> None:
    board = read(f"## WIP\n**T**\n- **DoD**:\n    {line}\n", NOW).board
    assert board.wip is not None
    assert board.wip.dod == (criterion,)


@pytest.mark.parametrize(
    "text",
    [
        "## WIP\n- **WIP**: T\n  - DoD:\n    - a\n  - Estimate: 1 day\n",
        "## In Progress 🚧\n### T\n**DoD:**\n- a\n\n**Estimated effort:** 1 day\n",
        "# WIP\nT (Started: 2025-12-20)\n- DoD: a\n- Estimate: 1 day\n# Done\n",
        "## 🔧 Doing now\n* **T**\n* DoD\n  * a\n* Effort: 1 day\n".replace("* DoD\n", "* DoD:\n"),
        "WIP\n---\n**T**\n- DoD:\n\t- a\n- Estimate: 1 day\n",
        "### WIP\n- T\n  DoD: a\n  Estimate: 1 day\n### Done\n",
        "## Σε εξέλιξη\n1. T\n   - DoD:\n     1. a\n   - Estimate: 1 day\n",
        "## WIP\n### T\n#### Definition of Done\n- a\n\nEstimate: 1 day\n",
        "## WIP\n- [ ] T\n  - [ ] a\n  - Estimate: 1 day\n",
        "## WIP (1 item only)\n**WIP**: T\n**DoD**: a\n**Estimated effort**: 1 day\n",
        "## Current WIP\n\n### 1. T\n\n**DoD**:\n1. a\n\n---\n\n**Estimate**: 1 day\n\n---\n## Next\n",
    ],
)
def test_one_item_written_in_many_ways(text: str) -> None:
    wip = read(text, NOW).board.wip
    assert wip is not None
    assert (wip.title, wip.estimate, wip.notes) == ("T", "1 day", "")
    assert wip.dod == (Criterion("a"),)


@pytest.mark.parametrize(
    "text",
    ["**Last completed**: Pass 28", "**Status**: nothing started", "Waiting for the keys", "> **T**", "```\nT\n```"],
)
def test_words_in_wip_that_are_no_item_are_kept_and_reported(text: str) -> None:
    reading = read(f"## WIP\n{text}\n", NOW)
    assert reading.board.items == ()
    assert reading.sections[0].text == text
    assert [doubt.line for doubt in reading.doubts] == [2]


@pytest.mark.parametrize("head", ["✅ A", "A ✅", "[x] A", "~~A~~ — **DONE**", "~~**A**~~", "A ✅ DONE (2025-12-26)"])
def test_a_ticked_item_in_another_lane_is_done_and_reported(head: str) -> None:
    reading = read(f"## NEXT\n- {head}\n", NOW)
    (item,) = reading.board.items
    assert item.lane is Lane.DONE
    assert item.title in ("A", "A ✅ DONE")
    assert len(reading.doubts) == 1


@pytest.mark.parametrize("lane", ["WIP", "NEXT", "LATER", "BLOCKED"])
@pytest.mark.parametrize(
    "struck",
    [
        "- ~~A~~ → moved to LATER",
        "1. ~~**A**~~ — dropped",
        "- **~~A~~** (postponed)",
        "- [ ] ~~A~~ see B",
        "- [x] ~~A~~ — superseded by B",
        "### 1) ~~A~~ → not now\n- **Scope**: x",
        "| Task |\n|---|\n| ~~A~~ moved |",
    ],
)
def test_what_is_struck_out_and_not_done_is_no_item_of_any_lane(lane: str, struck: str) -> None:
    text = f"## {lane}\n{struck}\n\n## DONE\n- Z ✅\n"
    reading = read(text, NOW)
    assert [(item.title, item.lane) for item in reading.board.items] == [("Z", Lane.DONE)]
    assert any(doubt.why.startswith("it is struck out and does not say") for doubt in reading.doubts)
    assert missing(text, reading) == []
    assert render(reading.board, text, NOW).endswith(text)


def test_among_other_items_what_is_struck_out_stays_where_it_is() -> None:
    text = "## NEXT\n1. A\n2. ~~B~~ → moved to LATER\n3. C\n\n## LATER\n- B\n"
    reading = read(text, NOW)
    assert [(item.title, item.lane) for item in reading.board.items] == [("A", NEXT), ("C", NEXT), ("B", LATER)]
    assert [doubt.line for doubt in reading.doubts] == [3]
    first, second = reading.board.next
    moved = [replace(first, lane=WIP, position=0, started=NOW), replace(second, position=1)]
    after = render(reading.board.having(moved), text, NOW)
    assert "~~B~~ → moved to LATER\n" in after
    assert [item.title for item in read(after, NOW).board.next] == ["C"]


def test_a_row_with_two_ticks_loses_neither() -> None:
    board = read("## Done\n| A | Review | Status |\n|---|---|---|\n| T | ✅ twice | ✅ PR #7 |\n", NOW).board
    (item,) = board.items
    assert (item.title, item.result, item.links) == ("T", "twice, PR #7", ("#7",))


def test_the_day_a_done_item_started_is_not_the_day_it_was_finished() -> None:
    (item,) = read("## DONE\n- T (Started: 2025-12-19) (2025-12-20) - x ✅\n", NOW).board.items
    assert (item.finished, item.result) == (datetime(2025, 12, 20, 12, tzinfo=UTC), "x")


def test_a_heading_in_a_fence_or_a_comment_is_no_heading() -> None:
    text = (
        "---\ntitle: WIP\n---\n# Board\n\n```\n## WIP\n- fenced\n```\n<!--\n## DONE\n- hidden\n-->\n\n## NEXT\n1. A\n"
    )
    reading = read(text, NOW)
    assert [(item.title, item.lane) for item in reading.board.items] == [("A", Lane.NEXT)]
    assert [section.heading for section in reading.sections] == ["", "Board"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings_change_nothing(newline: str) -> None:
    text = sample("2026-01-19-2114")
    assert read(text.replace("\n", newline), NOW) == read(text, NOW)


def test_every_script_survives() -> None:
    title, scope = "Ζεστός καφές ☕ & <!channel> שלום", "مرحبا 👩‍👩‍👧 «x»"
    board = read(f"## WIP\n**{title}**\n- **Scope**: {scope}\n", NOW).board
    assert board.wip is not None
    assert (board.wip.title, board.wip.scope) == (title, scope)


NEXT, LATER, BLOCKED, DONE, WIP = Lane.NEXT, Lane.LATER, Lane.BLOCKED, Lane.DONE, Lane.WIP


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## NEXT\n- A — **BLOCKED** (keys)\n- B ⛔ BLOCKED: keys\n- A — blocked by keys\n", [(BLOCKED, "keys")] * 3),
        ("## NEXT\n1. A\n   Blocked by keys\n2. B\n   - Blocked by: keys\n", [(BLOCKED, "keys"), (BLOCKED, "keys")]),
        ("## NEXT\n- A\n- **BLOCKED:** B\n", [(NEXT, ""), (BLOCKED, "no reason in the document")]),
        ("## WAITING\n- A (since 2026-01-02): keys\n- B _(blocked on keys)_\n", [(BLOCKED, "keys"), (BLOCKED, "keys")]),
        ("## NEXT\n1. A\n- why it matters\n2. B\n- DoD: x\n", [(NEXT, "")] * 2),
        ("## NEXT\n1. Scope: A\n2. Status: B\n", [(NEXT, "")] * 2),
        ("## WIP\n- (none) — waiting for keys\n## NEXT\n_nothing_\n## DONE\nNo open items\n", []),
        ("## En cours\nRien\n## À faire\n- [ ] A\n## Fait\n- [x] B\n", [(NEXT, ""), (DONE, "")]),
        ("## In Bearbeitung\nnichts\n## Zu tun\n- A\n## Fertig\n- B\n", [(NEXT, ""), (DONE, "")]),
        ("## En progreso\n(nada)\n## Próximo\n1. A\n## Completado\n- B\n", [(NEXT, ""), (DONE, "")]),
        ("## Τίποτα\n## Σε αναμονή\n- A — περιμένει κλειδιά\n", [(BLOCKED, "περιμένει κλειδιά")]),
        ("## WIP\n**A**\n\n#### DoD\n- [ ] x\n\n#### Status\nhalf\n", [(WIP, "")]),
        ("## NEXT\n### 1) A\n### DoD\n- y\n", [(NEXT, "")]),
        ("## WIP\n- A\n- Owner: Maria\n- Branch: `x`\n## NEXT\n### B\n- Owner: Bob\n", [(WIP, ""), (NEXT, "")]),
        ("## WIP: A\n- DoD: x\n- Owner: Maria\n", []),
        ("## <a name='w'></a>WIP {#w}\n- A\n", [(WIP, "")]),
    ],
)  # fmt: skip
def test_where_things_stand_and_why(text: str, found: list[tuple[Lane, str]]) -> None:
    reading = read(text, NOW)
    told = [(item.lane, item.blocked.reason if item.blocked else "") for item in reading.board.items]
    assert told == found
    assert all(item.title in ("A", "B", "Scope: A", "Status: B") for item in reading.board.items)
    assert missing(text, reading) == []


@pytest.mark.parametrize(
    "day", ["2026-01-20", "2026/01/20", "20.01.2026", "20.1.2026", "20/01/2026", "Jan 20, 2026", "20 Jan 2026"]
)
def test_a_day_in_many_forms_is_read_and_its_form_is_kept(day: str) -> None:
    lanes = f"## WIP\n- A (started: {day})\n## DONE\n- Login ({day}) - PR #1 ✅\n- {day}: Search\n"
    text = f"# B\n\n**Last Updated**: {day}\n\n{lanes}"
    reading = read(text, NOW)
    assert reading.updated == datetime(2026, 1, 20, 12, tzinfo=UTC)
    assert {item.finished or item.started for item in reading.board.items} == {reading.updated}
    assert missing(text, reading) == []
    after = render(reading.board, text, datetime(2026, 2, 21, 9, tzinfo=UTC))
    line = after.splitlines()[2]
    assert [part for part in ("21", "2026") if part not in line] == []
    assert len(line) in (len(text.splitlines()[2]), len(text.splitlines()[2]) + 1)
    assert after.splitlines()[3:] == text.splitlines()[3:]


@pytest.mark.parametrize("day", ["03/04/2026", "Jan 20", "1/20", "31.02.2026", "v1.2.2026.4"])
def test_a_day_that_could_be_two_is_none(day: str) -> None:
    (item,) = read(f"## DONE\n- Login ({day})\n", NOW).board.items
    assert (item.finished, item.title) == (None, f"Login ({day})")


def test_a_link_in_a_title_is_its_words_and_one_of_the_item_s_links() -> None:
    (item,) = read("## DONE\n- *[Login](https://x.example/12)*\n", NOW).board.items
    assert (item.title, item.links) == ("Login", ("https://x.example/12",))


def test_words_behind_a_lane_s_name_and_markup_are_kept() -> None:
    text = "## NEXT: A, B\n<!-- max 3 -->\n<details>\n<summary>more</summary>\n\n1. C\n\n</details>\n"
    reading = read(text, NOW)
    assert [item.title for item in reading.board.next] == ["C"]
    assert [(doubt.line, doubt.why.split(";")[0]) for doubt in reading.doubts] == [
        (1, "only the lane was read from this heading")
    ]
    assert missing(text, reading) == []
