"""The morning digest as a message."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.board.model import Item
from bot.core.board.ways import how_far
from bot.core.digest.summary import STALE_AFTER, Digest, Held
from bot.core.times import in_words, say_date
from bot.slack.board.board import production
from bot.slack.board.item import age, bar, flag, named, quote
from bot.slack.digest import week as weeks
from bot.slack.layout.blocks import Block, actions, button, mention, paragraphs, said

SHOWN = 3  # blocked items, and finished ones in their line: a digest is short however large the board
CHANGES = 6
TITLE = 80  # characters of a title in a line of several
FRESH = timedelta(minutes=5)  # readings that were not taken for this digest, and are as good


def digest(found: Digest, *, is_posted: bool = False) -> list[Block]:
    """Show a digest: what changed first, then what is in progress, next and blocked, then production.

    `is_posted`: it stands in the channel, so that it can be answered.
    """
    lines = [_one_line(found)] if found.unchanged else _lines(found)
    week = weeks.week(found.week, found.board.zone) if found.week else []
    return [*paragraphs(lines), *week, actions(_buttons(found, is_posted))]


def _one_line(found: Digest) -> str:
    moved = f"nothing moved since {since(found)}"
    wip = found.board.wip
    if wip:
        now = [f"#{wip.number} day {wip.day(found.now, found.board.zone)}", how_far(wip)]
        now += ["⛔ blocked"] if wip.flagged else []
    else:
        now = ["nothing in progress", *(f"next is {named(item, TITLE)}" for item in found.board.next[:1])]
    line = f"*{say_date(found.day)}*{_late(found.late_by)} · " + ", ".join([*now, moved])
    return line + (f" · {_production(found)}" if found.has_facts else "")


def _lines(found: Digest) -> list[str]:
    changes = list(found.beside_done)
    lines = [f"*{say_date(found.day)}*{_late(found.late_by)}"]
    lines += [f"Since {since(found)}: {_some(changes, CHANGES, ' · ')}"] if changes else []
    lines += [f"*Done*  {_some([_done(item) for item in found.done], SHOWN, ' · ')}"] if found.done else []
    lines += [*_in_progress(found), f"*Next*  {_upcoming(found.board.next)}"]
    lines += _blocked(found)
    return lines + ([f"*Production*  {_production(found)}"] if found.has_facts else [])


def _done(item: Item) -> str:
    parts = [named(item, TITLE)]
    parts += [said(item.finished_by.name, 60)] if item.finished_by else []
    return ", ".join([*parts, *weeks.took(item)])


def _in_progress(found: Digest) -> list[str]:
    wip = found.board.wip
    if wip is None:
        return ["*In progress*  nothing"]
    owner = f" · {said(wip.owner.name, 60)}" if wip.owner else ""
    stale = f" · 🟡 nothing moved for {in_words(STALE_AFTER)}" if found.is_stale else ""
    day = wip.day(found.now, found.board.zone)
    lines = [f"*In progress, day {day}*  {named(wip)}{owner} · {bar(wip)}{stale}"]
    return [*lines, *filter(None, [flag(wip, found.now), quote(wip)])]


def _upcoming(items: tuple[Item, ...]) -> str:
    return " · ".join(named(item, TITLE) + ("" if item.dod else " (no DoD)") for item in items) or "nothing queued"


def _blocked(found: Digest) -> list[str]:
    """What is parked, and the one thing that somebody is asked to decide about today."""
    if not found.held:
        return []
    lines = [f"*Blocked*  {_some([_held(held, found) for held in found.held], SHOWN, '; ')}"]
    asking = next((held.item for held in found.held if held.is_escalated), None)
    if asking is None or asking.blocked is None:
        return lines
    who = mention(asking.owner) if asking.owner else "Nobody owns it; somebody"
    waited = age(asking.blocked.since, found.now)
    return [*lines, f"🟡 #{asking.number} has waited {waited}. {who}: unblock it, drop it, or write what has changed."]


def _held(held: Held, found: Digest) -> str:
    parts = [f"#{held.item.number} {said(held.item.title, TITLE)}"]
    if held.item.blocked:
        parts[0] += f" — {said(held.item.blocked.reason, TITLE)}"
        parts += [age(held.item.blocked.since, found.now)]
    parts += [held.became] if held.became else []
    return ", ".join(parts) + _back(held)


def _back(held: Held) -> str:
    back_on = held.item.blocked.back_on if held.item.blocked else None
    if back_on is None:
        return ""
    day = f"{back_on:%a} {back_on.day} {back_on:%b}"
    return f" · 🟡 was to be back on {day}" if held.is_back else f" · back on {day}"


def _production(found: Digest) -> str:
    """Production, with the age of readings that were not taken for this digest."""
    if found.run is None or found.is_run_for_it or found.now - found.run.at < FRESH:
        return production(found.run)
    return f"{production(found.run)} · 🟡 {age(found.run.at, found.now)} old"


def _late(by: timedelta | None) -> str:
    if by is None:
        return ""
    minutes = int(by.total_seconds() // 60)
    return f"   (late by {f'{minutes} min' if minutes < 60 else f'{minutes // 60} h {minutes % 60} min'})"


def since(found: Digest) -> str:
    """When the last digest was, in the board's days: `yesterday`, `Friday`, or a date."""
    if found.since is None:
        return "the start"
    then = found.since.astimezone(found.board.zone).date()
    days = (found.day - then).days
    names = {0: "this morning", 1: "yesterday"}
    return names.get(days) or (f"{then:%A}" if days < 7 else f"{then.day} {then:%B}")


def _some(parts: Sequence[str], most: int, between: str) -> str:
    more = [f"and {len(parts) - most} more"] if len(parts) > most else []
    return between.join([*parts[:most], *more])


def _buttons(found: Digest, is_posted: bool) -> list[Block]:
    buttons, wip = [], found.board.wip
    if wip:
        buttons += [button("Mark DoD done", "finish", str(wip.number), style="primary")]
        buttons += [button("Update status", "status", f"#{wip.number}")]
    buttons += [button("Run prod facts", "facts", "run")] if found.has_facts else []
    buttons += [button("Open board", "board")]
    return buttons + ([button("Add yours", "checkin")] if is_posted else [])
