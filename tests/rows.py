"""All rows of a database, to be put back, or into one of the other kind: faster than making them by moves again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from bot.store import tables
from bot.store.database import Database

Rows = Mapping[Table, Sequence[dict[str, Any]]]
TABLES = tables.boards.metadata.sorted_tables
NOTHING: Rows = {}


def taken(db: Database) -> Rows:
    """Read every row of every table."""
    with db.read() as tx:
        return {table: [row._asdict() for row in tx.execute(select(table))] for table in TABLES}


def put(db: Database, rows: Rows) -> None:
    """Let a database hold these rows and no others; the next id of each table follows from them."""
    with db.begin() as tx:
        for table in reversed(TABLES):
            tx.execute(table.delete())
        for table in TABLES:
            if rows.get(table):
                tx.execute(insert(table), rows[table])
        if not db.is_sqlite:
            _count_on(tx)


def _count_on(tx: Connection) -> None:
    for name in (table.name for table in TABLES if table.autoincrement_column is not None):
        last = f"SELECT coalesce(max(id), 0) + 1 FROM {name}"
        tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({last}), false)"))
