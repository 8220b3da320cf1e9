"""The files that a board is written into: what is to be written, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.core.board import undo
from bot.core.board.model import Board, Item
from bot.store import documents, outbox
from bot.store.board import boards, events, finishes
from bot.store.board.boards import Record
from bot.store.board.finishes import FAILED, REVERT, REVERTED, FileStep, Finish
from bot.store.database import Database
from bot.store.documents import Kept
from bot.store.outbox import Owed

AS_IT_WAS = "The file is as it was again, so nothing was in the way any more."
BY_HAND = "it was changed by hand, so nothing was overwritten; choose in its notice"


@dataclass(frozen=True, slots=True)
class Part:
    """A finish that is to be written into a file, or taken out of it: the item, and the one that started next.

    An item that is open again still has the moment when it was finished, for what was written to be found.
    """

    step: FileStep
    item: Item
    next: Item | None

    @property
    def is_undone(self) -> bool:
        """Whether it is to be taken out."""
        return self.step.mark == REVERT


@dataclass(frozen=True, slots=True)
class Desired:
    """A file, and what it is to say: the board, at a version. `imported`: the document that it was imported from.

    `past` is the board as it was last written into the file; where it never was, as it is now.
    """

    file: Kept
    board: Board
    past: Board
    version: int
    updated: datetime
    imported: str | None
    parts: tuple[Part, ...]


def register(db: Database, files: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """Keep exactly these files, by channel and kind; what was left unwritten while the bot stood still is owed."""
    with db.begin() as tx:
        documents.register(tx, files)
        for channel, names in files.items():
            for kind in names if boards.id_of(tx, channel) is not None else ():
                outbox.owe(tx, Owed(kind), channel, now)


def ensure(db: Database, channel: str, file_names: Mapping[str, str]) -> None:
    """Keep a channel's files, whatever becomes of the others: for a program beside the bot."""
    with db.begin() as tx:
        documents.keep(tx, channel, file_names)


def names(db: Database, channel: str) -> tuple[str, ...]:
    """Return what people call the files of a channel's board."""
    with db.read() as tx:
        return tuple(file.name for file in documents.of(tx, channel))


def desired(db: Database, channel: str, kind: str, now: datetime) -> Desired | None:
    """Return what a file is to say; None: there is no such file, or no board yet."""
    with db.read() as tx:
        file, record = documents.get(tx, channel, kind), boards.look(tx, channel)
        if file is None or record is None or not record.version:
            return None
        owed = finishes.pending(tx, record.id, kind)
        parts = tuple(_part(tx, record.board, finish, kind) for finish in owed)
        past = _past(tx, record, file, now)
    return Desired(file, record.board, past, record.version, record.updated or now, record.document, parts)


def _past(tx: Connection, record: Record, file: Kept, now: datetime) -> Board:
    if file.version is None:
        return record.board
    return undo.undone(record.board, events.steps_after(tx, record.id, file.version), now)


def _part(tx: Connection, board: Board, finish: Finish, kind: str) -> Part:
    item = board.item(finish.number)
    if finish.undone or item.finished is None:
        item = replace(item, finished=events.steps(tx, finish.board_id, finish.change)[0].event.at)
    following = board.item(finish.next_number) if finish.next_number else None
    return Part(finish.files[kind], item, following)


def intend(db: Database, file: Kept, text: str) -> None:
    """Write down what is about to be written: after a crash it may stand in the file, and is no person's."""
    with db.begin() as tx:
        documents.change(tx, file, intended=text)


def roll(db: Database, file: Kept, text: str, before: datetime | None) -> None:
    """Write down that a file is about to lose what is in the archive now: for NEXT-7D.md, what was done before."""
    with db.begin() as tx:
        documents.change(tx, file, intended=text, **({"rolled": before} if before else {}))


def landed(db: Database, wanted: Desired, before: str | None, text: str, now: datetime) -> None:
    """Write down that a file says what it is to say; the posts of the finishes in it are owed their tick."""
    with db.begin() as tx:
        file = documents.get(tx, wanted.file.channel, wanted.file.kind) or wanted.file
        if text != file.written or wanted.parts:
            change = wanted.parts[-1].step.change if wanted.parts else None
            documents.change(tx, file, written=text, before=before, change=change)
        documents.change(tx, file, intended=None, version=wanted.version)
        if file.drift is not None:
            settle_drift(tx, file, AS_IT_WAS, now)
        for part in wanted.parts:
            _mark(tx, file.channel, part.step, REVERTED if part.is_undone else finishes.DONE, "", now)


def failed(db: Database, wanted: Desired, why: str, now: datetime) -> None:
    """Write down why a file can't be written; the posts of the finishes that wait for it say so."""
    with db.begin() as tx:
        for part in wanted.parts:
            _mark(tx, wanted.file.channel, part.step, REVERT if part.is_undone else FAILED, why, now)


def drifted(db: Database, wanted: Desired, current: str, now: datetime) -> None:
    """Write down that a person changed our parts of a file, and owe the channel a notice."""
    with db.begin() as tx:
        file = documents.get(tx, wanted.file.channel, wanted.file.kind) or wanted.file
        if file.drift != current:
            count = file.drifts + (1 if file.drift is None else 0)
            documents.change(tx, file, drift=current, drifts=count, settled="", intended=None)
            outbox.owe(tx, Owed.DRIFT, f"{file.channel}/{file.kind}/{count}", now)
        for part in wanted.parts:
            _mark(tx, file.channel, part.step, REVERT if part.is_undone else FAILED, BY_HAND, now)


def settle_drift(tx: Connection, file: Kept, how: str, now: datetime) -> None:
    """Write down how a drift ended, in words; its notice is owed them."""
    documents.change(tx, file, drift=None, settled=how)
    outbox.owe(tx, Owed.DRIFT, f"{file.channel}/{file.kind}/{file.drifts}", now)


def _mark(tx: Connection, channel: str, step: FileStep, mark: str, why: str, now: datetime) -> None:
    board_id = boards.id_of(tx, channel)
    if board_id is not None and finishes.mark(tx, board_id, step, mark, why):
        outbox.owe(tx, Owed.FINISH, f"{channel}/{step.change}", now)
