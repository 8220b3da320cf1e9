"""`doctor`: how the bot itself is."""

import asyncio
import json
from typing import Annotated, Any

import aiohttp
import typer

from bot import settings
from bot.cli.documents import opened_database
from bot.cli.program import Program, has_database, in_words
from bot.core.spans import say_span
from bot.errors import BadInput, NotFound
from bot.facts import factsfile
from bot.services import doctor as service
from bot.services.doctor import Condition
from bot.services.outlook import Outlook, everywhere
from bot.settings import Settings, SettingsError
from bot.slack.client import Slack, SlackBusy, SlackRefused, SlackUnreachable

UNWELL = 1
TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds
MEGABYTE = 1024 * 1024


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Examine the bot: database, debts, Slack, the file of facts. Exit code: 0 it is well, 1 something is wrong."""
    program: Program = context.obj
    with in_words():
        if not has_database(program):
            raise NotFound("There is no database yet: the bot has not run here. `python -m bot run` starts it.")
        with opened_database(program) as db:
            found = service.examine(db, program.clock())
            digests = everywhere(db, program.clock())
    slack, fault = _slack(program), _fault(program)
    well = not (found.is_stuck or found.given_up or fault or slack.startswith("no:"))
    data = {"ok": well, "slack": slack, "facts_file": fault or "in order", **service.as_plain(found)}
    data["digests"] = [_digest_data(one) for one in digests]
    if as_json:
        data["given_up"] = list(found.given_up)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join([*_lines(found, slack, fault), *(line for one in digests for line in _digest(one))]))
    raise typer.Exit(0 if well else UNWELL)


def _slack(program: Program) -> str:
    """Say whether Slack takes the tokens; without tokens that is not asked."""
    try:
        chosen = settings.load(program.environment)
    except SettingsError:
        return "not set up"
    return asyncio.run(_asked(chosen))


async def _asked(chosen: Settings) -> str:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        slack = Slack(session, chosen.slack_bot_token, chosen.slack_api_url)
        try:
            myself = await slack.whoami()
            await slack.check_socket(chosen.slack_app_token)
        except (SlackRefused, SlackBusy, SlackUnreachable) as error:
            return f"no: {error}"
    return f"yes, as {myself.get('user')} in {myself.get('team')}"


def _fault(program: Program) -> str:
    with in_words():
        file = settings.load_database(program.environment).facts_file
    try:
        if file:
            factsfile.load(file)
    except BadInput as error:
        return str(error)
    return ""


def _lines(found: Condition, slack: str, fault: str) -> list[str]:
    overdue = f", the oldest overdue by {say_span(found.oldest)}" if found.oldest else ""
    return [
        f"{_mark(not slack.startswith('no:'), slack == 'not set up')} Slack: {slack}",
        f"{_mark(not found.is_stuck)} owed: {found.owed}{overdue}",
        f"{_mark(not found.given_up)} given up: {len(found.given_up)}",
        *(f"   {line}" for line in found.given_up),
        f"{_mark(not fault)} facts file: {fault or 'in order'}",
        f"   last digest: {_moment(found.last_digest)}",
        f"   last run of prod facts: {_moment(found.last_run)}",
        f"   database: {found.size / MEGABYTE:.1f} MB",
        f"   last backup: {_moment(found.last_backup) if found.is_sqlite else 'not known here; pg_dump makes it'}",
    ]


def _digest(one: Outlook) -> list[str]:
    """A board's digest: the next, the last, and why days of the past week had none."""
    last = f"{one.last.day}" if one.last else "none yet"
    return [
        f"   digest in {one.channel}: next {_moment(one.due) if one.due else 'none, it is off'}; last {last}",
        *(f"      none on {missed.day}: {missed.why}" for missed in one.missed),
    ]


def _digest_data(one: Outlook) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "next": one.due.isoformat() if one.due else None,
        "last": one.last.day.isoformat() if one.last else None,
        "missed": [{"day": missed.day.isoformat(), "why": missed.why} for missed in one.missed],
    }


def _mark(well: bool, unknown: bool = False) -> str:
    return "⚪" if unknown else "🟢" if well else "🔴"


def _moment(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "none yet"
