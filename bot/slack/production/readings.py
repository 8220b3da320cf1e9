"""What production said, for the person who asked, and how fast it answers as a chart."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.core.production.incidents import Incident
from bot.core.production.readings import Health, Reading, worst
from bot.core.production.strip import NO_READING, Day, bars
from bot.core.times import say_span
from bot.services.production.sheet import Line, Sheet
from bot.slack.board.board import LIGHTS, clock, paused
from bot.slack.layout.blocks import (
    Block,
    actions,
    button,
    clip,
    context,
    counted,
    paragraphs,
    said,
    section,
    since,
    when,
)

SHOWN = 25  # readings, and incidents of a history; the rest is counted
OLD = timedelta(minutes=5)  # a reading that is so much older than the newest says so

SERIES = 12  # docs.slack.dev/reference/block-kit/blocks/data-visualization-block: of a chart, and 20 points of each
LABEL = 20  # characters of a name and of a day
LEAST = 2  # days; a single point is no line


def sheet(
    fact_sheet: Sheet,
    *,
    only: frozenset[str] | None = None,
    took_ms: int | None = None,
    fault: str = "",
    has_chart: bool = True,
) -> list[Block]:
    """Show the last readings, each with its two weeks. `only`: those of a run, which took `took_ms`.

    `fault`: what is wrong with the file of facts.
    """
    lines = [line for line in fact_sheet.lines if only is None or line.reading.name in only]
    newest = max((line.at for line in lines), default=fact_sheet.now)
    texts = [_head(fact_sheet, lines, took_ms), *(_line(line, newest - line.at > OLD) for line in lines[:SHOWN])]
    texts += [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    asked = lines if only is not None and len(lines) == 1 else []
    trial = [block for line in asked if line.on_trial for block in _on_trial(line.reading)]
    small = [paused(fact_sheet.pause)] if fact_sheet.pause else []
    small += [f"🟡 {said(fault, 400)} Until it is mended, the facts are those it had before."] if fault else []
    blocks = [*paragraphs(texts), *(context(text) for text in small)]
    chart = latency([line for line in lines if line.days]) if has_chart and only is None else []
    more = trial or [actions([button("Run again", "facts", "run"), button("History", "facts", "history")])]
    return [*blocks, *chart, *more]


def _head(fact_sheet: Sheet, lines: Sequence[Line], took_ms: int | None) -> str:
    readings = [line.reading for line in lines]
    green = sum(reading.health is Health.GREEN for reading in readings)
    head = f"*Production* · {LIGHTS[worst(readings)]} {green} of {len(readings)}"
    head += f" · checked {clock(min((line.at for line in lines), default=fact_sheet.now))}"
    if took_ms is None:
        return head
    return head + (f", {took_ms} ms" if took_ms < 1000 else f", {took_ms / 1000:.1f} s")


def _line(line: Line, is_old: bool) -> str:
    reading = line.reading
    parts = [said(reading.detail or reading.health, 200)]
    parts += [f"{reading.latency_ms} ms"] if reading.latency_ms is not None else []
    parts += [f"red since {since(reading.red_since)}"] if reading.red_since else []
    parts += [f"🟡 looked at {since(line.at)}"] if is_old else []
    return "   ".join([f"{LIGHTS[reading.health]} {said(reading.name, 80)}", " · ".join(parts), *_strip(line.days)])


def _on_trial(reading: Reading) -> list[Block]:
    """Say what follows of a fact that was never green, for whoever added it: it may be mistyped."""
    name = reading.name
    text = "It was never green, so it opens no incident until it was green once, or you have it watched as it is."
    ways = [
        button("Look again", "facts", f"run {name}", style="primary"),
        button("Remove it", "facts", f"rm {name}"),
        button("Watch it as it is", "facts", f"watch {name}"),
    ]
    return [context(text), actions(ways)]


def history(fact_sheet: Sheet) -> list[Block]:
    """Show two weeks: each fact's days, how many looks were green, and the incidents."""
    lines = [
        "*Production* · the last 14 days, a bar for each: the more looks were green, the higher it is",
        *map(_fortnight, fact_sheet.lines[:SHOWN]),
    ]
    past = fact_sheet.incidents[:SHOWN]
    lines += (
        [f"*{counted(len(fact_sheet.incidents), 'incident')}*", *map(_incident, past)] if past else ["No incidents."]
    )
    return [*paragraphs(lines), actions([button("Run again", "facts", "run")])]


def _fortnight(line: Line) -> str:
    healths = [health for day in line.days for health in day.healths]
    green = healths.count(Health.GREEN)
    tally = f"{green} of {counted(len(healths), 'look')} green" if healths else "no looks"
    return "   ".join([f"{LIGHTS[line.reading.health]} {said(line.reading.name, 80)}", *_strip(line.days), tally])


def _incident(incident: Incident) -> str:
    names = _some([said(name, 80) for name in incident.facts])
    if incident.closed is None:
        return f"🔴 {names} · since {when(incident.opened)}"
    ended = "⚪ {} · no longer watched" if incident.gone else "🟢 {}"
    return f"{ended.format(names)} · {when(incident.opened)}, {say_span(incident.lasted(incident.closed))}"


def _some(names: Sequence[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _strip(days: Sequence[Day]) -> list[str]:
    """Return the days since the first look; a single one says no more than the light in front of it.

    As plain text: Slack writes code in red, and a strip that is all green would look like the opposite.
    """
    shown = bars(days).lstrip(NO_READING)
    return [shown] if len(shown) > 1 else []


def spoken(fact_sheet: Sheet) -> str:
    """Return what is known in plain text: what the chart and the strips say too."""
    green = sum(line.reading.health is Health.GREEN for line in fact_sheet.lines)
    head = f"Production: {green} of {len(fact_sheet.lines)} prod facts are green."
    return "\n".join([head, *(_plainly(line) for line in fact_sheet.lines[:SHOWN])])


def _plainly(line: Line) -> str:
    reading = line.reading
    parts: Iterable[str] = filter(None, [reading.detail, f"{reading.latency_ms} ms" if reading.latency_ms else ""])
    return f"{reading.name}: {reading.health}. {' · '.join(parts)}".strip()


def certificate(name: str, days: int) -> tuple[str, list[Block]]:
    """Warn of a certificate that ends soon: plain text, and blocks."""
    left = f"ends in {counted(days, 'day')} or less"
    return f"The certificate of {name} {left}.", [section(f"🟡 The certificate of *{said(name)}* {left}.")]


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
    figures = []
    for line in lines[:SERIES]:
        slowest = max((day.slowest_ms for day in line.days if day.slowest_ms is not None), default=None)
        last = next((day.typical_ms for day in reversed(line.days) if day.typical_ms is not None), None)
        if last is not None:
            figures.append(f"{said(line.reading.name, 40)} {last:.0f} ms, slowest {slowest} ms")
    return context("Typically of late: " + " · ".join(figures))


def _distinct(names: Sequence[str]) -> list[str]:
    """Cut names to what a chart holds, numbered where that makes two of them alike."""
    cut: list[str] = []
    for name in names:
        short = clip(name, LABEL)
        cut.append(short if short not in cut else f"{clip(name, LABEL - 3)} {len(cut) + 1}")
    return cut
