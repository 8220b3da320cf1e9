"""`archive`: old entries of the boards' files, rolled over: a weekly act of its own, for a timer to run."""

import asyncio
import json
from typing import Annotated

import aiohttp
import typer

from bot import settings
from bot.cli.documents.commands import channel_id, opened_database
from bot.cli.program import REFUSED, Program, in_words
from bot.effects.documents.archive import Moved, roll
from bot.errors import BadInput, UserError
from bot.places import library
from bot.places.library import Shelf
from bot.places.place import PlaceFailed
from bot.services.documents import files
from bot.services.door import Door
from bot.store.database import Database

Told = dict[str, tuple[Moved, ...] | str]  # by channel: what was moved, or why nothing was


def archive(
    context: typer.Context,
    channel: Annotated[str, typer.Option(help="Only this channel's files, by its id.", callback=channel_id)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Roll over what was done more than two weeks ago, and a STATE.md beyond 250 lines, into STATE-ARCHIVE/."""
    program: Program = context.obj
    with in_words():
        file = settings.load_database(program.environment).documents_file
        if file is None:
            raise BadInput("No documents are kept. List them in a file and name it in DOCUMENTS_FILE.")
        boards = [each for each in library.load(file) if channel in ("", each.channel)]
        if not boards:
            raise BadInput("{file} names no board for {channel}.", file=str(file), channel=channel or "any channel")
        with opened_database(program) as db:
            outcomes = asyncio.run(_all(db, tuple(boards), program))
    typer.echo(json.dumps(_as_data(outcomes), ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(outcomes)))
    if any(isinstance(each, str) for each in outcomes.values()):
        raise typer.Exit(REFUSED)


async def _all(db: Database, boards: tuple[library.Kept, ...], program: Program) -> Told:
    """Roll one board over after another; one that can't be does not keep the others."""
    door = Door(db)
    async with aiohttp.ClientSession() as session:
        shelves = library.opened(boards, program.environment, lambda: session)
        outcomes = {channel: await _one(door, shelf, program) for channel, shelf in shelves.items()}
    door.close()
    return outcomes


async def _one(door: Door, shelf: Shelf, program: Program) -> tuple[Moved, ...] | str:
    await door.change(files.ensure, shelf.channel, shelf.names)
    try:
        return await roll(door, shelf, program.clock())
    except (PlaceFailed, UserError) as error:
        return str(error)


def _lines(outcomes: Told) -> list[str]:
    lines = []
    for channel, moved in outcomes.items():
        if isinstance(moved, str):
            lines.append(f"{channel}: {moved}")
        elif not moved:
            lines.append(f"{channel}: nothing is old enough.")
        else:
            lines += [f"{channel}: {each.count} entries of {each.source} are in {each.archive} now." for each in moved]
    return lines


def _as_data(outcomes: Told) -> dict[str, object]:
    return {
        channel: {"error": moved}
        if isinstance(moved, str)
        else {"moved": [{"from": each.source, "to": each.archive, "entries": each.count} for each in moved]}
        for channel, moved in outcomes.items()
    }
