"""An item as lines of Markdown, in words that read back as the same item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from bot.core.board.model import Criterion, Item, Lane, Outcome
from bot.documents.comment import defused
from bot.documents.inline import escaped, references
from bot.documents.reading.alone import only_item
from bot.documents.reading.entries import Form
from bot.documents.reading.items import CLOSED
from bot.documents.vocabulary import DONE_MARK, HEADINGS, OUTCOMES
from bot.documents.writing import criteria
from bot.documents.writing.escaping import readable

TASK = "**Task**: "  # before a title that would be a lane's name, or say that there is nothing
PROBE = Criterion("x")  # beside a title that is tried


@dataclass(frozen=True, slots=True)
class Style:
    """How an item is written: its form, the number and the level of the forms that have them, and the lane's word."""

    form: Form
    number: int = 1
    level: int = 3
    word: str = ""  # of the heading it will stand under: under CLOSED an item is closed without saying so
    apart: bool = False  # whether texts begin under their labels: beside one, their first lines may be a table's


def written(item: Item, style: Style) -> list[str]:
    """Return an item's lines. What Markdown or the reader would take for something else is escaped, and no more.

    Escapes are ugly to read, so first nothing is escaped; then, of the title and of each criterion, what has to be. A
    result that bends its head gets a line of its own, and an item that is no paragraph becomes a bullet.
    """
    lines = _lines(item, style, _named(_line(item.title), style), list(map(criteria.plain, item.dod)))
    if reads_back(lines, item, style):
        return lines
    dod = list(map(criteria.written, item.dod))
    bullet = replace(style, form=Form.BULLET)
    styles = (style, replace(style, apart=True), bullet, replace(bullet, apart=True))
    for each, beside in ((style, _result_beside(item)), *((each, "") for each in styles)):
        lines = _lines(item, each, _readable_title(item, each), dod, beside)
        if reads_back(lines, item, each):
            break
    return lines


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
        tuple(map(criteria.said, item.dod)),
        frozenset([*item.links, *references("\n".join(_texts(item)))]),
    )


def reads_back(lines: list[str], item: Item, style: Style) -> bool:
    """Return whether the lines, read under a heading of the item's lane, are this item and nothing else."""
    read = only_item(lines, style.word or HEADINGS[item.lane], item.created)
    return read is not None and said(read) == said(item)


def _lines(item: Item, style: Style, name: str, dod: Sequence[str], beside: str | None = None) -> list[str]:
    """Return the lines of an item. `name`: its title as the head says it; `beside`: its result, if it fits there."""
    form, number = style.form, style.number
    beside = _result_beside(item) if beside is None else beside
    heads = {
        Form.HEADING: f"{'#' * style.level} {number}) {name}",
        Form.PARAGRAPH: name + (f" (Started: {_day(item.started)})" if item.started else ""),
        Form.NUMBERED: f"{number}. {name}",
        Form.BULLET: f"- {name}",
        Form.ROW: f"- {name}",
    }
    head = heads[form]
    if item.lane is Lane.DONE:
        head += f" ({_outcome(item, style)}{_day(item.finished)})" if item.finished else ""
        head += f" - {beside} {DONE_MARK}" if beside else f" {DONE_MARK}"
    indent = " " * (len(f"{number}. ") if form is Form.NUMBERED else 0 if form in (Form.HEADING, Form.PARAGRAPH) else 2)
    under = _fields(item, style, beside, dod)
    return [head, *(f"{indent}{line}" if line else "" for line in under)]


def _named(title: str, style: Style) -> str:
    return f"**{title}**" if style.form is Form.PARAGRAPH else title


def _readable_title(item: Item, style: Style) -> str:
    """Return the title as a head says it; one that would be a lane's name, or nothing, is called a task: `Task: Done`.

    It is tried on an item that has hardly more than its title.
    """
    bare = replace(
        item, scope="", dod=item.dod and (PROBE,), estimate="", priority="", status=None, links=(), result="", notes="",
        blocked=item.blocked and replace(item.blocked, reason=PROBE.text),
    )  # fmt: skip

    def reads(name: str) -> bool:
        return reads_back(_lines(bare, style, name, [PROBE.text]), bare, style)

    title = _line(item.title)
    words = readable(title, lambda words: reads(_named(words, style)))
    if words is None:
        return TASK + (readable(title, lambda words: reads(TASK + words)) or escaped(title))
    return _named(words, style)


def _fields(item: Item, style: Style, beside: str, dod: Sequence[str]) -> Iterator[str]:
    """Return the labelled lines under a head, in the order of the original document."""
    field = partial(_field, apart=style.apart)
    yield from field("Scope", item.scope)
    if item.dod:
        yield "- **DoD**:"
        yield from (f"  - {each}" for each in dod)
    yield from field("Estimated effort", item.estimate)
    yield from field("Priority", item.priority)
    yield from field("Started", "" if style.form is Form.PARAGRAPH else _day(item.started))
    yield from field("Current status", item.status.text if item.status else "")
    if item.blocked and item.lane in (Lane.WIP, Lane.BLOCKED):
        yield from field("Blocked", item.blocked.reason)
        yield from field("Since", _day(item.blocked.since))
        yield from field("Back on", item.blocked.back_on.isoformat() if item.blocked.back_on else "")
    if item.lane is Lane.DONE:
        yield from field("Result", item.result if item.result.strip() != beside else "")
        yield from field("Outcome", "" if item.finished else _outcome(item, style).strip(": ").upper())
    named = references("\n".join(_texts(item)))
    yield from field("Links", ", ".join(link for link in item.links if link not in named))
    if item.notes.strip():
        yield "- **Notes**:"
        yield from (f"  {line}" if line else "" for line in _text(item.notes).split("\n"))


def _field(label: str, value: str, *, apart: bool) -> Iterator[str]:
    if value.strip():
        first, *more = _text(value).split("\n")
        yield from (f"- **{label}**:", f"  {first}") if apart else (f"- **{label}**: {first}",)
        yield from (f"  {line}" if line else "" for line in more)


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
    """Return a text without trailing spaces, whatever its line endings; it can't be a comment of ours."""
    lines = defused(text).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)
