"""Documents in and out of a board: `import`, also from the versions of a git repository, and `export`."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.documents import owners, report
from bot.cli.program import Program, database_of, in_words, say_which
from bot.core.documents.timeline import Timeline, Version, timeline
from bot.documents import next7d
from bot.errors import BadInput
from bot.places import versions
from bot.services.change import Ask
from bot.services.documents import exporting, importing
from bot.services.documents.exporting import Exported, Form
from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate

CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]+")  # as Slack's ids of channels look


def channel_id(text: str) -> str:
    """Return a channel's id as it was given. Raises BadParameter for a name: only Slack knows whose it is."""
    if text and not CHANNEL_ID.fullmatch(text):
        raise typer.BadParameter(
            f"{text} is no channel's id. An id is like C0123456789; it is at the end of the channel's details in Slack."
        )
    return text


Channel = Annotated[
    str, typer.Option(help="The channel whose board it is, by its id: C0123456789.", callback=channel_id)
]
FORMAT = "Markdown, CSV for spreadsheets, or JSON for programs."
OWNER = "Who owns the board: a Slack user id, or a name such as @maria. May be given several times."
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@dataclass(frozen=True, slots=True)
class History:
    """The newest version that is a board, and what all of them tell of their items."""

    newest: str
    timeline: Timeline


def replayed(repository: Path, name: str, environment: Mapping[str, str], now: datetime) -> History:
    """Read every version of a document, with progress on the terminal. Raises BadInput when none is a board."""
    return asyncio.run(_replayed(repository, name, environment, now))


async def _replayed(repository: Path, name: str, environment: Mapping[str, str], now: datetime) -> History:
    listed = await versions.commits(repository, name, environment)
    readable: list[Version] = []
    newest, skipped = None, 0
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("Reading versions"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(listed))
        async for at, raw in versions.contents(repository, listed, environment):
            try:
                text = next7d.decode(raw) if raw is not None else ""
                readable.append(Version(at, next7d.read(text, now).board))
                newest = text
            except BadInput:  # it was deleted, or no board yet
                skipped += 1
            progress.advance(task)
    if newest is None:
        raise BadInput("None of the {count} versions of {name} is a board.", count=str(len(listed)), name=name)
    console.print(f"Read {len(readable)} versions of {name}" + (f"; {skipped} more held no board." if skipped else "."))
    return History(newest, timeline(readable))


def import_(
    context: typer.Context,
    channel: Channel,
    file: Annotated[Path | None, typer.Argument(help="A NEXT-7D.md.")] = None,
    state: Annotated[Path | None, typer.Option(help="A STATE.md, beside the NEXT-7D.md or alone.")] = None,
    git: Annotated[Path | None, typer.Option(help="A git repository: all versions of the NEXT-7D.md in it.")] = None,
    path: Annotated[str, typer.Option(help="The NEXT-7D.md in that repository.")] = "NEXT-7D.md",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    owner: Annotated[list[str] | None, typer.Option(help=OWNER)] = None,
    as_json: AsJson = False,
) -> None:
    """Put the items of a Markdown board onto a channel's board, all or nothing."""
    program: Program = context.obj
    with in_words():
        if (file is None and state is None and git is None) or (file and git):
            raise BadInput("Name a document: a NEXT-7D.md, or one in a repository with --git; or a STATE.md.")
        board, standing = (next7d.decode(_bytes(each)) if each else None for each in (file, state))
        history = replayed(git, path, program.environment, program.clock()) if git else None
        given = importing.Documents(history.newest if history else board, standing)
        ask = Ask(channel, None, program.clock())
        with opened_database(program) as db:
            named = owners.owners(db, program, owner or ())
            tells = history.timeline if history else None
            if dry_run:
                imported = importing.try_import(db, ask, given, tells)
            else:
                imported = importing.import_document(db, ask, given, tells, named)
    if as_json:
        typer.echo(json.dumps(report.as_data(imported, channel, applied=not dry_run), ensure_ascii=False, indent=2))
    else:
        report.say(imported, channel, applied=not dry_run)


def export(
    context: typer.Context,
    channel: Channel,
    form: Annotated[Form, typer.Option("--format", help=FORMAT)] = Form.MARKDOWN,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a channel's board as its document, as a table or as JSON."""
    program: Program = context.obj
    with in_words():
        with opened_database(program) as db:
            given = exporting.export(db, channel, form, program.clock())
        if output is not None:
            _write(output, given.content)
    if as_json:
        typer.echo(json.dumps(_exported(given, channel, form, output), ensure_ascii=False, indent=2))
    elif output is None:
        typer.echo(given.content, nl=False)


def _exported(given: Exported, channel: str, form: Form, output: Path | None) -> dict[str, object]:
    """Return what was given: the text itself, unless it is in a file."""
    where = {"content": given.content.decode()} if output is None else {"file": str(output)}
    return {"channel": channel, "format": form.value, "name": given.name, "bytes": len(given.content), **where}


@contextmanager
def opened_database(program: Program) -> Iterator[Database]:
    """Open the database of `database_of`, with the schema of this version. Raises SettingsError."""
    address = database_of(program)
    say_which(program, address)
    db = Database(address, busy_timeout_ms=PATIENT_MS)
    try:
        migrate(db)
        yield db
    finally:
        db.close()


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput("{file} can't be read: {why}.", file=str(file), why=str(error.strerror)) from error


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput("{file} can't be written: {why}.", file=str(file), why=str(error.strerror)) from error
