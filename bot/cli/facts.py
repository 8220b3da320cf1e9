"""`facts`: what is true of production, from the command line."""

import asyncio
import json
from datetime import datetime
from typing import Annotated, Any

import typer

from bot import settings
from bot.app import reference
from bot.cli.documents.commands import opened_database
from bot.cli.program import Program, has_database, in_words, need_database
from bot.core.production.readings import Health, Reading, Run, worst
from bot.core.production.strip import bars
from bot.core.times import say_span
from bot.errors import BadInput
from bot.facts import factsfile, running
from bot.facts.kind import Fact
from bot.services.production import runs, sheet, watching
from bot.services.production.sheet import Line, Sheet

EXIT = {Health.GREEN: 0, Health.RED: 1, Health.UNKNOWN: 2}
FILE_IS_WRONG = 3
LIGHTS = {Health.GREEN: "🟢", Health.RED: "🔴", Health.UNKNOWN: "⚪"}
NOT_SET = "No prod facts are set up. List them in a file and name it in FACTS_FILE."

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

facts = typer.Typer(no_args_is_help=True, help="Prod facts: what is true of production.")


@facts.command()
def run(context: typer.Context, as_json: AsJson = False) -> None:
    """Ask production once. Exit code: 0 all green, 1 some red, 2 none red but some unknown, 3 the file is wrong."""
    program: Program = context.obj
    with in_words():
        chosen = settings.load_database(program.environment)
        listed = _of_file(program)
        where = reference(chosen.slack_api_url)
        readings = asyncio.run(running.run(listed, program.environment, clock=program.clock, reference=where))
        known = _known(program)
    now = program.clock()
    data = [_as_data(reading) | {"since": _since(reading, known, now)} for reading in readings]
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else _lines(readings))
    raise typer.Exit(EXIT[worst(readings)])


@facts.command(name="list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the facts: those of the file, and those that were added from Slack."""
    program: Program = context.obj
    with in_words():
        of_file = _of_file(program, may_miss=True)
        added: tuple[Fact, ...] = ()
        if has_database(program):
            with opened_database(program) as db:
                added = watching.added_facts(db)
    listed = [(fact, "file") for fact in of_file] + [(fact, "Slack") for fact in added]
    if as_json:
        typer.echo(json.dumps([_listed(fact, source) for fact, source in listed], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_in_words(fact, source) for fact, source in listed) or "No facts are listed.")


@facts.command()
def check(context: typer.Context) -> None:
    """Check the file without asking production. Exit code: 0 it is in order, 3 it is wrong."""
    listed = _of_file(context.obj)
    typer.echo(f"The file is in order: {len(listed)} fact{'' if len(listed) == 1 else 's'}.")


@facts.command()
def history(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what the bot saw in the last 14 days."""
    program: Program = context.obj
    with in_words():
        need_database(program)
        with opened_database(program) as db:
            past = sheet.look(db, None, program.clock())
    if as_json:
        typer.echo(json.dumps([_past(line) for line in past.lines], ensure_ascii=False, indent=2))
    else:
        typer.echo(_strips(past))


def _of_file(program: Program, *, may_miss: bool = False) -> tuple[Fact, ...]:
    with in_words():
        file = settings.load_database(program.environment).facts_file
    if file is None and may_miss:
        return ()
    if file is None:
        typer.echo(NOT_SET, err=True)
        raise typer.Exit(FILE_IS_WRONG)
    try:
        return factsfile.load(file)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FILE_IS_WRONG) from error


def _known(program: Program) -> Run | None:
    """What the bot knows, where there is one: asking production needs no database."""
    if not has_database(program):
        return None
    with opened_database(program) as db:
        return runs.latest(db, None, program.clock())


def _since(reading: Reading, known: Run | None, now: datetime) -> str | None:
    """When the spell of red began, as far as the bot knows; a fact that is not red has none."""
    if reading.health is not Health.RED:
        return None
    before = {earlier.name: earlier.red_since for earlier in known.readings} if known else {}
    return (before.get(reading.name) or now).isoformat()


def _as_data(reading: Reading) -> dict[str, Any]:
    return {
        "name": reading.name,
        "kind": reading.kind,
        "health": reading.health.value,
        "detail": reading.detail,
        "latency_ms": reading.latency_ms,
    }


def _lines(readings: tuple[Reading, ...]) -> str:
    return "\n".join(f"{LIGHTS[r.health]} {r.name}   {r.detail}".rstrip() for r in readings) or "No facts are listed."


def _listed(fact: Fact, source: str) -> dict[str, Any]:
    every = fact.every.total_seconds() if fact.every else None
    return {"name": fact.name, "kind": fact.kind, "from": source, "every": every, "channels": list(fact.channels)}


def _in_words(fact: Fact, source: str) -> str:
    parts = [fact.kind, f"from {'the file' if source == 'file' else source}"]
    parts += [f"every {say_span(fact.every) if fact.every.seconds >= 60 else fact.every}"] if fact.every else []
    return f"{fact.name}   {', '.join([*parts, *fact.channels])}"


def _past(line: Line) -> dict[str, Any]:
    days = [
        {
            "day": day.on.isoformat(),
            **{health.value: day.healths.count(health) for health in Health},
            "typical_ms": day.typical_ms,
            "slowest_ms": day.slowest_ms,
        }
        for day in line.days
    ]
    return {**_as_data(line.reading), "at": line.at.isoformat(), "days": days}


def _strips(past: Sheet) -> str:
    lines = [f"{LIGHTS[line.reading.health]} {bars(line.days)}  {line.reading.name}" for line in past.lines]
    return "\n".join(lines) or "The bot has looked at nothing yet."
