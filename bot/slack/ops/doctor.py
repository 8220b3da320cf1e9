"""How the bot itself is, as far as it is everybody's business in one channel."""

import asyncio
from collections.abc import Sequence
from datetime import UTC
from functools import partial

from bot.core.times import say_date
from bot.errors import Unavailable
from bot.places import library
from bot.services.ops import doctor as service
from bot.services.ops import findings
from bot.services.ops.doctor import Checkup
from bot.services.ops.findings import NOTE, WELL, WRONG, Finding, Manner
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk, Reply, Say
from bot.slack.directory import PATIENCE
from bot.slack.layout.blocks import Block, actions, button, context, paragraphs, said, when
from bot.slack.ops import scopes
from bot.slack.request import Request

IN_SLACK = Manner(when, say_date, partial(said, limit=500))
REINSTALL = "whoever runs Onewip installs the app again, or gives it the new token; what is owed waits until then"
ALOUD = Manner(lambda at: f"{at.astimezone(UTC):%d %b %H:%M} UTC", say_date, str)
REVIVE = "revive"
SHOWN = 5  # of what was given up; the rest is counted


async def doctor(desk: Desk, request: Request) -> Reply:
    """Show how the bot is, and what it does for this board; `revive` tries again what was given up of this board.

    What can't be read is said as well.
    """
    shelves = {name: shelf for name, shelf in desk.library.items() if name == request.channel}
    database, slack, refusals = await asyncio.gather(_database(desk), _slack(desk), library.refusals(shelves, PATIENCE))
    desk.listed.facts()  # reads the file again if somebody wrote to it
    first = [*slack, *database]
    try:
        if request.words == REVIVE:
            await desk.door.change(service.revive, request.at, request.channel)
        report = await desk.door.call(service.check_up, request.channel, request.at, refusals)
    except Unavailable as error:
        first = [*slack, *findings.of_database(str(error))]
        return Say("\n".join(_aloud(first)), paragraphs(["*How the bot is*", *_lines(first)]))
    fault = desk.listed.fault if desk.listed.has_file else None
    return Say(spoken(report, first, fault), checkup(report, first, fault))


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
    except SlackRefused as refused:
        if refused.is_of_the_token:
            return [Finding("Slack", f"no longer takes my token ({refused.code}); {REINSTALL}", WRONG)]
        return [Finding("Slack", f"your words came through, but it refuses to answer me ({refused.code})", NOTE)]
    except (SlackBusy, SlackUnreachable, TimeoutError):
        return [Finding("Slack", "your words came through, but it does not answer me just now", NOTE)]
    return [Finding("Slack", scopes.connected(myself), WELL), *scopes.of_scopes(myself["scopes"])]


def checkup(report: Checkup, first: Sequence[Finding], fault: str | None) -> list[Block]:
    """Show what was found: the bot first, then this board. `fault`: of the file of facts; None: there is none."""
    of_bot = [*first, *_debts(report, IN_SLACK), findings.of_facts_file(fault, IN_SLACK)]
    figures = " · ".join(f"{figure.what} {figure.text}" for figure in findings.of_figures(report.bot, IN_SLACK))
    return [
        *paragraphs(["*How the bot is*", *_lines(of_bot)]),
        *_ways_on(report),
        context(figures[0].upper() + figures[1:]),
        *paragraphs(["*This board*", *_lines(_board(report, IN_SLACK))]),
    ]


def _ways_on(report: Checkup) -> list[Block]:
    """Offer to try again what was given up here."""
    return [actions([button("Try it again", "doctor", REVIVE)])] if report.given_up_here else []


def spoken(report: Checkup, first: Sequence[Finding], fault: str | None) -> str:
    """Return the same in plain text."""
    all_findings = [*first, *_debts(report, ALOUD), findings.of_facts_file(fault, ALOUD)]
    all_findings += [*findings.of_figures(report.bot, ALOUD), *_board(report, ALOUD)]
    return "\n".join(_aloud(all_findings))


def _aloud(all_findings: Sequence[Finding]) -> list[str]:
    return [
        line
        for finding in all_findings
        for line in (f"{finding.mark} {finding.what}: {finding.text}".strip(), *finding.beneath)
    ]


def _debts(report: Checkup, manner: Manner) -> list[Finding]:
    """Return what is owed; what was given up on another board is only counted."""
    here, count = report.given_up_here, len(report.bot.given_up)
    elsewhere = f"{count - len(here)} on other boards" if count > len(here) else ""
    counts = ", ".join(filter(None, [f"{len(here)} of this board" if here else "", elsewhere]))
    more = [f"and {len(here) - SHOWN} more"] if len(here) > SHOWN else []
    return findings.of_debts(report.bot, counts, [*(findings.of_lost(lost, manner) for lost in here[-SHOWN:]), *more])


def _board(report: Checkup, manner: Manner) -> list[Finding]:
    if report.digest is None:
        return [Finding("board", "none yet; `/board add` makes its first item")]
    return [findings.of_digest(report.digest, manner), *(findings.of_file(file, manner) for file in report.files)]


def _lines(part: Sequence[Finding]) -> list[str]:
    return [line for finding in part for line in (_line(finding), *(f"› {detail}" for detail in finding.beneath))]


def _line(finding: Finding) -> str:
    named = f"*{finding.what[0].upper()}{finding.what[1:]}*  {finding.text}"
    return f"{finding.mark} {named}" if finding.mark else named
