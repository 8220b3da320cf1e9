"""Asking for a status note: when the last one is old, and nobody who is away."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.core.board.model import Note
from bot.core.digest.nudging import SNOOZE, Availability, Quiet, is_away, wanted
from bot.core.digest.schedule import Plan
from tests.core.boards import board, changed
from tests.people import BOB

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # nine in Athens
PLAN = Plan(time(9, 30), zone="Europe/Athens", holidays="GR")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("ago", "is_old"),
    [
        (None, True),
        (HOUR, False),
        (3 * DAY - HOUR, False),  # Friday at ten: less than a working day
        (3 * DAY, True),
        (9 * DAY, True),
    ],
)
def test_the_owner_is_asked_when_the_note_is_older_than_a_workday(ago: timedelta | None, is_old: bool) -> None:
    note = None if ago is None else Note("waiting", BOB, MONDAY - ago)
    on = changed(board(wip=[1]), 1, started=MONDAY - 9 * DAY, status=note)
    assert wanted(on, PLAN, MONDAY) == (on.in_progress if is_old else ())


def test_an_item_that_has_just_begun_needs_no_note() -> None:
    on = changed(board(wip=[1]), 1, started=MONDAY - HOUR, status=None)
    assert wanted(on, PLAN, MONDAY) == ()


def test_an_imported_note_of_an_unknown_day_is_old() -> None:
    on = changed(board(wip=[1]), 1, started=None, status=Note("waiting"))
    assert wanted(on, PLAN, MONDAY) == on.in_progress


def test_nobody_is_asked_about_nothing_and_about_what_nobody_owns() -> None:
    assert wanted(board(next=[1]), PLAN, MONDAY) == ()
    assert wanted(changed(board(wip=[1]), 1, owner=None, started=MONDAY - 9 * DAY), PLAN, MONDAY) == ()


@pytest.mark.parametrize(
    ("until", "holds"),
    [(None, True), (HOUR, True), (SNOOZE, True), (timedelta(), False), (-HOUR, False), (400 * DAY, False)],
)
def test_somebody_is_left_in_peace_until_then_and_no_longer_than_a_snooze(until: timedelta | None, holds: bool) -> None:
    """A snooze that ends later than one can was asked for under a clock that was ahead."""
    assert Quiet(None if until is None else MONDAY + until).holds(MONDAY) is holds


@pytest.mark.parametrize(
    "status",
    [
        {"status": "Vacationing", "emoji": ":palm_tree:"},
        {"status": "Out sick"},
        {"status": "OOO until Monday"},
        {"status": "back on Tuesday", "emoji": ":airplane:"},
        {"status": "Away", "status_until": MONDAY + HOUR},
        {"status": "Urlaub"},
        {"quiet_from": MONDAY - HOUR, "quiet_until": MONDAY + HOUR},
        {"quiet_from": MONDAY, "quiet_until": MONDAY + HOUR},
        {"zone": "Pacific/Honolulu"},  # it is still Sunday there
    ],
)
def test_who_is_away_is_left_in_peace(status: dict[str, Any]) -> None:
    assert is_away(Availability(**status), PLAN, MONDAY)


@pytest.mark.parametrize(
    "status",
    [
        {},
        {"status": "In a meeting", "emoji": ":spiral_calendar_pad:"},
        {"status": "Working remotely", "emoji": ":house_with_garden:"},
        {"status": "Chilly, still billing"},
        {"status": "Vacationing", "emoji": ":palm_tree:", "status_until": MONDAY},  # it ended just now
        {"quiet_from": MONDAY + HOUR, "quiet_until": MONDAY + 9 * HOUR},
        {"quiet_from": MONDAY - 9 * HOUR, "quiet_until": MONDAY},
        {"zone": "Pacific/Auckland"},
    ],
)
def test_who_is_there_is_asked(status: dict[str, Any]) -> None:
    assert not is_away(Availability(**status), PLAN, MONDAY)


def test_a_holiday_of_the_board_is_none_for_asking() -> None:
    assert is_away(Availability(), replace(PLAN, holidays="GR"), datetime(2026, 3, 25, 7, 0, tzinfo=UTC))
    assert not is_away(Availability(), replace(PLAN, holidays=""), datetime(2026, 3, 25, 7, 0, tzinfo=UTC))
