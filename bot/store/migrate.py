"""Brings a database up to the schema of this version, whoever else is trying the same."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.store import identity
from bot.store.database import PATIENT_MS, Database
from bot.store.faults import State, illness

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x0E1D  # any number, the same in every process: PostgreSQL's advisory lock for migrating


def head(migrations: Path = MIGRATIONS) -> str:
    """Return the number of the newest step in the folder."""
    return max(_steps(migrations))


def migrate(db: Database, migrations: Path = MIGRATIONS) -> bool:
    """Bring the schema up to date by the steps in a folder, in one transaction. True: something was to be done.

    Raises Unavailable when the database is not ours, or ahead of these steps; nothing of it is changed then.
    """
    with db.read() as tx:
        if _is_up_to_date(tx, migrations):
            return False
    with db.begin(wait_ms=PATIENT_MS) as tx:
        if not db.is_sqlite:
            tx.execute(text("SET LOCAL statement_timeout = 0"))  # a step may take its time
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _is_up_to_date(tx, migrations):
            return False
        if db.is_sqlite:
            identity.sign(tx)
        _upgrade(tx, migrations)
    return True


def _is_up_to_date(tx: Connection, migrations: Path) -> bool:
    """Look whose database it is, and how far. Raises Unavailable when these steps are not for it."""
    is_sqlite = tx.dialect.name == "sqlite"
    names = inspect(tx).get_table_names() if is_sqlite else identity.tables_of_postgresql(tx)
    identity.check_tables(names)
    version = tx.scalar(text("SELECT version_num FROM alembic_version")) if names else None
    if version is not None and version not in _steps(migrations):
        known = head(migrations)
        raise illness(State.NEWER, f"it is at {version}, and this version knows the steps up to {known}")
    return version == head(migrations) and (not is_sqlite or identity.is_signed(tx))


def _steps(migrations: Path) -> set[str]:
    """Return the numbers of the steps in a folder: a step's file is named by it.

    Alembic would say the same, and its import costs a quarter of the start-up.
    """
    return {file.name.partition("_")[0] for file in (migrations / "versions").glob("[0-9]*_*.py")}


def _upgrade(tx: Connection, migrations: Path) -> None:
    from alembic import command  # imported here: it costs a quarter of the start-up and is needed once a version

    command.upgrade(configuration(tx, migrations), "head")


def configuration(tx: Connection, migrations: Path = MIGRATIONS) -> Any:
    """Return Alembic's configuration for the steps of a folder, on that connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = tx
    return config
