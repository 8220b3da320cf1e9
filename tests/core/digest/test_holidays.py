"""Public holidays, and how people write whose."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.digest.holidays import holiday, read_place, say_place
from bot.core.digest.schedule import (
    NO_PAST,
    Past,
    Plan,
    as_plain,
    from_plain,
    is_last_of_week,
    is_workday,
    next_due,
    say,
    why_off,
    working_time,
)
from bot.errors import BadInput

ATHENS = Plan(time(9), zone="Europe/Athens", holidays="GR", off=frozenset({date(2026, 12, 24)}))


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("GR", "GR", "Greece"),
        ("gr", "GR", "Greece"),
        (" Greece ", "GR", "Greece"),
        ("GRC", "GR", "Greece"),
        ("uk", "GB", "United Kingdom"),
        ("united kingdom", "GB", "United Kingdom"),
        ("DE-BY", "DE-BY", "Germany (BY)"),
        ("de by", "DE-BY", "Germany (BY)"),
        ("Germany, Bayern", "DE-BY", "Germany (BY)"),
        ("US-CA", "US-CA", "United States (CA)"),
        ("", "", ""),
        ("none", "", ""),
        ("OFF", "", ""),
    ],
)
def test_a_place_is_read_and_said(text: str, place: str, told: str) -> None:
    assert read_place(text) == place
    assert say_place(place) == told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Grece", "Grece is not a country whose holidays I know. Did you mean Greece?"),
        ("Narnia", "Narnia is not a country whose holidays I know."),
        ("DE-XX", "XX is no part of Germany that I know holidays of. It has: BB, BE, BW, BY,"),
        ("GR-I", "I is no part of Greece that I know holidays of. It has: none."),
        ("<!channel>", "<!channel> is not a country whose holidays I know."),
        ("🚀", "🚀 is not a country whose holidays I know."),
        ("-", "- is not a country whose holidays I know."),
    ],
)
def test_what_is_no_place_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_place(text)
    assert str(caught.value).startswith(words)
    assert caught.value.field == "holidays"


def test_holidays_are_a_country_s_and_its_part_s_own() -> None:
    assert holiday("GR", date(2026, 3, 25)) == "Independence Day"
    assert holiday("GR", date(2026, 3, 24)) == ""
    assert holiday("DE", date(2026, 3, 25)) == ""
    assert holiday("DE", date(2026, 6, 4)) == ""  # Corpus Christi is one in Bavaria
    assert holiday("DE-BY", date(2026, 6, 4)) == "Corpus Christi"
    assert holiday("", date(2026, 12, 25)) == ""


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 24), ""),
        (date(2026, 3, 25), "Independence Day, Greece"),
        (date(2026, 3, 28), "Saturday"),
        (date(2026, 12, 24), "a day off"),
        (date(2026, 12, 25), "Christmas Day, Greece"),
    ],
)
def test_a_day_off_says_why(day: date, why: str) -> None:
    assert why_off(ATHENS, day) == why
    assert is_workday(ATHENS, day) == (not why)


def test_the_next_digest_passes_over_holidays_days_off_and_weekends() -> None:
    wednesday = datetime(2026, 12, 23, 9, 0, tzinfo=ZoneInfo("Europe/Athens"))
    assert next_due(ATHENS, wednesday) == datetime(2026, 12, 28, 9, 0, tzinfo=ZoneInfo("Europe/Athens"))


def test_a_day_that_had_its_digest_has_no_second_one() -> None:
    morning = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Europe/Athens"))
    assert next_due(ATHENS, morning) == morning + timedelta(hours=1)
    assert next_due(ATHENS, morning, Past(frozenset({date(2026, 3, 2)}))) == morning + timedelta(days=1, hours=1)
    tuesdays = NO_PAST.after(date(2026, 3, 3), is_posted=True)
    assert next_due(ATHENS, morning, tuesdays) == morning + timedelta(days=2, hours=1)


def test_a_plan_whose_every_day_is_off_ends_the_search() -> None:
    monday = date(2026, 3, 2)
    off = frozenset(monday + timedelta(weeks=k) for k in range(200))
    assert next_due(Plan(time(9), frozenset({0}), off=off), datetime(2026, 3, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("day", "is_last"),
    [
        (date(2026, 3, 26), False),
        (date(2026, 3, 27), True),
        (date(2026, 4, 8), False),
        (date(2026, 4, 9), True),  # Friday is Good Friday
        (date(2026, 4, 12), True),  # a Sunday
        (date(2026, 12, 23), True),
    ],
)
def test_the_last_workday_of_a_week(day: date, is_last: bool) -> None:
    assert is_last_of_week(ATHENS, day) == is_last


@pytest.mark.parametrize(
    ("then", "now", "hours"),
    [
        ("2026-03-02T09:00", "2026-03-02T11:00", 2),
        ("2026-03-02T09:00", "2026-03-03T09:00", 24),
        ("2026-02-27T17:00", "2026-03-02T09:00", 16),  # over a weekend
        ("2026-02-28T12:00", "2026-03-02T09:00", 21),  # written on a day off
        ("2026-04-09T17:00", "2026-04-14T09:00", 16),  # over Easter
        ("2026-03-27T09:00", "2026-03-30T09:00", 23),  # clocks went forward on Sunday
    ],
)
def test_time_is_counted_without_whole_days_off(then: str, now: str, hours: int) -> None:
    zone = ZoneInfo("Europe/Athens")
    start, end = (datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC) for text in (then, now))
    assert working_time(ATHENS, start, end) == timedelta(hours=hours)


def test_a_plan_is_plain_data_and_back_and_old_data_has_no_holidays() -> None:
    full = Plan(time(9, 5), frozenset({0, 6}), "Asia/Kathmandu", "DE-BY", frozenset({date(2026, 12, 24)}), weekly=True)
    for plan in (Plan(), ATHENS, full):
        assert from_plain(as_plain(plan)) == plan
    assert from_plain({"at": "09:00:00", "days": [0], "zone": "UTC"}) == Plan(time(9), frozenset({0}))


def test_a_plan_is_said_in_a_few_words() -> None:
    assert say(ATHENS) == (
        "digest at 09:00, Mon–Fri, zone Europe/Athens, not on holidays of Greece, not on 24 Dec 2026"
    )
    assert say(Plan(weekly=True)) == "no digest, zone UTC, with the week on its last workday"
