"""The weekly act of rolling old entries of a board's files over into the archive beside them."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from bot.documents import archive, next7d
from bot.documents.archive import FOLDER, INDEX, Rolled
from bot.effects.documents.composing import composed
from bot.errors import RuleBroken
from bot.places.library import NEXT7D, Shelf
from bot.services.documents import files
from bot.services.door import Door

KEPT = timedelta(days=14)  # PRODUCT 5: what was done before that is rolled over
NAMES = {NEXT7D: "DONE", "state": "STATE"}


@dataclass(frozen=True, slots=True)
class Moved:
    """What was rolled over: the file it stood in, the archive it went to, and how many entries."""

    source: str
    archive: str
    count: int


async def roll(door: Door, shelf: Shelf, now: datetime) -> tuple[Moved, ...]:
    """Roll a board's files over. Raises PlaceFailed, BadInput, or RuleBroken for one that waits for a choice."""
    return tuple([moved for kind in shelf.names if (moved := await _roll(door, shelf, kind, now))])


async def _roll(door: Door, shelf: Shelf, kind: str, now: datetime) -> Moved | None:
    """Write the archive first, then its index, then the file: a crash in between leaves a line twice, never none."""
    wanted = await door.call(files.desired, shelf.channel, kind, now)
    name = shelf.names[kind]
    raw = await shelf.place.read(name)
    if wanted is None or raw is None:
        return None
    text = await asyncio.to_thread(composed, wanted, next7d.decode(raw), now)
    if text is None:
        raise RuleBroken("{name} was changed by hand and waits for a choice, so it is not rolled over.", name=name)
    before = datetime.combine(now.astimezone(UTC).date() - KEPT, time(), UTC)  # whole days, as documents write them
    rolled = await asyncio.to_thread(_rolled, kind, text, before, now)
    if not rolled.entries:
        return None
    file = await _put_away(shelf, kind, rolled, now)
    await door.call(files.roll, wanted.file, rolled.text, before if kind == NEXT7D else None)
    await shelf.place.write(name, raw, rolled.text.encode(), f"{wanted.file.name}: old entries are in {file}")
    await door.change(files.landed, wanted, text, rolled.text, now)
    return Moved(wanted.file.name, file, len(rolled.entries))


def _rolled(kind: str, text: str, before: datetime, now: datetime) -> Rolled:
    return archive.roll_done(text, before, now) if kind == NEXT7D else archive.roll_state(text, now)


async def _put_away(shelf: Shelf, kind: str, rolled: Rolled, now: datetime) -> str:
    """Write the entries into this month's archive, and the archive into the index. Returns the archive's name."""
    source = shelf.names[kind]
    folder = "".join(source.rpartition("/")[:2]) + FOLDER
    file = f"{NAMES[kind]}-{now:%Y-%m}.md"
    old = await shelf.place.read(f"{folder}/{file}")
    held = next7d.decode(old) if old is not None else ""
    text = archive.archived(held or None, f"{NAMES[kind]}, rolled over in {now:%B %Y}", rolled.entries)
    await shelf.place.write(f"{folder}/{file}", old, text.encode(), f"{file}: {len(rolled.entries)} entries")
    listed = await shelf.place.read(f"{folder}/{INDEX}")
    index = next7d.decode(listed) if listed is not None else None
    indexed = archive.indexed(index, file, source.rpartition("/")[2], held, rolled.entries)
    await shelf.place.write(f"{folder}/{INDEX}", listed, indexed.encode(), f"{INDEX}: {file}")
    return f"{FOLDER}/{file}"
