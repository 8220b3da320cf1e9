"""Two weeks of a fact, one mark a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.production.readings import Health
from bot.core.production.strip import BARS, DAYS, Day, bars, strip

TODAY = date(2026, 3, 15)
NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
LETTERS = {"G": Health.GREEN, "R": Health.RED, "U": Health.UNKNOWN}


@pytest.mark.parametrize(
    ("readings", "bar"),
    [
        ("", "·"),
        ("G", "█"),
        ("GGGG", "█"),
        ("R", "▁"),
        ("RU", "▁"),
        ("GR", "▅"),
        ("GU", "▅"),
        ("G" * 99 + "R", "▇"),
        ("R" * 99 + "G", "▂"),
    ],
)
def test_the_mark_of_a_day(readings: str, bar: str) -> None:
    assert Day(TODAY, tuple(LETTERS[letter] for letter in readings)).bar == bar


@given(st.lists(st.sampled_from(Health), min_size=1))
def test_only_all_green_is_full(healths: list[Health]) -> None:
    assert (Day(TODAY, tuple(healths)).bar == BARS[-1]) == (set(healths) == {Health.GREEN})


def test_days_without_a_reading_are_there_as_well() -> None:
    readings = [(NOON - timedelta(days=back), Health.GREEN, 100) for back in (0, 1, 13, 14)]
    days = strip(readings, TODAY, UTC)
    assert len(days) == DAYS
    assert bars(days) == "█···········██"


def test_a_day_is_a_local_day() -> None:
    late = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)  # half past midnight in Athens
    assert bars(strip([(late, Health.RED, None)], TODAY, ZoneInfo("Europe/Athens"), days=2)) == "·▁"
    assert bars(strip([(late, Health.RED, None)], TODAY, UTC, days=2)) == "▁·"


def test_latency_by_day() -> None:
    readings = [(NOON, Health.GREEN, 100), (NOON, Health.GREEN, 300), (NOON, Health.RED, None), (NOON, Health.RED, 900)]
    yesterday, today = strip(readings, TODAY, UTC, days=2)
    assert (yesterday.typical_ms, yesterday.slowest_ms) == (None, None)
    assert (today.typical_ms, today.slowest_ms) == (300, 900)
