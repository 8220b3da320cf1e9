"""`doctor`: how the bot itself is."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

import aiohttp
import typer

from bot import settings
from bot.cli.documents import opened_database
from bot.cli.program import Program, in_full, in_words, need_database
from bot.errors import BadInput, Unavailable
from bot.facts import factsfile
from bot.services.digest.outlook import Outlook, everywhere
from bot.services.ops import doctor as service
from bot.services.ops import findings
from bot.services.ops.doctor import Condition
from bot.services.ops.findings import UNKNOWN, WELL, WRONG, Finding, Manner
from bot.settings import Settings, SettingsError
from bot.slack.client import Slack, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.ops import scopes

UNWELL = 1
TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds
TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
PLAIN = Manner(when=lambda at: f"{at:%Y-%m-%d %H:%M} UTC", day=date.isoformat, esc=str)

Scopes = frozenset[str] | None


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Examine the bot: database, debts, Slack, the file of facts. Exit code: 0 it is well, 1 something is wrong."""
    program: Program = context.obj
    with in_words():
        need_database(program)
    examined, (slack, granted), fault = _examined(program), _slack(program), _fault(program)
    told = [slack, *scopes.of_scopes(granted), *_of_bot(examined, fault), *map(_of_digest, examined.digests)]
    well = all(one.mark != WRONG for one in told)
    if as_json:
        data = {"ok": well, "slack": slack.told, "facts_file": fault or "in order", **_database_data(examined)}
        data["scopes_lacking"] = None if granted is None else list(scopes.lacking(granted))
        data["digests"] = [_digest_data(one) for one in examined.digests]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(told)))
    raise typer.Exit(0 if well else UNWELL)


@dataclass(frozen=True, slots=True)
class Examined:
    """What the database says, as far as it can be read, and what is wrong with it itself."""

    bot: Condition | None = None
    digests: tuple[Outlook, ...] = ()
    fault: str = ""


def _examined(program: Program) -> Examined:
    examined = Examined()
    try:
        with opened_database(program) as db:
            examined = Examined(service.examine(db, program.clock()), everywhere(db, program.clock()))
            service.check_database(db)
    except Unavailable as error:
        return replace(examined, fault=in_full(error))
    return examined


def _slack(program: Program) -> tuple[Finding, Scopes]:
    """Say whether Slack takes the tokens, and what they are good for; without tokens that is not asked."""
    if not any(program.environment.get(token, "").strip() for token in TOKENS):
        return Finding("Slack", "no tokens here (the sandbox brings its own)", UNKNOWN), None
    try:
        chosen = settings.load(program.environment)
    except SettingsError as error:
        return Finding("Slack", f"no: {' '.join(str(error).split())}", WRONG), None
    return asyncio.run(_asked(chosen))


async def _asked(chosen: Settings) -> tuple[Finding, Scopes]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        slack = Slack(session, chosen.slack_bot_token, chosen.slack_api_url)
        try:
            myself = await slack.whoami()
            await slack.check_socket(chosen.slack_app_token)
        except (SlackRefused, SlackBusy, SlackUnreachable) as error:
            return Finding("Slack", f"no: {error}", WRONG), None
    return Finding("Slack", scopes.connected(myself), WELL), myself["scopes"]


def _fault(program: Program) -> str:
    with in_words():
        file = settings.load_database(program.environment).facts_file
    try:
        if file:
            factsfile.load(file)
    except BadInput as error:
        return str(error)
    return ""


def _of_bot(examined: Examined, fault: str) -> list[Finding]:
    files = [*findings.of_database(examined.fault), findings.of_facts_file(fault, PLAIN)]
    if examined.bot is None:
        return files
    lost = examined.bot.given_up
    debts = findings.of_debts(examined.bot, str(len(lost) or ""), list(map(str, lost)))
    return [*debts, *files, *findings.of_figures(examined.bot, PLAIN)]


def _database_data(examined: Examined) -> dict[str, Any]:
    data: dict[str, Any] = {"database": examined.fault or "in order"}
    if examined.bot:
        data |= {**service.as_plain(examined.bot), "given_up": list(map(str, examined.bot.given_up))}
    return data


def _of_digest(one: Outlook) -> Finding:
    return findings.of_digest(one, PLAIN, f"digest in {one.channel}")


def _lines(told: Iterable[Finding]) -> Iterable[str]:
    for one in told:
        yield f"{one.mark or '  '} {one.what}: {one.told}"
        indent = "   " if one.mark else "      "
        yield from (f"{indent}{line}" for line in one.beneath)


def _digest_data(one: Outlook) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "next": one.due.isoformat() if one.due else None,
        "last": one.last.day.isoformat() if one.last else None,
        "missed": [{"day": missed.day.isoformat(), "why": missed.why} for missed in one.missed],
    }
