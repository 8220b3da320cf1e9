"""Production in a few words: its light, what is not green, and whether it is under maintenance."""

from bot.core.production.incidents import Pause
from bot.core.production.readings import Health, Reading, Run
from bot.slack.layout.richtext import Line, Words, clock, joined, line, short

LIGHTS = {Health.GREEN: "🟢", Health.RED: "🔴", Health.UNKNOWN: "⚪"}


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
