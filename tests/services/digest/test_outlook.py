"""The digest at a glance: the next one, the last one, and why a day had none."""

from datetime import date, time, timedelta

from sqlalchemy import delete

from bot.services.digest import content, schedule
from bot.services.digest.outlook import Missed, outlook
from bot.store import tables
from bot.store.database import Database
from tests.services.stage import CHANNEL, NOW, add, ask

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_a_channel_without_a_board_has_none(db: Database) -> None:
    assert outlook(db, CHANNEL, NOW) is None


def test_before_the_first_digest_there_is_nothing_to_account_for(db: Database) -> None:
    add(db, "Payments")
    schedule.set_time(db, ask(), time(9))
    found = outlook(db, CHANNEL, NOW)
    assert found is not None
    assert (found.due, found.last, found.missed) == (NOW + DAY, None, ())


def test_each_day_of_the_week_without_a_digest_says_why(db: Database) -> None:
    add(db, "Payments")
    early = ask(at=NOW - HOUR)
    schedule.set_time(db, early, time(9))
    schedule.set_days_off(db, early, frozenset({date(2026, 3, 5)}))
    schedule.claim_due(db, CHANNEL, NOW)
    schedule.claim_due(db, CHANNEL, NOW + DAY + 5 * HOUR + timedelta(minutes=5))
    schedule.claim_due(db, CHANNEL, NOW + 4 * DAY + HOUR)  # down over Wednesday
    schedule.claim_due(db, CHANNEL, NOW + 4 * DAY + HOUR)
    found = outlook(db, CHANNEL, NOW + 6 * DAY)
    assert found is not None
    assert found.due == NOW + 7 * DAY
    assert found.last is not None
    assert found.last.day == date(2026, 3, 6)
    assert found.missed == (
        Missed(date(2026, 3, 8), "Sunday"),
        Missed(date(2026, 3, 7), "Saturday"),
        Missed(date(2026, 3, 5), "a day off"),
        Missed(date(2026, 3, 4), "due at 09:00 it was only seen 49 h 0 min late, and after four hours it is skipped"),
        Missed(date(2026, 3, 3), "due at 09:00 it was only seen 5 h 5 min late, and after four hours it is skipped"),
    )


def test_a_digest_that_could_not_be_posted_says_so(db: Database) -> None:
    add(db, "Payments")
    schedule.set_time(db, ask(at=NOW - HOUR), time(9))
    schedule.claim_due(db, CHANNEL, NOW)
    claim = content.read(db, CHANNEL, NOW, NOW.date()).claim
    assert claim is not None
    content.skip(db, claim)
    found = outlook(db, CHANNEL, NOW + HOUR)
    assert found is not None
    assert found.missed == (
        Missed(date(2026, 3, 2), "due at 09:00 it could not be posted, and after four hours it is skipped"),
    )


def test_a_day_on_which_nothing_ran_at_all_says_so(db: Database) -> None:
    add(db, "Payments")
    schedule.set_time(db, ask(at=NOW - HOUR), time(9))
    schedule.claim_due(db, CHANNEL, NOW)
    found = outlook(db, CHANNEL, NOW + DAY + HOUR)  # no heartbeat since
    assert found is not None
    assert found.missed == (
        Missed(date(2026, 3, 3), "the bot was not running, or the digest was not set up for that day"),
    )


def test_days_that_were_overtaken_when_the_clock_was_ahead_say_so(db: Database) -> None:
    add(db, "Payments")
    schedule.set_time(db, ask(at=NOW - HOUR), time(9))
    schedule.claim_due(db, CHANNEL, NOW)
    schedule.claim_due(db, CHANNEL, NOW + DAY)
    schedule.claim_due(db, CHANNEL, NOW + 2 * DAY)
    with db.begin() as tx:
        tx.execute(delete(tables.digests).where(tables.digests.c.day == date(2026, 3, 3)))
    found = outlook(db, CHANNEL, NOW + DAY + HOUR)
    assert found is not None
    assert found.missed == (
        Missed(date(2026, 3, 3), "the clock was ahead, and the digest of 2026-03-04 is posted already"),
    )
