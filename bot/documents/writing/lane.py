"""One lane of the board put into its place in a document."""

import re
from collections.abc import Iterable, Sequence

from bot.core.board.model import Board, Item, Lane, Slots
from bot.documents.comment import commented, unsaid
from bot.documents.outline import Kind
from bot.documents.reading.entries import Form
from bot.documents.reading.layout import Zone
from bot.documents.reading.survey import Place, Survey
from bot.documents.vocabulary import EMPTY, HEADINGS, WIP_EACH, says_none
from bot.documents.writing.edits import Edits
from bot.documents.writing.heading import heading, is_marked
from bot.documents.writing.pairing import complete, equal, increasing, paired
from bot.documents.writing.wording import Style, written

ORDER = (Lane.WIP, Lane.NEXT, Lane.BLOCKED, Lane.LATER, Lane.DONE)  # of the lanes in a document
FORMS = {Lane.WIP: Form.PARAGRAPH, Lane.NEXT: Form.HEADING}  # as the original writes them; bullets elsewhere
DEEPEST = 6  # level of a heading


class LaneWriter:
    """Writes a lane: first `remove` of every lane, then `write`, so that none is put into what another leaves."""

    def __init__(self, edits: Edits, survey: Survey, board: Board, lane: Lane, *, afresh: bool) -> None:
        self.edits = edits
        self.survey = survey
        self.lane = lane
        self.places = [place for place in survey.places if place.item.lane is lane]
        self.home = [zone for zone in survey.zones if zone.lane is lane]
        self.title = WIP_EACH if lane is Lane.WIP and board.slots is Slots.PERSON else HEADINGS[lane]
        self.afresh = afresh  # write every item anew
        self.pairs = paired(board.lane(lane), self.places)
        self.items = self._ordered(board.lane(lane))
        self.staying: dict[int, Place] = {} if afresh else self._staying()  # by the number of the board's item

    def remove(self) -> None:
        """Take out what left the lane or its place in it."""
        stayed = {id(place) for place in self.staying.values()}
        for place in self.places:
            if id(place) not in stayed:
                self.edits.remove(place.entry.start, place.entry.end)

    def write(self) -> None:
        """Change what changed, and put in what is new or has moved."""
        anchor: Place | None = None
        front: list[tuple[int, Item]] = []
        for number, item in enumerate(self.items, 1):
            stays = self.staying.get(item.number)
            if stays is None and anchor is None:
                front.append((number, item))
            elif stays is None and anchor is not None:
                self.edits.insert(anchor.entry.end, self._written(item, number, anchor))
            elif stays is not None:
                self._refresh(stays, item, number)
                if stays.zone.lane is self.lane and stays.entry.form is not Form.ROW:
                    self._insert_before(stays, front)
                    front, anchor = [], stays
        if anchor is None:
            self._insert_at_end(front)
        self._say_none()

    def _ordered(self, items: tuple[Item, ...]) -> list[Item]:
        """Return the order in the document. DONE keeps its own: new items come last, or first where the newest is."""
        if self.lane is not Lane.DONE:
            return list(items)
        old = [item for item in items if item.number in self.pairs]
        new = [item for item in items if item.number not in self.pairs]
        old.sort(key=lambda item: self.pairs[item.number].entry.start)
        days = [place.item.finished for place in self.places if place.item.finished]
        newest_first = len(days) > 1 and days[0] > days[-1] and days == sorted(days, reverse=True)
        return [*reversed(new), *old] if newest_first else [*old, *new]

    def _staying(self) -> dict[int, Place]:
        """Return the items that keep their place: as many as are in the board's order already."""
        candidates = [
            (item.number, place)
            for item in self.items
            if (place := self.pairs.get(item.number)) and not place.moved and self._stays_as(place, item)
        ]
        at = increasing([place.entry.start for _, place in candidates])
        return {candidates[index][0]: candidates[index][1] for index in at}

    def _stays_as(self, place: Place, item: Item) -> bool:
        """Return whether it can stay: a table's row, or an item under another lane's heading, only as it is."""
        at_home = place.zone.lane is self.lane and place.entry.form is not Form.ROW
        return at_home or equal(item, place)

    def _refresh(self, place: Place, item: Item, number: int) -> None:
        """Change of an item's lines only what changed: all of them, its number, or its comment."""
        entry = place.entry
        line = self._renumbered(place, number)
        if line is None or not equal(item, place):
            self.edits.remove(entry.start, entry.end)
            self.edits.insert(entry.start, self._written(item, number, place))
            return
        if not complete(item, place):
            line = commented(line, unsaid(item, dated=place.dated))
        if line != self.survey.document.raw(entry.start):
            self.edits.changed[entry.start] = line

    def _renumbered(self, place: Place, number: int) -> str | None:
        """Return the first line of an item with its number as it is now; None: what is under it has to move."""
        entry = place.entry
        line = self.survey.document.raw(entry.start)
        match = re.match(r"(\s*#*\s*)(\d+)(?=[.)])", line)
        is_counted = self.lane in (Lane.NEXT, Lane.LATER) and entry.form in (Form.HEADING, Form.NUMBERED)
        if match is None or match[2] == str(number) or not is_counted:
            return line
        if entry.form is Form.NUMBERED and len(match[2]) != len(str(number)) and entry.end > entry.start + 1:
            return None  # it would not be indented enough
        return f"{match[1]}{number}{line[match.end() :]}"

    def _written(self, item: Item, number: int, beside: Place | None) -> list[str]:
        """Return an item's lines, in the form of the one it stands beside."""
        zone = beside.zone if beside is not None else self.home[0] if self.home else None
        form = FORMS.get(self.lane, Form.BULLET)
        if form is Form.HEADING and not is_marked(self.survey):
            form = Form.NUMBERED
        if beside is not None and self.lane is not Lane.WIP and not self.afresh:
            form = self._form_beside(beside.entry.form)
        level = min((zone.level if zone else self._level()) + 1, DEEPEST)
        head, *under = written(item, Style(form, number, level, zone.word if zone else ""))
        return [commented(head, unsaid(item)), *under]

    def _form_beside(self, form: Form) -> Form:
        """Return the form: a row can't follow its table; done items are bullets unless headings swallow them."""
        if form is Form.ROW or (self.lane is Lane.DONE and form is not Form.HEADING):
            return Form.BULLET
        return form

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
            at = self._end_of(zone)
        else:
            at = self._behind()
            self.edits.insert(at, heading(self.survey, self.title))
        beside = next((place for place in self.places if place.zone in self.home[:1]), None)
        for number, item in items:
            self.edits.insert(at, self._written(item, number, beside))

    def _end_of(self, zone: Zone) -> int:
        """Return the line behind what is left under a heading; where nothing is left, where something was."""
        at = self.edits.last(zone.body, zone.end)
        tail = self.survey.document.blocks[-1]
        if tail.kind is Kind.OTHER and tail.start < at:  # an open fence swallows what is put behind it
            at = tail.start
        return at if at > zone.body else self.edits.first(zone.body, zone.end)

    def _behind(self) -> int:
        """Return where a missing lane starts: behind the lane before it, or before the first lane."""
        before = ORDER[: ORDER.index(self.lane)]
        zones = self.survey.zones
        last = max((at for at, zone in enumerate(zones) if zone.lane in before), default=None)
        if last is None:
            return next(zone.start for zone in zones if zone.lane is not None)
        return self._end_of(zones[last])

    def _level(self) -> int:
        return next((zone.level for zone in self.survey.zones if zone.lane is not None), 2)

    def _drop_none(self, zone: Zone) -> None:
        for number in self._none_lines(zone):
            self.edits.remove(number, number + 1)

    def _say_none(self) -> None:
        """Say that a lane has become empty."""
        if self.items or not self.places or not self.home:
            return
        zone = self.home[0]
        if self.edits.last(zone.body, zone.end) == zone.body:
            self.edits.insert(self._end_of(zone), [EMPTY])

    def _none_lines(self, zone: Zone) -> list[int]:
        lines = ((number, self.survey.document.line(number).strip()) for number in zone.loose())
        return [number for number, line in lines if re.search(r"\w", line) and says_none(line.lstrip("-*+ \t"))]
