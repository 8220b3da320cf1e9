"""A document surveyed: its zones, and every item in it with the place it gets on the board."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.model import NEXT_LIMIT, Item, Lane, Slots
from bot.documents.days import UPDATED, moment
from bot.documents.outline import Outline, outline
from bot.documents.reading.entries import Entry
from bot.documents.reading.items import Draft, draft
from bot.documents.reading.layout import Zone, zones
from bot.errors import BadInput

SIZE_LIMIT = 2 * 1024 * 1024  # bytes; the longest board seen was 17 kB
LINE_LIMIT = 100_000  # a line may be a list of its own, and costs accordingly
RANK = 1024  # LATER items stand this far apart, so that one can be put between two
ONE_IN_WIP = (
    "WIP holds one item, so this one went to LATER; with the setting “One item in progress: for each person” "
    "each owner has one"
)
NEXT_FULL = "NEXT holds three items, so this one went to LATER"
ONE_EACH = "each person has one item in progress, and its owner has another one, so this one went to LATER"


@dataclass(frozen=True, slots=True)
class Place:
    """An item, with its number, lane and position, and where in the document it stands."""

    item: Item
    entry: Entry
    zone: Zone
    dated: bool  # whether the document says since when it is blocked
    moved: bool  # whether it is in LATER only for want of room
    why: tuple[str, ...]  # what is doubtful about it


@dataclass(frozen=True, slots=True)
class Survey:
    """What `survey` found. `updated` is aware, in UTC."""

    document: Outline
    zones: list[Zone]
    places: list[Place]
    updated: datetime | None


def survey(text: str, now: datetime, slots: Slots = Slots.BOARD) -> Survey:
    """Survey a document; `now` is when its items were created, `slots` whose the slots of WIP are.

    Raises BadInput for what is no board.
    """
    refuse_strange(text)
    document = outline(text)
    all_zones = zones(document)
    if not all_zones:
        raise BadInput(
            "This does not look like a board: no heading says WIP, NEXT, LATER, BLOCKED or DONE. "
            "Send a document with at least one of them, for example `## WIP`."
        )
    at = updated_line(document, all_zones)
    updated = at[1] if at else None
    drafts = [draft(entry, zone, document, now, updated) for zone in all_zones for entry in zone.entries]
    return Survey(document, all_zones, list(_placed(drafts, slots)), updated)


def updated_line(document: Outline, all_zones: Iterable[Zone]) -> tuple[int, datetime] | None:
    """Return the line that says when the document was last updated, and the time; one outside the lanes goes first.

    What front matter says is for other programs, which may want it in another form.
    """
    for zone in sorted(all_zones, key=lambda zone: zone.lane is not None):
        for number in zone.loose():
            line = UPDATED.match(document.line(number)) if number >= document.front else None
            if line and (at := moment(line)):
                return number, at
    return None


def refuse_strange(text: str) -> None:
    """Refuse what is no document at all: nothing, too much, or no text. Raises BadInput."""
    if not text.strip("\ufeff \t\r\n"):
        raise BadInput(
            "This document is empty. Send a NEXT-7D.md with at least one of `## WIP`, `## NEXT` and `## DONE`."
        )
    if len(text) > SIZE_LIMIT or len(text.encode(errors="replace")) > SIZE_LIMIT:
        raise BadInput("This document is larger than 2 MB. Move old DONE items to an archive and send it again.")
    if text.count("\n") > LINE_LIMIT:
        raise BadInput(
            "This document is longer than 100,000 lines. Move old DONE items to an archive and send it again."
        )
    if "\0" in text:
        raise BadInput("This is not a text file: there is a zero byte in it. Send the Markdown document itself.")


def _placed(drafts: Iterable[Draft], slots: Slots) -> Iterator[Place]:
    """Number the items and give each its place; what finds no room in WIP or NEXT goes to LATER."""
    held = dict.fromkeys(Lane, 0)
    holders: set[str] = set()
    for number, each in enumerate(drafts, 1):
        lane, why = each.item.lane, each.why
        no_room = _no_room(each.item, held, holders, slots)
        if no_room:
            lane, why = Lane.LATER, (*why, no_room)
        held[lane] += 1
        holders |= {each.item.owner.id} if lane is Lane.WIP and each.item.owner else set()
        steps = {Lane.NEXT: 1, Lane.DONE: 1, Lane.LATER: RANK}
        item = replace(each.item, number=number, lane=lane, position=held[lane] * steps.get(lane, 0))
        yield Place(item, each.entry, each.zone, each.dated, bool(no_room), why)


def _no_room(item: Item, held: Mapping[Lane, int], holders: Set[str], slots: Slots) -> str:
    """Return why an item finds no room in its lane; nothing where it does. `holders`: owners of what is in WIP."""
    if item.lane is Lane.NEXT:
        return NEXT_FULL if held[Lane.NEXT] >= NEXT_LIMIT else ""
    if item.lane is not Lane.WIP:
        return ""
    if slots is Slots.BOARD:
        return ONE_IN_WIP if held[Lane.WIP] else ""
    # Whose an item is that names no owner, the board may know: it decides.
    return ONE_EACH if item.owner and item.owner.id in holders else ""
