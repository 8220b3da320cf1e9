"""When a digest is due, whatever clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest.schedule import WORKWEEK, Plan, next_due, slot_on
from tests.depth import tried

EVERY_DAY = frozenset(range(7))
ZONES = sorted(available_timezones())


# In UTC: the zone, the local time that is wanted, the moment after which, and the slot.
SLOTS = [
    # an ordinary day, before, at and after the slot
    ("Europe/Athens", "09:00", "2026-03-02 06:59", "2026-03-02 07:00"),
    ("Europe/Athens", "09:00", "2026-03-02 07:00", "2026-03-03 07:00"),
    ("Europe/Athens", "09:00", "2026-03-02 07:01", "2026-03-03 07:00"),
    # Athens skips 03:00-04:00 on March 29, and has it twice on October 25
    ("Europe/Athens", "03:30", "2026-03-28 12:00", "2026-03-29 01:30"),
    ("Europe/Athens", "09:00", "2026-03-29 00:00", "2026-03-29 06:00"),
    ("Europe/Athens", "03:30", "2026-10-24 12:00", "2026-10-25 00:30"),
    ("Europe/Athens", "03:30", "2026-10-25 00:30", "2026-10-26 01:30"),
    ("Europe/Athens", "03:30", "2026-10-25 01:00", "2026-10-26 01:30"),
    # New York skips 02:00-03:00 on March 8, and has 01:00-02:00 twice on November 1
    ("America/New_York", "02:30", "2026-03-08 00:00", "2026-03-08 07:30"),
    ("America/New_York", "01:30", "2026-11-01 00:00", "2026-11-01 05:30"),
    ("America/New_York", "01:30", "2026-11-01 05:30", "2026-11-02 06:30"),
    # Lord Howe moves by half an hour
    ("Australia/Lord_Howe", "02:15", "2026-10-03 00:00", "2026-10-03 15:45"),
    ("Australia/Lord_Howe", "01:45", "2026-04-04 00:00", "2026-04-04 14:45"),
    ("Australia/Lord_Howe", "01:45", "2026-04-04 14:45", "2026-04-05 15:15"),
    # Kathmandu is 45 minutes off the half hours
    ("Asia/Kathmandu", "09:00", "2026-03-02 00:00", "2026-03-02 03:15"),
    # a midnight that does not exist: Cairo on April 24, 2026; São Paulo on November 4, 2018
    ("Africa/Cairo", "00:00", "2026-04-23 12:00", "2026-04-23 22:00"),
    ("Africa/Cairo", "00:00", "2026-04-23 22:00", "2026-04-24 21:00"),
    ("America/Sao_Paulo", "00:00", "2018-11-03 12:00", "2018-11-04 03:00"),
    ("America/Sao_Paulo", "00:00", "2018-11-04 03:00", "2018-11-05 02:00"),
    # the last hour of a day that does not exist, and a whole day: Nuuk on March 28, 2026; Samoa on December 30, 2011
    ("America/Nuuk", "23:45", "2026-03-28 12:00", "2026-03-29 00:45"),
    ("America/Nuuk", "23:45", "2026-03-29 00:45", "2026-03-30 00:45"),
    ("Pacific/Apia", "09:00", "2011-12-29 19:00", "2011-12-30 19:00"),
    # the two edges of the world
    ("Pacific/Kiritimati", "09:00", "2026-03-01 18:59", "2026-03-01 19:00"),
    ("Pacific/Niue", "23:59", "2026-03-02 10:58", "2026-03-02 10:59"),
]


@pytest.mark.parametrize(("zone", "at", "after", "slot"), SLOTS)
def test_the_next_slot_is_strictly_after_a_moment_whatever_clocks_do(zone: str, at: str, after: str, slot: str) -> None:
    plan = Plan(time.fromisoformat(at), EVERY_DAY, zone)
    assert next_due(plan, _utc(after)) == _utc(slot)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "slot"),
    [("2026-03-06 08:00", "2026-03-06 09:00"), ("2026-03-06 09:00", "2026-03-09 09:00")],
)
def test_days_without_a_digest_are_passed_over(after: str, slot: str) -> None:
    assert next_due(Plan(time(9), WORKWEEK), _utc(after)) == _utc(slot)


@pytest.mark.parametrize("plan", [Plan(), Plan(None, EVERY_DAY), Plan(time(9), frozenset())])
def test_without_a_time_or_days_there_is_no_digest(plan: Plan) -> None:
    assert next_due(plan, _utc("2026-03-02 09:00")) is None


def test_a_weekday_is_the_zone_s_own() -> None:
    sunday_in_utc = _utc("2026-03-01 18:00")
    assert next_due(Plan(time(9), WORKWEEK, "Pacific/Kiritimati"), sunday_in_utc) == _utc("2026-03-01 19:00")


def test_a_day_that_has_no_digest_has_no_slot() -> None:
    assert slot_on(Plan(time(9), WORKWEEK), date(2026, 3, 1)) is None
    assert slot_on(Plan(time(9), WORKWEEK), date(2026, 3, 2)) == _utc("2026-03-02 09:00")


@settings(max_examples=tried(40, deep=1000, quick=10), deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    days=st.frozensets(st.sampled_from(range(7)), min_size=1),
    year=st.integers(2020, 2037),
)
def test_every_wanted_local_day_of_a_year_has_exactly_one_slot(
    zone: str, at: time, days: frozenset[int], year: int
) -> None:
    plan = Plan(at, days, zone)
    first, last = date(year, 1, 1), date(year, 12, 31)
    wanted = [first + timedelta(k) for k in range((last - first).days + 1)]
    wanted = [day for day in wanted if day.weekday() in days]
    slot = next_due(plan, datetime.combine(first, time(0), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1))
    found = []
    while slot is not None and (day := slot.astimezone(ZoneInfo(zone)).date()) <= last:
        found.append(day)
        slot = next_due(plan, slot)
    assert found == wanted
