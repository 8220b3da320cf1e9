"""The morning digest as a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.board.measure import how_far_in_short, took
from bot.core.board.model import Item
from bot.core.digest.schedule import say_working_time
from bot.core.digest.summary import STALE_AFTER, Digest, Held, Progress
from bot.core.times import age, say_date
from bot.slack.digest import answers
from bot.slack.digest import week as weeks
from bot.slack.layout.blocks import Block, actions, button
from bot.slack.layout.lines import FEW, bar, flag, named, quote, room
from bot.slack.layout.richtext import Line, Words, bold, joined, line, lines, mention, short
from bot.slack.production.light import production

SHOWN = 3  # blocked items, and finished ones in their line: a digest is short however large the board
CHANGES = 6
AT_LENGTH = 10  # items in progress that are shown with all that there is to say of them
TITLE = 80  # characters of a title in a line of several
FRESH = timedelta(minutes=5)  # readings that were not taken for this digest, and are as good


def digest(summary: Digest, *, is_posted: bool = False) -> list[Block]:
    """Show a digest: what is in the way and in progress first, then what changed and what is next, then the standup.

    `is_posted`: it stands in the channel, so that it can be answered.
    """
    standup = answers.of_standup(summary.standup)
    week = weeks.week(summary.week, summary.board.zone) if summary.week else []
    return [*lines(*_rows(summary)), *standup, *week, actions(_buttons(summary, is_posted))]


def _rows(summary: Digest) -> list[Words]:
    in_the_way = answers.in_the_way(summary.standup, summary.now)
    if summary.unchanged and len(summary.progress) < 2:
        return [_one_line(summary), *in_the_way]
    head = bold(say_date(summary.day)) + _late(summary.late_by)
    if summary.unchanged:
        still = line(head, f" · nothing moved since {still_since(summary)}")
        return [still, *in_the_way, *_in_progress(summary), *_of_production(summary)]
    return [head, *in_the_way, *_in_progress(summary), *_news(summary), *_of_production(summary)]


def _one_line(summary: Digest) -> Line:
    in_progress = [each.item for each in summary.progress]
    parts = [part for item in in_progress for part in _shortly(item, summary)]
    if not parts:
        parts = ["nothing in progress", *(f"next is {named(item, TITLE)}" for item in summary.board.next[:1])]
    moved = f"nothing moved since {still_since(summary)}"
    row = line(bold(say_date(summary.day)), _late(summary.late_by), " · ", ", ".join([*parts, moved]))
    return joined(" · ", [row, *([_production(summary)] if summary.has_facts else [])])


def _shortly(item: Item, summary: Digest) -> list[str]:
    parts = [named(item, TITLE), *([short(item.owner.name, 60)] if item.owner else [])]
    parts += [f"day {item.day(summary.now, summary.board.zone)}", how_far_in_short(item)]
    return parts + ([f"⛔ blocked: {short(item.blocked.reason, TITLE)}"] if item.flagged and item.blocked else [])


def _news(summary: Digest) -> list[Words]:
    """Return what changed since the last digest, and what the board says today."""
    changes = [change.words for change in summary.beside_done]
    done = [_done(item, summary.board.zone) for item in summary.done]
    rows: list[Words] = [line(bold("Done"), "  ", _some(done, SHOWN, " · "))] if done else []
    rows += [f"Since {since(summary)}: {_some(changes, CHANGES, ' · ')}"] if changes else []
    return [*rows, line(bold("Next"), "  ", _upcoming(summary.board.next)), *_blocked(summary)]


def _done(item: Item, zone: tzinfo) -> str:
    parts = [named(item, TITLE)]
    parts += [short(item.finished_by.name, 60)] if item.finished_by else []
    return ", ".join([*parts, *filter(None, [took(item, zone)])])


def _in_progress(summary: Digest) -> list[Words]:
    """Return every item in progress; where a large team has many, the last ones by their numbers and owners only."""
    rows: list[Words] = [row for each in summary.progress[:AT_LENGTH] for row in _one_in_progress(each, summary)]
    others = [each.item for each in summary.progress[AT_LENGTH:]]
    also = [f"#{item.number} {short(item.owner.name, 60) if item.owner else ''}".rstrip() for item in others]
    rows += [line(bold("Also in progress"), "  ", ", ".join(also))] if also else []
    return rows or [line(bold("In progress"), "  nothing")]


def _one_in_progress(each: Progress, summary: Digest) -> list[Words]:
    item = each.item
    owner = f" · {short(item.owner.name, 60)}" if item.owner else ""
    stale = f" · 🟡 nothing moved for {say_working_time(STALE_AFTER)}" if each.is_stale else ""
    head = bold(f"In progress, day {item.day(summary.now, summary.board.zone)}")
    notes = [quote(item, room(summary.progress))] if item.status else []
    return [line(head, f"  {named(item)}{owner} · ", bar(item), stale), *_flag(item, summary), *notes]


def _flag(item: Item, summary: Digest) -> list[Words]:
    """Return what an item is flagged with, unless the digest has begun with that."""
    is_told = any(obstacle.number == item.number for obstacle in summary.standup.obstacles)
    limit = 200 if len(summary.progress) <= FEW else 100
    return [] if is_told or not item.flagged else [flag(item, summary.now, limit)]


def _upcoming(items: tuple[Item, ...]) -> str:
    return " · ".join(named(item, TITLE) + ("" if item.dod else " (no DoD)") for item in items) or "nothing queued"


def _blocked(summary: Digest) -> list[Words]:
    """Return what is parked, and the one thing that somebody is asked to decide about today."""
    if not summary.held:
        return []
    rows: list[Words] = [
        line(bold("Blocked"), "  ", _some([_held(held, summary) for held in summary.held], SHOWN, "; "))
    ]
    asking = next((held.item for held in summary.held if held.is_escalated), None)
    if asking is None or asking.blocked is None:
        return rows
    who = mention(asking.owner) if asking.owner else "Nobody owns it; somebody"
    waited = age(asking.blocked.since, summary.now)
    decide = ": unblock it, drop it, or write what has changed."
    return [*rows, line(f"🟡 #{asking.number} has waited {waited}. ", who, decide)]


def _held(held: Held, summary: Digest) -> str:
    parts = [named(held.item, TITLE)]
    if held.item.blocked:
        parts[0] += f" — {short(held.item.blocked.reason, TITLE)}"
        parts += [age(held.item.blocked.since, summary.now)]
    parts += [held.became] if held.became else []
    return ", ".join(parts) + _back(held)


def _back(held: Held) -> str:
    back_on = held.item.blocked.back_on if held.item.blocked else None
    if back_on is None:
        return ""
    day = f"{back_on:%a} {back_on.day} {back_on:%b}"
    return f" · 🟡 was to be back on {day}" if held.is_back else f" · back on {day}"


def _of_production(summary: Digest) -> list[Words]:
    return [line(bold("Production"), "  ", _production(summary))] if summary.has_facts else []


def _production(summary: Digest) -> Line:
    """Return production, with the age of readings that were not taken for this digest."""
    run = summary.run
    if run is None or summary.is_run_for_it or summary.now - run.at < FRESH:
        return production(run)
    return joined(" · ", [production(run), f"🟡 {age(run.at, summary.now)} old"])


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
    """Return what to do now. Where several items are in progress, the buttons mean the clicker's own."""
    only = summary.progress[0].item if len(summary.progress) == 1 else None
    buttons = [button("Add yours", "checkin", style="primary")] if is_posted else []
    if summary.progress:
        buttons += [button("Mark DoD done", "finish", str(only.number) if only else "")]
        buttons += [button("Update status", "status", f"#{only.number}" if only else "")]
    buttons += [button("Run prod facts", "facts", "run")] if summary.has_facts else []
    return [*buttons, button("Open board", "board"), *(answers.gone_buttons(summary.standup) if is_posted else [])]
