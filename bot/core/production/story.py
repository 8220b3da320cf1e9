"""The story of an incident: what happened to it, note by note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.production.incidents import Change


class Told(StrEnum):
    """What may happen to an incident."""

    OPENED = "opened"
    SPREAD = "spread"  # more facts are red
    EASED = "eased"  # some are green again
    GONE = "gone"  # some are no longer watched
    REMINDED = "reminded"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that happened: to which facts, by whom (empty: nobody), and until when, where that matters."""

    told: Told
    at: datetime
    facts: tuple[str, ...] = ()
    who: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A note of a thread with its number, and what was wrong then, by fact."""

    number: int
    note: Note
    details: Mapping[str, str]


def notes(change: Change, at: datetime) -> tuple[Note, ...]:
    """Tell a change of an incident."""
    if change.opens:
        return (Note(Told.OPENED, at, change.after.facts),)
    happened = [
        (Told.SPREAD, change.went_red),
        (Told.EASED, frozenset[str]() if change.closes else change.recovered),
        (Told.GONE, change.gone),
        (Told.REMINDED, change.after.red if change.reminds else frozenset[str]()),
    ]
    told = [Note(what, at, tuple(sorted(facts))) for what, facts in happened if facts]
    ends = [Note(Told.CLOSED, at, tuple(sorted(change.recovered)))] if change.closes else []
    return (*told, *ends)
