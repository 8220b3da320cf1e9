"""`doctor`: how the bot itself is."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

import aiohttp
import typer

from bot import settings
from bot.cli.documents.commands import opened_database
from bot.cli.program import Program, in_full, in_words, need_database
from bot.errors import BadInput, Unavailable
from bot.facts import factsfile
from bot.places import library
from bot.services.digest.outlook import Outlook, everywhere
from bot.services.ops import doctor as service
from bot.services.ops import findings
from bot.services.ops.doctor import Condition, FileState, Refusals
from bot.services.ops.findings import UNKNOWN, WELL, WRONG, Finding, Manner
from bot.settings import Settings, SettingsError
from bot.slack.client import Slack, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.ops import scopes

UNWELL = 1
PATIENCE = 10.0  # seconds, with a place of documents
TIMEOUT = aiohttp.ClientTimeout(total=10)  # seconds
PLAIN = Manner(when=lambda at: f"{at:%Y-%m-%d %H:%M} UTC", day=date.isoformat, esc=str)

Scopes = frozenset[str] | None


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    revive: Annotated[bool, typer.Option("--revive", help="Try again everything that was given up.")] = False,
) -> None:
    """Examine the bot: database, debts, Slack, facts, documents. Exit code: 0 it is well, 1 something is wrong."""
    program: Program = context.obj
    with in_words():
        need_database(program)
    revived = _revived(program) if revive else 0
    refusals, of_documents = _documents(program)
    examined, (slack, granted), fault = _examined(program, refusals), _slack(program), _fault(program)
    report = [
        slack,
        *scopes.of_scopes(granted),
        *_of_bot(examined, fault),
        *map(_of_digest, examined.digests),
        *of_documents,
        *map(_of_file, examined.files),
    ]
    well = all(finding.mark != WRONG for finding in report)
    if revive:
        typer.echo(f"Given up and now owed again: {revived or 'nothing'}.", err=True)
    if as_json:
        data = {"ok": well, "slack": slack.text, "facts_file": "in order" if fault == "" else fault}
        data |= _database_data(examined)
        data["scopes_lacking"] = None if granted is None else list(scopes.lacking(granted))
        data["digests"] = [_digest_data(outlook) for outlook in examined.digests]
        data["documents_file"] = of_documents[0].text if of_documents else None
        data["files"] = [_file_data(file) for file in examined.files]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_lines(report)))
    raise typer.Exit(0 if well else UNWELL)


@dataclass(frozen=True, slots=True)
class Examined:
    """What the database says, as far as it can be read, and what is wrong with it itself."""

    bot: Condition | None = None
    digests: tuple[Outlook, ...] = ()
    files: tuple[FileState, ...] = ()
    fault: str = ""


def _examined(program: Program, refusals: Refusals) -> Examined:
    examined = Examined()
    try:
        with opened_database(program) as db:
            condition = service.examine(db, program.clock())
            files = service.files_everywhere(db, refusals)
            examined = Examined(condition, everywhere(db, program.clock()), files)
            service.check_database(db)
    except Unavailable as error:
        return replace(examined, fault=in_full(error))
    return examined


def _slack(program: Program) -> tuple[Finding, Scopes]:
    """Say whether Slack takes the tokens, and what they are good for; without tokens that is not asked."""
    if not any(program.environment.get(token, "").strip() for token in settings.TOKENS):
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


def _documents(program: Program) -> tuple[Refusals, list[Finding]]:
    """Look at every file where it is kept, and at the file that lists them; without one there is nothing to say."""
    with in_words():
        file = settings.load_database(program.environment).documents_file
    if file is None:
        return {}, []
    try:
        refusals = asyncio.run(_refusals(library.load(file), program))
    except BadInput as error:
        return {}, [Finding("documents file", str(error), WRONG)]
    return refusals, [Finding("documents file", "in order", WELL)]


async def _refusals(listed: Sequence[library.Kept], program: Program) -> Refusals:
    async with aiohttp.ClientSession() as session:
        return await library.refusals(library.opened(listed, program.environment, lambda: session), PATIENCE)


def _fault(program: Program) -> str | None:
    """Say what is wrong with the file of facts; None: there is none."""
    with in_words():
        file = settings.load_database(program.environment).facts_file
    if file is None:
        return None
    try:
        factsfile.load(file)
    except BadInput as error:
        return str(error)
    return ""


def _revived(program: Program) -> int:
    """Owe again what was given up; return how much that is."""
    with opened_database(program) as db:
        return service.revive(db, program.clock())


def _of_bot(examined: Examined, fault: str | None) -> list[Finding]:
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


def _of_digest(outlook: Outlook) -> Finding:
    return findings.of_digest(outlook, PLAIN, f"digest in {outlook.channel}")


def _of_file(file: FileState) -> Finding:
    return findings.of_file(file, PLAIN, f" in {file.channel}")


def _lines(report: Iterable[Finding]) -> Iterable[str]:
    for finding in report:
        yield f"{finding.mark or '  '} {finding.what}: {finding.text}"
        indent = "   " if finding.mark else "      "
        yield from (f"{indent}{line}" for line in finding.beneath)


def _file_data(file: FileState) -> dict[str, Any]:
    is_well = findings.of_file(file, PLAIN).mark == WELL
    return {"channel": file.channel, "name": file.name, "as_the_board": is_well, "error": file.refusal or file.error}


def _digest_data(outlook: Outlook) -> dict[str, Any]:
    return {
        "channel": outlook.channel,
        "next": outlook.due.isoformat() if outlook.due else None,
        "last": outlook.last.day.isoformat() if outlook.last else None,
        "missed": [{"day": missed.day.isoformat(), "why": missed.why} for missed in outlook.missed],
    }
