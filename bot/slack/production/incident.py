"""An incident: its one message in the channel, and the lines of its thread."""

from collections.abc import Mapping

from bot.core.production.incidents import Incident
from bot.core.production.story import Entry, Note, Told
from bot.core.times import say_span
from bot.services.production.incidents import Sight
from bot.slack.layout.blocks import Block, actions, button, context, counted, paragraphs, said, when

SHOWN = 10  # facts


def message(sight: Sight) -> list[Block]:
    """Show an incident as it stands; edited until nothing of it is red any more."""
    incident = sight.incident
    if incident.closed:
        span = f"red from {when(incident.opened)} to {when(incident.closed)}"
        if incident.gone:
            span = f"red since {when(incident.opened)}, ended {when(incident.closed)}"
        return [*paragraphs(_endings(incident)), context(span)]
    red = [name for name in incident.facts if name in incident.red]
    mended = [name for name in incident.facts if name not in incident.red]
    lines = [f"🔴 *{_names(red)}* {_is(red)} red since {when(incident.opened)}", *_details(red, _of(sight))]
    lines += [_mended(incident, name) for name in mended[:SHOWN]]
    return [*paragraphs(lines), *_small(incident), actions(_buttons(incident))]


def spoken(sight: Sight) -> str:
    """Return an incident in a sentence."""
    incident = sight.incident
    if not incident.closed:
        return f"Production is red: {', '.join(name for name in incident.facts if name in incident.red)}."
    green = [name for name in incident.facts if name not in incident.gone]
    again = "" if incident.new & set(green) else " again"
    said_of = [f"Green{again} after {say_span(incident.lasted(incident.closed))}: {', '.join(green)}."] if green else []
    said_of += [f"No longer watched: {', '.join(sorted(incident.gone))}."] if incident.gone else []
    return " ".join(said_of)


def _endings(incident: Incident) -> list[str]:
    """Say how each fact of it ended; that a fact is no longer watched, or green for the first time, is no recovery."""
    took = say_span(incident.lasted(incident.closed or incident.opened))
    watched = [name for name in incident.facts if name not in incident.gone]
    groups = (
        ("🟢", [name for name in watched if name not in incident.new], f"green again, after {took}"),
        ("🟢", [name for name in watched if name in incident.new], f"green for the first time, after {took}"),
        ("⚪", [name for name in incident.facts if name in incident.gone], "no longer watched"),
    )
    return [f"{mark} *{_names(names)}* {_is(names)} {how}" for mark, names, how in groups if names]


def _mended(incident: Incident, name: str) -> str:
    if name in incident.gone:
        return f"⚪ {said(name, 80)} is no longer watched"
    return f"🟢 {said(name, 80)} is green {'for the first time' if name in incident.new else 'again'}"


def note(incident: Incident, entry: Entry) -> tuple[str, list[Block]]:
    """Return a line of the thread: plain text, and blocks."""
    lines = [_sentence(incident, entry.note)]
    if entry.note.told in (Told.OPENED, Told.SPREAD, Told.REMINDED):
        lines += _details(entry.note.facts, entry.details)
    return _plainly(incident, entry.note), paragraphs(lines)


def _sentence(incident: Incident, note: Note) -> str:
    names, lasted = _names(note.facts), say_span(note.at - incident.opened)
    return {
        Told.OPENED: f"🔴 {names} {_is(note.facts)} red.",
        Told.SPREAD: f"🔴 {names} {_is(note.facts)} red too.",
        Told.EASED: f"🟢 {names} {_is(note.facts)} green{'' if incident.new & set(note.facts) else ' again'}.",
        Told.GONE: f"⚪ {names} {_is(note.facts)} no longer watched.",
        Told.REMINDED: f"Still red, {lasted}.",
        Told.ACKNOWLEDGED: f"{said(note.who, 60)} is on it.",
        Told.SNOOZED: f"{said(note.who, 60)} wants no reminder until {when(note.until)}." if note.until else "",
        Told.CLOSED: _closed(incident, lasted),
    }[note.told]


def _closed(incident: Incident, lasted: str) -> str:
    if incident.gone:
        return f"This is over, after {lasted}: nothing of it that is still watched is red."
    return f"🟢 All of it is green{'' if incident.new else ' again'}, after {lasted}."


def _plainly(incident: Incident, note: Note) -> str:
    what = f"{', '.join(note.facts) or note.who}: {note.told}"
    return f"{what}, {say_span(note.at - incident.opened)} after the first red look"


def _details(names: tuple[str, ...] | list[str], details: Mapping[str, str]) -> list[str]:
    lines = [f"› {said(name, 80)}: {said(details[name], 300)}" for name in names[:SHOWN] if details.get(name)]
    return lines + ([f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else [])


def _of(sight: Sight) -> dict[str, str]:
    return {name: reading.detail for name, reading in sight.readings.items()}


def _small(incident: Incident) -> list[Block]:
    parts = [f"{said(incident.acknowledged_by, 60)} is on it"] if incident.acknowledged_by else []
    parts += [f"no reminder until {when(incident.snoozed_until)}"] if incident.snoozed_until else []
    return [context(" · ".join(parts))] if parts else []


def _buttons(incident: Incident) -> list[Block]:
    mine = [] if incident.acknowledged_by else [button("I'm on it", "facts", f"ack {incident.id}", style="primary")]
    return [*mine, button("Snooze 4 h", "facts", f"snooze {incident.id} 4h"), button("Run again", "facts", "run")]


def _names(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(said(name, 80) for name in names[:3])
    return shown + (f" and {counted(len(names) - 3, 'more', 'more')}" if len(names) > 3 else "")


def _is(names: tuple[str, ...] | list[str]) -> str:
    return "is" if len(names) == 1 else "are"
