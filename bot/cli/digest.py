"""`digest`: what a board's next digest would say now, in the terminal."""

import json
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli.documents.commands import Channel, opened_database
from bot.cli.program import Program, in_words, need_database
from bot.core.board.model import Item
from bot.core.digest.standup import Standup
from bot.core.digest.summary import Digest, Held, Progress
from bot.core.production.readings import Run
from bot.core.times import say_date
from bot.errors import NotFound
from bot.services.digest import content
from bot.services.digest.outlook import Outlook, channels, outlook
from bot.slack.digest import aloud
from bot.store.database import Database


def digest(
    context: typer.Context,
    channel: Channel,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what a board's digest would say now. Nothing is posted, and it does not count as today's digest."""
    program: Program = context.obj
    now = program.clock()
    with in_words():
        need_database(program)
        with opened_database(program) as db:
            ahead = outlook(db, channel, now)
            if ahead is None:
                raise _unknown(db, channel)
            read = content.read(db, channel, now).digest
    if as_json:
        typer.echo(json.dumps(_as_data(read, ahead), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join([*aloud.sentences(read), _next(ahead)]))


def _unknown(db: Database, channel: str) -> NotFound:
    known = ", ".join(channels(db)) or "none"
    return NotFound("There is no board for channel {channel}. Those with one: {known}.", channel=channel, known=known)


def _next(ahead: Outlook) -> str:
    if ahead.due is None:
        return "(a preview; no digest is planned)"
    at = ahead.due.astimezone(ZoneInfo(ahead.plan.zone))
    return f"(a preview; the next one is posted on {say_date(at.date())} at {at:%H:%M}, {ahead.plan.zone})"


def _as_data(read: Digest, ahead: Outlook) -> dict[str, Any]:
    return {
        "channel": ahead.channel,
        "day": read.day.isoformat(),
        "due": ahead.due.isoformat() if ahead.due else None,
        "since": read.since.isoformat() if read.since else None,
        "unchanged": read.unchanged,
        "changes": [change.words for change in read.changes],
        "done": [_item(item) for item in read.done],
        "in_progress": [_progress(each) for each in read.progress],
        "wip": _progress(read.progress[0]) if len(read.progress) == 1 else None,
        "next": [_item(item) for item in read.board.next],
        "blocked": [_held(held) for held in read.held],
        "production": _production(read.run) if read.run else None,
        "standup": _standup(read.standup),
        "text": aloud.spoken(read),
    }


def _progress(each: Progress) -> dict[str, Any]:
    return _item(each.item) | {"stale": each.is_stale}


def _standup(standup: Standup) -> dict[str, Any]:
    return {
        "total": standup.total,
        "answered": [answer.who.name for answer in standup.answers],
        "silent": [person.name for person in standup.silent],
        "away": {member.person.name: member.away for member in standup.away},
        "in_the_way": [
            {
                "who": obstacle.who.name,
                "text": obstacle.text,
                "since": obstacle.since.isoformat(),
                "item": obstacle.number,
            }
            for obstacle in standup.obstacles
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "owner": item.owner.name if item.owner else None,
        "met": item.met,
        "waived": len(item.waived),
        "criteria": len(item.dod),
        "status": item.status.text if item.status else None,
    }


def _held(held: Held) -> dict[str, Any]:
    block = held.item.blocked
    about = {"reason": block.reason, "since": block.since.isoformat()} if block else {}
    return _item(held.item) | about | {"became": held.became, "escalated": held.is_escalated}


def _production(run: Run) -> dict[str, Any]:
    healths = {reading.name: reading.health.value for reading in run.counted}
    return {"at": run.at.isoformat(), "green": run.green, "facts": healths}
