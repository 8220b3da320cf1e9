"""An item as lines of Markdown, in words that read back as the same item."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.board.model import Criterion, CriterionState, Item, Lane, Outcome
from bot.documents.inline import escaped, references
from bot.documents.outline import outline
from bot.documents.reading.body import criterion as read_criterion
from bot.documents.reading.bold import bold_lane
from bot.documents.reading.entries import Form
from bot.documents.reading.items import CLOSED, draft
from bot.documents.reading.layout import zones
from bot.documents.vocabulary import DONE_MARK, HEADINGS, OUTCOMES

Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Style:
    """How an item is written: its form, the number and the level of the forms that have them, and the lane's word."""

    form: Form
    number: int = 1
    level: int = 3
    word: str = ""  # of the heading it will stand under: under CLOSED an item is closed without saying so


def written(item: Item, style: Style) -> list[str]:
    """Return an item's lines. Words that Markdown or the reader would take for something else are escaped, and no more.

    Escapes are ugly to read, so first nothing is escaped, then the title or the criteria alone, and both at last.
    """
    for title, criteria in ((str, str), (escaped, str), (str, escaped)):
        lines = _lines(item, style, title, criteria)
        if reads_back(lines, item, style):
            return lines
    return _lines(item, style, escaped, escaped)


def said(item: Item, *, dated: bool = True) -> tuple[object, ...]:
    """Return what a document can say of an item, to compare by; `dated` is whether it says since when it is blocked."""
    blocked = item.blocked
    parked = blocked and (_text(blocked.reason), blocked.back_on, _day(blocked.since) if dated else "")
    return (
        item.lane,
        _line(item.title),
        *map(_text, (item.scope, item.estimate, item.priority, item.notes)),
        _text(item.status.text) if item.status else "",
        _day(item.started),
        *((_day(item.finished), _text(item.result), item.outcome or Outcome.STABLE) if item.lane is Lane.DONE else ()),
        parked if item.lane in (Lane.WIP, Lane.BLOCKED) else None,
        tuple(_told(each) for each in item.dod),
        frozenset([*item.links, *references("\n".join(_texts(item)))]),
    )


def reads_back(lines: list[str], item: Item, style: Style) -> bool:
    """Return whether the lines, read under a heading of the item's lane, are this item and nothing else."""
    read = only_item(lines, style.word or HEADINGS[item.lane], item.created)
    return read is not None and said(read) == said(item)


def only_item(lines: list[str], heading: str, now: datetime) -> Item | None:
    """Read lines as they would be under a heading; None when they are not exactly one item.

    A line that is nothing but a lane's name in bold would be a heading where bold lines are the headings.
    """
    if any(bold_lane(line) for line in lines):
        return None
    document = outline("\n".join(["# Board", "", f"## {heading}", *lines, ""]))
    placed = [(entry, zone) for zone in zones(document) for entry in zone.entries]
    if len(placed) != 1 or placed[0][0].end < len(document.lines):
        return None
    return draft(*placed[0], document, now, None).item


def _lines(item: Item, style: Style, title_words: Words, criteria_words: Words) -> list[str]:
    form, number = style.form, style.number
    title = title_words(_line(item.title))
    beside = _result_beside(item) if title_words is str else ""
    heads = {
        Form.HEADING: f"{'#' * style.level} {number}) {title}",
        Form.PARAGRAPH: f"**{title}**" + (f" (Started: {_day(item.started)})" if item.started else ""),
        Form.NUMBERED: f"{number}. {title}",
        Form.BULLET: f"- {title}",
        Form.ROW: f"- {title}",
    }
    head = heads[form]
    if item.lane is Lane.DONE:
        head += f" ({_outcome(item, style)}{_day(item.finished)})" if item.finished else ""
        head += f" - {beside} {DONE_MARK}" if beside else f" {DONE_MARK}"
    indent = " " * (len(f"{number}. ") if form is Form.NUMBERED else 0 if form in (Form.HEADING, Form.PARAGRAPH) else 2)
    under = _fields(item, style, beside, criteria_words)
    return [head, *(f"{indent}{line}" if line else "" for line in under)]


def _fields(item: Item, style: Style, beside: str, words: Words) -> Iterator[str]:
    """Return the labelled lines under a head, in the order of the original document."""
    yield from _field("Scope", item.scope)
    if item.dod:
        yield "- **DoD**:"
        yield from (f"  - {_criterion(each, words)}" for each in item.dod)
    yield from _field("Estimated effort", item.estimate)
    yield from _field("Priority", item.priority)
    yield from _field("Started", "" if style.form is Form.PARAGRAPH else _day(item.started))
    yield from _field("Current status", item.status.text if item.status else "")
    if item.blocked and item.lane in (Lane.WIP, Lane.BLOCKED):
        yield from _field("Blocked", item.blocked.reason)
        yield from _field("Since", _day(item.blocked.since))
        yield from _field("Back on", item.blocked.back_on.isoformat() if item.blocked.back_on else "")
    if item.lane is Lane.DONE:
        yield from _field("Result", item.result if item.result.strip() != beside else "")
        yield from _field("Outcome", "" if item.finished else _outcome(item, style).strip(": ").upper())
    named = references("\n".join(_texts(item)))
    yield from _field("Links", ", ".join(link for link in item.links if link not in named))
    if item.notes.strip():
        yield "- **Notes**:"
        yield from (f"  {line}" if line else "" for line in _text(item.notes).split("\n"))


def _field(label: str, value: str) -> Iterator[str]:
    if value.strip():
        first, *more = _text(value).split("\n")
        yield f"- **{label}**: {first}"
        yield from (f"  {line}" if line else "" for line in more)


def _criterion(criterion: Criterion, words: Words) -> str:
    plain = _criterion_in(criterion, str, "")
    if words is str or (criterion.text[:1].isalpha() and _told(read_criterion(plain)) == _told(criterion)):
        return plain
    return _criterion_in(criterion, words, "[ ] ")


def _told(criterion: Criterion) -> tuple[object, ...]:
    return _line(criterion.text), criterion.state, _line(criterion.evidence)


def _criterion_in(criterion: Criterion, words: Words, box: str) -> str:
    text, evidence = words(_line(criterion.text)), words(_line(criterion.evidence))
    if criterion.state is CriterionState.WAIVED:
        return f"~~{text}~~ — waived" + (f": {evidence}" if evidence else "")
    if criterion.state is CriterionState.MET:
        return f"[x] {text}" + (f" — evidence: {evidence}" if evidence else "")
    return f"{box}{text}"


def _result_beside(item: Item) -> str:
    """Return the result, where it fits on the line of a done item: one line, behind a day."""
    result = item.result.strip()
    return result if item.finished and "\n" not in result else ""


def _outcome(item: Item, style: Style) -> str:
    """Return the outcome, where neither the result nor the heading says it: `(Closed: 2025-12-20)`."""
    said_already = Outcome.CLOSED if CLOSED.search(item.result) else OUTCOMES.get(style.word, Outcome.STABLE)
    outcome = item.outcome or Outcome.STABLE
    return "" if outcome is said_already else f"{outcome.value.capitalize()}: "


def _texts(item: Item) -> list[str]:
    criteria = [text for each in item.dod for text in (each.text, each.evidence)]
    status = item.status.text if item.status else ""
    result = item.result if item.lane is Lane.DONE else ""  # a reopened item has one still, and nobody writes it
    reason = item.blocked.reason if item.blocked and item.lane in (Lane.WIP, Lane.BLOCKED) else ""
    return [item.title, item.scope, item.estimate, item.priority, status, result, reason, item.notes, *criteria]


def _day(at: datetime | None) -> str:
    return at.astimezone(UTC).date().isoformat() if at else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    """Return a text without trailing spaces, whatever its line endings."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
