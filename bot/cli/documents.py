"""Documents in and out of a board: `import`, also from the versions of a git repository, and `export`."""

import asyncio
import json
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

from bot import settings
from bot.cli.program import Program, in_words
from bot.core.board.model import Lane
from bot.core.documents.timeline import Timeline, Version, timeline
from bot.documents import next7d
from bot.documents.next7d import Doubt
from bot.errors import BadInput
from bot.places import versions
from bot.services.change import Ask
from bot.services.documents import exporting, importing
from bot.services.documents.exporting import Form
from bot.services.documents.importing import Imported
from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate

Channel = Annotated[str, typer.Option(help="The channel whose board it is, by its id: C0123456789.")]
FORMAT = "Markdown, CSV for spreadsheets, or JSON for programs."
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
    told: list[Version] = []
    newest, skipped = None, 0
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("Reading versions"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(listed))
        async for at, raw in versions.contents(repository, listed, environment):
            try:
                text = next7d.decode(raw) if raw is not None else ""
                told.append(Version(at, next7d.read(text, now).board))
                newest = text
            except BadInput:  # it was deleted, or no board yet
                skipped += 1
            progress.advance(task)
    if newest is None:
        raise BadInput("None of the {count} versions of {name} is a board.", count=str(len(listed)), name=name)
    console.print(f"Read {len(told)} versions of {name}" + (f"; {skipped} more held no board." if skipped else "."))
    return History(newest, timeline(told))


def import_(
    context: typer.Context,
    channel: Channel,
    file: Annotated[Path | None, typer.Argument(help="A NEXT-7D.md.")] = None,
    state: Annotated[Path | None, typer.Option(help="A STATE.md, beside the NEXT-7D.md or alone.")] = None,
    git: Annotated[Path | None, typer.Option(help="A git repository: all versions of the NEXT-7D.md in it.")] = None,| None, typer.Option(help="A git repository: its newest version, and dates from all.")] = None,
    path: Annotated[str, typer.Option(help="The NEXT-7D.md in that repository.")] = "NEXT-7D.md",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
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
            doing = importing.try_import if dry_run else importing.import_document
            told = doing(db, ask, given, history.told if history else None)
    if as_json:
        typer.echo(json.dumps(_as_data(told, channel, applied=not dry_run), ensure_ascii=False, indent=2))
    else:
        _print(told, channel, applied=not dry_run)


def export(
    context: typer.Context,
    channel: Channel,
    form: Annotated[Form, typer.Option("--format", help=FORMAT)] = Form.MARKDOWN,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
) -> None:
    """Print a channel's board as its document, as a table or as JSON."""
    program: Program = context.obj
    with in_words():
        with opened_database(program) as db:
            given = exporting.export(db, channel, form, program.clock())
        if output is None:
            typer.echo(given.content, nl=False)
        else:
            _write(output, given.content)


@contextmanager
def opened_database(program: Program) -> Iterator[Database]:
    """Open the database that the environment names, with the schema of this version. Raises SettingsError."""
    db = Database(settings.load_database(program.environment).database_url, busy_timeout_ms=PATIENT_MS)
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


def _as_data(told: Imported, channel: str, *, applied: bool) -> dict[str, object]:
    return {
        "channel": channel,
        "applied": applied,
        "added": list(told.added),
        "matched": list(told.matched),
        **{lane.value: told.count(lane) for lane in Lane},
        "doubts": [_doubt(doubt) for doubt in told.doubts],
        "state_doubts": [_doubt(doubt) for doubt in told.state_doubts],
        "warnings": list(told.warnings),
        "lacking": list(told.lacking),
        "dated": list(told.dates.filled) if told.dates else [],
        "undated": [{"number": number, "why": why} for number, why in told.dates.open] if told.dates else [],
    }


def _print(told: Imported, channel: str, *, applied: bool) -> None:
    console = Console(highlight=False)
    done = "Imported" if applied else "Would import"
    lanes = ", ".join(f"{told.count(lane)} in {lane.upper()}" for lane in Lane if told.count(lane))
    console.print(f"{done} {len(told.added)} items for {escape(channel)}" + (f": {lanes}." if lanes else "."))
    if told.matched:
        console.print(f"{len(told.matched)} were here already and stay as they are.")
    if told.lacking:
        names = ", ".join(f"#{number} {told.board.item(number).title}" for number in told.lacking)
        console.print(f"On the board but not in the document, so they stay: {escape(names)}")
    for warning in told.warnings:
        console.print(f"Note: {escape(warning)}")
    if told.dates:
        console.print(f"Dates of {len(told.dates.filled)} items come from the history of the document.")
    if told.dates and told.dates.open:
        console.print(_undated(told))
    for name, doubts in (("", told.doubts), (" in the STATE.md", told.state_doubts)):
        if doubts:
            console.print(_doubts(doubts, name))


def _undated(told: Imported) -> Table:
    table = Table("Item", "Why", title="Without a date that could be told")
    for number, why in told.dates.open if told.dates else ():
        table.add_row(escape(f"#{number} {told.board.item(number).title[:60]}"), why)
    return table


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {"line": doubt.line, "text": doubt.text, "why": doubt.why}


def _doubts(doubts: Sequence[Doubt], name: str) -> Table:
    table = Table("Line", "Doubtful", "Text", title=f"Kept{name}, but not certain")
    for doubt in doubts:
        table.add_row(str(doubt.line), escape(doubt.why), escape(doubt.text[:80]))
    return table
