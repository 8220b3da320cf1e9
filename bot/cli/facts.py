"""`facts run`: ask production from the command line."""

import asyncio
import json
from typing import Annotated

import typer

from bot import settings
from bot.cli.program import Program, in_words
from bot.core.readings import Health, Reading, worst
from bot.errors import BadInput
from bot.facts import factsfile, running

EXIT = {Health.GREEN: 0, Health.RED: 1, Health.UNKNOWN: 2}
FILE_IS_WRONG = 3
LIGHTS = {Health.GREEN: "🟢", Health.RED: "🔴", Health.UNKNOWN: "⚪"}

facts = typer.Typer(no_args_is_help=True, help="Prod facts: what is true of production.")


@facts.callback()
def _group() -> None:
    """Keep `run` a word of its own, beside those that will come."""


@facts.command()
def run(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Ask production once. Exit code: 0 all green, 1 some red, 2 none red but some unknown, 3 the file is wrong."""
    program: Program = context.obj
    with in_words():
        file = settings.load_database(program.environment).facts_file
        try:
            listed = factsfile.load(file) if file else ()
        except BadInput as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(FILE_IS_WRONG) from error
    if file is None:
        typer.echo("No prod facts are set up. List them in a file and name it in FACTS_FILE.", err=True)
        raise typer.Exit(FILE_IS_WRONG)
    found = asyncio.run(running.run(listed, program.environment, clock=program.clock))
    typer.echo(json.dumps([_as_data(r) for r in found], ensure_ascii=False, indent=2) if as_json else _lines(found))
    raise typer.Exit(EXIT[worst(found)])


def _as_data(reading: Reading) -> dict[str, object]:
    return {
        "name": reading.name,
        "kind": reading.kind,
        "health": reading.health.value,
        "detail": reading.detail,
        "latency_ms": reading.latency_ms,
    }


def _lines(found: tuple[Reading, ...]) -> str:
    return "\n".join(f"{LIGHTS[r.health]} {r.name}   {r.detail}".rstrip() for r in found) or "No facts are listed."
