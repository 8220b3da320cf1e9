"""What a person changed in our parts of a file, line by line."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher

from bot.core.board.model import Lane
from bot.documents.outline import LINE
from bot.documents.reading.survey import Place, Survey, survey
from bot.errors import BadInput

COMPARED = 100  # lines that differ from the first to the last; to find which of them moved costs their square
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
    first, last = _common_ends(old, new)
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    if max(len(before), len(after)) > COMPARED:
        yield from _only_on("-", before, after, first)
        yield from _only_on("+", after, before, first)
        return
    for tag, start, end, start_new, end_new in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            yield from (("-", first + number, before[number]) for number in range(start, end))
            yield from (("+", first + number, after[number]) for number in range(start_new, end_new))


def _common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """Return how many lines two texts begin, and how many they end, with alike."""
    shorter = min(len(old), len(new))
    first = next((k for k in range(shorter) if old[k] != new[k]), shorter)
    return first, next((k for k in range(shorter - first) if old[-1 - k] != new[-1 - k]), shorter - first)


def _only_on(sign: str, side: list[str], other: list[str], first: int) -> Iterator[tuple[str, int, str]]:
    """Return the lines that a side has and the other has not, or has less often; one that only moved is none."""
    left = Counter(other)
    for number, line in enumerate(side, start=first):
        left[line] -= 1
        if left[line] < 0:
            yield sign, number, line


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
