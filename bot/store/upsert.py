"""INSERT that gives way to the row that is there, in the words of either database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def insert_new(tx: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert the row unless one with a key of its own is there. True: it was inserted."""
    inserted = _insert(tx.dialect.name, table).values(values).on_conflict_do_nothing().returning(*table.primary_key)
    return tx.execute(inserted).first() is not None  # psycopg leaves the row count of an INSERT unknown


def insert_or_update(
    tx: Connection, table: Table, values: Mapping[str, Any], key: tuple[str, ...], changes: Mapping[str, Any]
) -> None:
    """Insert the row, or make `changes` to the one that has the same key."""
    tx.execute(upsert(tx.dialect.name, table, values, key, changes))


def upsert(
    dialect: str, table: Table, values: Mapping[str, Any], key: tuple[str, ...], changes: Mapping[str, Any]
) -> Insert:
    """Return the statement of `insert_or_update`, for whoever executes it often."""
    return _insert(dialect, table).values(values).on_conflict_do_update(index_elements=list(key), set_=dict(changes))


def _insert(dialect: str, table: Table) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
