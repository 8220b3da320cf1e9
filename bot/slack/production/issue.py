"""An incident as a GitHub issue: its words are Markdown, and what others wrote stands in code."""

from datetime import UTC, datetime

from bot.core.production.incidents import Incident
from bot.core.production.story import Entry, Note, Told
from bot.core.times import say_span
from bot.services.production.incidents import Sight
from bot.slack.layout.blocks import clip

TITLE = 200  # characters; GitHub takes 256


def mark(sight: Sight, entry: int = 0) -> str:
    """Return what names the issue, or a comment of it, for us: nobody sees it. It is the same whatever clocks do."""
    first = sight.entries[0].note.at
    return f"<!-- onewip incident {sight.incident.id}/{entry} of {first.astimezone(UTC).isoformat()} -->"


def opening(sight: Sight) -> tuple[str, str]:
    """Return the title and the body of the issue."""
    incident = sight.incident
    lines = [f"Red since {_moment(incident.opened)}:", ""]
    lines += [_fact(name, sight.readings[name].detail if name in sight.readings else "") for name in incident.facts]
    lines += ["", "Onewip comments here and closes this when nothing of it is red any more.", "", mark(sight)]
    return clip(f"Production is red: {', '.join(incident.facts)}", TITLE), "\n".join(lines)


def comment(sight: Sight, entry: Entry) -> str:
    """Return a comment that says what happened."""
    lines = [_sentence(sight.incident, entry.note)]
    if entry.note.told is not Told.CLOSED:
        lines += [_fact(name, entry.details.get(name, "")) for name in entry.note.facts]
    return "\n".join([*lines, "", mark(sight, entry.number)])


def _sentence(incident: Incident, note: Note) -> str:
    lasted = say_span(note.at - incident.opened)
    return {
        Told.SPREAD: f"More is red since {_moment(note.at)}:",
        Told.EASED: "Green now:",
        Told.GONE: "No longer watched:",
        Told.ACKNOWLEDGED: f"{_code(note.who)} is on it.",
        Told.CLOSED: _closed(incident, note, lasted),
    }.get(note.told, f"{note.told}, {lasted}")


def _closed(incident: Incident, note: Note, lasted: str) -> str:
    if incident.gone:
        return f"This is over since {_moment(note.at)}, after {lasted}: nothing of it that is still watched is red."
    return f"All of it is green{'' if incident.new else ' again'} since {_moment(note.at)}, after {lasted}."


def _fact(name: str, detail: str) -> str:
    return f"- {_code(name)}" + (f": {_code(detail)}" if detail else "")


def _code(text: str) -> str:
    """Show what others wrote as it is: in code nobody is mentioned, and nothing is a link."""
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
