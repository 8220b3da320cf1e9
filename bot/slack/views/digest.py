"""The morning digest as a message."""

from datetime import timedelta

from bot.core.board import Item
from bot.core.digest import Digest
from bot.slack.views.blocks import Block, actions, button, said, section
from bot.slack.views.board import production
from bot.slack.views.item import bar, count, flag, named, parked, quote

SHOWN = 3  # blocked items, and changes in their line: a digest is short however large the board
CHANGES = 6


def digest(found: Digest, *, has_facts: bool) -> list[Block]:
    """Show a digest: what changed first, then what is in progress, next and blocked, then production."""
    lines = [_one_line(found, has_facts)] if found.unchanged else _lines(found, has_facts)
    return [section("\n".join(lines)), actions(_buttons(found.board.wip, has_facts))]


def spoken(found: Digest) -> str:
    """The digest in a sentence or two."""
    wip = found.board.wip
    now = f"in progress #{wip.number} {wip.title}, {count(wip)}" if wip else "nothing in progress"
    upcoming = ", ".join(f"#{item.number} {item.title}" for item in found.board.next) or "nothing"
    return f"{_day(found)}: {now}. Next: {upcoming}."


def _day(found: Digest) -> str:
    return f"{found.day:%A} {found.day.day} {found.day:%B}"


def _one_line(found: Digest, has_facts: bool) -> str:
    wip = found.board.wip
    parts = [f"*{_day(found)}*{_late(found.late_by)}"]
    if wip:
        moved = f"nothing moved since {_since(found)}"
        parts += [f"#{wip.number} day {wip.day(found.now, found.board.zone)}, {count(wip)}, {moved}"]
    return " · ".join(parts + ([production(found.run)] if has_facts else []))


def _lines(found: Digest, has_facts: bool) -> list[str]:
    lines = [f"*{_day(found)}*{_late(found.late_by)}"]
    lines += [f"Since {_since(found)}: {_some(list(found.changes), CHANGES, ' · ')}"] if found.changes else []
    lines += [*_in_progress(found), f"*Next*  {_upcoming(found.board.next)}"]
    blocked = [parked(item, found.now) for item in found.board.blocked]
    lines += [f"*Blocked*  {_some(blocked, SHOWN, '; ')}"] if blocked else []
    return lines + ([f"*Production*  {production(found.run)}"] if has_facts else [])


def _in_progress(found: Digest) -> list[str]:
    wip = found.board.wip
    if wip is None:
        return ["*In progress*  nothing"]
    owner = f" · {said(wip.owner.name, 60)}" if wip.owner else ""
    stale = " · 🟡 nothing moved for a day" if found.stale else ""
    day = wip.day(found.now, found.board.zone)
    lines = [f"*In progress, day {day}*  {named(wip)}{owner} · {bar(wip)}{stale}"]
    return [*lines, *filter(None, [flag(wip, found.now), quote(wip)])]


def _upcoming(items: tuple[Item, ...]) -> str:
    return " · ".join(named(item, 80) + ("" if item.dod else " (no DoD)") for item in items) or "nothing queued"


def _late(by: timedelta | None) -> str:
    if by is None:
        return ""
    minutes = int(by.total_seconds() // 60)
    return f"   (late by {f'{minutes} min' if minutes < 60 else f'{minutes // 60} h {minutes % 60} min'})"


def _since(found: Digest) -> str:
    """When the last digest was, in the board's days: `yesterday`, `Friday`, or a date."""
    if found.since is None:
        return "the start"
    then = found.since.astimezone(found.board.zone).date()
    days = (found.day - then).days
    names = {0: "this morning", 1: "yesterday"}
    return names.get(days) or (f"{then:%A}" if days < 7 else f"{then.day} {then:%B}")


def _some(parts: list[str], most: int, between: str) -> str:
    more = [f"and {len(parts) - most} more"] if len(parts) > most else []
    return between.join(parts[:most] + more)


def _buttons(wip: Item | None, has_facts: bool) -> list[Block]:
    buttons = []
    if wip:
        buttons += [button("Mark DoD done", "finish", str(wip.number), style="primary")]
        buttons += [button("Update status", "status", f"#{wip.number}")]
    buttons += [button("Run prod facts", "facts", "run")] if has_facts else []
    return [*buttons, button("Open board", "board")]
