"""Asking for something, and what is left of it in the database."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from bot.core.board.edits import Draft
from bot.core.board.history import TICKS, UNDO
from bot.core.board.model import Board
from bot.core.board.undo import difference
from bot.core.people import Person
from bot.facts.scripts.script import Script
from bot.services.board import items, look, moves
from bot.services.change import Ask
from bot.services.documents import exporting
from bot.services.documents.exporting import Form
from bot.services.production import watching
from bot.store import tables
from bot.store.database import Database
from tests.people import ALICE

CHANNEL = "C0BOARD"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
ONE, TWO, THREE = "/one answers 200", "/two answers 200", "/three answers 200"  # criteria that the lint takes
WITH_EVERY_CHANGE = {"trail", "home"}  # kinds of debt that any change makes, beside the board's own


def ask(who: Person | None = ALICE, at: datetime = NOW, channel: str = CHANNEL, *, is_admin: bool = False) -> Ask:
    """Somebody asks, at nine on Monday unless said otherwise."""
    return Ask(channel, who, at, is_admin)


def add(db: Database, *titles: str, dod: str = f"{ONE}\n{TWO}", channel: str = CHANNEL) -> None:
    """Add items with these titles."""
    for title in titles:
        moves.add(db, ask(channel=channel), Draft(title, dod=dod))


def begin(db: Database, *titles: str, channel: str = CHANNEL) -> int:
    """Add items, start the first and tick its one criterion: it could be finished. Gives the version then."""
    add(db, *titles, dod=ONE, channel=channel)
    moves.start(db, ask(channel=channel), 1)
    items.tick(db, ask(channel=channel), 1, 1)
    return version(db, channel)


def set_up_facts(db: Database, *channels: str) -> None:
    """There is one prod fact, of these channels' boards; without any, of every board."""
    fact = Script(name="Shop", kind="script", command=("true",), channels=channels)
    watching.configure(db, (fact,), NOW)


def rows(db: Database, channel: str = CHANNEL) -> list[Row[Any]]:
    """The board's event rows, oldest first."""
    of_channel = tables.events.join(tables.boards, tables.events.c.board_id == tables.boards.c.id)
    query = select(tables.events).select_from(of_channel).where(tables.boards.c.channel == channel)
    with db.read() as tx:
        return list(tx.execute(query.order_by(tables.events.c.id)))


def story(db: Database, channel: str = CHANNEL) -> list[str]:
    """The board's history as words: `change verb number note`; a note's names are left out."""
    return [
        " ".join(str(part) for part in (row.change, row.verb, row.number, _note(row)) if part)
        for row in rows(db, channel)
    ]


def _note(row: Row[Any]) -> str:
    if row.verb == "add":
        return ""
    return str(row.note).partition("\n")[0] if row.verb in TICKS | {UNDO} else str(row.note)


def owed(db: Database) -> set[str]:
    """What is owed beside what any change owes: `kind key`."""
    return {f"{row.kind} {row.key}" for row in debts(db) if row.kind not in WITH_EVERY_CHANGE}


def debts(db: Database) -> list[Row[Any]]:
    """Every row of what is owed, with how often it was asked for."""
    with db.read() as tx:
        return list(tx.execute(select(tables.outbox).order_by(tables.outbox.c.id)))


def everything(db: Database, channel: str = CHANNEL) -> tuple[object, ...]:
    """All that a change would change: to compare before and after a refusal."""
    return look.whole(db, channel), look.look(db, channel, NOW), rows(db, channel), debts(db)


def version(db: Database, channel: str = CHANNEL) -> int:
    return look.look(db, channel, NOW).version


def replayed(db: Database, channel: str = CHANNEL) -> dict[str, Any]:
    """The board as its events tell it, from nothing on; on the way every event's `before` is checked against it."""
    told: dict[str, dict[str, Any]] = {}
    for row in rows(db, channel):
        for number, became in row.after.items():
            if not number.isdecimal():
                continue  # a setting
            was = row.before[number]
            here = told.get(number)
            assert was == (None if here is None else {name: here[name] for name in was})
            told[number] = (here or {}) | became
    return told


def as_told(board: Board) -> dict[str, Any]:
    """The board in the words of events."""
    return difference(Board(), board)[1]


def exported(db: Database, form: Form = Form.MARKDOWN, channel: str = CHANNEL) -> str:
    """The board as a file."""
    return exporting.export(db, channel, form, NOW).content.decode()
