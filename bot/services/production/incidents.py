"""Incidents: following what is red, and what people do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.core.production import incidents as rules
from bot.core.production import story
from bot.core.production.incidents import Change, Incident, Pause, Window
from bot.core.production.judgement import for_incidents
from bot.core.production.readings import Reading
from bot.core.production.story import Entry, Note, Told
from bot.errors import NotFound, RuleBroken
from bot.services.change import Ask
from bot.store import outbox
from bot.store.board import boards
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import facts, incidents


@dataclass(frozen=True, slots=True)
class Sight:
    """An incident as it is seen: its thread, and the last readings of its facts (those that are still listed)."""

    channel: str
    incident: Incident
    entries: tuple[Entry, ...]
    readings: Mapping[str, Reading]
    now: datetime


def follow(tx: Connection, channel: str, now: datetime) -> None:
    """Let a board's incidents follow what is known of its facts, in the caller's transaction."""
    board_id = boards.lock(tx, channel)
    details = {seen.reading.name: seen.told(now).detail for seen in facts.seen(tx, channel)}
    for change in _changes(tx, channel, board_id, now):
        number = incidents.keep(tx, board_id, change.after)
        incidents.tell(tx, number, story.notes(change, now), details)
        _owe(tx, channel, number, now)


def follow_everywhere(tx: Connection, now: datetime) -> None:
    """Let the incidents of every board follow, in the caller's transaction."""
    for channel, _ in _watched(tx):
        follow(tx, channel, now)


def due(db: Database, now: datetime) -> tuple[str, ...]:
    """Name the channels in which time alone lets something follow: a reminder, or the end of a maintenance."""
    with db.read() as tx:
        return tuple(channel for channel, board_id in _watched(tx) if _changes(tx, channel, board_id, now))


def follow_due(db: Database, channel: str, now: datetime) -> None:
    """Let a board's incidents follow the time; when another process was here first, nothing happens."""
    with db.begin() as tx:
        follow(tx, channel, now)


def read(db: Database, channel: str, number: int, now: datetime) -> Sight:
    """Read an incident for its message. Raises NotFound."""
    with db.read() as tx:
        incident = _get(tx, boards.id_of(tx, channel), number)
        readings = {seen.reading.name: seen.told(now) for seen in facts.seen(tx, channel)}
        return Sight(channel, incident, incidents.entries(tx, number), readings, now)


def acknowledge(db: Database, ask: Ask, number: int) -> Incident:
    """Say that somebody is on it: from then on only the daily reminders come. Raises RuleBroken, NotFound."""
    with db.begin() as tx:
        incident = rules.acknowledge(_held(tx, ask.channel, number), _name(ask))
        return _acted(tx, ask, incident, Note(Told.ACKNOWLEDGED, ask.at, who=_name(ask)))


def snooze(db: Database, ask: Ask, number: int, span: timedelta) -> Incident:
    """Send no reminder for a while, and one then. Raises RuleBroken, NotFound."""
    with db.begin() as tx:
        until = ask.at + span
        incident = rules.snooze(_held(tx, ask.channel, number), until)
        return _acted(tx, ask, incident, Note(Told.SNOOZED, ask.at, who=_name(ask), until=until))


def pause(db: Database, ask: Ask, span: timedelta, names: frozenset[str] = frozenset()) -> Window:
    """Begin a maintenance: nothing red opens an incident on this board until it ends; without names, of any fact."""
    with db.begin() as tx:
        board = boards.open_board(tx, ask.channel)
        window = Window(ask.at, ask.at + span, names)
        incidents.pause(tx, board.id, Pause(window, _name(ask)))
        outbox.owe(tx, Owed.BOARD, ask.channel, ask.at)
    return window


def resume(db: Database, ask: Ask) -> None:
    """End a maintenance now; what is red then opens an incident. Raises RuleBroken when there is none."""
    with db.begin() as tx:
        board_id = boards.id_of(tx, ask.channel)
        pause = incidents.pause_of(tx, board_id) if board_id else None
        if board_id is None or pause is None or not pause.window.is_on(ask.at):
            raise RuleBroken("There is no maintenance here. `/board facts pause 2h` begins one.")
        incidents.pause(tx, board_id, replace(pause, window=replace(pause.window, end=ask.at)))
        follow(tx, ask.channel, ask.at)
        outbox.owe(tx, Owed.BOARD, ask.channel, ask.at)


def _watched(tx: Connection) -> tuple[tuple[str, int], ...]:
    """Return the boards in which something can follow, by channel: they have an open incident, or show something red.

    It is asked at every heartbeat, however many boards there are.
    """
    red_on = facts.red_on(tx)
    return boards.numbers(tx) if red_on is None else incidents.watched(tx, red_on)


def _changes(tx: Connection, channel: str, board_id: int, now: datetime) -> tuple[Change, ...]:
    pause = incidents.pause_of(tx, board_id)
    standings = for_incidents(facts.known(tx, channel).values())
    return rules.follow(incidents.open_of(tx, board_id), standings, now, [pause.window] if pause else [])


def _get(tx: Connection, board_id: int | None, number: int) -> Incident:
    incident = incidents.get(tx, board_id, number) if board_id else None
    if incident is None:
        raise NotFound(f"There is no incident {number} on this board.")
    return incident


def _held(tx: Connection, channel: str, number: int) -> Incident:
    """Return an incident under its board's lock, so that of two people who press a button one is second."""
    board_id = boards.id_of(tx, channel)
    return _get(tx, boards.lock(tx, channel) if board_id else None, number)


def _name(ask: Ask) -> str:
    return ask.who.name if ask.who else "Somebody on the server"


def _acted(tx: Connection, ask: Ask, incident: Incident, note: Note) -> Incident:
    incidents.keep(tx, boards.lock(tx, ask.channel), incident)
    incidents.tell(tx, incident.id, [note], {})
    _owe(tx, ask.channel, incident.id, ask.at)
    return incident


def _owe(tx: Connection, channel: str, number: int, now: datetime) -> None:
    outbox.owe(tx, Owed.INCIDENT, f"{channel}/{number}", now)
    if incidents.is_tracked(tx, number):
        outbox.owe(tx, Owed.ISSUE, f"{channel}/{number}", now)
