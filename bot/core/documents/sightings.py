"""Which item of one version of a document is which of the versions before: by title, by its code, by its words."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.core.board.model import Item, Lane

# What a team calls an item before its title: `Pass 52 — …`, `OPS-PM2-01b: …`, `Pass SEC-WATCH-01 (P1): …`.
CODE = re.compile(
    r"(?:[A-Za-z]+ )?(?P<code>[A-Za-z](?:[A-Za-z0-9]*-)+\d+[a-z]?|[A-Za-z]+ \d+[A-Za-z]?)(?=\s*:|\s+[(—–-]|\s*$)"
)
WORD = re.compile(r"[^\W_]+")
FEWEST = 2  # words that name an item; one alone may name many

T = TypeVar("T")


@dataclass(slots=True)
class Sighted:
    """One item over the versions: as it was seen last, and when what was seen first.

    `first` and `last` count the versions from 0. `started` and `finished` are None where no version tells them.
    """

    item: Item
    first: int
    last: int
    titles: set[str] = field(default_factory=set)
    started: datetime | None = None
    finished: datetime | None = None
    is_doubled: bool = False  # its title stands twice in a version, so nothing is told of it


def paired(items: Sequence[Item], known: Iterable[Sighted]) -> Iterator[tuple[Item, Sighted | None]]:
    """Return the items of a version, all of other titles, each with what is known of it; None: it is new.

    A title may change on the way from NEXT to DONE, so what has another one is known by its code, and what is not done
    yet by its words. Whatever could be two items is neither.
    """
    left, free = {item.title: item for item in items}, {id(each): each for each in known}
    for key, is_of in ((_title, _any), (_code, _any), (_words, _is_open)):
        theirs = _only((key(each.item.title), each) for each in free.values() if is_of(each))
        for name, item in _only((key(item.title), item) for item in left.values()).items():
            if name in theirs:
                yield item, theirs[name]
                del left[item.title], free[id(theirs[name])]
    yield from ((item, None) for item in left.values())


def _only(keyed: Iterable[tuple[Hashable, T]]) -> dict[Hashable, T]:
    """Return what has a key that nothing else has."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for key, value in keyed:
        groups[key].append(value)
    return {name: group[0] for name, group in groups.items() if name and len(group) == 1}


def _any(_: Sighted) -> bool:
    return True


def _is_open(sighted: Sighted) -> bool:
    return sighted.item.lane is not Lane.DONE


def _title(title: str) -> str:
    return title


def _code(title: str) -> str:
    match = CODE.match(title)
    return match["code"].casefold() if match else ""


def _words(title: str) -> tuple[str, ...]:
    """Return the words of a title without its code: `Pass 22 (Backend check)` is `Backend check`."""
    match = CODE.match(title)
    words = tuple(WORD.findall((title[match.end() :] if match else title).casefold()))
    return words if len(words) >= FEWEST else ()
