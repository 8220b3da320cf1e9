"""The story of an incident, told in its thread: each thing that happened, once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.incidents import Change


class Told(StrEnum):
    """What may happen to an incident."""

    OPENED = "opened"
    SPREAD = "spread"  # more facts are red
    EASED = "eased"  # some are green again
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


def notes(change: Change, at: datetime) -> tuple[Note, ...]:
    """Tell a change of an incident."""
    if change.opens:
        return (Note(Told.OPENED, at, change.after.facts),)
    if change.closes:
        return (Note(Told.CLOSED, at, tuple(sorted(change.recovered))),)
    found = []
    if change.went_red:
        found.append(Note(Told.SPREAD, at, tuple(sorted(change.went_red))))
    if change.recovered:
        found.append(Note(Told.EASED, at, tuple(sorted(change.recovered))))
    if change.reminds:
        found.append(Note(Told.REMINDED, at, tuple(sorted(change.after.red))))
    return tuple(found)
