"""`backup`: a whole copy while others write, which is remembered, and nothing half."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from bot.core.board.edits import Draft
from bot.errors import BadInput
from bot.services.board import moves
from bot.services.board.look import whole
from bot.services.change import Ask
from bot.services.ops.backup import back_up
from bot.store.database import Database
from bot.store.ops import backup as store
from tests.cli.stage import Shell
from tests.fakes import MONDAY
from tests.people import ALICE

CHANNEL = "C1"


def add(db: Database, title: str) -> None:
    moves.add(db, Ask(CHANNEL, ALICE, MONDAY), Draft(title))


def folder_of(shell: Shell) -> Path:
    database = Database(shell.database_url).url.database
    assert database
    return Path(database).parent / "backups"


def titles(file: Path) -> list[str]:
    db = Database(f"sqlite:///{file}")
    found = [item.title for item in whole(db, CHANNEL).items]
    db.close()
    return found


def test_a_copy_is_whole_and_remembered(shell: Shell) -> None:
    db = shell.database()
    add(db, "Payments")
    db.close()
    done = shell.run("backup", "--json")
    assert (done.code, done.err) == (0, "")
    file = Path(done.data["file"])
    assert file == folder_of(shell) / f"{file.stem.partition('-')[0]}-20260302T090000Z.db"
    assert done.data["bytes"] == file.stat().st_size > 10_000
    assert titles(file) == ["Payments"]
    assert shell.run("doctor", "--json").data["last_backup"] == "2026-03-02T09:00:00+00:00"
    assert "last backup: 2026-03-02 09:00 UTC" in shell.run("doctor").out


def test_it_is_one_file_that_only_those_may_read_who_may_read_the_database(shell: Shell) -> None:
    db = shell.database()
    assert db.url.database
    Path(db.url.database).chmod(0o600)
    db.close()
    file = Path(shell.run("backup", "--json").data["file"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_while_others_write_it_is_one_moment(shell: Shell, tmp_path: Path) -> None:
    """Items are numbered without a gap, so a copy of one moment has all up to its last one."""
    db, ended = shell.database(), threading.Event()

    def write() -> None:
        for k in range(1, 10_000):
            if ended.wait(0.001):  # SQLite's lock is not fair, and no bot writes without a breath
                return
            add(db, f"Item {k}")

    writing = threading.Thread(target=write)
    writing.start()
    copies = [shell.run("backup", tmp_path / f"copy-{k}.db") for k in range(5)]
    ended.set()
    writing.join()
    assert [(done.code, done.err) for done in copies] == [(0, "")] * 5
    for k in range(5):
        with sqlite3.connect(tmp_path / f"copy-{k}.db") as copied:
            numbers = [number for (number,) in copied.execute("SELECT number FROM item ORDER BY number")]
            events = copied.execute("SELECT count(DISTINCT number) FROM event").fetchone()[0]
        copied.close()
        assert numbers == list(range(1, len(numbers) + 1))
        assert events == len(numbers)
    db.close()


def test_it_takes_no_other_file_s_place(shell: Shell, tmp_path: Path) -> None:
    shell.database().close()
    (tmp_path / "mine.db").write_text("mine")
    done = shell.run("backup", tmp_path / "mine.db")
    assert (done.code, "is there already" in done.err) == (1, True)
    assert (tmp_path / "mine.db").read_text() == "mine"


def test_a_copy_that_fails_leaves_nothing(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_source: Path, target: Path) -> None:
        target.write_text("half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_copy", half)
    shell.database().close()
    (tmp_path / "copies").mkdir()
    done = shell.run("backup", tmp_path / "copies" / "copy.db")
    assert (done.code, "database or disk is full" in done.err) == (1, True)
    assert list((tmp_path / "copies").iterdir()) == []
    assert shell.run("doctor", "--json").data["last_backup"] is None


def test_it_makes_no_folder_but_its_own_and_says_that_it_did(shell: Shell, tmp_path: Path) -> None:
    shell.database().close()
    done = shell.run("backup", tmp_path / "bakcups" / "copy.db")
    assert (done.code, f"The folder {tmp_path}/bakcups is not there. Make it first" in done.err) == (1, True)
    assert not (tmp_path / "bakcups").exists()
    assert f"The folder {folder_of(shell)} is new.\n" in shell.run("backup").out
    (folder_of(shell) / "another").mkdir()
    data = shell.run("backup", folder_of(shell) / "another" / "copy.db", "--json").data
    assert data["new_folder"] is False


def test_without_a_database_none_is_made(shell: Shell) -> None:
    done = shell.run("backup")
    assert (done.code, "nothing to copy" in done.err) == (1, True)
    assert not folder_of(shell).exists()


def test_postgresql_is_left_to_its_own_tools() -> None:
    with pytest.raises(BadInput, match="pg_dump"):
        back_up(Database("postgresql+psycopg://bot:secret@db/board"), None, MONDAY)


def test_postgresql_is_not_even_asked(shell: Shell) -> None:
    done = shell.run("backup", DATABASE_URL="postgresql://bot:secret@nowhere.invalid/board")
    assert (done.code, "pg_dump" in done.err, "secret" in done.err) == (1, True, False)


def test_a_backup_before_an_upgrade_is_of_what_was_there(shell: Shell, tmp_path: Path) -> None:
    db = shell.database()
    with db.begin() as tx:
        tx.exec_driver_sql("DROP TABLE backup")
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    db.close()
    assert shell.run("backup", tmp_path / "before.db").code == 0
    for url in (shell.database_url, f"sqlite:///{tmp_path}/before.db"):
        db = Database(url)
        with db.read() as tx:
            assert tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "0003"
        db.close()
