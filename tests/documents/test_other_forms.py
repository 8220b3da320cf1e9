"""Forms that the samples do not have: days in front, columns in any order, other languages, a sprint over the lanes."""

import pytest

from bot.core.board import Lane
from bot.documents.next7d import read
from tests.documents.accounting import missing
from tests.documents.samples_of import NOW


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
