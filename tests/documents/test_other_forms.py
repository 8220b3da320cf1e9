"""Forms that the samples do not have: days in front, columns in any order, other languages, a sprint over the lanes."""

import pytest

from bot.core.board.model import Lane
from bot.documents.next7d import read, render
from tests.documents.accounting import missing
from tests.documents.samples_of import NOW

WIP, NEXT, DONE = Lane.WIP, Lane.NEXT, Lane.DONE


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-20: Search",
        "**2026-02-20**: Search",
        "**2026-02-20:** Search",
        "**2026-02-20 — Search**",
        "[2026-02-20] Search",
        "Search - 2026-02-20",
        "Search ✅ 2026-02-20",
        "Search ✅ (2026-02-20)",
        "✅ Search (Closed: 2026-02-20)",
    ],
)
def test_the_day_of_a_done_item_wherever_it_stands(line: str) -> None:
    (item,) = read(f"## DONE\n- {line}\n", NOW).board.items
    assert (item.title, f"{item.finished:%Y-%m-%d}", item.result) == ("Search", "2026-02-20", "")


def test_a_table_s_columns_in_any_order() -> None:
    text = (
        "## WIP\n\n| # | Task | Owner | DoD | Started |\n|---|---|---|---|---|\n"
        "| 1 | Payments | Maria | /pay answers 201 | 2026-03-01 |\n\n"
        "## NEXT\n\n| Prio | Item | Estimate |\n|:--|:-:|--:|\n| P1 | Refunds \\| partial | 2d |\n\n"
        "## DONE\n\nTask | Date\n--- | ---\nLogin | 2026-02-20\nSearch | in spring\n"
    )
    reading = read(text, NOW)
    wip, upcoming, login, search = reading.board.items
    assert (wip.title, wip.dod[0].text, f"{wip.started:%d %b}") == ("Payments", "/pay answers 201", "01 Mar")
    assert (wip.notes, upcoming.notes) == ("Owner: Maria", "")
    assert (upcoming.title, upcoming.priority, upcoming.estimate) == ("Refunds | partial", "P1", "2d")
    assert (f"{login.finished:%d %b}", search.finished, search.notes) == ("20 Feb", None, "Date: in spring")
    assert missing(text, reading) == []


def test_a_row_with_more_cells_than_columns_loses_none() -> None:
    text = "## NEXT\n\n| Item | Estimate |\n|--|--|\n| Refunds | 2d | ask Maria | first |\n"
    (item,) = read(text, NOW).board.items
    assert (item.title, item.estimate, item.notes) == ("Refunds", "2d", "ask Maria\nfirst")


@pytest.mark.parametrize(
    ("wip", "started", "dod", "upcoming", "done", "updated"),
    [
        ("ΣΕ ΕΞΕΛΙΞΗ", "Έναρξη", "Ορισμός ολοκλήρωσης", "ΕΠΟΜΕΝΑ", "ΟΛΟΚΛΗΡΩΜΕΝΑ", "Τελευταία ενημέρωση"),
        ("In Arbeit", "Gestartet", "Fertig wenn", "Als Nächstes", "Erledigt", "Zuletzt aktualisiert"),
        ("En cours (1 seul)", "Commencé", "Critères d'acceptation", "À venir", "Terminé", "Dernière mise à jour"),
        ("En curso", "Inicio", "Criterios de aceptación", "Siguiente", "Hecho", "Última actualización"),
    ],
)
def test_other_languages(wip: str, started: str, dod: str, upcoming: str, done: str, updated: str) -> None:
    text = (
        f"# Plan\n\n**{updated}**: 2026-03-02\n\n## {wip}\n\n**Payments** ({started}: 2026-03-01)\n- **{dod}**:\n"
        f"  - /pay answers 201\n\n## {upcoming}\n\n1. Refunds\n\n## {done}\n\n- Login ✅\n"
    )
    reading = read(text, NOW)
    item = reading.board.wip
    assert item is not None
    assert (item.title, [each.text for each in item.dod], f"{item.started:%d %b}") == (
        "Payments",
        ["/pay answers 201"],
        "01 Mar",
    )
    assert [each.title for each in (*reading.board.next, *reading.board.lane(Lane.DONE))] == ["Refunds", "Login"]
    assert (f"{reading.updated:%d %b}", missing(text, reading), reading.doubts) == ("02 Mar", [], ())


def test_a_sprint_over_the_lanes_is_no_section_to_be_kept_whole() -> None:
    lanes = "### WIP\n- Payments\n### NEXT\n- Refunds\n### DONE\n- Login\n"
    look_back = "## Sprint 11\n### Done\n- Old\n### Next\n- New\n"
    board = read(f"# Team\n## Sprint 12\nGoal: ship\n{lanes}{look_back}## Backlog\n- Dark mode\n", NOW).board
    found = [(item.lane, item.title) for item in board.items]
    assert found == [
        (Lane.WIP, "Payments"), (Lane.NEXT, "Refunds"), (Lane.DONE, "Login"), (Lane.LATER, "Dark mode"),
    ]  # fmt: skip


def test_why_a_blocked_item_waits() -> None:
    text = "## BLOCKED\n- Shipping — waiting for DHL\n- Cards (needs keys)\n- Refunds\n## NEXT\n1. A (bloqué par B)\n"
    board = read(text, NOW).board
    told = [(item.title, item.blocked and item.blocked.reason) for item in board.lane(Lane.BLOCKED)]
    assert told == [
        ("Shipping", "waiting for DHL"), ("Cards", "needs keys"), ("Refunds", "no reason in the document"),
        ("A", "bloqué par B"),
    ]  # fmt: skip


def test_a_bare_dod_and_a_heading_with_nothing_under_it() -> None:
    reading = read("## WIP\n### Payments\n- DoD\n  - 201\n## NEXT\n### Refunds\n", NOW)
    (item,) = reading.board.items
    assert [each.text for each in item.dod] == ["201"]
    assert [(doubt.line, doubt.text) for doubt in reading.doubts] == [(6, "### Refunds")]


def doubted(text: str) -> list[tuple[int, str]]:
    return [(doubt.line, doubt.why.split(",")[0]) for doubt in read(text, NOW).doubts]


def test_what_is_folded_away_under_a_lane_s_name_is_of_that_lane() -> None:
    text = "## WIP\n- A\n\n<details>\n<summary>✅ Done</summary>\n\n- B\n- C\n\n</details>\n\n## NEXT\n- D\n"
    reading = read(text, NOW)
    assert [(item.title, item.lane) for item in reading.board.items] == [
        ("A", WIP),
        ("B", DONE),
        ("C", DONE),
        ("D", NEXT),
    ]
    assert doubted(text) == [(line, "it stands under WIP but is folded away as DONE") for line in (7, 8)]
    assert missing(text, reading) == []
    assert render(reading.board, text, NOW).endswith(text)


@pytest.mark.parametrize("label", ["**Notes**:", "**Evidence**", "Links:"])
def test_what_is_listed_under_a_label_is_no_item(label: str) -> None:
    text = f"## DONE\n- A ✅\n\n{label}\n- watch it\n- log\n"
    reading = read(text, NOW)
    assert [item.title for item in reading.board.items] == ["A"]
    assert [line for line, _ in doubted(text)] == [4, 5]
    assert missing(text, reading) == []


def test_a_dod_under_the_items_of_a_list_is_the_last_one_s() -> None:
    text = "## NEXT\n1. A\n2. B\n\n**DoD**:\n- x\n- y\n"
    reading = read(text, NOW)
    assert [(item.title, [c.text for c in item.dod]) for item in reading.board.next] == [("A", []), ("B", ["x", "y"])]
    assert missing(text, reading) == []
    between = "## NEXT\n1. A\n\nA remark.\n\n**DoD**:\n- x\n"  # whose it is, nobody knows
    assert [(item.title, item.dod) for item in read(between, NOW).board.next] == [("A", ())]
    assert missing(between, read(between, NOW)) == []


def test_a_label_right_under_the_criteria_is_no_criterion() -> None:
    text = "## WIP\n**A**\nDoD:\n- x\n- y\nStatus: half\n"
    wip = read(text, NOW).board.wip
    assert wip is not None
    assert ([c.text for c in wip.dod], wip.status and wip.status.text) == (["x", "y"], "half")


@pytest.mark.parametrize(
    "head", ["## Next steps we took", "### Performance (Backlog)", "## What's next?", "## Not done"]
)
def test_a_heading_that_only_sounds_like_a_lane_is_kept_and_reported(head: str) -> None:
    text = f"## WIP\n- A\n\n## Notes\n\n{head}\n- B\n"
    assert [item.title for item in read(text, NOW).board.items] == ["A"]
    assert doubted(text) == [(6, "it names no lane we know")]
    assert doubted(text.replace("- B", "Words.")) == []
    assert doubted("## WIP\n- A\n\n## Definition of Done\n- B\n") == []


@pytest.mark.parametrize("head", ["B (done)", "B — **DONE**", "B: merged."])
def test_an_item_that_says_it_is_done_stays_and_is_reported(head: str) -> None:
    text = f"## NEXT\n1. A\n2. {head}\n"
    assert [item.lane for item in read(text, NOW).board.items] == [NEXT, NEXT]
    assert doubted(text) == [(3, "it says that it is done but nothing ticks it")]


def test_a_pull_request_behind_a_title_without_a_day_is_its_result() -> None:
    for head, result in (("A - PR #7", "PR #7"), ("A — merged in PR #7 and #8", "merged in PR #7 and #8")):
        (item,) = read(f"## DONE\n- {head} ✅\n", NOW).board.items
        assert (item.title, item.result, item.links[0]) == ("A", result, "#7")
    (item,) = read("## DONE\n- Follow-up - PR #7 broke it ✅\n", NOW).board.items
    assert (item.title, item.result) == ("Follow-up - PR #7 broke it", "")


def test_wide_brackets_end_a_lane_s_name() -> None:
    assert [item.lane for item in read("## NEXT（最大3件）\n1. B\n\n## 進行中：今週\n- A\n", NOW).board.items] == [
        NEXT,
        WIP,
    ]
