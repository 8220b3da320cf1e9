"""The week in the digest of its last workday, read from the database."""

from datetime import datetime, time, timedelta

import pytest

from bot.core.digest.week import Week
from bot.core.production.readings import Health, Reading
from bot.facts.scripts.script import Script
from bot.services.board import items, moves
from bot.services.digest import content, schedule
from bot.services.production import runs
from bot.store.database import Database
from tests.people import BOB
from tests.services.stage import CHANNEL, NOW, ask, begin

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRIDAY = NOW + 4 * DAY


@pytest.fixture
def board(db: Database) -> Database:
    begin(db, "Payments", "Search")
    schedule.set_time(db, ask(at=NOW - HOUR), time(9))
    schedule.set_weekly(db, ask(at=NOW - HOUR), weekly=True)
    return db


def week(db: Database, at: datetime) -> Week | None:
    return content.read(db, CHANNEL, at).digest.week


def test_it_comes_on_the_last_workday_when_it_is_switched_on(board: Database) -> None:
    assert [k for k in range(5) if week(board, NOW + k * DAY)] == [4]
    schedule.set_days_off(board, ask(), frozenset({FRIDAY.date()}))
    assert week(board, NOW + 3 * DAY) is not None
    schedule.set_weekly(board, ask(), weekly=False)
    assert week(board, NOW + 3 * DAY) is None


def test_it_tells_what_was_done_since_the_last_digest_of_the_week_before(board: Database) -> None:
    schedule.claim_due(board, CHANNEL, NOW)
    moves.finish(board, ask(BOB, NOW + HOUR), 1, then=2)
    items.tick(board, ask(BOB, NOW + 2 * HOUR), 2, 1)
    found = week(board, FRIDAY)
    assert found is not None
    assert found.since == NOW  # there was no digest before Monday, and no board
    assert [item.number for item in found.finished] == [1]
    for k in (1, 2, 3, 4):
        schedule.claim_due(board, CHANNEL, NOW + k * DAY)
    moves.finish(board, ask(BOB, FRIDAY + HOUR), 2)
    later = week(board, FRIDAY + 7 * DAY)
    assert later is not None
    assert later.since == FRIDAY
    assert [item.number for item in later.finished] == [2]  # what was finished after Friday's digest is not lost


def test_a_week_begins_with_the_board(board: Database) -> None:
    found = week(board, FRIDAY)
    assert found is not None
    assert found.idle is not None
    assert found.since == found.idle.since == NOW  # when it was set up, and not a week ago


def test_up_time_counts_what_was_answered_and_not_what_nobody_knows(board: Database) -> None:
    def reading(name: str, health: Health, part_of: str = "") -> Reading:
        return Reading(name, "script", health, part_of=part_of)

    for k, health in enumerate((Health.GREEN, Health.GREEN, Health.RED, Health.UNKNOWN)):
        found = [reading("Script", health), reading("Shop", health, "Script"), reading("Search", Health.GREEN)]
        runs.keep_run(board, FRIDAY - k * HOUR, 5, found)
    runs.keep_run(board, FRIDAY - 8 * DAY, 5, [reading("Shop", Health.RED)])
    told = week(board, FRIDAY)
    assert told is not None
    assert told.uptime is not None
    assert (told.uptime.green, told.uptime.known) == (6, 7)
    assert (told.uptime.lowest, told.uptime.lowest_percent) == ("Shop", 66.6)


def test_up_time_is_of_the_board_s_own_facts_as_they_were_found(board: Database) -> None:
    def reading(name: str, health: Health, part_of: str = "") -> Reading:
        return Reading(name, "script", health, part_of=part_of)

    ours, theirs = (Script(name=name, kind="script", command=("true",)) for name in ("Shop", "Theirs"))
    listed = (ours, theirs.model_copy(update={"channels": ("C0OTHER",)}))
    for k, health in enumerate((Health.GREEN, Health.RED, Health.GREEN, Health.GREEN), 1):
        found = [reading("Shop", health), reading("Theirs", Health.RED)]
        runs.keep_run(board, FRIDAY - (9 - k) * HOUR, 5, found, listed)
    # A script that fails without a red line has something to say of its own.
    runs.keep_run(
        board, FRIDAY - HOUR, 5, [reading("Shop", Health.RED), reading("Search", Health.GREEN, "Shop")], listed
    )
    told = week(board, FRIDAY)
    assert told is not None
    assert told.uptime is not None
    assert (told.uptime.green, told.uptime.known) == (4, 6)  # the good look after red counts, believed or not
    assert told.uptime.lowest == "Shop"
