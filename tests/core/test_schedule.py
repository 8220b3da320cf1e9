"""When a digest is due, whatever clocks do; and how people write a time, a zone and weekdays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.schedule import WORKWEEK, Plan, next_due, read_days, read_time, read_zone, say_days, slot_on
from bot.errors import BadInput

EVERY_DAY = frozenset(range(7))
ZONES = sorted(available_timezones())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("09:00", time(9)),
        ("9:00", time(9)),
        ("9", time(9)),
        ("  17:05 ", time(17, 5)),
        ("0:00", time(0)),
        ("00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_time_is_read(text: str, found: time) -> None:
    assert read_time(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "24:00",
        "9:60",
        "9:5",
        "9:",
        ":30",
        "09:00:00",
        "9.30",
        "9am",
        "-9:00",
        "+9:00",
        "1_0:00",
        "09: 00",
        "٩:٠٠",
        "9" * 40,
        "9" * 5000,
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_time(text)
    said = text.strip() or "Nothing"
    assert str(caught.value) == (
        f"{said} is not a time of day. Write hours and minutes, for example `/board digest at 09:00`."
    )


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Athens", "Europe/Athens"),
        ("europe/athens", "Europe/Athens"),
        (" EUROPE/ATHENS ", "Europe/Athens"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
        ("asia/kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_zone_is_read_in_any_case(text: str, zone: str) -> None:
    assert read_zone(text) == zone


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Europe/Athen", "Europe/Athens"),
        ("Athens", "Europe/Athens"),
        ("europe/belrin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_zone_that_is_not_there_gets_the_nearest_name(text: str, near: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_zone(text)
    assert str(caught.value) == (
        f"{text} is not a time zone I know. Did you mean `{near}`? Zones look like `Europe/Athens`."
    )


@pytest.mark.parametrize("text", ["", "   "])
def test_no_zone_at_all_is_refused_without_a_guess(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_zone(text)
    assert str(caught.value) == "Nothing is not a time zone I know. Zones look like `Europe/Athens`."


@pytest.mark.parametrize("text", ["../../etc/passwd", "/etc/localtime", "<!channel>", "{0}", "🚀", "x" * 3000])
def test_odd_text_is_no_zone(text: str) -> None:
    with pytest.raises(BadInput, match="is not a time zone I know"):
        read_zone(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Mon–Fri", {0, 1, 2, 3, 4}),
        ("monday-friday", {0, 1, 2, 3, 4}),
        ("mon,wed,fri", {0, 2, 4}),
        ("Mon, Wed, Fri", {0, 2, 4}),
        ("tues thurs", {1, 3}),
        ("sun", {6}),
        ("sat-mon", {5, 6, 0}),
        ("mon-tue,sun", {0, 1, 6}),
        ("mon-mon", {0}),
        ("mon,mon", {0}),
        ("daily", set(EVERY_DAY)),
        ("every day", set(EVERY_DAY)),
    ],
)
def test_weekdays_are_read(text: str, days: set[int]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize(
    "text", ["", " ", ",", "-", "mo", "mon-", "-fri", "mon-xyz", "mon-fri-sun", "monkey", "month", "Δευτέρα", "1-5"]
)
def test_what_are_no_weekdays_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_days(text)
    said = text.strip() or "No words"
    assert str(caught.value) == f"{said} are not weekdays I can read. Write `mon-fri`, `mon,wed,fri` or `daily`."


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0, 1, 2, 3, 4}, "Mon–Fri"),
        ({0, 2, 4}, "Mon, Wed, Fri"),
        ({0, 1}, "Mon, Tue"),
        ({4, 5, 6}, "Fri–Sun"),
        ({0, 5, 6}, "Mon, Sat, Sun"),
        ({3}, "Thu"),
        (EVERY_DAY, "every day"),
    ],
)
def test_weekdays_are_said_shortly(days: set[int], words: str) -> None:
    assert say_days(frozenset(days)) == words


@given(st.frozensets(st.sampled_from(range(7)), min_size=1))
def test_weekdays_that_are_said_are_read_again(days: frozenset[int]) -> None:
    assert read_days(say_days(days)) == days


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


@settings(max_examples=40, deadline=None)
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
