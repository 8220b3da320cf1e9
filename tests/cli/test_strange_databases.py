"""A database that is not ours, damaged or from the future is refused in words by every command, and stays as it is."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.core.board.edits import Draft
from bot.services.board import moves
from bot.services.change import Ask
from bot.store.database import Database
from bot.store.identity import APPLICATION_ID
from bot.store.migrate import migrate
from tests import postgresql as server
from tests.cli.stage import SAMPLE, Shell
from tests.fakes import MONDAY

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
DOCUMENTS = """
[[board]]
channel = "C1"
kind = "directory"
path = "."
next7d = "NEXT-7D.md"
"""
PAGE = 4096  # bytes, of a SQLite file
COMMANDS = {
    "run": ("run",),
    "sandbox": ("run", "--sandbox"),
    "migrate": ("migrate",),
    "doctor": ("doctor",),
    "import": ("import", SAMPLE, "--channel", "C1"),
    "export": ("export", "--channel", "C1"),
    "digest": ("digest", "--channel", "C1"),
    "backup": ("backup",),
    "archive": ("archive",),
    "facts run": ("facts", "run"),
    "facts list": ("facts", "list"),
    "facts history": ("facts", "history"),
}


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What some commands want beside the database."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / "documents.toml").write_text(DOCUMENTS)
    (folder / "facts.toml").touch()
    return {"DOCUMENTS_FILE": str(folder / "documents.toml"), "FACTS_FILE": str(folder / "facts.toml"), "PORT": "0"}


def words(file: Path, _: Path) -> None:
    file.write_text("id;customer\n1;Miller\n" * 100)


def a_word(file: Path, _: Path) -> None:
    file.write_text("hi")


def customers(file: Path, _: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE customer (id INTEGER, name TEXT)")


def customers_in_a_log(file: Path, _: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE customer (id INTEGER, name TEXT)")


def another_program(file: Path, _: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA application_id=7")


def another_alembic(file: Path, _: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
        other.commit()


def truncated(file: Path, ours: Path) -> None:
    content = ours.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def scribbled(file: Path, ours: Path) -> None:
    content = bytearray(ours.read_bytes())
    content[4096 : 4096 * 20] = b"\xff" * (4096 * 19)
    file.write_bytes(content)


def newer(file: Path, ours: Path) -> None:
    shutil.copy(ours, file)
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE alembic_version SET version_num = '9876'")
        other.commit()


FOREIGN, DAMAGED = "is not Onewip's, so it was left as it is", "its file is damaged"
STRANGE: dict[Callable[[Path, Path], None], str] = {
    words: f"{FOREIGN}.*is no SQLite database",
    a_word: f"{FOREIGN}.*is no SQLite database",
    customers: f"{FOREIGN}.*it holds the tables customer",
    customers_in_a_log: f"{FOREIGN}.*it holds the tables customer",
    another_program: f"{FOREIGN}.*belongs to another program",
    another_alembic: FOREIGN,
    truncated: DAMAGED,
    scribbled: DAMAGED,
    newer: "written by a newer Onewip than this one.*it is at 9876",
}


# A backup of a newer database is made all the same: whoever went back to an older version may want one.
CASES = [(kind, name) for kind in STRANGE for name in COMMANDS if (kind, name) != (newer, "backup")]


@pytest.mark.parametrize(("kind", "command"), CASES, ids=[f"{kind.__name__}-{name}" for kind, name in CASES])
def test_a_strange_file_is_refused_and_stays_as_it_is(
    shell: Shell,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    kind: Callable[[Path, Path], None],
    command: str,
) -> None:
    monkeypatch.setattr("bot.cli.run.log_to_stderr", lambda _level: None)
    monkeypatch.setattr("bot.cli.sandbox.log_to_stderr", lambda _level: None)
    file = shell.folder / "strange.db"
    kind(file, sqlite_template)
    before = file.read_bytes()
    tokens = TOKENS if command == "run" else {}
    done = shell.run(*COMMANDS[command], DATABASE_URL=f"sqlite:///{file}", **settings, **tokens)
    assert done.code == 1
    assert re.search(STRANGE[kind], " ".join((done.out + done.err).split()))
    assert file.read_bytes() == before


@pytest.mark.parametrize("kind", [words, customers, another_program])
def test_nothing_is_put_beside_a_file_that_is_not_ours(
    shell: Shell, sqlite_template: Path, settings: dict[str, str], kind: Callable[[Path, Path], None]
) -> None:
    kind(shell.folder / "strange.db", sqlite_template)
    for command in COMMANDS.values():
        shell.run(*command, DATABASE_URL=f"sqlite:///{shell.folder}/strange.db", **settings, **TOKENS)
    assert [file.name for file in shell.folder.iterdir()] == ["strange.db"]


@pytest.mark.parametrize("command", ["run", "sandbox", "doctor", "backup"])
def test_a_page_that_nobody_asked_for_yet_is_looked_at(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], command: str
) -> None:
    """The damage is where no start reads by itself: among the words of a board."""
    monkeypatch.setattr("bot.cli.run.log_to_stderr", lambda _level: None)
    monkeypatch.setattr("bot.cli.sandbox.log_to_stderr", lambda _level: None)
    db = shell.database()
    for n in range(9):
        moves.add(db, Ask("C1", None, MONDAY), Draft(f"Item {n}", scope="x" * 1900))
    db.close()
    file = Path(str(db.url.database))
    content = bytearray(file.read_bytes())
    page = content.rindex(b"Item 4") // PAGE * PAGE
    content[page : page + PAGE] = b"\xff" * PAGE
    file.write_bytes(content)
    tokens = TOKENS if command == "run" else {}
    done = shell.run(*COMMANDS[command], **settings, **tokens)
    assert (done.code, DAMAGED in " ".join((done.out + done.err).split())) == (1, True)


def test_a_database_of_an_earlier_version_is_known_by_its_tables_and_signed(shell: Shell, tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/earlier.db")
    migrate(db)
    with db.begin() as tx:
        tx.execute(text("PRAGMA application_id=0"))
    db.close()
    assert shell.run("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/earlier.db").code == 0
    assert (tmp_path / "earlier.db").read_bytes()[68:72] == APPLICATION_ID.to_bytes(4)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("backup", "sandbox")])
def test_a_strange_database_on_a_server_is_refused_and_stays_as_it_is(
    shell: Shell, settings: dict[str, str], command: str
) -> None:
    with server.database() as url:
        address = url.render_as_string(hide_password=False)
        other = create_engine(url)
        with other.begin() as tx:
            tx.execute(text("CREATE TABLE customer (id INTEGER)"))
        done = shell.run(*COMMANDS[command], DATABASE_URL=address, **settings, **TOKENS)
        with other.connect() as tx:
            assert inspect(tx).get_table_names() == ["customer"]
        other.dispose()
    assert done.code == 1
    assert re.search(f"{FOREIGN}.*customer", " ".join((done.out + done.err).split()))
