"""Rolling over: old entries taken out of a document, whole, for an archive beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.board.model import Lane
from bot.documents.outline import MARKER, outline
from bot.documents.reading.layout import zones
from bot.documents.reading.log import LogEntry, log_entries
from bot.documents.reading.survey import survey
from bot.documents.vocabulary import EMPTY
from bot.documents.writing.edits import Edits

STATE_LINES = 250  # PRODUCT 5: a STATE.md beyond this is rolled over
FOLDER = "STATE-ARCHIVE"
INDEX = "INDEX.md"
HEADER = "| Archive | From | Period | Entries |"
POINTER = f"> Older entries: [{FOLDER}/]({FOLDER}/{INDEX})"
ROW = re.compile(r"\| \[(?P<file>[^\]]+)\][^|]*\|[^|]*\| (?P<first>[\d-]+) to (?P<last>[\d-]+) \| (?P<count>\d+) \|")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is taken out: its day, and its lines as they stood."""

    day: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Rolled:
    """A document without its old entries, and those, oldest first. Every line of it is in one of the two."""

    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    day: datetime
    start: int
    end: int


def roll_done(text: str, before: datetime, now: datetime) -> Rolled:
    """Take what was done before a moment out of a NEXT-7D.md. What is done without a day stays."""
    surveyed = survey(text, now)
    done = [place for place in surveyed.places if place.zone.lane is Lane.DONE and place.item.lane is Lane.DONE]
    old = [
        _Span(place.item.finished, place.entry.start, place.entry.end)
        for place in done
        if place.item.finished and place.item.finished < before
    ]
    edits = Edits(surveyed.document)
    if done and len(old) == len(done):
        edits.insert(done[0].entry.start, [EMPTY])
    return _without(edits, old)


def roll_state(text: str, now: datetime, limit: int = STATE_LINES) -> Rolled:
    """Take the oldest dated entries out of a STATE.md until it has at most `limit` lines, or only one is left."""
    document = outline(text)
    edits = Edits(document)
    over = len(document.lines) - limit
    if over <= 0:
        return Rolled(text, ())
    spans = sorted([*_log_spans(log_entries(document)), *_closed_spans(text, now)], key=lambda s: (s.day, -s.start))
    old: list[_Span] = []
    if FOLDER not in text:
        over += 2
    for span in spans[:-1]:
        if over <= 0:
            break
        old.append(span)
        over -= span.end - span.start
    if old and FOLDER not in text:
        edits.insert(len(document.lines), [POINTER])
    return _without(edits, old)


def archived(archive: str | None, title: str, entries: Iterable[Entry]) -> str:
    """Return an archive with entries put behind what it holds; those that it holds already are not put in twice."""
    text = archive if archive else f"# {title}\n"
    for entry in entries:
        if not _holds(text, entry):
            listed = MARKER.match(entry.text) and MARKER.match(text.rstrip("\n").rpartition("\n")[2])
            text = text.rstrip("\n") + ("\n" if listed else "\n\n") + entry.text.strip("\n") + "\n"
    return text


def _holds(archive: str, entry: Entry) -> bool:
    """Return whether an archive has an entry already, in whole lines: `- Log` is not in `- Login`."""
    return "\n" + "\n".join(entry.text.strip("\r\n").splitlines()) + "\n" in "\n".join(["", *archive.splitlines(), ""])


def indexed(index: str | None, file: str, source: str, archive: str, entries: Sequence[Entry]) -> str:
    """Return the index of the archives with one file's row as it is now; every other line stays."""
    days = [f"{entry.day.astimezone(UTC):%Y-%m-%d}" for entry in entries]
    lines = (index if index else "# Archive\n").splitlines()
    at = next((k for k, line in enumerate(lines) if (row := ROW.match(line)) and row["file"] == file), None)
    row = ROW.match(lines[at]) if at is not None else None
    count = len(entries)
    if row:
        days += [row["first"], row["last"]]
        count = max(count, int(row["count"]) + sum(not _holds(archive, entry) for entry in entries))
    new = f"| [{file}]({file}) | {source} | {min(days)} to {max(days)} | {count} |"
    if at is not None:
        lines[at] = new
    elif HEADER in lines:
        lines.insert(_behind_table(lines), new)
    else:
        lines += ["", HEADER, "|---|---|---|---|", new]
    return "\n".join(lines) + "\n"


def _behind_table(lines: Sequence[str]) -> int:
    at = lines.index(HEADER)
    while at < len(lines) and lines[at].startswith("|"):
        at += 1
    return at


def _log_spans(entries: Sequence[LogEntry]) -> list[_Span]:
    """Return the outermost dated entries: what stands inside another one goes with it."""
    spans: list[_Span] = []
    for entry in entries:
        if not spans or entry.start >= spans[-1].end:
            spans.append(_Span(entry.day, entry.start, entry.end))
    return spans


def _closed_spans(text: str, now: datetime) -> list[_Span]:
    """Return the dated entries of CLOSED, STABLE and other lists of what is done."""
    if not zones(outline(text)):
        return []
    places = [place for place in survey(text, now).places if place.zone.lane is Lane.DONE]
    return [_Span(p.item.finished, p.entry.start, p.entry.end) for p in places if p.item.finished]


def _without(edits: Edits, spans: Sequence[_Span]) -> Rolled:
    lines = edits.document.lines
    for span in spans:
        edits.remove(span.start, span.end)
    entries = [Entry(span.day, "".join(lines[span.start : span.end])) for span in spans]
    ordered = tuple(sorted(entries, key=lambda entry: entry.day))
    return Rolled(edits.text() if spans else "".join(lines), ordered)
