"""The schema: brought up to date once, whoever tries, and the same as the tables in the code."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text
from sqlmodel import SQLModel

from bot.store.database import Database
from bot.store.migrate import MIGRATIONS, configuration, head, migrate
from tests import postgresql as server
from tests.rivals import race


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a schema."""
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path / 'empty.db'}")
        return
    with server.database() as url:
        opened = Database(url.render_as_string(hide_password=False))
        yield opened
        opened.close()


def version(db: Database) -> str:
    with db.read() as tx:
        found = tx.scalar(text("SELECT version_num FROM alembic_version"))
    return str(found)


def test_it_is_done_once(empty: Database) -> None:
    assert migrate(empty) is True
    assert migrate(empty) is False
    assert version(empty) == head()


def test_threads_that_migrate_at_once_all_end_well(empty: Database) -> None:
    barrier = Barrier(4)

    def one() -> bool:
        barrier.wait()
        return migrate(empty)

    with ThreadPoolExecutor(4) as pool:
        done = [running.result() for running in [pool.submit(one) for _ in range(4)]]
    assert sorted(done) == [False, False, False, True]
    assert version(empty) == head()


def test_processes_that_migrate_at_once_all_end_well(empty: Database) -> None:
    assert sorted(race(empty, "migrate", "migrate", "migrate")) == ["migrated", "nothing to do", "nothing to do"]
    assert version(empty) == head()


def test_a_step_that_fails_leaves_nothing_behind(empty: Database, tmp_path: Path) -> None:
    folder = with_step(tmp_path, ANOTHER.format(before=head()) + '    raise RuntimeError("half way")\n')
    with pytest.raises(RuntimeError, match="half way"):
        migrate(empty, folder)
    with empty.read() as tx:
        assert inspect(tx).get_table_names() == []


def test_a_step_that_is_put_into_the_folder_reaches_a_database_that_was_up_to_date(
    empty: Database, tmp_path: Path
) -> None:
    migrate(empty)
    folder = with_step(tmp_path, ANOTHER.format(before=head()))
    assert migrate(empty, folder) is True
    assert migrate(empty, folder) is False
    assert version(empty) == "9999"
    with empty.read() as tx:
        assert inspect(tx).has_table("another")


def with_step(folder: Path, step: str) -> Path:
    """Our steps and one more, in a folder of their own."""
    copied = shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "9999_another.py").write_text(step)
    return copied


ANOTHER = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"

def upgrade() -> None:
    op.create_table("another", sa.Column("id", sa.Integer()))
"""


def test_the_steps_lead_to_the_tables_of_the_code(db: Database) -> None:
    with db.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert ScriptDirectory.from_config(configuration(tx)).get_current_head() == head()


def test_the_steps_lead_to_every_check_which_alembic_does_not_compare(db: Database) -> None:
    seen: set[str] = set()
    with db.read() as tx:
        for table in SQLModel.metadata.sorted_tables:
            checks = {str(c.name): str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)}
            found = {str(c["name"]): str(c["sqltext"]) for c in inspect(tx).get_check_constraints(table.name)}
            assert found.keys() == checks.keys()
            seen |= found.keys()
            if db.is_sqlite:  # PostgreSQL writes them in its own words
                assert found == checks
    assert seen == {
        "lane_is_known",
        "outcome_is_known",
        "next_is_three",
        "done_is_told",
        "blocked_has_a_reason",
        "dropped_has_a_reason",
        "state_is_known",
        "health_is_known",
        "slots_are_known",
        "slot_is_its_owners",
    }
