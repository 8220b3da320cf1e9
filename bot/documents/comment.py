"""What a document says of an item without showing it: a comment behind its head, which Markdown does not render.

A document gives days, and neither owners nor the result of what was reopened. So that nothing is lost on the way
through it, the comment has what the item's lines don't say, as JSON on that one line. People may edit around it: what
they write goes before what the comment says, and a comment that nobody can read says nothing.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from zlib import crc32

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.core.board.model import Item, Lane, Note
from bot.core.people import Person
from bot.documents.days import NOON

OPENING, CLOSING = " <!-- onewip: ", " -->"
OUTSIDE_JSON = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&`|"}  # would end the comment, or bend the line
NAME_LIMIT = 80  # characters, of a display name in Slack
BLOCKABLE = (Lane.WIP, Lane.BLOCKED)


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Who(BaseModel):
    """A person: Slack's user id, and their name."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[UW][A-Z0-9]{1,20}$")
    name: str = Field(max_length=NAME_LIMIT)


class Unsaid(BaseModel):
    """What the lines of an item don't say. A time is there for its hour: its day stands in the item's lines."""

    model_config = ConfigDict(frozen=True)

    owner: Who | None = None
    started: Moment | None = None
    finished: Moment | None = None
    finished_by: Who | None = None
    since: Moment | None = None  # when it was blocked
    noted_by: Who | None = None  # who left the status note
    noted_at: Moment | None = None
    noted: int | None = None  # a checksum of the note's words: one that somebody rewords is no longer theirs
    result: str = ""  # of what was reopened


NOTHING = Unsaid()


def without(line: str) -> str:
    """Return a line as people see it; one without a comment of ours is returned as it is."""
    start, end = _span(line)
    return line[:start] + line[end:] if end else line


def read(line: str) -> Unsaid:
    """Return what the comment in a line says; nothing where there is none, or none that can be read."""
    start, end = _span(line)
    if not end:
        return NOTHING
    try:
        return Unsaid.model_validate_json(line[start:end].removeprefix(OPENING).removesuffix(CLOSING))
    except ValidationError:
        return NOTHING


def commented(line: str, unsaid: Unsaid) -> str:
    """Return a line with this comment at its end, in the place of the one it has."""
    if unsaid == NOTHING:
        return without(line)
    json = unsaid.model_dump_json(exclude_defaults=True).translate(OUTSIDE_JSON).replace("--", "-\\u002d")
    return f"{without(line)}{OPENING}{json}{CLOSING}"


def defused(text: str) -> str:
    """Return people's text with a space in what would be a comment of ours."""
    return text.replace(OPENING.rstrip(": "), f"{OPENING.rstrip(': ')} ") if OPENING in text else text


def unsaid(item: Item, *, dated: bool = True) -> Unsaid:
    """Return what the lines of an item don't say; `dated` is whether they say since when it is blocked."""
    is_done = item.lane is Lane.DONE
    block, note = item.blocked if item.lane in BLOCKABLE and dated else None, item.status
    is_signed = note is not None and bool(note.by or note.at)
    return Unsaid(
        owner=_who(item.owner),
        started=_hour(item.started),
        finished=_hour(item.finished) if is_done else None,
        finished_by=_who(item.finished_by) if is_done else None,
        since=_hour(block.since) if block else None,
        noted_by=_who(note.by) if note else None,
        noted_at=note.at if note else None,
        noted=_checksum(note) if note and is_signed else None,
        result="" if is_done else item.result,
    )


def completed(item: Item, unsaid: Unsaid, *, dated: bool) -> Item:
    """Return an item as its lines say it, with what its comment adds; `dated` as above."""
    if unsaid is NOTHING:
        return item
    is_done = item.lane is Lane.DONE
    finished = _exact(item.finished, unsaid.finished) if is_done else item.finished
    is_same_finish = is_done and (unsaid.finished is None or finished == unsaid.finished)
    block, note = item.blocked, item.status
    if block and dated:
        block = replace(block, since=_exact(block.since, unsaid.since) or block.since)
    if note and _checksum(note) == unsaid.noted:
        note = replace(note, by=_person(unsaid.noted_by), at=unsaid.noted_at)
    return replace(
        item,
        owner=_person(unsaid.owner),
        started=_exact(item.started, unsaid.started),
        finished=finished,
        finished_by=_person(unsaid.finished_by) if is_same_finish else None,
        blocked=block,
        status=note,
        result=item.result or unsaid.result,
    )


def _span(line: str) -> tuple[int, int]:
    """Return where the comment of a line starts and ends; nowhere is the line's start."""
    start = line.rfind(OPENING)
    end = line.find(CLOSING, start) if start >= 0 else -1
    return (start, end + len(CLOSING)) if end >= 0 else (0, 0)


def _exact(day: datetime | None, at: datetime | None) -> datetime | None:
    """Return the time of a day that is known without its hour; another day, or one with an hour, is a person's."""
    is_that_day = day is not None and at is not None and day == datetime.combine(at.date(), NOON)
    return at if is_that_day else day


def _hour(at: datetime | None) -> datetime | None:
    """Return a time whose hour is known."""
    return None if at is None or _in_utc(at).timetz() == NOON else _in_utc(at)


def _checksum(note: Note) -> int:
    return crc32(" ".join(note.text.split()).encode())


def _who(person: Person | None) -> Who | None:
    return Who.model_construct(id=person.id, name=person.name[:NAME_LIMIT]) if person else None


def _person(who: Who | None) -> Person | None:
    return Person(who.id, who.name) if who else None
