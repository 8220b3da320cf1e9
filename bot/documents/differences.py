"""What a person changed in our parts of a file, line by line."""

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher

from bot.core.board.model import Lane
from bot.documents.outline import LINE
from bot.documents.reading.survey import Place, Survey, survey
from bot.errors import BadInput

STANDING = frozenset({Lane.WIP, Lane.BLOCKED})  # of a STATE.md: what is done is ours only where both sides know it


def difference(written: str, current: str, now: datetime, *, is_state: bool) -> tuple[str, ...]:
    """Return the lines of our parts that differ: `- ` as they were written, `+ ` as they stand there now.

    People may change what is beside them. Where the change shows in no line of ours (a fence that swallows the rest,
    a heading that is gone), every line that differs is returned, as for a file that is no board any more.
    """
    differing = list(_differing(written, current))
    try:
        ours = _ours(survey(written, now), survey(current, now), is_state=is_state)
    except BadInput:
        ours = set()
    return tuple(f"{sign} {line}" for sign, number, line in differing if (sign, number) in ours) or tuple(
        f"{sign} {line}" for sign, _, line in differing
    )


def _differing(written: str, current: str) -> Iterator[tuple[str, int, str]]:
    """Return each line that differs: its sign, its number on its side, and its text."""
    old, new = _lines(written), _lines(current)
    for tag, first, last, start, end in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield from (("-", number, old[number]) for number in range(first, last))
            yield from (("+", number, new[number]) for number in range(start, end))


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r\n") for line in LINE.findall(text)]


def _ours(written: Survey, current: Survey, *, is_state: bool) -> set[tuple[str, int]]:
    """Return the lines of items and of lanes' headings, by sign and number; of a STATE.md those that we write."""
    done = _done_titles(written) & _done_titles(current)
    lines = set()
    for sign, side in (("-", written), ("+", current)):
        for zone in side.zones:
            if zone.lane in STANDING or (zone.lane is not None and not is_state):
                lines |= {(sign, number) for number in range(zone.start, zone.body)}
        for place in side.places:
            if not is_state or place.zone.lane in STANDING or _is_done(place, done):
                lines |= {(sign, number) for number in range(place.entry.start, place.entry.end)}
    return lines


def _done_titles(side: Survey) -> set[str]:
    return {place.item.title for place in side.places if place.zone.lane is Lane.DONE}


def _is_done(place: Place, titles: set[str]) -> bool:
    return place.zone.lane is Lane.DONE and place.item.title in titles
