"""How the bot itself is, as far as it is everybody's business in one channel."""

import asyncio
from collections.abc import Sequence

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
from bot.slack.layout.blocks import Block, actions, button
from bot.slack.layout.richtext import Aside, Line, bold, line, lines, short, small, when
from bot.slack.ops import scopes
from bot.slack.request import Request

REINSTALL = "whoever runs Onewip installs the app again, or gives it the new token; what is owed waits until then"
REVIVE = "revive"
SHOWN = 5  # of what was given up; the rest is counted
BRIEF = 500  # characters of words that are not our own


async def doctor(desk: Desk, request: Request) -> Reply:
    """Show how the bot is, and what it does for this board; `revive` tries again what was given up of this board.

    What can't be read is said as well.
    """
    aside = Aside()
    shelves = {name: shelf for name, shelf in desk.library.items() if name == request.channel}
    database, slack, refusals = await asyncio.gather(
        _database(desk, aside), _slack(desk, aside), library.refusals(shelves, PATIENCE)
    )
    desk.listed.facts()  # reads the file again if somebody wrote to it
    first = [*slack, *database]
    try:
        if request.words == REVIVE:
            await desk.door.change(service.revive, request.at, request.channel)
        report = await desk.door.call(service.check_up, request.channel, request.at, refusals)
    except Unavailable as error:
        ill = [*slack, *findings.of_database(aside.keep(str(error)))]
        return Say(_aloud(ill, aside), lines(bold("How the bot is"), *_lines(ill, aside)))
    fault = desk.listed.fault if desk.listed.has_file else None
    return Say(spoken(report, first, fault, aside), checkup(report, first, fault, aside))


def _manner(aside: Aside) -> Manner:
    """Return how findings are said: words that are not our own, and moments, are kept aside."""
    return Manner(lambda at: aside.keep(when(at)), say_date, lambda text: aside.keep(short(text, BRIEF)))


async def _database(desk: Desk, aside: Aside) -> list[Finding]:
    """Say what is wrong with the database for those that want to change something."""
    try:
        await desk.door.check()
    except Unavailable as error:
        return findings.of_database(aside.keep(str(error)))
    return []


async def _slack(desk: Desk, aside: Aside) -> list[Finding]:
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
    return [Finding("Slack", scopes.connected(myself, aside.keep), WELL), *scopes.of_scopes(myself["scopes"])]


def checkup(report: Checkup, first: Sequence[Finding], fault: str | None, aside: Aside) -> list[Block]:
    """Show what was found: the bot first, then this board.

    `fault`: of the file of facts; None: there is none. `aside`: what the first findings are about.
    """
    manner = _manner(aside)
    of_bot = [*first, *_debts(report, manner), findings.of_facts_file(fault, manner)]
    figures = " · ".join(f"{figure.what} {figure.text}" for figure in findings.of_figures(report.bot, manner))
    return [
        *lines(bold("How the bot is"), *_lines(of_bot, aside)),
        *_ways_on(report),
        *small(aside.read(figures[0].upper() + figures[1:])),
        *lines(bold("This board"), *_lines(_board(report, manner), aside)),
    ]


def _ways_on(report: Checkup) -> list[Block]:
    """Offer to try again what was given up here."""
    return [actions([button("Try it again", "doctor", REVIVE)])] if report.given_up_here else []


def spoken(report: Checkup, first: Sequence[Finding], fault: str | None, aside: Aside) -> str:
    """Return the same in plain text."""
    manner = _manner(aside)
    all_findings = [*first, *_debts(report, manner), findings.of_facts_file(fault, manner)]
    return _aloud([*all_findings, *findings.of_figures(report.bot, manner), *_board(report, manner)], aside)


def _aloud(all_findings: Sequence[Finding], aside: Aside) -> str:
    rows = (
        row
        for finding in all_findings
        for row in (f"{finding.mark} {finding.what}: {finding.text}".strip(), *finding.beneath)
    )
    return "\n".join(aside.read(row).plain for row in rows)


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


def _lines(part: Sequence[Finding], aside: Aside) -> list[Line]:
    return [
        row
        for finding in part
        for row in (_line(finding, aside), *(line("› ", aside.read(detail)) for detail in finding.beneath))
    ]


def _line(finding: Finding, aside: Aside) -> Line:
    named = bold(aside.read(finding.what[0].upper() + finding.what[1:]))
    return line(f"{finding.mark} " if finding.mark else "", named, "  ", aside.read(finding.text))
