"""The chart of latencies: no more than Slack surely takes, and the words beside it tell of all."""

from datetime import date

from bot.core.production.readings import Health, Reading
from bot.core.production.strip import Day
from bot.sandbox.rules import check
from bot.services.production.sheet import Line
from bot.slack.production.readings import latency
from tests.fakes import MONDAY


def line(number: int) -> Line:
    days = tuple(Day(date(2026, 3, day), (Health.GREEN,), (80 + number,)) for day in (1, 2))
    return Line(Reading(f"Fact {number}", "http", Health.GREEN, "200", 80 + number), MONDAY, days)


def test_of_eight_facts_six_are_drawn_and_all_are_told() -> None:
    chart, words = latency([line(number) for number in range(8)])
    assert [series["name"] for series in chart["chart"]["series"]] == [f"Fact {number}" for number in range(6)]
    assert all(f"Fact {number} {80 + number} ms" in words["elements"][0]["text"] for number in range(8))
    assert check("blocks", [chart, words]) == []
