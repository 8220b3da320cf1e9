"""The two doors: a change is whole or nothing, and looking waits for nobody."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.errors import Busy, RuleBroken, Unavailable
from bot.store import tables
from bot.store.board import boards
from bot.store.database import PATIENT_MS, Database
from bot.store.engines import OVERFLOW
from bot.store.ops import condition
from tests.core.boards import board
from tests.illness import no_room
from tests.postgresql import order
from tests.store.stage import CHANNEL, NOW, keep, kept


def versions(db: Database) -> int | None:
    with db.read() as tx:
        return tx.scalar(select(tables.boards.c.version))


def test_a_change_that_fails_half_way_leaves_nothing(db: Database) -> None:
    before = keep(db, board(wip=[1], next=[2]))

    def change_half() -> None:
        with db.begin() as tx:
            record = boards.bump(tx, boards.open_board(tx, CHANNEL), NOW)
            boards.save(tx, record, board(next=[2], wip=[1, 3]))

    with pytest.raises(RuleBroken):
        change_half()
    assert kept(db) == before


def test_looking_waits_for_no_writer_and_sees_what_was_before(db: Database) -> None:
    record = keep(db, board(wip=[1]))
    with db.begin() as tx:
        boards.bump(tx, boards.open_board(tx, CHANNEL), NOW)
        assert kept(db) == record
    assert kept(db).version == 1


def test_a_writer_waits_for_nobody_who_looks_and_the_look_stays_of_one_moment(db: Database) -> None:
    keep(db, board(wip=[1]))
    with db.read() as looking:
        count = select(func.sum(tables.boards.c.version))
        assert looking.scalar(count) == 0
        with db.begin() as tx:
            boards.bump(tx, boards.open_board(tx, CHANNEL), NOW)
        assert looking.scalar(count) == 0
    assert versions(db) == 1


def test_looking_changes_nothing_even_if_it_tries(db: Database) -> None:
    keep(db, board(wip=[1]))
    with suppress(Unavailable), db.read() as tx:  # PostgreSQL refuses it; SQLite takes it back at the end
        tx.execute(text("UPDATE board SET version = 7"))
    assert versions(db) == 0


def test_two_boards_change_at_once_where_the_database_can(postgresql: Database) -> None:
    for channel in ("C1", "C2"):
        keep(postgresql, board(wip=[1], next=[2]), channel)
    with postgresql.begin() as one, postgresql.begin() as two:
        for tx, channel in ((one, "C1"), (two, "C2")):
            record = boards.open_board(tx, channel)
            boards.save(tx, record, board(wip=[1], next=[2, 3]))
    assert [kept(postgresql, channel).board.next[-1].number for channel in ("C1", "C2")] == [3, 3]


def test_a_change_on_sqlite_has_the_lock_from_its_first_moment(sqlite: Database) -> None:
    with sqlite.begin(), closing(sqlite3.connect(str(sqlite.url.database), timeout=0)) as other:
        other.execute("SELECT version FROM board").fetchall()
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")


def test_a_lock_that_is_not_had_in_time_is_a_refusal_in_words_that_changes_nothing(sqlite: Database) -> None:
    before = keep(sqlite, board(wip=[1]))
    hurried = Database(str(sqlite.url), busy_timeout_ms=0)
    with sqlite.begin(), pytest.raises(Busy, match="Somebody else is changing a board"):
        keep(hurried, board(next=[2]))
    assert kept(sqlite) == before
    keep(hurried, board(next=[2]))  # and the door still opens
    hurried.close()


@pytest.mark.parametrize("way", ["a lock timeout of the server", "a deadlock"])
def test_a_row_that_somebody_else_holds_is_the_same_refusal(postgresql: Database, way: str) -> None:
    def both_rows(first: str, second: str) -> None:
        with postgresql.begin() as tx:
            if way == "a deadlock":
                tx.execute(text("SET LOCAL deadlock_timeout = 1"))
            else:
                tx.execute(text("SET LOCAL lock_timeout = 1"))
            boards.open_board(tx, first)
            barrier.wait()
            boards.open_board(tx, second)

    barrier = Barrier(2)
    for channel in ("C1", "C2"):
        keep(postgresql, board(wip=[1]), channel)
    with ThreadPoolExecutor(2) as pool:
        each = [pool.submit(both_rows, "C1", "C2"), pool.submit(both_rows, "C2", "C1")]
    errors = [one.exception() for one in each if one.exception()]
    assert errors
    assert all(isinstance(error, Busy) for error in errors)


@pytest.fixture
def hurried(postgresql: Database) -> Iterator[Database]:
    """Another process of the same database, that waits for next to nothing."""
    keep(postgresql, board(wip=[1]))
    opened = Database(postgresql.url.render_as_string(hide_password=False), busy_timeout_ms=1)
    yield opened
    opened.close()


def test_a_change_behind_a_lock_of_a_server_is_refused_and_a_look_is_not(
    hurried: Database, postgresql: Database
) -> None:
    before = kept(hurried)
    with postgresql.begin() as tx:
        boards.open_board(tx, CHANNEL)
        with pytest.raises(Busy, match="Somebody else is changing a board"):
            keep(hurried, board(next=[2]))
        assert kept(hurried) == before


def test_a_look_behind_the_lock_of_a_whole_table_is_refused(hurried: Database, postgresql: Database) -> None:
    with postgresql.begin() as tx:
        tx.execute(text("LOCK TABLE board"))
        with pytest.raises(Busy, match="Somebody else is changing a board"):
            kept(hurried)
    kept(hurried)


@pytest.mark.parametrize("door", ["begin", "read"])
def test_a_statement_that_takes_too_long_is_ended(hurried: Database, door: str) -> None:
    with pytest.raises(Busy, match="takes longer than usual"), getattr(hurried, door)() as tx:
        tx.execute(text("SELECT pg_sleep(60)"))


def test_there_are_only_so_many_connections_and_nobody_waits_for_long_for_one(hurried: Database) -> None:
    with ExitStack() as stack:
        for _ in range(hurried.writers + hurried.readers + OVERFLOW):
            stack.enter_context(hurried.read())
        with pytest.raises(Busy, match="takes longer than usual"):
            kept(hurried)
    kept(hurried)


def test_two_that_are_in_each_others_way_both_come_through(postgresql: Database) -> None:
    def both_rows(first: str, second: str) -> None:
        with postgresql.begin() as tx:
            tx.execute(text("SET LOCAL deadlock_timeout = 1"))
            boards.open_board(tx, first)
            if len(met) < 2:  # the one that does it again meets nobody
                met.append(first)
                barrier.wait()
            boards.open_board(tx, second)
            done.append(first)

    barrier, met, done = Barrier(2), list[str](), list[str]()
    for channel in ("C1", "C2"):
        keep(postgresql, board(wip=[1]), channel)
    with ThreadPoolExecutor(2) as pool:
        for ways in (("C1", "C2"), ("C2", "C1")):
            pool.submit(postgresql.in_time, time.monotonic() + 60, partial(both_rows, *ways), only_looks=False)
    assert sorted(done) == ["C1", "C2"]


def test_a_server_that_is_out_of_reach_is_said_without_its_address() -> None:
    nowhere = Database("postgresql+psycopg://me:sekret@127.0.0.1:1/db")
    with pytest.raises(Unavailable, match="out of reach") as refused, nowhere.read():
        pass
    assert "127.0.0.1" not in str(refused.value)
    assert "127.0.0.1" in refused.value.reason
    assert "sekret" not in refused.value.reason


def test_what_else_goes_wrong_with_a_database_is_no_refusal(db: Database) -> None:
    with pytest.raises(DBAPIError), db.begin() as tx:
        tx.execute(text("SELECT * FROM no_such_table"))


def test_a_moment_without_a_zone_is_a_bug(db: Database) -> None:
    values = {"kind": "board", "key": "C1", "asked": 1, "due": NOW.replace(tzinfo=None), "tries": 0, "dead": False}
    with pytest.raises(StatementError, match="a moment without a zone"), db.begin() as tx:
        tx.execute(insert(tables.outbox).values(values | {"error": ""}))


def test_the_folder_of_a_database_file_is_made(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("new") / "some" / "folder" / "onewip.db"
    made = Database(f"sqlite:///{file}")
    with made.begin() as tx:
        assert tx.scalar(text("PRAGMA journal_mode")) == "wal"
        assert tx.scalar(text("PRAGMA foreign_keys")) == 1
        assert tx.scalar(text("PRAGMA busy_timeout")) == 2000
    made.close()
    assert file.exists()


def test_who_looked_before_does_not_write_where_the_server_takes_no_change(postgresql: Database) -> None:
    """`BEGIN READ WRITE` would overrule the default of a database that is read-only for a while."""
    name = postgresql.url.database
    order(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    db = Database(postgresql.url.render_as_string(hide_password=False))
    try:
        for _ in range(2):
            db.query(condition.size)
            with pytest.raises(Unavailable, match="it is read-only"):
                db.write(condition.check_writable)
    finally:
        db.close()
        order(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def test_a_disk_that_is_full_is_said_at_once_and_not_waited_for(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shutil.copy(sqlite_template, tmp_path / "onewip.db")
    monkeypatch.setattr("bot.store.engines.time.sleep", pytest.fail)
    db = Database(f"sqlite:///{file}", busy_timeout_ms=PATIENT_MS)
    with no_room(), pytest.raises(Unavailable, match="The database can't be used: its disk or its server fails"):
        db.write(condition.check_writable)
    db.close()
