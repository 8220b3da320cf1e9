"""The report has earned ticks only."""

from datetime import timedelta

from bot.core.production.readings import Health, Reading, Run
from bot.documents.prod_facts import report
from tests.fakes import MONDAY

RUN = Run(
    1,
    MONDAY - timedelta(minutes=5),
    900,
    (
        Reading("API", "http", Health.GREEN, "200", 85),
        Reading("Detail", "http", Health.RED, "200, but *no* `x`\nhere", red_since=MONDAY - timedelta(hours=1)),
        Reading("Orders", "tcp", Health.UNKNOWN),
    ),
)


def test_every_fact_has_a_line_and_only_green_has_a_tick() -> None:
    assert report(RUN, MONDAY).splitlines() == [
        "# PROD FACTS",
        "",
        "**Written**: 2026-03-02 09:00 UTC",
        "**Oldest look**: 2026-03-02 08:55 UTC",
        "**Status**: RED, 1 of 3 green",
        "",
        "- ✅ **API**: 200 · 85 ms",
        "- ❌ **Detail**: 200, but \\*no\\* \\`x\\` here · red since 2026-03-02 08:00 UTC",
        "- ❔ **Orders**: unknown",
    ]


def test_without_a_look_there_is_no_tick() -> None:
    for run in (None, Run(0, MONDAY, 0, ())):
        assert "Nothing has been looked at yet." in report(run, MONDAY)
        assert "✅" not in report(run, MONDAY)
