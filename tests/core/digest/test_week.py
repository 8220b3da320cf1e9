"""The week: what was finished, what came back, what lay still, and how often production was green."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.board.history import Event
from bot.core.digest.schedule import Plan
from bot.core.digest.week import Week, look_back, uptime
from tests.core.boards import NOW, board
from tests.people import BOB

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = NOW + 4 * DAY
SINCE = FRIDAY - 7 * DAY


def event(verb: str, ago: timedelta, number: int | None = 1, note: str = "", change: int = 1) -> Event:
    return Event(change, verb, number, BOB, FRIDAY - ago, note)


def week(*events: Event) -> Week:
    return look_back(board(wip=[1], blocked=[6, 7], done=[2, 3, 4]), events, Plan(), SINCE, FRIDAY)


def test_what_was_finished_and_still_is() -> None:
    found = week(
        event("finish", DAY, 2), event("finish", 2 * DAY, 3), event("finish", 8 * DAY, 4), event("finish", DAY, 9)
    )
    assert [item.number for item in found.finished] == [2, 3]


def test_what_was_undone_never_happened() -> None:
    undone = event("finish", DAY, 2, change=5)
    found = week(undone, event("undo", DAY - HOUR, None, "5", change=6))
    assert found.finished == ()
    assert sum(day.finished for day in found.days) == 0


def test_what_was_reopened_and_waived_is_counted_once_each() -> None:
    found = week(
        event("reopen", DAY, 4),
        event("reopen", HOUR, 4),
        event("waive", DAY),
        event("waive", HOUR),
        event("waive", 9 * DAY),
    )
    assert (found.reopened, found.waived) == ((4,), 2)


def test_the_oldest_blocked_item_is_the_one_that_waits_longest() -> None:
    oldest = week().oldest_blocked
    assert oldest is not None
    assert oldest.number == 6


@pytest.mark.parametrize(
    ("agos", "days"),
    [
        ([], 5),  # from Friday to Friday, without the weekend
        ([6.9, 4, 3.2, 2.4, 1.6, 0.8], None),
        ([6.5, 3.5, 3.4, 1], 2.4),
        ([2], 3),
    ],
)
def test_the_longest_time_in_which_nothing_moved_leaves_days_off_out(agos: list[float], days: float | None) -> None:
    idle = week(*(event("tick", ago * DAY, note="1") for ago in agos)).idle
    assert (idle.took / DAY if idle else None) == (pytest.approx(days) if days else None)


@pytest.mark.parametrize(
    ("began", "agos", "days"),
    [
        (9, [], 5),  # the board is older than the week
        (3, [], 3),
        (3, [2.5], 2.5),
        (0.5, [], None),
    ],
)
def test_nothing_lay_still_before_there_was_a_board(began: float, agos: list[float], days: float | None) -> None:
    happened = [event("tick", ago * DAY, note="1") for ago in agos]
    found = look_back(board(wip=[1]), happened, Plan(), SINCE, FRIDAY, began=FRIDAY - began * DAY)
    assert (found.idle.took / DAY if found.idle else None) == days
    assert found.days[0].on == max(SINCE, FRIDAY - began * DAY).date()


def test_settings_move_nothing() -> None:
    idle = week(event("settings", 3 * DAY, None)).idle
    assert idle is not None
    assert idle.took == 5 * DAY


def test_the_chart_has_every_workday_and_days_off_on_which_something_was_done() -> None:
    saturday = timedelta(days=6)
    found = week(
        event("tick", saturday, note="2"),
        event("finish", DAY, 2),
        event("tick", DAY, note="1"),
        event("untick", DAY, note="-1"),
    )
    told = [(f"{day.on:%a}", day.finished, day.ticked) for day in found.days]
    assert told == [
        ("Fri", 0, 0), ("Sat", 0, 2), ("Mon", 0, 0), ("Tue", 0, 0), ("Wed", 0, 0), ("Thu", 1, 0), ("Fri", 0, 0)
    ]  # fmt: skip


def test_up_time_is_never_rounded_up_to_a_hundred() -> None:
    found = uptime({"Shop": (9_999, 1), "Search": (10_000, 0)})
    assert (found.percent, found.lowest, found.lowest_percent) == (99.9, "Shop", 99.9)
    assert uptime({"Shop": (10, 0)}).percent == 100


def test_facts_that_nobody_knows_of_have_no_up_time() -> None:
    nothing = uptime({"Shop": (0, 0)})
    assert (nothing.known, nothing.lowest) == (0, "")
    assert look_back(board(), (), Plan(), SINCE, FRIDAY, nothing).uptime is None
    assert look_back(board(), (), Plan(), SINCE, FRIDAY, replace(nothing, known=1)).uptime is not None
