"""Asking for a status note: claimed half an hour before the digest, once, and only when there is something to ask."""

from datetime import datetime, time, timedelta

import pytest

from bot.services.board import items, moves
from bot.services.digest import nudges, schedule
from bot.store.database import Database
from tests.people import ALICE, BOB
from tests.services.stage import CHANNEL, NOW, add, ask, begin, owed

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY_EARLY = NOW - 2 * HOUR


@pytest.fixture
def board(db: Database) -> Database:
    """#1 is Alice's, in progress since Monday; the digest comes at half past nine. Tuesday is the day of the tests."""
    begin(db, "Payments", "Search")
    schedule.set_time(db, ask(at=NOW + 2 * HOUR), time(9, 30))
    return db


TUESDAY = NOW + DAY  # nine: half an hour before the digest


def beat(db: Database, *moments: datetime) -> None:
    for moment in moments:
        for channel in schedule.due(db, moment):
            schedule.claim_due(db, channel, moment)


def asked(db: Database) -> set[str]:
    return {what for what in owed(db) if what.startswith("nudge")}


def test_it_is_owed_half_an_hour_before_and_once(board: Database) -> None:
    beat(board, TUESDAY - MINUTE)
    assert asked(board) == set()
    beat(board, TUESDAY, TUESDAY + MINUTE, TUESDAY + 5 * MINUTE)
    assert asked(board) == {f"nudge {CHANNEL}/2026-03-03/{ALICE.id}"}
    found = nudges.read(board, CHANNEL, ALICE.id, TUESDAY)
    assert found is not None
    assert (found.item.number, found.owner, found.due) == (1, ALICE, TUESDAY + 30 * MINUTE)


def test_the_day_has_one_whatever_is_set_after_it(board: Database) -> None:
    beat(board, TUESDAY)
    with board.begin() as tx:
        tx.exec_driver_sql("DELETE FROM outbox")
    schedule.set_time(board, ask(at=TUESDAY + MINUTE), time(10))
    beat(board, TUESDAY + 30 * MINUTE)
    assert asked(board) == set()


def test_a_note_that_is_fresh_is_not_asked_for(board: Database) -> None:
    items.set_status(board, ask(at=TUESDAY - HOUR), None, "waiting for the keys")
    beat(board, TUESDAY)
    assert asked(board) == set()


def test_a_note_that_was_written_meanwhile_is_not_asked_for(board: Database) -> None:
    beat(board, TUESDAY)
    items.set_status(board, ask(at=TUESDAY), None, "waiting for the keys")
    assert nudges.read(board, CHANNEL, ALICE.id, TUESDAY + MINUTE) is None


def test_after_a_restart_it_is_late_and_after_the_digest_there_is_none(board: Database) -> None:
    beat(board, TUESDAY + 20 * MINUTE)
    assert asked(board) == {f"nudge {CHANNEL}/2026-03-03/{ALICE.id}"}
    beat(board, TUESDAY + DAY + 40 * MINUTE)
    assert asked(board) == {f"nudge {CHANNEL}/2026-03-03/{ALICE.id}"}
    assert (
        nudges.read(board, CHANNEL, ALICE.id, TUESDAY + DAY - 30 * MINUTE) is not None
    )  # Tuesday's digest was late too


def test_a_time_set_within_the_half_hour_has_none(db: Database) -> None:
    begin(db, "Payments")
    schedule.set_time(db, ask(at=TUESDAY + 10 * MINUTE), time(9, 30))
    beat(db, TUESDAY + 11 * MINUTE)
    assert asked(db) == set()


def test_nobody_is_asked_about_nothing(db: Database) -> None:
    add(db, "Payments")
    schedule.set_time(db, ask(), time(9, 30))
    beat(db, TUESDAY)
    assert asked(db) == set()
    moves.start(db, ask(BOB), 1)
    items.assign(db, ask(BOB), 1, None)
    beat(db, TUESDAY + DAY)
    assert asked(db) == set()
    assert nudges.read(db, "C0NOWHERE", ALICE.id, TUESDAY) is None


def test_who_snoozes_is_left_in_peace_for_a_week_and_who_stops_until_they_say_otherwise(board: Database) -> None:
    def is_asked(at: datetime) -> bool:
        schedule.claim_due(board, CHANNEL, at)
        return nudges.read(board, CHANNEL, ALICE.id, at) is not None

    assert is_asked(TUESDAY)
    assert nudges.snooze(board, ask(at=TUESDAY), ALICE) == TUESDAY + 7 * DAY
    assert not is_asked(TUESDAY)
    assert not is_asked(TUESDAY + 6 * DAY)
    assert is_asked(TUESDAY + 7 * DAY)
    nudges.stop(board, ask(), ALICE)
    assert not is_asked(TUESDAY + 70 * DAY)
    nudges.resume(board, ask(), ALICE)
    assert is_asked(TUESDAY + 77 * DAY)
