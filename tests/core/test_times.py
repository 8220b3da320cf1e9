"""How people write a time, a zone, weekdays and days off."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.times import read_days, read_days_off, read_time, read_zone, say_date, say_dates, say_days
from bot.errors import BadInput

EVERY_DAY = frozenset(range(7))


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
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9 pm", time(21)),
        ("9:30pm", time(21, 30)),
        ("9:30 p.m.", time(21, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("Noon", time(12)),
        ("midnight", time(0)),
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
        "0am",
        "13pm",
        "9 xm",
        "9 pm am",
        "9a",
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
    said = f"{text.strip()} is not a time of day." if text.strip() else "Which time?"
    assert str(caught.value) == f"{said} Write hours and minutes, for example `/board digest at 09:00`."


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
    assert str(caught.value) == "Which zone? Zones look like `Europe/Athens`."


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
        ("weekdays", {0, 1, 2, 3, 4}),
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
    said = f"{text.strip()} are not weekdays I can read." if text.strip() else "Which days?"
    assert str(caught.value) == f"{said} Write `mon-fri`, `mon,wed,fri` or `daily`."


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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", set()),
        ("2026-12-24", {date(2026, 12, 24)}),
        ("2026-12-24\n2026-12-31", {date(2026, 12, 24), date(2026, 12, 31)}),
        (" 2026-12-31, 2026-12-24; 2026-12-24 ", {date(2026, 12, 24), date(2026, 12, 31)}),
    ],
)
def test_days_off_are_read(text: str, days: set[date]) -> None:
    assert read_days_off(text) == days


@pytest.mark.parametrize("word", ["24.12.2026", "2026-02-30", "tomorrow", "<!channel>"])
def test_what_is_no_date_is_refused_with_an_example(word: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_days_off(f"2026-12-24 {word}")
    assert str(caught.value) == f"{word} is not a date. Write year, month and day, for example `2026-12-24`."
    assert caught.value.field == "off"


def test_more_days_off_than_a_team_has_are_refused() -> None:
    days = " ".join(date.fromordinal(740_000 + k).isoformat() for k in range(101))
    with pytest.raises(BadInput, match="101 days off are too many; 100 is the most"):
        read_days_off(days)
    assert len(read_days_off(days.partition(" ")[2])) == 100


@given(st.frozensets(st.dates(), max_size=5))
def test_days_off_that_are_written_are_read_again(days: frozenset[date]) -> None:
    assert read_days_off("\n".join(day.isoformat() for day in days)) == days


def test_dates_are_said_as_people_read_them() -> None:
    assert say_date(date(2026, 11, 24)) == "Tuesday 24 November"
    assert say_dates([date(2026, 12, 31), date(2026, 12, 24)]) == "24 Dec 2026, 31 Dec 2026"
