"""The table of commands."""

import typer

from bot.cli import documents
from bot.cli.archive import archive
from bot.cli.backup import backup
from bot.cli.digest import digest
from bot.cli.doctor import doctor
from bot.cli.facts import facts
from bot.cli.program import Program, in_words
from bot.cli.run import run as run_bot

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Onewip: a Slack bot for teams that finish things.",
)
app.command("run")(run_bot)
app.command("import")(documents.import_)
app.command("export")(documents.export)
app.command("digest")(digest)
app.command("doctor")(doctor)
app.command("archive")(archive)
app.command("backup")(backup)
app.add_typer(facts, name="facts")


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring the database up to the schema of this version; every other command does so by itself."""
    with in_words(), documents.opened_database(context.obj):
        pass
    typer.echo("The database is up to date.")


def run(program: Program) -> None:
    """Run the command that the arguments name."""
    app(obj=program)
