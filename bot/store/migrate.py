"""Brings a database up to the schema of this version, whoever else is trying the same."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x0E1D  # any number, the same in every process: PostgreSQL's advisory lock for migrating


def head(migrations: Path = MIGRATIONS) -> str:
    """Return the number of the newest step in the folder: a step's file is named by it.

    Alembic would say the same, and its import costs a quarter of the start-up.
    """
    return max(file.name.partition("_")[0] for file in (migrations / "versions").glob("[0-9]*_*.py"))


def migrate(db: Database, migrations: Path = MIGRATIONS) -> bool:
    """Bring the schema up to date by the steps in a folder, in one transaction. True: something was to be done."""
    newest = head(migrations)
    with db.read() as tx:
        if _version(tx) == newest:
            return False
    with db.begin() as tx:
        if not db.is_sqlite:
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _version(tx) == newest:
            return False
        _upgrade(tx, migrations)
    return True


def _version(tx: Connection) -> str | None:
    if not inspect(tx).has_table("alembic_version"):
        return None
    version: str | None = tx.scalar(text("SELECT version_num FROM alembic_version"))
    return version


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
