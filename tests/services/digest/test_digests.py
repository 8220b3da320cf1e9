"""The digest: planned, claimed once for each local day, late or skipped, and what it says."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.core.board.edits import Edit
from bot.core.board.model import Board
from bot.core.digest.schedule import WORKWEEK, Plan
from bot.core.people import Person
from bot.core.production.readings import Health, Reading
from bot.errors import BadInput
from bot.services.board import items, look, moves
from bot.services.digest import content, schedule
from bot.services.digest.schedule import Planned
from bot.services.production import runs
from bot.store import tables
from bot.store.database import Database
from tests.people import ALICE, BOB
from tests.services.stage import CHANNEL, NOW, add, ask, begin, everything, owed, story

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plan(db: Database, at: str = "09:00", zone: str = "UTC", now: datetime = NOW - HOUR) -> None:
    """Want a digest on workdays at this local time."""
    schedule.set_zone(db, ask(at=now), zone)
    schedule.set_time(db, ask(at=now), time.fromisoformat(at))


def claimed(db: Database) -> dict[str, str]:
    """What became of each day: posted or skipped."""
    with db.read() as tx:
        query = select(tables.digests).order_by(tables.digests.c.day)
        return {str(row.day): "skipped" if row.skipped else "posted" for row in tx.execute(query)}


def beat(db: Database, *moments: str) -> None:
    """A heartbeat at each of these moments: what is due is claimed."""
    for moment in moments:
        for channel in schedule.due(db, utc(moment)):
            schedule.claim_due(db, channel, utc(moment))


# Planning


def test_each_setting_changes_what_is_due_next_and_no_other_setting(db: Database) -> None:
    assert schedule.set_time(db, ask(), time(9)) == Planned(Plan(time(9)), utc("2026-03-03 09:00"))
    athens = Plan(time(9), zone="Europe/Athens")
    assert schedule.set_zone(db, ask(), "Europe/Athens") == Planned(athens, utc("2026-03-03 07:00"))
    fridays = Plan(time(9), frozenset({4}), "Europe/Athens")
    assert schedule.set_days(db, ask(), frozenset({4})) == Planned(fridays, utc("2026-03-06 07:00"))
    sight = look.look(db, CHANNEL, NOW)
    assert (sight.plan, sight.digest_due) == (fridays, utc("2026-03-06 07:00"))
    assert schedule.set_time(db, ask(), None).due is None
    assert look.look(db, CHANNEL, NOW).digest_due is None
    assert schedule.due(db, NOW + 1000 * DAY) == ()


def test_a_time_that_is_still_ahead_today_is_due_today(db: Database) -> None:
    assert schedule.set_time(db, ask(), time(9, 1)).due == utc("2026-03-02 09:01")


def test_a_setting_is_a_change_that_is_told_and_seen_in_the_board_s_message(db: Database) -> None:
    plan(db)
    schedule.set_zone(db, ask(), "Europe/Athens")
    schedule.set_days(db, ask(), frozenset({0, 2}))
    schedule.set_time(db, ask(), None)
    assert story(db) == [
        "1 settings digest at 09:00",
        "2 settings zone Europe/Athens",
        "3 settings digest Mon, Wed",
        "4 settings no digest",
    ]
    assert owed(db) == {f"board {CHANNEL}"}


def test_all_settings_are_one_change_that_says_what_differs(db: Database) -> None:
    add(db, "Payments")
    wanted = Plan(time(9), WORKWEEK, "Europe/Athens")
    assert schedule.set_all(db, ask(), wanted, (ALICE, BOB)) == Planned(wanted, utc("2026-03-03 07:00"))
    schedule.set_all(db, ask(), wanted, (BOB,))
    assert story(db)[1:] == [
        "2 settings digest at 09:00, Mon–Fri, zone Europe/Athens",
        "2 settings owners Alice, Bob",
        "3 settings owners Bob",
    ]
    sight = look.look(db, CHANNEL, NOW)
    assert (sight.plan, sight.owners) == (wanted, (BOB,))


@pytest.mark.parametrize(
    ("wanted", "owners", "field"), [(Plan(), (), "owners"), (Plan(days=frozenset()), (ALICE,), "days")]
)
def test_a_board_keeps_an_owner_and_a_weekday(
    db: Database, wanted: Plan, owners: tuple[Person, ...], field: str
) -> None:
    add(db, "Payments")
    before = everything(db)
    with pytest.raises(BadInput) as caught:
        schedule.set_all(db, ask(), wanted, owners)
    assert caught.value.field == field
    assert everything(db) == before


# Claiming


def test_nothing_is_claimed_before_its_time(db: Database) -> None:
    plan(db)
    beat(db, "2026-03-02 08:59:59")
    schedule.claim_due(db, CHANNEL, utc("2026-03-02 08:59:59"))
    assert claimed(db) == {}


@pytest.mark.parametrize(
    ("beats", "days"),
    [
        (["2026-03-02 09:00", "2026-03-02 09:00:05", "2026-03-02 23:59"], {"2026-03-02": "posted"}),
        (["2026-03-02 09:00:03", "2026-03-03 09:00:03"], {"2026-03-02": "posted", "2026-03-03": "posted"}),
        # a restart makes it late, until it is too late
        (["2026-03-02 12:59"], {"2026-03-02": "posted"}),
        (["2026-03-02 13:00"], {"2026-03-02": "posted"}),
        (["2026-03-02 13:00:01"], {"2026-03-02": "skipped"}),
        (["2026-03-02 13:01", "2026-03-03 09:00"], {"2026-03-02": "skipped", "2026-03-03": "posted"}),
        # down from Monday to Tuesday, and back just after Tuesday's
        (["2026-03-03 09:02", "2026-03-03 09:02:05"], {"2026-03-02": "skipped", "2026-03-03": "posted"}),
        # down for a month: one is noted, not thirty
        (["2026-04-01 20:00", "2026-04-01 20:00:05", "2026-04-01 20:00:10"], {"2026-03-02": "skipped"}),
        # a weekend has none
        (
            ["2026-03-02 09:00", "2026-03-07 09:00", "2026-03-08 09:00"],
            {"2026-03-02": "posted", "2026-03-03": "skipped"},
        ),
        # the clock goes back: the day is claimed already
        (["2026-03-02 09:00", "2026-03-02 08:00", "2026-03-02 09:00"], {"2026-03-02": "posted"}),
    ],
)
def test_every_local_day_is_claimed_once_or_noted_as_skipped(
    db: Database, beats: list[str], days: dict[str, str]
) -> None:
    plan(db)
    beat(db, *beats)
    assert claimed(db) == days
    posts = {f"digest {CHANNEL}/{day}" for day, became in days.items() if became == "posted"}
    assert {what for what in owed(db) if what.startswith("digest")} == posts


def test_the_day_is_the_board_s_own(db: Database) -> None:
    plan(db, "08:30", "Pacific/Auckland", now=utc("2026-03-01 18:00"))
    beat(db, "2026-03-01 19:30")
    assert claimed(db) == {"2026-03-02": "posted"}


def test_a_night_in_which_clocks_go_back_has_one_digest(db: Database) -> None:
    schedule.set_days(db, ask(), frozenset(range(7)))
    plan(db, "03:30", "Europe/Athens", now=utc("2026-10-24 12:00"))
    beat(db, "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 02:30")
    assert claimed(db) == {"2026-10-25": "posted"}


def test_a_time_that_is_moved_after_the_digest_gives_no_second_one_that_day(db: Database) -> None:
    plan(db)
    beat(db, "2026-03-02 09:00")
    schedule.set_time(db, ask(at=utc("2026-03-02 09:30")), time(10))
    beat(db, "2026-03-02 10:00")
    assert claimed(db) == {"2026-03-02": "posted"}
    assert look.look(db, CHANNEL, NOW).digest_due == utc("2026-03-03 10:00")


def test_a_digest_posted_out_of_turn_is_the_day_s_only_one(db: Database) -> None:
    plan(db)
    schedule.post_now(db, ask(at=utc("2026-03-02 08:10")))
    schedule.post_now(db, ask(at=utc("2026-03-02 08:20")))
    beat(db, "2026-03-02 09:00")
    assert claimed(db) == {"2026-03-02": "posted"}
    assert look.look(db, CHANNEL, NOW).digest_due == utc("2026-03-03 09:00")


def test_boards_are_due_each_on_their_own(db: Database) -> None:
    plan(db)
    schedule.set_time(db, ask(at=NOW - HOUR, channel="C0OTHER"), time(10))
    assert schedule.due(db, NOW) == (CHANNEL,)
    assert set(schedule.due(db, NOW + HOUR)) == {CHANNEL, "C0OTHER"}


# Reading


def test_a_channel_without_a_board_has_an_empty_digest(db: Database) -> None:
    reading = content.read(db, CHANNEL, NOW)
    assert (reading.digest.board, reading.digest.changes, reading.claim) == (Board(), (), None)


def test_a_claimed_digest_tells_what_changed_since_the_last_that_was_posted(db: Database) -> None:
    begin(db, "Payments", "Search")
    plan(db)
    beat(db, "2026-03-02 09:00")
    moves.finish(db, ask(BOB, NOW + 2 * HOUR), 1, then=2)
    beat(db, "2026-03-03 14:00")  # too late, so it is skipped
    beat(db, "2026-03-04 09:10")
    reading = content.read(db, CHANNEL, utc("2026-03-04 09:11"), date(2026, 3, 4))
    words = [change.words for change in reading.digest.changes]
    assert words == ["Bob finished #1 Payments", "Bob started #2 Search"]
    assert reading.digest.since == NOW
    assert reading.digest.late_by == timedelta(minutes=11)
    assert [item.number for item in reading.digest.done] == [1]
    assert reading.claim is not None
    assert (reading.claim.day, reading.claim.due) == (date(2026, 3, 4), utc("2026-03-04 09:00"))


def test_a_quiet_day_is_counted_from_when_something_last_moved(db: Database) -> None:
    begin(db, "Payments")
    plan(db)
    beat(db, "2026-03-02 09:00")
    items.edit(db, ask(at=NOW + HOUR), 1, Edit(estimate="2 days"))
    beat(db, "2026-03-03 09:00", "2026-03-04 09:00", "2026-03-05 09:00")
    digest = content.read(db, CHANNEL, utc("2026-03-06 09:00")).digest
    assert (digest.since, digest.unchanged, digest.still_since) == (utc("2026-03-05 09:00"), True, NOW + HOUR)


def test_the_first_digest_says_nothing_of_what_was_before(db: Database) -> None:
    begin(db, "Payments")
    plan(db)
    beat(db, "2026-03-02 09:00")
    digest = content.read(db, CHANNEL, NOW, MONDAY).digest
    assert (digest.changes, digest.since, digest.late_by) == ((), None, None)


def test_a_look_at_the_digest_claims_nothing_and_owes_nothing(db: Database) -> None:
    begin(db, "Payments")
    before = owed(db)
    reading = content.read(db, CHANNEL, NOW)
    assert reading.claim is None
    assert reading.digest.day == MONDAY
    assert claimed(db) == {}
    assert owed(db) == before


def test_a_look_shows_the_last_run_and_a_claimed_digest_its_own(db: Database) -> None:
    add(db, "Payments")
    plan(db)
    beat(db, "2026-03-02 09:00")
    green = [Reading("Shop", "http", Health.GREEN, "200")]
    first = runs.keep_run(db, NOW, 5, green)
    claim = content.read(db, CHANNEL, NOW, MONDAY).claim
    assert claim is not None
    unasked = content.read(db, CHANNEL, NOW, MONDAY).digest
    assert unasked.run is not None
    assert (unasked.run.readings, unasked.is_run_for_it) == (first.readings, False)  # production did not answer in time
    content.checked(db, claim, first)
    runs.keep_run(db, NOW + HOUR, 5, [replace(green[0], detail="200 again")])
    asked = content.read(db, CHANNEL, NOW, MONDAY).digest
    assert (asked.run, asked.is_run_for_it) == (first, True)
    seen = content.read(db, CHANNEL, NOW).digest.run
    assert seen is not None
    assert (seen.at, seen.readings[0].detail) == (NOW + HOUR, "200 again")


def test_what_was_finished_more_than_two_weeks_ago_is_not_in_it(db: Database) -> None:
    begin(db, "Payments")
    moves.finish(db, ask(), 1)
    assert [item.number for item in content.read(db, CHANNEL, NOW + 14 * DAY).digest.board.done] == [1]
    assert content.read(db, CHANNEL, NOW + 14 * DAY + HOUR).digest.board.done == ()
