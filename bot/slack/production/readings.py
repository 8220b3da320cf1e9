"""What production said, for the person who asked, and how fast it answers as a chart."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.core.production.incidents import Incident
from bot.core.production.readings import Health, Reading, worst
from bot.core.production.strip import NO_READING, Day, bars
from bot.core.times import say_span
from bot.services.production.sheet import Line as Look
from bot.services.production.sheet import Sheet
from bot.slack.layout.blocks import Block, actions, button, chooser, clip, context, counted
from bot.slack.layout.richtext import Line, Words, bold, clock, joined, line, lines, say, short, since, small, when
from bot.slack.production.light import LIGHTS, paused

SHOWN = 25  # readings, and incidents of a history; the rest is counted
CHOICES = 100  # docs.slack.dev/reference/block-kit/block-elements/select-menu-element: options
WAY = 150  # docs.slack.dev/reference/block-kit/composition-objects/option-object: characters of a value
OLD = timedelta(minutes=5)  # a reading that is so much older than the newest says so

# docs.slack.dev/reference/block-kit/blocks/data-visualization-block says 6 of a chart in one place and 12 in another.
SERIES = 6
TYPICAL = 12  # facts whose figures stand in the words
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
    looks = [look for look in fact_sheet.lines if only is None or look.reading.name in only]
    newest = max((look.at for look in looks), default=fact_sheet.now)
    rows = [_head(fact_sheet, looks, took_ms), *(_line(look, newest - look.at > OLD) for look in looks[:SHOWN])]
    more = f"and {len(looks) - SHOWN} more" if len(looks) > SHOWN else ""
    asked = looks if only is not None and len(looks) == 1 else []
    trial = [block for look in asked if look.on_trial for block in _on_trial(look.reading)]
    mend = f"🟡 {short(fault, 400)} Until it is mended, the facts are those it had before." if fault else ""
    blocks = [
        *lines(*rows, *([more] if more else [])),
        *small(paused(fact_sheet.pause) if fact_sheet.pause else "", mend),
    ]
    chart = latency([look for look in looks if look.days]) if has_chart and only is None else []
    ways = trial or [actions([button("Run again", "facts", "run"), button("History", "facts", "history")])]
    return [*blocks, *chart, *ways]


def _head(fact_sheet: Sheet, looks: Sequence[Look], took_ms: int | None) -> Line:
    readings = [look.reading for look in looks]
    green = sum(reading.health is Health.GREEN for reading in readings)
    at = clock(min((look.at for look in looks), default=fact_sheet.now))
    head = line(bold("Production"), f" · {LIGHTS[worst(readings)]} {green} of {len(readings)} · checked ", at)
    if took_ms is None:
        return head
    return head + (f", {took_ms} ms" if took_ms < 1000 else f", {took_ms / 1000:.1f} s")


def _line(look: Look, is_old: bool) -> Line:
    reading = look.reading
    about = (
        short(reading.detail or reading.health, 200),
        f"{reading.latency_ms} ms" if reading.latency_ms is not None else "",
        line("red since ", since(reading.red_since)) if reading.red_since else "",
        line("🟡 looked at ", since(look.at)) if is_old else "",
    )
    return joined("   ", [_named(reading), joined(" · ", about), _strip(look.days)])


def _named(reading: Reading) -> str:
    return f"{LIGHTS[reading.health]} {short(reading.name, 80)}"


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


def last(look: Look) -> list[Block]:
    """Show the last reading of one fact: what it said, and when; with its two weeks."""
    reading = look.reading
    about = (
        f"{reading.latency_ms} ms" if reading.latency_ms is not None else "",
        line("red since ", clock(reading.red_since)) if reading.red_since else "",
        line("asked ", clock(look.at)),
    )
    again = button("Ask it again", "facts", f"run {reading.part_of or reading.name}")
    return [
        *lines(bold(_named(reading)), reading.detail or reading.health),
        *small(joined(" · ", about), joined("   ", [bars(look.days), _tally(look)])),
        *(_on_trial(reading) if look.on_trial else [actions([again, button("History", "facts", "history")])]),
    ]


def history(fact_sheet: Sheet) -> list[Block]:
    """Show two weeks: each fact's days, how many looks were green, and the incidents; names lead to last readings."""
    head = say("*Production* · the last 14 days, a bar for each: the more looks were green, the higher it is")
    past = fact_sheet.incidents[:SHOWN]
    count = bold(counted(len(fact_sheet.incidents), "incident")) if past else "No incidents."
    rows: list[Words] = [head, *map(_fortnight, fact_sheet.lines[:SHOWN]), count, *map(_incident, past)]
    return [*lines(*rows), actions([button("Run again", "facts", "run"), *_names(fact_sheet)])]


def _names(fact_sheet: Sheet) -> list[Block]:
    """Return the facts to choose from, each of which leads to its last reading: a name in a text can't be clicked."""
    ways = [(look.reading.name, f"facts show {look.reading.name}") for look in fact_sheet.lines]
    fitting = [(name, way) for name, way in ways if len(way) <= WAY]
    return [chooser("A fact's last reading…", *fitting[:CHOICES])] if fitting else []


def _fortnight(look: Look) -> Line:
    return joined("   ", [bars(look.days), _named(look.reading), _tally(look)])


def _tally(look: Look) -> str:
    healths = [health for day in look.days for health in day.healths]
    green = healths.count(Health.GREEN)
    return f"{green} of {counted(len(healths), 'look')} green" if healths else "no looks"


def _incident(incident: Incident) -> Line:
    names = _some([short(name, 80) for name in incident.facts])
    if incident.closed is None:
        return line(f"🔴 {names} · since ", when(incident.opened))
    ended = f"⚪ {names} · no longer watched" if incident.gone else f"🟢 {names}"
    return line(f"{ended} · ", when(incident.opened), f", {say_span(incident.lasted(incident.closed))}")


def _some(names: Sequence[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _strip(days: Sequence[Day]) -> str:
    """Return the days since the first look; a single one says no more than the light in front of it: nothing.

    As plain text: Slack writes code in red, and a strip that is all green would look like the opposite.
    """
    shown = bars(days).lstrip(NO_READING)
    return shown if len(shown) > 1 else ""


def spoken(fact_sheet: Sheet) -> str:
    """Return what is known in plain text: what the chart and the strips say too."""
    green = sum(look.reading.health is Health.GREEN for look in fact_sheet.lines)
    head = f"Production: {green} of {len(fact_sheet.lines)} prod facts are green."
    return "\n".join([head, *(_plainly(look.reading) for look in fact_sheet.lines[:SHOWN])])


def spoken_last(look: Look) -> str:
    """Return a fact's last reading in plain text."""
    return _plainly(look.reading)


def _plainly(reading: Reading) -> str:
    parts: Iterable[str] = filter(None, [reading.detail, f"{reading.latency_ms} ms" if reading.latency_ms else ""])
    return f"{reading.name}: {reading.health}. {' · '.join(parts)}".strip()


def certificate(name: str, days: int) -> tuple[str, list[Block]]:
    """Warn of a certificate that ends soon: plain text, and blocks."""
    left = f"ends in {counted(days, 'day')} or less"
    return f"The certificate of {name} {left}.", lines(
        say(f"🟡 The certificate of *{{name}}* {left}.", name=short(name))
    )


def latency(looks: Sequence[Look]) -> list[Block]:
    """Chart each fact's typical answer by day; nothing to chart, nothing.

    Slack wants a figure of every series for every day, and none is made up here: the days are those of the fact that
    has the most, and facts that miss one of them are left to the words.
    """
    timed = [(look, {day.on: day for day in look.days if day.typical_ms is not None}) for look in looks]
    longest = max((days for _, days in timed), key=len, default={})
    if len(longest) < LEAST:
        return []
    charted = [(look, days) for look, days in timed if days.keys() >= longest.keys()][:SERIES]
    on = sorted(longest)
    labels = [f"{day.day} {day:%b}" for day in on]
    names = _distinct([look.reading.name for look, _ in charted])
    series = [
        {"name": name, "data": [_point(label, days[day]) for label, day in zip(labels, on, strict=True)]}
        for name, (_, days) in zip(names, charted, strict=True)
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": labels, "y_label": "ms"}}
    return [{"type": "data_visualization", "title": "Typical answer by day, in ms", "chart": chart}, *_words(looks)]


def _point(label: str, day: Day) -> dict[str, object]:
    return {"label": label, "value": round(day.typical_ms or 0)}


def _words(looks: Sequence[Look]) -> list[Block]:
    figures = []
    for look in looks[:TYPICAL]:
        slowest = max((day.slowest_ms for day in look.days if day.slowest_ms is not None), default=None)
        last = next((day.typical_ms for day in reversed(look.days) if day.typical_ms is not None), None)
        if last is not None:
            figures.append(f"{short(look.reading.name, 40)} {last:.0f} ms, slowest {slowest} ms")
    return small("Typically of late: " + " · ".join(figures))


def _distinct(names: Sequence[str]) -> list[str]:
    """Cut names to what a chart holds, numbered where that makes two of them alike."""
    cut: list[str] = []
    for name in names:
        short = clip(name, LABEL)
        cut.append(short if short not in cut else f"{clip(name, LABEL - 3)} {len(cut) + 1}")
    return cut
