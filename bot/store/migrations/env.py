"""Runs the steps on the connection it is given, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

from bot.store import tables

__all__ = ["tables"]  # imported so that the metadata is filled

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True)
context.run_migrations()
