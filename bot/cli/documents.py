"""Documents in and out of a board: `import`, also from the versions of a git repository, and `export`."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.cli import owners
from bot.cli.program import Program, database_of, in_words, say_which
from bot.core.board.model import Lane
from bot.core.documents.timeline import Timeline, Version, timeline
from bot.documents import next7d
from bot.documents.next7d import Doubt
from bot.errors import BadInput
from bot.places import versions
from bot.services.change import Ask
from bot.services.documents import exporting, importing
from bot.services.documents.exporting import Exported, Form
from bot.services.documents.importing import Imported
from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate

CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]+")  # as Slack's ids of channels look


def channel_id(text: str) -> str:
    """Return a channel's id as it was given. Raises BadParameter for a name: only Slack knows whose it is."""
    if text and not CHANNEL_ID.fullmatch(text):
        raise typer.BadParameter(
            f"{text} is no channel's id. It is like C0123456789, and stands at the end of the channel's details in Slack."
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
    told: Timeline


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
            told = history.told if history else None
            if dry_run:
                imported = importing.try_import(db, ask, given, told)
            else:
                imported = importing.import_document(db, ask, given, told, named)
    if as_json:
        typer.echo(json.dumps(_as_data(imported, channel, applied=not dry_run), ensure_ascii=False, indent=2))
    else:
        _print(imported, channel, applied=not dry_run)


def export(
    context: typer.Context,
    channel: Channel,
    form: Annotated[Form, typer.Option("--format", help=FORMAT)] = Form.MARKDOWN,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
    as_json: AsJson = False,
) -> None:| None, typer.Option(help="Write to this file instead of the terminal.")] = None,
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


def _as_data(imported: Imported, channel: str, *, applied: bool) -> dict[str, object]:
    return {
        "channel": channel,
        "applied": applied,
        "added": list(imported.added),
        "matched": list(imported.matched),
        **{lane.value: imported.count(lane) for lane in Lane},
        "doubts": [_doubt(doubt) for doubt in imported.doubts],
        "state_doubts": [_doubt(doubt) for doubt in imported.state_doubts],
        "warnings": list(imported.warnings),
        "lacking": list(imported.lacking),
        "dated": list(imported.dates.filled) if imported.dates else [],
        "undated": [{"number": number, "why": why} for number, why in imported.dates.open] if imported.dates else [],
    }


def _print(imported: Imported, channel: str, *, applied: bool) -> None:
    console = Console(highlight=False)
    done = "Imported" if applied else "Would import"
    lanes = ", ".join(f"{imported.count(lane)} in {lane.upper()}" for lane in Lane if imported.count(lane))
    console.print(f"{done} {len(imported.added)} items for {escape(channel)}" + (f": {lanes}." if lanes else "."))
    if imported.matched:
        console.print(f"{len(imported.matched)} were here already and stay as they are.")
    if imported.lacking:
        names = ", ".join(f"#{number} {imported.board.item(number).title}" for number in imported.lacking)
        console.print(f"On the board but not in the document, so they stay: {escape(names)}")
    for warning in imported.warnings:
        console.print(f"Note: {escape(warning)}")
    if imported.dates:
        console.print(f"Dates of {len(imported.dates.filled)} items come from the history of the document.")
    if imported.dates and imported.dates.open:
        console.print(_undated(imported))
    for name, doubts in (("", imported.doubts), (" in the STATE.md", imported.state_doubts)):
        if doubts:
            console.print(_doubts(doubts, name))


def _undated(imported: Imported) -> Table:
    table = Table("Item", "Why", title="Without a date that could be told")
    for number, why in imported.dates.open if imported.dates else ():
        table.add_row(escape(f"#{number} {imported.board.item(number).title[:60]}"), why)
    return table


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {"line": doubt.line, "text": doubt.text, "why": doubt.why}


def _doubts(doubts: Sequence[Doubt], name: str) -> Table:
    table = Table("Line", "Doubtful", "Text", title=f"Kept{name}, but not certain")
    for doubt in doubts:
        table.add_row(str(doubt.line), escape(doubt.why), escape(doubt.text[:80]))
    return table
