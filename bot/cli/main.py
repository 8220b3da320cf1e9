"""The table of commands."""

import json
from typing import Annotated

import typer

from bot.cli.archive import archive
from bot.cli.backup import backup
from bot.cli.digest import digest
from bot.cli.doctor import doctor
from bot.cli.documents import commands as documents
from bot.cli.facts import facts
from bot.cli.program import VERSION, Program, database_of, in_words
from bot.cli.run import run as run_bot
from bot.settings import without_password
from bot.store.migrate import head

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run_bot)
app.command("import")(documents.import_)
app.command("export")(documents.export)
app.command("digest")(digest)
app.command("doctor")(doctor)
app.command("archive")(archive)
app.command("backup")(backup)
app.add_typer(facts, name="facts")


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Onewip {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Onewip: a Slack bot for teams that finish things."""


@app.command()
def migrate(context: typer.Context, as_json: documents.AsJson = False) -> None:
    """Bring the database up to the schema of this version; every other command does so by itself."""
    with in_words(), documents.opened_database(context.obj):
        address = without_password(database_of(context.obj))
    if as_json:
        typer.echo(json.dumps({"database": address, "schema": head()}))
    else:
        typer.echo("The database is up to date.")


def run(program: Program) -> None:
    """Run the command that the arguments name."""
    app(obj=program)
