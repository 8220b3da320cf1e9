"""A board as CSV: every item once, every word whole, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.core.people import Person
from bot.documents import spreadsheet

NOW = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
MARIA = Person("U1", "Μαρία")
ONE = Item(1, "Payments", NOW, Lane.WIP)


def read(text: str) -> list[dict[str, str]]:
    """The rows as a program reads them that knows of the mark at the beginning."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def row(item: Item, board: Board | None = None) -> dict[str, str]:
    [told] = read(spreadsheet.render(replace(board or Board(), items=(item,))))
    return told


def test_everything_that_is_known_of_an_item_stands_in_its_row() -> None:
    states = (CriterionState.MET, CriterionState.OPEN, CriterionState.WAIVED)
    item = replace(
        ONE,
        lane=Lane.DONE,
        scope='Cards,\nand "Viva"; only in EUR',
        owner=MARIA,
        dod=tuple(Criterion(f"/{k} answers 200", state, "PR #5" * k) for k, state in enumerate(states)),
        estimate="2 days",
        priority="high",
        status=Note("nearly", MARIA, NOW),
        links=("https://one.test", "https://two.test"),
        started=NOW,
        finished=NOW,
        finished_by=MARIA,
        result="140 tests",
        outcome=Outcome.CLOSED,
        notes="PR #7",
    )
    assert row(item, Board(zone=ZoneInfo("Europe/Athens"))) == {
        "number": "1",
        "lane": "DONE",
        "title": "Payments",
        "scope": 'Cards,\nand "Viva"; only in EUR',
        "owner": "Μαρία",
        "dod_met": "1",
        "dod_waived": "1",
        "dod_total": "3",
        "dod": "[x] /0 answers 200\n[ ] /1 answers 200 (PR #5)\n[waived] /2 answers 200 (PR #5PR #5)",
        "estimate": "2 days",
        "priority": "high",
        "status": "nearly",
        "created": "2026-03-03 00:30",  # in the board's zone it is tomorrow already
        "started": "2026-03-03 00:30",
        "finished": "2026-03-03 00:30",
        "finished_by": "Μαρία",
        "outcome": "CLOSED",
        "result": "140 tests",
        "blocked_reason": "",
        "blocked_since": "",
        "back_on": "",
        "links": "https://one.test\nhttps://two.test",
        "notes": "PR #7",
    }


def test_why_an_item_is_blocked_stands_in_its_row() -> None:
    told = row(replace(ONE, lane=Lane.BLOCKED, blocked=Block("Stripe keys", NOW, date(2026, 3, 9))))
    assert (told["blocked_reason"], told["blocked_since"], told["back_on"]) == (
        "Stripe keys",
        "2026-03-02 22:30",
        "2026-03-09",
    )


def test_items_stand_lane_by_lane_in_their_order_and_dropped_ones_do_not() -> None:
    lanes = [Lane.DROPPED, Lane.DONE, Lane.LATER, Lane.BLOCKED, Lane.NEXT, Lane.NEXT, Lane.WIP]
    items = [replace(ONE, number=k, lane=lane, position=-k) for k, lane in enumerate(lanes)]
    rows = read(spreadsheet.render(Board(tuple(items))))
    assert [f"{one['lane']} {one['number']}" for one in rows] == [
        "WIP 6", "NEXT 5", "NEXT 4", "LATER 2", "BLOCKED 3", "DONE 1",
    ]  # fmt: skip


def test_an_empty_board_has_its_columns() -> None:
    assert spreadsheet.render(Board()) == "\ufeff" + ",".join(spreadsheet.COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "title",
    [
        '=HYPERLINK("http://evil.test","x")',
        "+1",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "＝1",
    ],
)
def test_no_cell_is_a_formula(title: str) -> None:
    item = replace(ONE, title=title, owner=Person("U1", title), status=Note(title), blocked=Block(title, NOW))
    told = row(item)
    assert {told[name] for name in ("title", "owner", "status", "blocked_reason")} == {f"'{title}"}


@pytest.mark.parametrize("title", ["Fix the = sign", "A-B test", "#12", "'quoted'", "1 = 1"])
def test_other_words_stay_as_they_are(title: str) -> None:
    assert row(replace(ONE, title=title))["title"] == title


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_people_write_comes_back(words: str) -> None:
    told = row(replace(ONE, title=words, notes=words))
    assert told["notes"] in (words, f"'{words}")
    assert told["title"].lstrip()[:1] not in tuple("=+-@")
