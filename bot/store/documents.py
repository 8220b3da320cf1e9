"""The files that boards are written into: what was last written, and what people made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.store import tables
from bot.store.upsert import insert_or_update


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a board. `drift` is what stands in it after a person changed our parts, until somebody chose.

    `version` is the board's when it was last written into the file; None: it never was.
    """

    channel: str
    kind: str
    file: str
    written: str | None
    before: str | None
    change: int | None
    intended: str | None
    drift: str | None
    drifts: int
    settled: str
    rolled: datetime | None
    version: int | None

    @property
    def name(self) -> str:
        """What people call it: the file without its folders."""
        return self.file.rsplit("/", 1)[-1]


def register(tx: Connection, files: Mapping[str, Mapping[str, str]]) -> None:
    """Keep exactly these files: by channel and kind, their names. What was written into the others is remembered."""
    tx.execute(update(tables.documents).values(file=""))
    for channel, names in files.items():
        keep(tx, channel, names)


def keep(tx: Connection, channel: str, names: Mapping[str, str]) -> None:
    """Keep a channel's files, by kind."""
    for kind, file in names.items():
        values = {"channel": channel, "kind": kind, "file": file, "drifts": 0, "settled": ""}
        insert_or_update(tx, tables.documents, values, ("channel", "kind"), {"file": file})


def of(tx: Connection, channel: str) -> tuple[Kept, ...]:
    """Return the files of a channel's board, STATE.md first."""
    query = select(tables.documents).where(tables.documents.c.channel == channel, tables.documents.c.file != "")
    return tuple(_kept(row) for row in tx.execute(query.order_by(tables.documents.c.kind.desc())))


def get(tx: Connection, channel: str, kind: str) -> Kept | None:
    """Return a board's file of a kind; None: it is not kept."""
    return next((file for file in of(tx, channel) if file.kind == kind), None)


def change(tx: Connection, file: Kept, **values: Any) -> None:
    """Write down what became of a file."""
    key = (tables.documents.c.channel == file.channel) & (tables.documents.c.kind == file.kind)
    tx.execute(update(tables.documents).where(key).values(**values))


def forget(tx: Connection, channel: str) -> None:
    """Forget what was written into a channel's files; they are kept as before."""
    values = {"written": None, "before": None, "change": None, "intended": None, "drift": None, "rolled": None}
    values |= {"version": None}
    tx.execute(update(tables.documents).where(tables.documents.c.channel == channel).values(**values))


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        row.channel, row.kind, row.file, row.written, row.before, row.change, row.intended, row.drift, row.drifts,
        row.settled, row.rolled, row.version,
    )  # fmt: skip
