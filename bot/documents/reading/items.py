"""What an entry of a document says: an item of the board."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import CRITERION_LIMIT, TITLE_LIMIT, Item, Lane, Note, Outcome
from bot.core.board.model import Block as Parked
from bot.documents import comment
from bot.documents.days import when
from bot.documents.inline import LEADING_MARK, plain, references, unescaped
from bot.documents.outline import Outline
from bot.documents.reading.body import Body
from bot.documents.reading.body import criterion as read_criterion
from bot.documents.reading.entries import Entry, Form
from bot.documents.reading.heads import Head, read_head
from bot.documents.reading.layout import Zone
from bot.documents.vocabulary import OUTCOMES, Field

UNSAID = "no reason in the document"
CLOSED = re.compile(r"(?:^|[,;.(]\s*|\s[-–—]\s)\**CLOSED\**(?=\s*(?:[,;.:)✅]|[-–—]|$))")
NUMBERS = ("#", "no", "no.", "nr")  # columns that number the rows
CELL_END = re.compile(r"(?<!\\)\|")
ASIDE = re.compile(r"\(([^()]+)\)")
SAYS_DONE = re.compile(
    r"(?:\s[-–—]\s*|:\s+|[(\[]\s*)\**(?:done|completed|finished|closed|merged|shipped)\b[^\w]*$", re.IGNORECASE
)
COLUMNS: dict[str, Field] = {  # what the columns of a table of items are called; any other goes to the notes
    "description": Field.TITLE,
    "summary": Field.TITLE,
    "title": Field.TITLE,
    "status": Field.STATUS,
    "result": Field.RESULT,
    "priority": Field.PRIORITY,
    "prio": Field.PRIORITY,
    "estimate": Field.ESTIMATE,
    "effort": Field.ESTIMATE,
    "est": Field.ESTIMATE,
    "scope": Field.SCOPE,
    "dod": Field.DOD,
    "definition of done": Field.DOD,
    "started": Field.STARTED,
    "date": Field.FINISHED,
    "closed": Field.FINISHED,
    "completed": Field.FINISHED,
    "finished": Field.FINISHED,
    "reason": Field.BLOCKED,
    "blocked": Field.BLOCKED,
    "blocked by": Field.BLOCKED,
}
SINCE = ("since", "seit")  # a day in a blocked item's head: when it stopped, and not when it began
DAYS = (Field.STARTED, Field.FINISHED)
LANES_WITH: dict[Field, tuple[Lane, ...]] = {  # fields that only items of some lanes have
    Field.RESULT: (Lane.DONE,),
    Field.FINISHED: (Lane.DONE,),
    Field.OUTCOME: (Lane.DONE,),
    Field.BLOCKED: (Lane.WIP, Lane.BLOCKED),
    Field.SINCE: (Lane.WIP, Lane.BLOCKED),
    Field.BACK_ON: (Lane.WIP, Lane.BLOCKED),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as read, where it was read, and what is doubtful about it; its lane is the one its words name."""

    item: Item
    entry: Entry
    zone: Zone
    dated: bool  # whether the document says since when it is blocked
    why: tuple[str, ...]


def draft(entry: Entry, zone: Zone, document: Outline, now: datetime, updated: datetime | None) -> Draft:
    """Read one entry of a lane. What is blocked without a day is blocked since the document's last update."""
    if zone.lane is None:
        raise ValueError("only the entries of a lane are items")
    named = entry.folded or zone.lane
    head = read_head(entry.words, named)
    body = _body(entry, document)
    _read_cells(entry, head, body, named)
    body.notes += _beyond(entry, document)
    lane, why = _lane(named, head, body)
    if named is not zone.lane:
        why = (f"it stands under {zone.lane.value.upper()} but is folded away as {named.value.upper()}", *why)
    _put_aside(lane, head, body)
    title, long = _fitted(head.title or entry.head, body)
    values = body.values
    written = unescaped("\n".join(document.line(number) for number in range(entry.start, entry.end)))
    item = Item(
        number=0,
        title=title,
        created=now,
        lane=lane,
        scope=values.get(Field.SCOPE, ""),
        dod=tuple(body.criteria),
        estimate=values.get(Field.ESTIMATE, ""),
        priority=values.get(Field.PRIORITY, ""),
        status=Note(values[Field.STATUS]) if Field.STATUS in values else None,
        links=tuple(dict.fromkeys([*references(written), *filter(None, values.get(Field.LINKS, "").split(", "))])),
        started=when(values.get(Field.STARTED, "")),
        finished=when(values.get(Field.FINISHED, "")) or (zone.day if lane is Lane.DONE else None),
        result=values.get(Field.RESULT, ""),
        outcome=_outcome(head, body, zone) if lane is Lane.DONE else None,
        blocked=_blocked(body, zone, updated or now) if lane is Lane.BLOCKED or Field.BLOCKED in values else None,
        notes="\n".join(body.notes).strip(),
        source="import",
    )
    dated = Field.SINCE in values
    item = comment.completed(item, comment.read(document.raw(entry.start)), dated=dated)
    return Draft(item, entry, zone, dated, (*why, *long))


def _body(entry: Entry, document: Outline) -> Body:
    body = Body(document)
    for line in entry.lines:
        body.line(line)
    for block in entry.body:
        body.block(block)
    return body


def _read_cells(entry: Entry, head: Head, body: Body, lane: Lane) -> None:
    """Put what the other cells of a row say where it belongs; a ✅ in one of them ticks the item."""
    for name, text in entry.cells[1:]:
        field = COLUMNS.get(name.casefold())
        mark = LEADING_MARK.match(text)
        if field is Field.TITLE and text:
            head.title = f"{head.title}: {plain(text)}"
        elif mark and mark["done"]:
            head.ticked = True
            head.rest = ", ".join(filter(None, (head.rest, text[mark.end() :])))
        elif field is Field.DOD and text:
            body.criteria.append(read_criterion(text))
        elif field in DAYS and (when(text) is None or (field is Field.FINISHED and lane is not Lane.DONE)):
            body.notes += [f"{name}: {text}"] if text else []
        elif field is not None and field not in body.values and text:
            body.values[field] = text
        elif text and not (name.casefold() in NUMBERS and text.isdigit()):
            body.notes.append(text if name.casefold() == "notes" else f"{name}: {text}")


def _beyond(entry: Entry, document: Outline) -> list[str]:
    """Return the cells of a row for which its table has no column; Markdown does not show them."""
    if entry.form is not Form.ROW:
        return []
    line = document.line(entry.start).strip().removeprefix("|")
    cells = [cell.strip() for cell in CELL_END.split(line.removesuffix("|"))]
    return [cell for cell in cells[len(entry.cells) :] if cell]


def _lane(named: Lane, head: Head, body: Body) -> tuple[Lane, tuple[str, ...]]:
    """Return the lane an entry is in: the one of its heading, unless its own words say done, blocked or deferred."""
    if named is Lane.DONE:
        return Lane.DONE, ()
    if head.ticked:
        return Lane.DONE, (f"it stands under {named.value.upper()} but is ticked as done, so it went to DONE",)
    if named is Lane.BLOCKED and head.deferred:
        return Lane.LATER, ("it says deferred, so it went to LATER",)
    if named in (Lane.NEXT, Lane.LATER) and (head.reason is not None or Field.BLOCKED in body.values):
        return Lane.BLOCKED, (f"it stands under {named.value.upper()} but says it is blocked, so it went to BLOCKED",)
    if SAYS_DONE.search(head.title):
        return named, (f"it says that it is done but nothing ticks it, so it stays in {named.value.upper()}",)
    return named, ()


def _put_aside(lane: Lane, head: Head, body: Body) -> None:
    """Bring what the head says into the fields; what finds its field taken, or no field in this lane, is a note."""
    done = lane is Lane.DONE
    since = lane is Lane.BLOCKED and head.word in SINCE
    if since and head.reason is None and head.rest:
        head.reason, head.rest = head.rest, ""
    day = Field.FINISHED if done else Field.SINCE if since else Field.STARTED
    said = {
        day: f"{head.at:%Y-%m-%d %H:%M}" if head.at else "",
        Field.RESULT: head.rest if done else "",
        Field.BLOCKED: head.reason or "",
    }
    if head.rest and not done:
        body.notes.insert(0, head.rest)
    for field, value in said.items():
        if value and field in body.values:
            body.notes.insert(0, _labelled(field, body.values[field]))
        if value:
            body.values[field] = value
    for field, lanes in LANES_WITH.items():
        if field in body.values and lane not in lanes:
            body.notes.append(_labelled(field, body.values.pop(field)))


def _labelled(field: Field, value: str) -> str:
    return f"{field.value.capitalize()}: {value}"


def _outcome(head: Head, body: Body, zone: Zone) -> Outcome:
    """Return CLOSED where the words say so, else STABLE (PRODUCT 1, of imported items)."""
    for word in (body.values.get(Field.OUTCOME, "").casefold(), head.word):
        if word in OUTCOMES:
            return OUTCOMES[word]
    result = body.values.get(Field.RESULT, "")
    return Outcome.CLOSED if CLOSED.search(result) else OUTCOMES.get(zone.word, Outcome.STABLE)


def _blocked(body: Body, zone: Zone, updated: datetime) -> Parked:
    """Return why and since when an item is blocked; a group's heading may say why: `### Blocked (awaiting keys)`."""
    group = ASIDE.search(zone.title)
    reason = body.values.get(Field.BLOCKED, "") or (group[1] if group else "") or UNSAID
    back_on = when(body.values.get(Field.BACK_ON, ""))
    return Parked(reason, when(body.values.get(Field.SINCE, "")) or updated, back_on.date() if back_on else None)


def _fitted(title: str, body: Body) -> tuple[str, tuple[str, ...]]:
    """Cut a title and criteria that are longer than the board's limits at a word; the whole goes to the notes."""
    why = []
    if len(title) > TITLE_LIMIT:
        body.notes.insert(0, title)
        title = _cut(title, TITLE_LIMIT)
        why.append(f"its title is longer than {TITLE_LIMIT} characters; the whole of it is in the notes")
    for at, criterion in enumerate(body.criteria):
        if len(criterion.text) > CRITERION_LIMIT:
            body.notes.append(criterion.text)
            body.criteria[at] = replace(criterion, text=_cut(criterion.text, CRITERION_LIMIT))
            why.append(f"criterion {at + 1} is longer than {CRITERION_LIMIT} characters; the whole is in the notes")
    return title, tuple(why)


def _cut(text: str, limit: int) -> str:
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip() + "…"
