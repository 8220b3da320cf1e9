"""A reading written out for people to compare with its document: every lane, kept sections, doubts with their lines."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.board.model import CriterionState, Item, Lane
from bot.documents.next7d import Reading
from bot.documents.reading.log import LogEntry

BOXES = {CriterionState.OPEN: "[ ]", CriterionState.MET: "[x]", CriterionState.WAIVED: "[~]"}


def written_out(reading: Reading, log: tuple[LogEntry, ...] = ()) -> str:
    """Return everything that a reading says, a line each; what has more lines is set off by bars."""
    return "\n".join(_lines(reading, log)) + "\n"


def _lines(reading: Reading, log: tuple[LogEntry, ...]) -> Iterator[str]:
    yield f"updated {_day(reading.updated) or 'not said'}"
    for lane in Lane:
        items = [item for item in reading.board.items if item.lane is lane]  # in the document's order
        yield from ["", lane.value.upper()] if items else []
        for item in items:
            yield from _item(item)
    for section in reading.sections:
        yield from ["", f"KEPT {section.heading or '(above the first heading)'}"]
        yield from _block("", section.text)
    yield from ["", "LOG"] if log else []
    for entry in log:
        yield f"line {entry.start + 1}  {_day(entry.day)}  {entry.title}"
        yield from _field("status", entry.status)
    yield from ["", "DOUBTS"] if reading.doubts else []
    for doubt in reading.doubts:
        yield f"line {doubt.line}  {doubt.text}"
        yield f"    {doubt.why}"


def _item(item: Item) -> Iterator[str]:
    yield f"#{item.number} {item.title}"
    yield from _field("scope", item.scope)
    for criterion in item.dod:
        yield f"    {BOXES[criterion.state]} {criterion.text}"
        yield from _field("      evidence", criterion.evidence)
    yield from _field("estimate", item.estimate)
    yield from _field("priority", item.priority)
    yield from _field("status", item.status.text if item.status else "")
    yield from _field("started", _day(item.started))
    if item.blocked:
        yield from _field("blocked", item.blocked.reason)
        yield from _field("since", _day(item.blocked.since))
        yield from _field("back on", str(item.blocked.back_on or ""))
    if item.outcome:
        yield from _field("finished", f"{_day(item.finished) or 'not said'} as {item.outcome.value.upper()}")
    yield from _field("result", item.result)
    yield from _field("links", " ".join(item.links))
    yield from _block("    ", item.notes)


def _field(name: str, value: str) -> Iterator[str]:
    if value:
        first, *more = value.split("\n")
        yield f"    {name}: {first}"
        yield from _block("    ", "\n".join(more))


def _block(indent: str, text: str) -> Iterator[str]:
    if text:
        yield from (f"{indent}| {line}".rstrip() for line in text.split("\n"))


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%Y-%m-%d}" if (at.hour, at.minute) == (12, 0) else f"{at:%Y-%m-%d %H:%M}"
