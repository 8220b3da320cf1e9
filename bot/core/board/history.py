"""What happened to a board, and how that is told: in a few words for a digest, in a sentence for the log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import Criterion, Item
from bot.core.board.ways import MOVES
from bot.core.board.words import clipped
from bot.core.people import Person

SHOWN = 100  # characters of a criterion or a deed that a note keeps
MET, OPENED = "+", "-"  # in front of a criterion


def number_of(note: str) -> int:
    """Return the number that a note begins with."""
    return int(note.partition("\n")[0])


def lines_of(note: str) -> tuple[str, ...]:
    """Return what stands below the number."""
    return tuple(note.splitlines()[1:])


def noted(number: int, lines: Sequence[str]) -> str:
    """Make a note of a number and what it is about."""
    return "\n".join([str(number), *(clipped(line, SHOWN) for line in lines)])


def ticks(before: Item, after: Item) -> str:
    """Note how many criteria more are met than before, and which ones were ticked or opened.

    A waiver is not a tick: opening what was waived counts as none.
    """
    pairs = [(was, now) for was, now in zip(before.dod, after.dod, strict=True) if was.settled != now.settled]
    return noted(after.met - before.met, [_mark(now) + now.text for _, now in pairs])


def ticked(note: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts of the criteria that were ticked, and of those that were opened, as far as they were noted."""
    lines = lines_of(note)
    return tuple(t[1:] for t in lines if t.startswith(MET)), tuple(t[1:] for t in lines if t.startswith(OPENED))


def _mark(criterion: Criterion) -> str:
    return MET if criterion.settled else OPENED


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a board. `change` is the board's version after it; `who` is None for a program."""

    change: int
    verb: str
    number: int | None
    who: Person | None
    at: datetime
    note: str = ""


# How people say in a digest that something happened to an item.
PAST = {verb: move.past for verb, move in MOVES.items()} | {"block": "flagged as blocked"}

# What people did beside moving, for the log; {n} is the item, {note} people's words.
DEEDS = {
    "waive": "waived a criterion of {n}: {note}",
    "evidence": "gave evidence on {n}: {note}",
    "dod": "wrote the DoD of {n}",
    "edit": "edited {n}",
    "status": "noted on {n}: {note}",
    "assign": "gave {n} to {note}",
    "block": "flagged {n} as blocked: {note}",
    "import": "imported {note}",
    "take": "took {note} as it was changed by hand",
    "dates": "filled in {note} from the history of the document",
    "settings": "changed the settings: {note}",
}

TICKS = frozenset({"tick", "untick"})  # their note has the number of criteria, negative for those opened again

UNDO = "undo"  # its note has the number of the change that was undone

STILL = frozenset({"settings", "dates", UNDO})  # with these nothing on the board moves

RESTORED = "as before"  # the note of settings that an undo put back


def worth_telling(events: Iterable[Event]) -> tuple[Event, ...]:
    """Leave out settings that an undo put back: the undo beside them says so."""
    return tuple(event for event in events if (event.verb, event.note) != ("settings", RESTORED))


def undone_changes(events: Iterable[Event]) -> set[int]:
    """Return the numbers of the changes that were undone."""
    return {number_of(event.note) for event in events if event.verb == UNDO}


def undoing(change: int, events: Sequence[Event], by: Person | None) -> str:
    """Make the note of an undo: the number of the change, and what it had done; whose it was, unless their own."""
    own = by.id if by else None
    return noted(change, [_said(e) if e.who and e.who.id == own else sentence(e) for e in events])


def sentence(event: Event, escape: Callable[[str], str] = str) -> str:
    """Tell an event in a sentence, without its time; people's words and names go through `escape`."""
    who = escape(event.who.name) if event.who else "Somebody on the server"
    return f"{who} {_said(event, escape)}"


def _said(event: Event, escape: Callable[[str], str] = str) -> str:
    """Return what was done, without who did it."""
    if event.verb == UNDO:
        what = "; ".join(lines_of(event.note))
        return f"undid: {escape(what)}" if what else f"undid change {number_of(event.note)}"
    if event.verb in TICKS:
        return _ticks(event.note, escape).replace("{n}", f"#{event.number}")
    return _deed(event).replace("{n}", f"#{event.number}").replace("{note}", escape(event.note))


def _deed(event: Event) -> str:
    if event.verb in MOVES:
        between = " " if event.verb == "move" else ": "  # `moved #1 up`, `parked #1: no keys`
        return f"{MOVES[event.verb].past} {{n}}" + (f"{between}{{note}}" if event.note else "")
    return DEEDS[event.verb]


def _ticks(note: str, escape: Callable[[str], str]) -> str:
    met, opened = ticked(note)
    parts = [f"ticked on {{n}}: {escape('; '.join(met))}"] if met else []
    parts += [f"opened again on {{n}}: {escape('; '.join(opened))}"] if opened else []
    return ", and ".join(parts) or _counted(number_of(note))


def _counted(count: int) -> str:
    """Tell ticks of which only the number was noted."""
    if count == 0:
        return "wrote the result of {n}"
    criteria = counted_criteria(abs(count))
    return f"ticked {criteria} on {{n}}" if count > 0 else f"opened {criteria} on {{n}} again"


def counted_criteria(count: int) -> str:
    """Return a number of criteria: `1 criterion`, `3 criteria`."""
    return f"{count} {'criterion' if count == 1 else 'criteria'}"
