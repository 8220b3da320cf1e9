"""How the bot itself is, as far as it is everybody's business in one channel."""

import asyncio
from collections.abc import Sequence
from datetime import UTC
from functools import partial

from bot.core.times import say_date
from bot.errors import Unavailable
from bot.services.ops import doctor as service
from bot.services.ops import findings
from bot.services.ops.doctor import Checkup
from bot.services.ops.findings import NOTE, WELL, Finding, Manner
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk, Reply, Say
from bot.slack.directory import PATIENCE
from bot.slack.layout.blocks import Block, context, paragraphs, said, when
from bot.slack.ops import scopes
from bot.slack.request import Request

IN_SLACK = Manner(when, say_date, partial(said, limit=500))
ALOUD = Manner(lambda at: f"{at.astimezone(UTC):%d %b %H:%M} UTC", say_date, str)
SHOWN = 5  # of what was given up; the rest is counted


async def doctor(desk: Desk, request: Request) -> Reply:
    """Show how the bot is, and what it does for this board; what can't be read is said as well."""
    database, slack = await asyncio.gather(_database(desk), _slack(desk))
    desk.listed.facts()  # reads the file again if somebody wrote to it
    first = [*slack, *database]
    try:
        examined = await desk.door.call(service.check_up, request.channel, request.at)
    except Unavailable as error:
        first = [*slack, *findings.of_database(str(error))]
        return Say("\n".join(_aloud(first)), paragraphs(["*How the bot is*", *_lines(first)]))
    return Say(spoken(examined, first, desk.listed.fault), checkup(examined, first, desk.listed.fault))


async def _database(desk: Desk) -> list[Finding]:
    """Say what is wrong with the database for those that want to change something."""
    try:
        await desk.door.check()
    except Unavailable as error:
        return findings.of_database(str(error))
    return []


async def _slack(desk: Desk) -> list[Finding]:
    """Ask Slack who we are and what we may; this very question came through it, so at worst it is slow."""
    try:
        async with asyncio.timeout(PATIENCE):
            myself = await desk.slack.whoami()
    except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError):
        return [Finding("Slack", "your words came through, but it does not answer me just now", NOTE)]
    return [Finding("Slack", scopes.connected(myself), WELL), *scopes.of_scopes(myself["scopes"])]


def checkup(found: Checkup, first: Sequence[Finding], fault: str) -> list[Block]:
    """Show what was found: the bot first, then this board. `fault` is that of the file of facts."""
    of_bot = [*first, *_debts(found, IN_SLACK), findings.of_facts_file(fault, IN_SLACK)]
    figures = " · ".join(f"{one.what} {one.told}" for one in findings.of_figures(found.bot, IN_SLACK))
    return [
        *paragraphs(["*How the bot is*", *_lines(of_bot)]),
        context(figures[0].upper() + figures[1:]),
        *paragraphs(["*This board*", *_lines(_board(found, IN_SLACK))]),
    ]


def spoken(found: Checkup, first: Sequence[Finding], fault: str) -> str:
    """The same in plain text."""
    told = [*first, *_debts(found, ALOUD), findings.of_facts_file(fault, ALOUD)]
    told += [*findings.of_figures(found.bot, ALOUD), *_board(found, ALOUD)]
    return "\n".join(_aloud(told))


def _aloud(told: Sequence[Finding]) -> list[str]:
    return [line for one in told for line in (f"{one.mark} {one.what}: {one.told}".strip(), *one.beneath)]


def _debts(found: Checkup, manner: Manner) -> list[Finding]:
    """What is owed; what was given up on another board is only counted."""
    here, count = found.given_up_here, len(found.bot.given_up)
    elsewhere = f"{count - len(here)} on other boards" if count > len(here) else ""
    told = ", ".join(filter(None, [f"{len(here)} of this board" if here else "", elsewhere]))
    more = [f"and {len(here) - SHOWN} more"] if len(here) > SHOWN else []
    return findings.of_debts(found.bot, told, [*(findings.of_lost(lost, manner) for lost in here[-SHOWN:]), *more])


def _board(found: Checkup, manner: Manner) -> list[Finding]:
    if found.digest is None:
        return [Finding("board", "none yet; `/board add` makes its first item")]
    return [findings.of_digest(found.digest, manner), *(findings.of_file(file, manner) for file in found.files)]


def _lines(told: Sequence[Finding]) -> list[str]:
    return [line for one in told for line in (_line(one), *(f"› {detail}" for detail in one.beneath))]


def _line(one: Finding) -> str:
    named = f"*{one.what[0].upper()}{one.what[1:]}*  {one.told}"
    return f"{one.mark} {named}" if one.mark else named
