"""How far an item is and how long it took: counted and said here, for whatever shows an item."""

from collections.abc import Callable, Sequence
from datetime import tzinfo

from bot.core.board.model import Criterion, Item
from bot.core.board.words import clipped
from bot.core.times import age

WAIVERS_NAMED = 3  # by whom and why; a message lists items, and more of them stand on the item's card
REASON = 100  # characters of a waiver's reason where it is counted; the card has all of it


def how_far(item: Item, escape: Callable[[str], str] = str) -> str:
    """Return how far an item is: `3 of 6`, or `2 met · 1 waived by Maria: no data yet · 3 open` (PRODUCT 1).

    A waiver is not a tick, so it is counted by itself, with who waived it and why; people's words and names go through
    `escape`.
    """
    return " · ".join(counts(item, escape))


def how_far_in_short(item: Item) -> str:
    """Return how far an item is where there is no room for reasons: `2 met · 1 waived`."""
    return " · ".join(_counts(item, ""))


def counts(item: Item, escape: Callable[[str], str] = str) -> tuple[str, ...]:
    """Return how far an item is, count by count."""
    return _counts(item, _by_whom_and_why(item.waived, escape))


def took(item: Item, zone: tzinfo) -> str:
    """Return how long an item took; nothing when nobody knows.

    Within a day hours, else the calendar days it was in progress on, as `day 8` on the board counts them: days off
    are days too, and so are the first and the last one.
    """
    if item.started is None or item.finished is None:
        return ""
    days = item.day(item.finished, zone)
    return age(item.started, item.finished) if days < 2 else f"{days} days"


def _counts(item: Item, about_waivers: str) -> tuple[str, ...]:
    if not item.dod:
        return ("no DoD yet",)
    if not item.waived:
        return (f"{item.met} of {len(item.dod)}",)
    still_open = len(item.open_criteria)
    waived = f"{len(item.waived)} waived{about_waivers}"
    return (f"{item.met} met", waived, *([f"{still_open} open"] if still_open else []))


def _by_whom_and_why(waived: Sequence[Criterion], escape: Callable[[str], str]) -> str:
    """Return who waived criteria and why, those first of whom an import did not say who."""
    reasons: dict[str, list[str]] = {}
    for criterion in sorted(waived[:WAIVERS_NAMED], key=lambda criterion: criterion.by is not None):
        of_person = reasons.setdefault(criterion.by.name if criterion.by else "", [])
        of_person += [escape(clipped(criterion.evidence, REASON).rstrip("."))] if criterion.evidence else []
    clauses = [_clause(escape(name), why) for name, why in reasons.items()]
    clauses += [f" and {len(waived) - WAIVERS_NAMED} more"] if len(waived) > WAIVERS_NAMED else []
    return ";".join(clauses)


def _clause(name: str, reasons: Sequence[str]) -> str:
    return (f" by {name}" if name else "") + (f": {', '.join(reasons)}" if reasons else "")
