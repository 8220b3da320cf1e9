"""An incident: its one message in the channel, and the lines of its thread."""

from collections.abc import Mapping

from bot.core.production.incidents import Incident
from bot.core.production.story import Entry, Note, Told
from bot.core.times import say_span
from bot.services.production.incidents import Sight
from bot.slack.layout.blocks import Block, actions, button, counted
from bot.slack.layout.richtext import Line, Words, joined, line, lines, say, short, small, when

SHOWN = 10  # facts


def message(sight: Sight) -> list[Block]:
    """Show an incident as it stands; edited until nothing of it is red any more."""
    incident = sight.incident
    if incident.closed:
        sentence = "red since {opened} · ended {closed}" if incident.gone else "red from {opened} to {closed}"
        span = say(sentence, opened=when(incident.opened), closed=when(incident.closed))
        return [*lines(*_endings(incident)), *small(span)]
    red = [name for name in incident.facts if name in incident.red]
    mended = [name for name in incident.facts if name not in incident.red]
    head = say(f"🔴 *{{names}}* {_is(red)} red since {{opened}}", names=_names(red), opened=when(incident.opened))
    rows = [*_details(red, _of(sight)), *(_mended(incident, name) for name in mended[:SHOWN])]
    return [*lines(head, *rows), *small(_handled(incident)), actions(_buttons(incident))]


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


def _endings(incident: Incident) -> list[Line]:
    """Say how each fact of it ended; that a fact is no longer watched, or green for the first time, is no recovery."""
    took = say_span(incident.lasted(incident.closed or incident.opened))
    watched = [name for name in incident.facts if name not in incident.gone]
    groups = (
        ("🟢", [name for name in watched if name not in incident.new], f"green again, after {took}"),
        ("🟢", [name for name in watched if name in incident.new], f"green for the first time, after {took}"),
        ("⚪", [name for name in incident.facts if name in incident.gone], "no longer watched"),
    )
    return [say(f"{mark} *{{names}}* {_is(names)} {how}", names=_names(names)) for mark, names, how in groups if names]


def _mended(incident: Incident, name: str) -> str:
    if name in incident.gone:
        return f"⚪ {short(name, 80)} is no longer watched"
    return f"🟢 {short(name, 80)} is green {'for the first time' if name in incident.new else 'again'}"


def note(incident: Incident, entry: Entry) -> tuple[str, list[Block]]:
    """Return a line of the thread: plain text, and blocks."""
    has_details = entry.note.told in (Told.OPENED, Told.SPREAD, Told.REMINDED)
    details = _details(entry.note.facts, entry.details) if has_details else []
    return _plainly(incident, entry.note), lines(_sentence(incident, entry.note), *details)


def _sentence(incident: Incident, note: Note) -> Words:
    names, lasted = _names(note.facts), say_span(note.at - incident.opened)
    until = line(f"{short(note.who, 60)} wants no reminder until ", when(note.until), ".") if note.until else ""
    sentences: dict[Told, Words] = {
        Told.OPENED: f"🔴 {names} {_is(note.facts)} red.",
        Told.SPREAD: f"🔴 {names} {_is(note.facts)} red too.",
        Told.EASED: f"🟢 {names} {_is(note.facts)} green{'' if incident.new & set(note.facts) else ' again'}.",
        Told.GONE: f"⚪ {names} {_is(note.facts)} no longer watched.",
        Told.REMINDED: f"Still red, {lasted}.",
        Told.ACKNOWLEDGED: f"{short(note.who, 60)} is on it.",
        Told.SNOOZED: until,
        Told.CLOSED: _closed(incident, lasted),
    }
    return sentences[note.told]


def _closed(incident: Incident, lasted: str) -> str:
    if incident.gone:
        return f"This is over, after {lasted}: nothing of it that is still watched is red."
    return f"🟢 All of it is green{'' if incident.new else ' again'}, after {lasted}."


def _plainly(incident: Incident, note: Note) -> str:
    what = f"{', '.join(note.facts) or note.who}: {note.told}"
    return f"{what}, {say_span(note.at - incident.opened)} after the first red look"


def _details(names: tuple[str, ...] | list[str], details: Mapping[str, str]) -> list[str]:
    rows = [f"› {short(name, 80)}: {short(details[name], 300)}" for name in names[:SHOWN] if details.get(name)]
    return rows + ([f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else [])


def _of(sight: Sight) -> dict[str, str]:
    return {name: reading.detail for name, reading in sight.readings.items()}


def _handled(incident: Incident) -> Line:
    """Say who is on it, and whether nobody wants a reminder; nothing when nobody said."""
    who = f"{short(incident.acknowledged_by, 60)} is on it" if incident.acknowledged_by else ""
    quiet = line("no reminder until ", when(incident.snoozed_until)) if incident.snoozed_until else ""
    return joined(" · ", [who, quiet])


def _buttons(incident: Incident) -> list[Block]:
    mine = [] if incident.acknowledged_by else [button("I'm on it", "facts", f"ack {incident.id}", style="primary")]
    return [*mine, button("Snooze 4 h", "facts", f"snooze {incident.id} 4h"), button("Run again", "facts", "run")]


def _names(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(short(name, 80) for name in names[:3])
    return shown + (f" and {counted(len(names) - 3, 'more', 'more')}" if len(names) > 3 else "")


def _is(names: tuple[str, ...] | list[str]) -> str:
    return "is" if len(names) == 1 else "are"
