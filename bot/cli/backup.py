"""`backup`: a copy of the database while the bot runs."""

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.program import Program, database_of, has_database, in_words, say_which
from bot.errors import NotFound
from bot.services.ops.backup import back_up
from bot.store.database import PATIENT_MS, Database

MEGABYTE = 1024 * 1024


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="Where to; without it, a new file in backups/ beside the database.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Copy the SQLite database into one file, whole and checked, while the bot runs. For PostgreSQL use pg_dump."""
    program: Program = context.obj
    with in_words():
        address = database_of(program)
        say_which(program, address)
        if not has_database(program):
            raise NotFound("There is no database at {address} yet, so there is nothing to copy.", address=address)
        # Not `opened_database`: who makes a backup before an upgrade wants what was there before it.
        with closing(Database(address, busy_timeout_ms=PATIENT_MS)) as db:
            made = back_up(db, file, program.clock())
    if as_json:
        typer.echo(json.dumps({"file": str(made.file), "bytes": made.size, "new_folder": made.is_in_new_folder}))
    else:
        typer.echo(f"{made.file}   {made.size / MEGABYTE:.1f} MB")
        if made.is_in_new_folder:
            typer.echo(f"The folder {made.file.parent} is new.")
