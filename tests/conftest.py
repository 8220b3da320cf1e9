"""Databases for every test: `db` runs a test on SQLite and on PostgreSQL, `sqlite` and `postgresql` on one of them.

Each test has an empty database with the newest schema, on a real server or in a real file: copying a migrated file, and
emptying a database of a server, is faster than any imitation.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.store import outbox
from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate
from tests import postgresql as server
from tests import rows
from tests.depth import DEEP, QUICK
from tests.illness import Illness, illness_of_sqlite

# No example is held to a time: a busy machine is no fault of the code. The profile that Hypothesis has for CI agrees.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile(QUICK, UNHURRIED, max_examples=20)
settings.register_profile("usual", UNHURRIED)
settings.register_profile(DEEP, UNHURRIED, max_examples=1000)
if settings.get_current_profile_name() == "default":
    settings.load_profile("usual")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "onewip.db"
    made = Database(f"sqlite:///{file}")
    migrate(made)
    made.close()
    return file


@pytest.fixture(scope="session")
def postgresql_migrated() -> Iterator[Database]:
    """A migrated PostgreSQL database, for one test after the other."""
    with server.migrated() as db:
        yield db


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated SQLite database."""
    file = shutil.copy(sqlite_template, tmp_path / "onewip.db")
    opened = Database(f"sqlite:///{file}", busy_timeout_ms=PATIENT_MS)  # a busy machine is no refusal
    yield opened
    opened.close()


@pytest.fixture
def postgresql(postgresql_migrated: Database) -> Iterator[Database]:
    """A migrated PostgreSQL database."""
    yield postgresql_migrated
    rows.put(postgresql_migrated, rows.NOTHING)


@pytest.fixture
def illness() -> Iterator[Illness]:
    """What is wrong with SQLite: nothing yet."""
    with illness_of_sqlite() as ill:
        yield ill


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Database:
    """A migrated database: every test that asks for it runs on both kinds."""
    database: Database = request.getfixturevalue(request.param)
    return database


@pytest.fixture(autouse=True)
def _leases_go_by_the_clock_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can set the server's clock; who wants it asks for `server_clock`."""
    monkeypatch.setattr(outbox, "SERVERS_WITH_A_CLOCK", frozenset())


@pytest.fixture
def server_clock(_leases_go_by_the_clock_of_the_test: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leases go by the clock of PostgreSQL, as they do outside of tests."""
    monkeypatch.setattr(outbox, "SERVERS_WITH_A_CLOCK", frozenset({"postgresql"}))
