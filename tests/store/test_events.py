"""The history in rows: what differs between two boards, and when it happened."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.board import Block, Board, Note
from bot.core.history import Event
from bot.store import boards, events
from bot.store.database import Database
from tests.core.boards import board, changed
from tests.people import ALICE, BOB
from tests.store.stage import CHANNEL, NOW

HERE = board(wip=[1], next=[2, 3])
SINCE = "2026-03-02T09:00:00+00:00"

DIFFERENCES = [
    (HERE, HERE, {}, {}),
    (HERE, changed(HERE, 2, title="Τίτλος 🚀"), {"2": {"title": "Item 2"}}, {"2": {"title": "Τίτλος 🚀"}}),
    (
        HERE,
        changed(changed(HERE, 2, position=2), 3, position=1),
        {"2": {"position": 1}, "3": {"position": 2}},
        {"2": {"position": 2}, "3": {"position": 1}},
    ),
    (
        HERE,
        changed(HERE, 2, blocked=Block("no keys", NOW), links=("a", "b"), status=Note("hm", BOB, NOW)),
        {"2": {"blocked": None, "links": [], "status": None}},
        {
            "2": {
                "blocked": {"reason": "no keys", "since": SINCE, "back_on": None},
                "links": ["a", "b"],
                "status": {"text": "hm", "by": {"id": "U0BOB", "name": "Bob"}, "at": SINCE},
            }
        },
    ),
]


@pytest.mark.parametrize(("before", "after", "was", "became"), DIFFERENCES)
def test_a_difference_names_the_fields_that_changed(
    before: Board, after: Board, was: dict[str, Any], became: dict[str, Any]
) -> None:
    assert events.difference(before, after) == (was, became)
    assert events.difference(after, before) == (became, was)


def test_a_new_item_was_nothing_before() -> None:
    was, became = events.difference(Board(), board(next=[1]))
    assert was == {"1": None}
    assert became["1"]["title"] == "Item 1"
    assert became["1"]["lane"] == "next"
    assert became["1"]["dod"][0]["state"] == "met"
    assert became["1"]["owner"] is None
    assert events.difference(board(next=[1]), Board()) == (became, was)


def test_events_come_back_in_the_order_they_were_written(db: Database) -> None:
    story = [
        Event(1, "add", 1, ALICE, NOW - timedelta(hours=2), ""),
        Event(2, "finish", 1, BOB, NOW - timedelta(hours=1), ""),
        Event(2, "start", 2, BOB, NOW - timedelta(hours=1), ""),
        Event(3, "import", None, None, NOW, "22 items & <!channel> Ω"),
    ]
    with db.begin() as tx:
        for channel in ("C0OTHER", CHANNEL):
            record = boards.open_board(tx, channel)
            for event in story:
                events.append(tx, record.id, event, HERE, HERE)
        assert list(events.since(tx, record.id, None)) == story
        assert list(events.since(tx, record.id, NOW - timedelta(hours=2))) == story[1:]
        assert list(events.since(tx, record.id, NOW)) == []
