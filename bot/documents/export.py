"""The board put into a document: only the lines that are the board's, and of those only what changed."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.core.board import Board, Item, Lane
from bot.documents.days import UPDATED
from bot.documents.edits import Edits
from bot.documents.layout import Form, Zone
from bot.documents.survey import Place, Survey, survey, updated_line
from bot.documents.template import NEW
from bot.documents.vocabulary import EMPTY, HEADINGS, says_none
from bot.documents.wording import said, written

ORDER = (Lane.WIP, Lane.NEXT, Lane.BLOCKED, Lane.LATER, Lane.DONE)  # of the lanes in a document
FORMS = {Lane.WIP: Form.PARAGRAPH, Lane.NEXT: Form.HEADING}  # as the original writes them; bullets elsewhere
LISTS = (Form.BULLET, Form.NUMBERED)
DEEPEST = 6  # level of a heading


def render(board: Board, document: str | None, updated: datetime) -> str:
    """Give the document with the board in it; a new one in the form of the original when there is none.

    Only Last Updated and the items are written: an item that the document already says stays as it stands there,
    and so does every line that is not the board's. LATER and BLOCKED get a heading once they hold something. Read
    again, the result is the same board, with days for times. Raises BadInput for a document that is no board.
    """
    text = document if document and document.strip() else NEW
    found = survey(text, updated)
    edits = Edits(found.document)
    _date(edits, found, updated)
    if _same(board, found):
        return edits.text()
    for lane in ORDER:
        _Lane(edits, found, board, lane, afresh=False).write()
    result = edits.text()
    if _same(board, survey(result, updated)):
        return result
    edits = Edits(found.document)
    _date(edits, found, updated)
    for lane in ORDER:
        _Lane(edits, found, board, lane, afresh=True).write()
    return edits.text()


def _same(board: Board, found: Survey) -> bool:
    """Whether a document says the same of every lane as the board."""
    for lane in Lane:
        places = [place for place in found.places if place.item.lane is lane]
        theirs = [said(place.item, dated=place.dated) for place in places]
        items = board.lane(lane)
        if len(items) != len(places):
            return False
        if lane in (Lane.DONE, Lane.BLOCKED):  # the board orders these by time, a document as it was written
            if lane is Lane.BLOCKED:
                theirs = [said(place.item, dated=False) for place in places]
            if Counter(said(item, dated=lane is Lane.DONE) for item in items) != Counter(theirs):
                return False
        elif [said(item, dated=place.dated) for item, place in zip(items, places, strict=True)] != theirs:
            return False
    return True


def _date(edits: Edits, found: Survey, updated: datetime) -> None:
    """Put the time in where the document says when it was last updated, as precisely as it said so before."""
    stamp = updated.astimezone(UTC)
    at = updated_line(found.document, found.zones)
    if at is None:
        zone = next((zone for zone in found.zones if zone.heading), found.zones[0])
        before = zone.body if zone.lane is None else zone.start
        edits.insert(before, ["", f"**Last Updated**: {stamp:%Y-%m-%d %H:%M} UTC"])
        return
    line = found.document.line(at[0])
    match = UPDATED.match(line)
    if match is None:
        return
    zone_name = re.search(r" ?(?:UTC|GMT|Z)$", match["moment"])
    hour = f"{match['moment'][10]}{stamp:%H:%M}{zone_name[0] if zone_name else ''}" if match["hour"] else ""
    edits.changed[at[0]] = f"{line[: match.start('moment')]}{stamp:%Y-%m-%d}{hour}{line[match.end('moment') :]}"


class _Lane:
    """One lane of the board, put into its place in the document."""

    def __init__(self, edits: Edits, found: Survey, board: Board, lane: Lane, *, afresh: bool) -> None:
        self.edits = edits
        self.found = found
        self.lane = lane
        self.places = [place for place in found.places if place.item.lane is lane]
        self.home = [zone for zone in found.zones if zone.lane is lane]
        self.afresh = afresh  # write every item anew
        self.pairs = _paired(board.lane(lane), self.places)
        self.items = self._ordered(board.lane(lane))

    def write(self) -> None:
        """Take out what left the lane, change what changed, put in what is new."""
        staying = {} if self.afresh else self._staying()
        stayed = {id(place) for place in staying.values()}
        for place in self.places:
            if id(place) not in stayed:
                self.edits.remove(place.entry.start, place.entry.end)
        anchor: Place | None = None
        front: list[tuple[int, Item]] = []
        for number, item in enumerate(self.items, 1):
            place = staying.get(item.number)
            if place is None:
                if anchor is None:
                    front.append((number, item))
                else:
                    self.edits.insert(anchor.entry.end, self._written(item, number, anchor))
                continue
            self._refresh(place, item, number)
            if place.zone.lane is self.lane and place.entry.form is not Form.ROW:
                if anchor is None:
                    self._insert_before(place, front)
                    front = []
                anchor = place
        if anchor is None:
            self._insert_at_end(front)
        self._say_none()

    def _ordered(self, items: tuple[Item, ...]) -> list[Item]:
        """The order in the document. DONE keeps the document's: new items come last, or first where the newest is."""
        if self.lane is not Lane.DONE:
            return list(items)
        old = [item for item in items if item.number in self.pairs]
        new = [item for item in items if item.number not in self.pairs]
        old.sort(key=lambda item: self.pairs[item.number].entry.start)
        days = [place.item.finished for place in self.places if place.item.finished]
        newest_first = len(days) > 1 and days[0] > days[-1] and days == sorted(days, reverse=True)
        return [*reversed(new), *old] if newest_first else [*old, *new]

    def _staying(self) -> dict[int, Place]:
        """The items that keep their place: as many as are in the board's order already."""
        kept = [
            (item.number, place)
            for item in self.items
            if (place := self.pairs.get(item.number)) and not place.moved and self._stays_as(place, item)
        ]
        at = _increasing([place.entry.start for _, place in kept])
        return {kept[index][0]: kept[index][1] for index in at}

    def _stays_as(self, place: Place, item: Item) -> bool:
        """A row of a table can only stay as it is."""
        return place.entry.form is not Form.ROW or _equal(item, place)

    def _refresh(self, place: Place, item: Item, number: int) -> None:
        entry = place.entry
        if not _equal(item, place):
            self.edits.remove(entry.start, entry.end)
            self.edits.insert(entry.start, self._written(item, number, place))
        elif self.lane in (Lane.NEXT, Lane.LATER) and entry.form in (Form.HEADING, Form.NUMBERED):
            self._renumber(place, item, number)

    def _renumber(self, place: Place, item: Item, number: int) -> None:
        entry = place.entry
        line = self.found.document.line(entry.start)
        found = re.match(r"(\s*#*\s*)(\d+)(?=[.)])", line)
        if found is None or found[2] == str(number):
            return
        if entry.form is Form.NUMBERED and len(found[2]) != len(str(number)) and entry.end > entry.start + 1:
            self.edits.remove(entry.start, entry.end)  # what is under it would not be indented enough
            self.edits.insert(entry.start, self._written(item, number, place))
        else:
            self.edits.changed[entry.start] = f"{found[1]}{number}{line[found.end() :]}"

    def _written(self, item: Item, number: int, beside: Place | None) -> list[str]:
        """An item's lines, in the form of the one it stands beside."""
        form = FORMS.get(self.lane, Form.BULLET)
        level = (self.home[0].level if self.home else self._level()) + 1
        if beside is not None and self.lane not in (Lane.WIP, Lane.DONE) and not self.afresh:
            form = Form.BULLET if beside.entry.form is Form.ROW else beside.entry.form
            level = beside.zone.level + 1
        return written(item, form, number, min(level, DEEPEST))

    def _insert_before(self, place: Place, front: Iterable[tuple[int, Item]]) -> None:
        for number, item in front:
            self._drop_none(place.zone)
            self.edits.insert(place.entry.start, self._written(item, number, place))

    def _insert_at_end(self, items: Sequence[tuple[int, Item]]) -> None:
        """Put items at the end of the lane's first zone; a lane without one gets its heading."""
        if not items:
            return
        if self.home:
            zone = self.home[0]
            self._drop_none(zone)
            at = self.edits.last(zone.body, zone.end)
        else:
            at = self._behind()
            self.edits.insert(at, [f"{'#' * self._level()} {HEADINGS[self.lane]}"])
        beside = next((place for place in self.places if place.zone.lane is self.lane), None)
        for number, item in items:
            self.edits.insert(at, self._written(item, number, beside))

    def _behind(self) -> int:
        """Where a missing lane starts: behind the lane before it, or before the first lane."""
        before = ORDER[: ORDER.index(self.lane)]
        zones = self.found.zones
        last = max((at for at, zone in enumerate(zones) if zone.lane in before), default=None)
        if last is None:
            return next(zone.start for zone in zones if zone.lane is not None)
        return self.edits.last(zones[last].start, zones[last].end)

    def _level(self) -> int:
        return next((zone.level for zone in self.found.zones if zone.lane is not None), 2)

    def _drop_none(self, zone: Zone) -> None:
        for number in self._none_lines(zone):
            self.edits.remove(number, number + 1)

    def _say_none(self) -> None:
        """A lane that has become empty says so."""
        if self.items or not self.places or not self.home:
            return
        if not any(self._none_lines(zone) for zone in self.home):
            zone = self.home[0]
            self.edits.insert(self.edits.last(zone.body, zone.end), [EMPTY])

    def _none_lines(self, zone: Zone) -> list[int]:
        lines = ((number, self.found.document.line(number).strip()) for number in zone.loose())
        return [number for number, line in lines if re.search(r"\w", line) and says_none(line.lstrip("-*+ \t"))]


def _paired(items: Iterable[Item], places: Sequence[Place]) -> dict[int, Place]:
    """Match the board's items with the document's: by all they say, then by title. By number, as the board's."""
    pairs: dict[int, Place] = {}
    free = list(places)
    rest = list(items)
    for equal in (_equal, lambda item, place: item.title.casefold() == place.item.title.casefold()):
        for item in list(rest):
            place = next((place for place in free if equal(item, place)), None)
            if place is not None:
                pairs[item.number] = place
                free.remove(place)
                rest.remove(item)
    return pairs


def _equal(item: Item, place: Place) -> bool:
    return said(item, dated=place.dated) == said(place.item, dated=place.dated)


def _increasing(values: Sequence[int]) -> list[int]:
    """The indices of a longest increasing subsequence."""
    tails: list[int] = []
    chain: list[list[int]] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before = chain[at - 1] if at else []
        tails[at : at + 1] = [value]
        chain[at : at + 1] = [[*before, index]]
    return chain[-1] if chain else []
