"""PostgreSQL for tests: one migrated database a session, emptied after each test, for a new one takes long to make."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate


def server() -> URL:
    """Name the server to test on: TEST_DATABASE_URL, or where libpq's PG* variables lead.

    Without one the test is skipped; where CI is set nothing may be skipped, so it fails.
    """
    told = os.environ.get("TEST_DATABASE_URL")
    if told:
        return make_url(told).set(drivername="postgresql+psycopg")
    if os.environ.get("PGHOST") or os.environ.get("PGPORT"):
        return URL.create("postgresql+psycopg", database=os.environ.get("PGDATABASE", "postgres"))
    why = "no PostgreSQL: set TEST_DATABASE_URL, or run inside pg_virtualenv"
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


@contextmanager
def migrated() -> Iterator[Database]:
    """A database with the newest schema and nothing in it."""
    with database() as url:
        db = Database(url.render_as_string(hide_password=False), busy_timeout_ms=PATIENT_MS)  # as with SQLite
        migrate(db)
        yield db
        db.close()


@contextmanager
def database() -> Iterator[URL]:
    """An empty database of its own; it is gone afterwards."""
    name = f"onewip_{uuid4().hex}"
    order(f"CREATE DATABASE {name}")
    try:
        yield server().set(database=name)
    finally:
        order(f"DROP DATABASE {name} WITH (FORCE)")


def order(statement: str) -> None:
    """Tell the server something about its databases. Raises psycopg.Error when it takes longer than a minute."""
    plain = server().set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True, connect_timeout=10) as connection:
        connection.execute("SET statement_timeout = '60s'")
        connection.execute(statement.encode())
