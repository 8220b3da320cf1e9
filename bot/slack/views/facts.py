"""What production said, for the person who asked."""

from bot.core.readings import Reading, Run
from bot.slack.views.blocks import Block, actions, button, said, section
from bot.slack.views.board import LIGHTS, clock

SHOWN = 25  # readings; the rest is counted


def readings(run: Run) -> list[Block]:
    """Show every reading of a run."""
    tally = f"{LIGHTS[run.health]} {run.green} of {len(run.counted)}"
    head = f"*Production* · {tally} · checked {clock(run)}, {run.took_ms / 1000:.1f} s"
    lines = [_line(reading) for reading in run.counted[:SHOWN]]
    more = [f"and {len(run.counted) - SHOWN} more"] if len(run.counted) > SHOWN else []
    again = actions([button("Run again", "facts", "run")])
    return [section("\n".join([head, *lines, *more])), again]


def spoken(run: Run) -> str:
    """A run in a sentence."""
    return f"Production: {run.green} of {len(run.counted)} prod facts are green."


def _line(reading: Reading) -> str:
    parts = [said(reading.detail or reading.health, 200)]
    parts += [f"{reading.latency_ms} ms"] if reading.latency_ms is not None else []
    return f"{LIGHTS[reading.health]} {said(reading.name, 80)}   {' · '.join(parts)}"
