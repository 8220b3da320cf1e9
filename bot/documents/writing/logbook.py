"""A finish written into a STATE.md that is a log: one dated entry more, in the log's own form."""

from datetime import UTC, datetime

from bot.core.board.model import Criterion, CriterionState, Item, Outcome
from bot.documents.inline import escaped, references
from bot.documents.outline import Kind, Outline, outline
from bot.documents.reading.log import STATUS, LogEntry, log_entries, newest_first, says_updated
from bot.documents.writing.edits import Edits
from bot.documents.writing.export import stamp

LEVEL = 2
OURS = tuple(f"✅ {outcome.value.upper()}" for outcome in Outcome)  # the status of an entry that nobody has rewritten


REOPENED = "🔄 REOPENED"


def with_entry(text: str, item: Item, next_item: Item | None, at: datetime) -> str:
    """Return the log with an entry about the finished item, at the end where it grows; one it has already stays.

    One that says it is open again is written anew.
    """
    document = outline(text)
    entries = log_entries(document)
    edits = Edits(document)
    own = next((entry for entry in entries if _is_about(entry, item)), None)
    if own and own.status == REOPENED:
        edits.remove(own.start, edits.last(own.start, own.end))
        edits.insert(own.start, _lines(item, next_item, own.level))
    elif own is None:
        level = min((entry.level for entry in entries), default=LEVEL)
        at_line, ruled = _place(document, entries, level), _ruled(document, entries)
        last = at_line == len(document.lines)
        edits.insert(at_line, _lines(item, next_item, level) + ([] if last else ["", "---", ""] if ruled else [""]))
    _date(edits, document, at)
    return edits.text()


def without_entry(text: str, item: Item, at: datetime) -> str:
    """Return the log without the entry about an item's finish; one that somebody has rewritten stays."""
    document = outline(text)
    edits = Edits(document)
    for entry in log_entries(document):
        if _is_about(entry, item) and entry.status in OURS:
            edits.remove(entry.start, entry.end)
            break
    _date(edits, document, at)
    return edits.text()


def with_reopened(text: str, item: Item, at: datetime) -> str:
    """Return the log with an item's entry saying that it is open again; one that somebody has rewritten stays."""
    document = outline(text)
    edits = Edits(document)
    for entry in log_entries(document):
        if _is_about(entry, item) and entry.status in OURS:
            for number in range(entry.start, entry.end):
                if (line := document.line(number)).endswith(entry.status) and STATUS.match(line):
                    edits.changed[number] = line.removesuffix(entry.status) + REOPENED
    _date(edits, document, at)
    return edits.text()


def _is_about(entry: LogEntry, item: Item) -> bool:
    own = log_entries(outline(_head(item, entry.level)))
    return bool(own) and (entry.day, entry.title) == (own[0].day, own[0].title)


def _head(item: Item, level: int) -> str:
    day = f"{item.finished.astimezone(UTC):%Y-%m-%d}" if item.finished else ""
    return f"{'#' * level} {day} — {_line(item.title)}"


def _lines(item: Item, next_item: Item | None, level: int) -> list[str]:
    lines = [_head(item, level), "", _status(item)]
    lines += ["", _safe(_line(item.result))] if item.result.strip() else []
    lines += ["", "**DoD**:", *map(_criterion, item.dod)] if item.dod else []
    named = references("\n".join([item.result, *(c.evidence for c in item.dod)]))
    links = [link for link in item.links if link not in named]
    lines += ["", f"**Evidence**: {', '.join(links)}"] if links else []
    lines += ["", f"**Next**: {_line(next_item.title)}"] if next_item else []
    return lines


def _status(item: Item) -> str:
    return f"**Status**: ✅ {(item.outcome or Outcome.STABLE).value.upper()}"


def _criterion(criterion: Criterion) -> str:
    text, evidence = _line(criterion.text), _line(criterion.evidence)
    if criterion.state is CriterionState.WAIVED:
        return f"- ~~{text}~~ — waived: {evidence}"
    return f"- ✅ {text}" + (f" — {evidence}" if evidence else "")


def _place(document: Outline, entries: tuple[LogEntry, ...], level: int) -> int:
    """Return the place: before the first dated entry if the newest is on top; else the end, before an open fence."""
    tops = tuple(entry for entry in entries if entry.level == level)
    if tops and newest_first(tops):
        return tops[0].start
    tail = document.blocks[-1] if document.blocks else None
    return tail.start if tail and tail.kind is Kind.OTHER else len(document.lines)


def _ruled(document: Outline, entries: tuple[LogEntry, ...]) -> bool:
    """Return whether rules stand between the entries."""
    inside = range(entries[0].start, entries[-1].start) if entries else range(0)
    return any(block.kind is Kind.RULE and block.start in inside for block in document.blocks)


def _date(edits: Edits, document: Outline, at: datetime) -> None:
    if updated := says_updated(document):
        stamp(edits, updated[0], at)


def _safe(line: str) -> str:
    """Return people's words as one paragraph, whatever marks they begin with."""
    blocks = outline(line).blocks
    return line if len(blocks) == 1 and blocks[0].kind is Kind.PARAGRAPH else escaped(line)


def _line(text: str) -> str:
    return " ".join(text.split())
