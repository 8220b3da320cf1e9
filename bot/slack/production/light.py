"""Production in a few words: its light, what is not green, and whether it is under maintenance."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.production.incidents import Pause
from bot.core.production.readings import Health, Reading, Run
from bot.slack.layout.blocks import Block
from bot.slack.layout.richtext import Line, Words, bold, clock, joined, line, lines, moment, short, small

LIGHTS = {Health.GREEN: "🟢", Health.RED: "🔴", Health.UNKNOWN: "⚪"}
NAMED = 3  # facts whose names stand in a sentence
TODAY = timedelta(hours=12)  # so long ago the time says enough without the day


def production(run: Run | None) -> Line:
    """Return production in a few words: the light, how many are green, what is not, and when that was seen."""
    if run is None:
        return line("⚪ not checked yet")
    if not run.readings:
        return line("⚪ nothing was checked · ", clock(run.at))
    return joined(
        " · ", [f"{LIGHTS[run.health]} {run.green} of {len(run.counted)}", *_worth_saying(run), clock(run.at)]
    )


def _worth_saying(run: Run) -> list[Words]:
    wrong = [reading for reading in run.counted if reading.health is not Health.GREEN]
    warned = [reading for reading in run.counted if reading.warned]
    first_red = wrong[0].red_since if wrong else None
    since_when = line("red since ", clock(first_red)) if first_red else Line()
    more = f"and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return [*map(_reading, wrong[:1]), since_when, *map(_reading, warned[:2]), more]


def _reading(reading: Reading) -> str:
    return f"{short(reading.name, 60)}: {short(reading.detail or reading.health, 120)}"


def paused(pause: Pause) -> Line:
    """Say that a maintenance is on: until when, of what, and who began it."""
    facts = sorted(pause.window.facts)
    of = f" of {', '.join(short(name, 60) for name in facts)}" if facts else ""
    return line(f"🟡 maintenance{of} until ", clock(pause.window.end), f" · {short(pause.who, 60)}")


def alarming(run: Run | None, pause: Pause | None, now: datetime) -> tuple[Reading, ...]:
    """Return what is red of production and under no maintenance."""
    red = [reading for reading in run.counted if reading.health is Health.RED] if run else []
    return tuple(reading for reading in red if not (pause and pause.window.covers(reading.name, now)))


def alarm(run: Run | None, pause: Pause | None, now: datetime) -> list[Block]:
    """Say that production is red, for the top of a message: what of it, since when, and in grey why; nothing red, none.

    A reading that is not red for the first time says since when; of several it is the first one's.
    """
    red = alarming(run, pause, now)
    if run is None or not red:
        return []
    first = min((reading.red_since for reading in red if reading.red_since), default=None)
    form = "{time}" if first and now - first < TODAY else "{date_short_pretty} {time}"
    since_when = line(", since ", moment(first, form)) if first else Line()
    about = [_reading(reading) for reading in red[:NAMED] if reading.detail]
    tally = f"{run.green} of {len(run.counted)} are green"
    return [
        *lines(line("🔴 ", bold(f"Production is red: {_names(red)}"), since_when)),
        *small(joined(" · ", about), joined(" · ", [tally, line("asked ", clock(run.at))])),
    ]


def spoken_alarm(run: Run | None, pause: Pause | None, now: datetime) -> str:
    """Return what is red of production in a sentence; nothing when nothing is."""
    red = alarming(run, pause, now)
    return f"Production is red: {_names(red)}." if red else ""


def _names(readings: Sequence[Reading]) -> str:
    more = f" and {len(readings) - NAMED} more" if len(readings) > NAMED else ""
    return ", ".join(short(reading.name, 60) for reading in readings[:NAMED]) + more
