"""Which item of the board is which of the document, and which of them can keep their places."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence

from bot.core.board.model import Item
from bot.documents.comment import unsaid
from bot.documents.reading.survey import Place
from bot.documents.writing.wording import said


def paired(items: Sequence[Item], places: Sequence[Place]) -> dict[int, Place]:
    """Match the board's items with the document's: by all they say, then by title. Keys are the board's numbers."""
    alike = _Matching((_key(place.item, place.dated), place) for place in places)
    pairs: dict[int, Place] = {}
    for item in items:
        place = alike.take(_key(item, True)) or alike.take(_key(item, False))
        if place is not None:
            pairs[item.number] = place
    matched = {id(place) for place in pairs.values()}
    titles = _Matching((place.item.title.casefold(), place) for place in places if id(place) not in matched)
    for item in items:
        if item.number not in pairs and (place := titles.take(item.title.casefold())):
            pairs[item.number] = place
    return pairs


class _Matching:
    """Places by a key, given out in document order, each once."""

    def __init__(self, places: Iterable[tuple[Hashable, Place]]) -> None:
        self._places: dict[Hashable, deque[Place]] = defaultdict(deque)
        for key, place in places:
            self._places[key].append(place)

    def take(self, key: Hashable) -> Place | None:
        return self._places[key].popleft() if self._places.get(key) else None


def _key(item: Item, dated: bool) -> Hashable:
    return dated, said(item, dated=dated)


def equal(item: Item, place: Place) -> bool:
    """Return whether the lines of the document say of an item what the board does."""
    return said(item, dated=place.dated) == said(place.item, dated=place.dated)


def complete(item: Item, place: Place) -> bool:
    """Return whether its comment says what the lines don't."""
    return unsaid(item, dated=place.dated) == unsaid(place.item, dated=place.dated)


def increasing(values: Sequence[int]) -> list[int]:
    """Return the indices of a longest increasing subsequence."""
    tails: list[int] = []  # the smallest value that ends a subsequence of each length
    ends: list[int] = []  # its index
    before: list[int] = []  # for each index the one before it in its subsequence
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]
