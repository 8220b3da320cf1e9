"""The history in rows: what happened, when, and what it changed."""

from datetime import timedelta
from typing import Any

from bot.core.board.history import Event
from bot.core.board.undo import difference
from bot.store.board import boards, events
from bot.store.database import Database
from tests.core.boards import board, changed
from tests.people import ALICE, BOB
from tests.store.stage import CHANNEL, NOW

HERE = board(wip=[1], next=[2, 3])


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
                events.append(tx, record.id, event, {}, {})
        assert list(events.since(tx, record.id, None)) == story
        assert list(events.since(tx, record.id, NOW - timedelta(hours=2))) == story[1:]
        assert list(events.since(tx, record.id, NOW)) == []


def test_what_last_moved_is_an_item_s_own_or_the_board_s_and_no_setting(db: Database) -> None:
    hours_ago = {k: NOW - timedelta(hours=k) for k in range(9)}
    story = [
        Event(1, "import", None, None, hours_ago[8]),
        Event(2, "edit", 1, ALICE, hours_ago[6]),
        Event(3, "park", 2, ALICE, hours_ago[4]),
        Event(4, "dates", None, None, hours_ago[3]),
        Event(5, "settings", None, ALICE, hours_ago[2]),
        Event(6, "undo", None, ALICE, hours_ago[1], "5"),
    ]
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        assert events.last_moved(tx, record.id, None) is None
        for event in story:
            events.append(tx, record.id, event, {}, {})
        moved = [events.last_moved(tx, record.id, number) for number in (1, 2, 3, None)]
    assert moved == [hours_ago[6], hours_ago[4], None, hours_ago[4]]


def test_the_steps_of_a_change_come_with_what_they_changed(db: Database) -> None:
    was, became = difference(HERE, changed(HERE, 2, title="Τίτλος 🚀"))
    story = [
        (Event(1, "add", 1, None, NOW), {}),
        (Event(2, "edit", 2, BOB, NOW), was),
        (Event(2, "start", 3, BOB, NOW), {}),
    ]
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        for event, before in story:
            events.append(tx, record.id, event, before, became)
        edited, started = events.steps(tx, record.id, 2)
        assert events.steps(tx, record.id, 99) == ()
    assert (edited.event, edited.items) == (story[1][0], {2: {"title": "Item 2"}})
    assert (started.event, started.items) == (story[2][0], {})


def test_what_was_changed_beside_the_items_is_kept_apart_from_them(db: Database) -> None:
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        events.append(tx, record.id, Event(1, "import", None, None, NOW), {"1": None, "document": "# Ω"}, {})
        (step,) = events.steps(tx, record.id, 1)
    assert step.items == {1: None}
    assert step.before["document"] == "# Ω"


def test_the_events_of_an_item_are_its_own_and_those_that_did_more_than_shift_it(db: Database) -> None:
    story: list[tuple[Event, dict[str, Any]]] = [
        (Event(1, "import", None, None, NOW), {"1": {"title": "a"}, "2": {"title": "b"}}),
        (Event(2, "start", 1, ALICE, NOW), {"1": {"lane": "wip"}, "2": {"position": 1}}),
        (Event(3, "undo", None, ALICE, NOW, "2"), {"1": {"lane": "next"}, "2": {"position": 2}}),
        (Event(4, "settings", None, ALICE, NOW, "zone UTC"), {"plan": {}}),
        (Event(5, "edit", 12, ALICE, NOW), {"12": {"title": "c"}}),
    ]
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        for event, became in story:
            events.append(tx, record.id, event, {}, became)

        def changes(number: int | None) -> list[int]:
            return [event.change for event in events.of_item(tx, record.id, number)]

        assert changes(None) == [5, 4, 3, 2, 1]
        assert changes(1) == [3, 2, 1]
        assert changes(2) == [1]
        assert changes(12) == [5]
        assert changes(3) == []
