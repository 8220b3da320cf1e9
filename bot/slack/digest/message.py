"""The morning digest as a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.board.measure import how_far_in_short, took
from bot.core.board.model import Item
from bot.core.digest.schedule import say_working_time
from bot.core.digest.summary import STALE_AFTER, Digest, Held
from bot.core.times import age, say_date
from bot.slack.board.board import production
from bot.slack.board.item import bar, flag, named, quote
from bot.slack.digest import week as weeks
from bot.slack.layout.blocks import Block, actions, button, mention, paragraphs, said

SHOWN = 3  # blocked items, and finished ones in their line: a digest is short however large the board
CHANGES = 6
TITLE = 80  # characters of a title in a line of several
FRESH = timedelta(minutes=5)  # readings that were not taken for this digest, and are as good


def digest(summary: Digest, *, is_posted: bool = False) -> list[Block]:
    """Show a digest: what changed first, then what is in progress, next and blocked, then production.

    `is_posted`: it stands in the channel, so that it can be answered.
    """
    lines = [_one_line(summary)] if summary.unchanged else _lines(summary)
    week = weeks.week(summary.week, summary.board.zone) if summary.week else []
    return [*paragraphs(lines), *week, actions(_buttons(summary, is_posted))]


def _one_line(summary: Digest) -> str:
    wip = summary.board.wip
    if wip:
        now = [named(wip, TITLE), *([said(wip.owner.name, 60)] if wip.owner else [])]
        now += [f"day {wip.day(summary.now, summary.board.zone)}", how_far_in_short(wip)]
        now += [f"⛔ blocked: {said(wip.blocked.reason, TITLE)}"] if wip.flagged and wip.blocked else []
    else:
        now = ["nothing in progress", *(f"next is {named(item, TITLE)}" for item in summary.board.next[:1])]
    moved = f"nothing moved since {still_since(summary)}"
    line = f"*{say_date(summary.day)}*{_late(summary.late_by)} · " + ", ".join([*now, moved])
    return line + (f" · {_production(summary)}" if summary.has_facts else "")


def _lines(summary: Digest) -> list[str]:
    changes = list(summary.beside_done)
    lines = [f"*{say_date(summary.day)}*{_late(summary.late_by)}"]
    lines += [f"Since {since(summary)}: {_some(changes, CHANGES, ' · ')}"] if changes else []
    done = [_done(item, summary.board.zone) for item in summary.done]
    lines += [f"*Done*  {_some(done, SHOWN, ' · ')}"] if done else []
    lines += [*_in_progress(summary), f"*Next*  {_upcoming(summary.board.next)}"]
    lines += _blocked(summary)
    return lines + ([f"*Production*  {_production(summary)}"] if summary.has_facts else [])


def _done(item: Item, zone: tzinfo) -> str:
    parts = [named(item, TITLE)]
    parts += [said(item.finished_by.name, 60)] if item.finished_by else []
    return ", ".join([*parts, *filter(None, [took(item, zone)])])


def _in_progress(summary: Digest) -> list[str]:
    wip = summary.board.wip
    if wip is None:
        return ["*In progress*  nothing"]
    owner = f" · {said(wip.owner.name, 60)}" if wip.owner else ""
    stale = f" · 🟡 nothing moved for {say_working_time(STALE_AFTER)}" if summary.is_stale else ""
    day = wip.day(summary.now, summary.board.zone)
    lines = [f"*In progress, day {day}*  {named(wip)}{owner} · {bar(wip)}{stale}"]
    return [*lines, *filter(None, [flag(wip, summary.now), quote(wip)])]


def _upcoming(items: tuple[Item, ...]) -> str:
    return " · ".join(named(item, TITLE) + ("" if item.dod else " (no DoD)") for item in items) or "nothing queued"


def _blocked(summary: Digest) -> list[str]:
    """Return what is parked, and the one thing that somebody is asked to decide about today."""
    if not summary.held:
        return []
    lines = [f"*Blocked*  {_some([_held(held, summary) for held in summary.held], SHOWN, '; ')}"]
    asking = next((held.item for held in summary.held if held.is_escalated), None)
    if asking is None or asking.blocked is None:
        return lines
    who = mention(asking.owner) if asking.owner else "Nobody owns it; somebody"
    waited = age(asking.blocked.since, summary.now)
    return [*lines, f"🟡 #{asking.number} has waited {waited}. {who}: unblock it, drop it, or write what has changed."]


def _held(held: Held, summary: Digest) -> str:
    parts = [f"#{held.item.number} {said(held.item.title, TITLE)}"]
    if held.item.blocked:
        parts[0] += f" — {said(held.item.blocked.reason, TITLE)}"
        parts += [age(held.item.blocked.since, summary.now)]
    parts += [held.became] if held.became else []
    return ", ".join(parts) + _back(held)


def _back(held: Held) -> str:
    back_on = held.item.blocked.back_on if held.item.blocked else None
    if back_on is None:
        return ""
    day = f"{back_on:%a} {back_on.day} {back_on:%b}"
    return f" · 🟡 was to be back on {day}" if held.is_back else f" · back on {day}"


def _production(summary: Digest) -> str:
    """Return production, with the age of readings that were not taken for this digest."""
    if summary.run is None or summary.is_run_for_it or summary.now - summary.run.at < FRESH:
        return production(summary.run)
    return f"{production(summary.run)} · 🟡 {age(summary.run.at, summary.now)} old"


def _late(by: timedelta | None) -> str:
    if by is None:
        return ""
    minutes = int(by.total_seconds() // 60)
    return f"   (late by {f'{minutes} min' if minutes < 60 else f'{minutes // 60} h {minutes % 60} min'})"


def since(summary: Digest) -> str:
    """Return when the last digest was, in the board's days: `yesterday`, `Friday`, or a date."""
    return _named_day(summary.since, summary) if summary.since else "the start"


def still_since(summary: Digest) -> str:
    """Return when something last moved, in the board's days as well."""
    return _named_day(summary.still_since, summary) if summary.still_since else "the start"


def _named_day(moment: datetime, summary: Digest) -> str:
    day = moment.astimezone(summary.board.zone).date()
    names = {0: "this morning", 1: "yesterday"}
    days = (summary.day - day).days
    return names.get(days) or (f"{day:%A}" if days < 7 else f"{day.day} {day:%B}")


def _some(parts: Sequence[str], most: int, between: str) -> str:
    more = [f"and {len(parts) - most} more"] if len(parts) > most else []
    return between.join([*parts[:most], *more])


def _buttons(summary: Digest, is_posted: bool) -> list[Block]:
    buttons, wip = [], summary.board.wip
    if wip:
        buttons += [button("Mark DoD done", "finish", str(wip.number), style="primary")]
        buttons += [button("Update status", "status", f"#{wip.number}")]
    buttons += [button("Run prod facts", "facts", "run")] if summary.has_facts else []
    buttons += [button("Open board", "board")]
    return buttons + ([button("Add yours", "checkin")] if is_posted else [])
