"""Brings a database up to the schema of this version, whoever else is trying the same."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from bot.store.database import Database

HEAD = "0004"  # the newest step in migrations/versions
LOCK = 0x0E1D  # any number, the same in every process: PostgreSQL's advisory lock for migrating


def migrate(db: Database) -> bool:
    """Bring the schema up to date, in one transaction. True: something was to be done."""
    with db.read() as tx:
        if _version(tx) == HEAD:
            return False
    with db.begin() as tx:
        if not db.is_sqlite:
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if _version(tx) == HEAD:
            return False
        _upgrade(tx)
    return True


def _version(tx: Connection) -> str | None:
    if not inspect(tx).has_table("alembic_version"):
        return None
    version: str | None = tx.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(tx: Connection) -> None:
    from alembic import command  # imported here: it costs a quarter of the start-up and is needed once a version

    command.upgrade(configuration(tx), "head")


def configuration(tx: Connection) -> Any:
    """Alembic's configuration for the steps here, on that connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = tx
    return config
