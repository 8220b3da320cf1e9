"""The versions of a document in a git repository, read one after another for what they tell of dates."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.core.timeline import Dates, Version, timeline
from bot.documents import next7d
from bot.errors import BadInput
from bot.places import versions


@dataclass(frozen=True, slots=True)
class History:
    """The newest version that is a board, and the dates that all of them tell, by title."""

    newest: str
    dates: Mapping[str, Dates]


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
