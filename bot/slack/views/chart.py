"""How fast production answers, as a chart of Slack's own with the same in words below it."""

from collections.abc import Sequence

from bot.core.strip import Day
from bot.services.sheet import Line
from bot.slack.views.blocks import Block, clip, context, said

SERIES = 12  # docs.slack.dev/reference/block-kit/blocks/data-visualization-block: of a chart, and 20 points of each
LABEL = 20  # characters of a name and of a day
LEAST = 2  # days; a single point is no line


def latency(lines: Sequence[Line]) -> list[Block]:
    """Chart each fact's typical answer by day; nothing to chart, nothing.

    Slack wants a figure of every series for every day, and none is made up here: the days are those of the fact that
    has the most, and facts that miss one of them are left to the words.
    """
    timed = [(line, {day.on: day for day in line.days if day.typical_ms is not None}) for line in lines]
    longest = max((days for _, days in timed), key=len, default={})
    if len(longest) < LEAST:
        return []
    charted = [(line, days) for line, days in timed if days.keys() >= longest.keys()][:SERIES]
    on = sorted(longest)
    labels = [f"{day.day} {day:%b}" for day in on]
    names = _distinct([line.reading.name for line, _ in charted])
    series = [
        {"name": name, "data": [_point(label, days[day]) for label, day in zip(labels, on, strict=True)]}
        for name, (_, days) in zip(names, charted, strict=True)
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": labels, "y_label": "ms"}}
    return [{"type": "data_visualization", "title": "Typical answer by day, in ms", "chart": chart}, _words(lines)]


def _point(label: str, day: Day) -> dict[str, object]:
    return {"label": label, "value": round(day.typical_ms or 0)}


def _words(lines: Sequence[Line]) -> Block:
    told = []
    for line in lines[:SERIES]:
        slowest = max((day.slowest_ms for day in line.days if day.slowest_ms is not None), default=None)
        last = next((day.typical_ms for day in reversed(line.days) if day.typical_ms is not None), None)
        if last is not None:
            told.append(f"{said(line.reading.name, 40)} {last:.0f} ms, slowest {slowest} ms")
    return context("Typically of late: " + " · ".join(told))


def _distinct(names: Sequence[str]) -> list[str]:
    """Cut names to what a chart holds, numbered where that makes two of them alike."""
    cut: list[str] = []
    for name in names:
        short = clip(name, LABEL)
        cut.append(short if short not in cut else f"{clip(name, LABEL - 3)} {len(cut) + 1}")
    return cut
