"""The report of prod facts as a document, with earned ticks only."""

from datetime import UTC, datetime

from bot.core.production.readings import Health, Reading, Run

MARKS = {Health.GREEN: "✅", Health.RED: "❌", Health.UNKNOWN: "❔"}
WORDS = {Health.GREEN: "GREEN", Health.RED: "RED", Health.UNKNOWN: "UNKNOWN"}


def report(run: Run | None, now: datetime) -> str:
    """Write what is known of production. A tick means that the last look was good, and that it was believed."""
    lines = ["# PROD FACTS", "", f"**Written**: {_moment(now)}"]
    if run is None or not run.readings:
        return "\n".join([*lines, "", "Nothing has been looked at yet.", ""])
    lines += [f"**Oldest look**: {_moment(run.at)}"]
    lines += [f"**Status**: {WORDS[run.health]}, {run.green} of {len(run.counted)} green", ""]
    return "\n".join([*lines, *map(_line, run.counted), ""])


def _line(reading: Reading) -> str:
    parts = [" ".join((reading.detail or reading.health.value).split())]
    parts += [f"{reading.latency_ms} ms"] if reading.latency_ms is not None else []
    parts += [f"red since {_moment(reading.red_since)}"] if reading.red_since else []
    return f"- {MARKS[reading.health]} **{_plain(reading.name)}**: {_plain(' · '.join(parts))}"


def _plain(text: str) -> str:
    """Keep what others wrote from becoming Markdown or HTML."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in text)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
