"""The lists of a STATE.md: entries moved between CLOSED, STABLE, IN PROGRESS, BLOCKED and NEXT."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.core.board.model import CriterionState, Item, Lane, Outcome
from bot.documents.inline import references
from bot.documents.reading.alone import only_item
from bot.documents.reading.entries import Form
from bot.documents.reading.layout import Zone
from bot.documents.reading.survey import Place, survey, updated_line
from bot.documents.vocabulary import OUTCOMES, says_none
from bot.documents.writing.edits import Edits
from bot.documents.writing.export import stamp
from bot.documents.writing.heading import heading
from bot.documents.writing.wording import Style, reads_back, written

NONE = "- (none)"
ABSENT = {Lane.WIP: "IN PROGRESS → (WIP=1 ONLY)", Lane.BLOCKED: "BLOCKED ⚠️"}  # headings as the original has them
WORDS = {Lane.WIP: "in progress", Lane.BLOCKED: "blocked"}
NUMBER = re.compile(r"(?P<before>\s*#*\s*)(?P<number>\d+)(?=[.)])")


class Lists:
    """One STATE.md with lists, and the changes to be made to it; what no change touches stays to the byte."""

    def __init__(self, text: str, at: datetime) -> None:
        self._survey = survey(text, at)
        self._edits = Edits(self._survey.document)
        self._at = at
        self._gone: set[int] = set()  # ids of places that are taken out
        self._filled: set[int] = set()  # ids of zones that something is put into

    def text(self) -> str:
        """Return the changed document: emptied lists say so, and it says when it was last updated."""
        for zone in self._survey.zones:
            self._say_none(zone)
        if at := updated_line(self._survey.document, self._survey.zones):
            stamp(self._edits, at[0], self._at)
        return self._edits.text()

    def close(self, item: Item) -> None:
        """Put a finished item under CLOSED or STABLE, unless it stands there with its day; take it out elsewhere."""
        self._leave(item, (Lane.WIP, Lane.BLOCKED, Lane.NEXT, Lane.LATER))
        if any(_same_finish(place, item) for place in self._places(Lane.DONE)):
            return
        zone = self._home_of(item)
        places = [place for place in self._survey.places if place.zone is zone]
        lines = closing_lines(item, _style_beside(places, zone))
        self._put(zone, places, lines, first=_newest_first(places))

    def take_back(self, item: Item) -> None:
        """Take out the entry that says the item was finished, as it was: its finish is undone."""
        for place in self._places(Lane.DONE):
            if _same_finish(place, item):
                self._take_out(place)

    def open_again(self, item: Item, done: Iterable[Item]) -> None:
        """Take out what says that the item is done: the entry of its day, or of any day; never one of what is `done`.

        An import may have the day from another document than this one.
        """
        others = list(done)
        places = [place for place in self._places(Lane.DONE) if _same_title(place, item)]
        places = [place for place in places if not any(_same_finish(place, other) for other in others)]
        for place in [place for place in places if _same_finish(place, item)] or places:
            self._take_out(place)

    def hold(self, lane: Lane, items: Iterable[Item], known: Iterable[str]) -> None:
        """Let IN PROGRESS or BLOCKED hold these items. Of the others only those with a `known` title leave."""
        wanted = {item.title.casefold(): item for item in items}
        others = {title.casefold() for title in known} - wanted.keys()
        for place in self._places(lane):
            title = place.item.title.casefold()
            if title in others:
                self._take_out(place)
            wanted.pop(title, None)
        for item in wanted.values():
            self._leave(item, (Lane.WIP, Lane.BLOCKED, Lane.NEXT, Lane.LATER))
            self._enter(lane, item)

    def _enter(self, lane: Lane, item: Item) -> None:
        zone = next((zone for zone in self._survey.zones if zone.lane is lane), None)
        lines = open_lines(item, WORDS[lane])
        if zone is None:
            if lane is Lane.WIP or item.blocked:
                self._edits.insert(self._behind_done(), [*heading(self._survey, ABSENT[lane]), *lines])
            return
        self._put(zone, [place for place in self._survey.places if place.zone is zone], lines, first=False)

    def _leave(self, item: Item, lanes: tuple[Lane, ...]) -> None:
        for lane in lanes:
            for place in self._places(lane):
                if place.item.title.casefold() == item.title.casefold():
                    self._take_out(place)

    def _take_out(self, place: Place) -> None:
        if id(place) in self._gone:
            return
        self._gone.add(id(place))
        self._edits.remove(place.entry.start, place.entry.end)
        self._renumber(place)

    def _renumber(self, gone: Place) -> None:
        """Close the gap that a numbered entry leaves, where the numbers behind it went on from its own."""
        left = NUMBER.match(self._survey.document.line(gone.entry.start))
        following = int(left["number"]) if left else 0
        for place in self._survey.places:
            if place.zone is not gone.zone or place.entry.start < gone.entry.start or id(place) in self._gone:
                continue
            line = self._edits.changed.get(place.entry.start, self._survey.document.raw(place.entry.start))
            match = NUMBER.match(line)
            if not left or not match or int(match["number"]) != following + 1:
                return
            if len(str(following)) != len(match["number"]):
                return  # what is under it would stand at another column
            self._edits.changed[place.entry.start] = f"{match['before']}{following}{line[match.end() :]}"
            following += 1

    def _put(self, zone: Zone, places: list[Place], lines: list[str], *, first: bool) -> None:
        for number in self._none_lines(zone):
            self._edits.remove(number, number + 1)
        self._filled.add(id(zone))
        if not places:
            self._edits.insert(zone.body, lines)
        elif first:
            self._edits.insert(places[0].entry.start, lines)
        else:
            self._edits.insert(places[-1].entry.end, lines)

    def _say_none(self, zone: Zone) -> None:
        places = [place for place in self._survey.places if place.zone is zone]
        if places and all(id(place) in self._gone for place in places) and id(zone) not in self._filled:
            self._edits.insert(places[0].entry.start, [NONE])

    def _places(self, lane: Lane) -> Iterator[Place]:
        return (place for place in self._survey.places if place.zone.lane is lane)

    def _home_of(self, item: Item) -> Zone:
        """Return CLOSED or STABLE, as the outcome is; where there is no such list, one that says neither, or any."""
        done = [zone for zone in self._survey.zones if zone.lane is Lane.DONE]
        wanted = (item.outcome or Outcome.STABLE).value
        named = [zone for zone in done if zone.word == wanted]
        return next(iter([*named, *(zone for zone in done if zone.word not in OUTCOMES), *done]))

    def _behind_done(self) -> int:
        done = [zone for zone in self._survey.zones if zone.lane is Lane.DONE]
        return self._edits.last(done[-1].body, done[-1].end)

    def _none_lines(self, zone: Zone) -> list[int]:
        lines = ((number, self._survey.document.line(number).strip()) for number in zone.loose())
        return [number for number, line in lines if re.search(r"\w", line) and says_none(line.lstrip("-*+ \t"))]


def closing_lines(item: Item, style: Style) -> list[str]:
    """Return a finished item as one line in the original's form: `- **Title**: result. Evidence: … (Closed: day)`."""
    outcome = (item.outcome or Outcome.STABLE).value.capitalize()
    day = f"{item.finished.astimezone(UTC):%Y-%m-%d}" if item.finished else ""
    words = closing_words(item)
    head = f"- **{_line(item.title)}**" + (f": {words}" if words else "")
    line = f"{head} ({outcome}: {day})" if day else head
    read = only_item([line], style.word or "closed", item.created) if style.form is Form.BULLET else None
    if read and read.title == _line(item.title) and read.finished and f"{read.finished:%Y-%m-%d}" == day:
        return [line]
    return written(item, style)


def closing_words(item: Item) -> str:
    """Return the result, the evidence and what was waived, on one line."""
    shown = [_line(c.evidence) for c in item.dod if c.state is CriterionState.MET and c.evidence.strip()]
    result = _line(item.result)
    named = references("\n".join([result, *shown]))
    evidence = list(dict.fromkeys([*shown, *(link for link in item.links if link not in named)]))
    waived = [f"{_line(c.text)} ({_line(c.evidence)})" for c in item.dod if c.state is CriterionState.WAIVED]
    parts = [result.rstrip(".")] if result else []
    parts += [f"Evidence: {', '.join(evidence)}"] if evidence else []
    parts += [f"Waived: {', '.join(waived)}"] if waived else []
    return ". ".join(parts)


def open_lines(item: Item, word: str) -> list[str]:
    """Return an item that is in progress or blocked, with its DoD; `word` is the heading's."""
    style = Style(Form.BULLET, word=word)
    plain = written(item, style)
    if item.lane is not Lane.WIP:
        return plain
    labelled = [f"- **WIP**: {_line(item.title)}", *plain[1:]]
    return labelled if reads_back(labelled, item, style) else plain


def _same_title(place: Place, item: Item) -> bool:
    return place.item.title.casefold() == _line(item.title).casefold()


def _same_finish(place: Place, item: Item) -> bool:
    """Return whether an entry is this item's, finished on that day."""
    days = [at.astimezone(UTC).date() if at else None for at in (place.item.finished, item.finished)]
    return _same_title(place, item) and days[0] == days[1]


def _style_beside(places: list[Place], zone: Zone) -> Style:
    headed = bool(places) and places[-1].entry.form is Form.HEADING
    return Style(Form.HEADING if headed else Form.BULLET, len(places) + 1, min(zone.level + 1, 6), zone.word)


def _newest_first(places: list[Place]) -> bool:
    days = [place.item.finished for place in places if place.item.finished]
    return len(days) > 1 and days[0] > days[-1] and days == sorted(days, reverse=True)


def _line(text: str) -> str:
    return " ".join(text.split())
