"""Keeping what prod facts found, and what that lets follow."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.readings import Reading, Run
from bot.services.home import STILL_OPEN
from bot.store import boards, finishes, homes, outbox, production
from bot.store.database import Database
from bot.store.outbox import Owed


def keep_run(db: Database, at: datetime, took_ms: int, found: Sequence[Reading]) -> Run:
    """Keep a run of prod facts. Every board and Home shows it, so all of them are owed."""
    with db.begin() as tx:
        run_id = production.keep(tx, at, took_ms, found)
        for channel in boards.channels(tx):
            outbox.owe(tx, Owed.BOARD, channel, at)
        for person in homes.everybody(tx, at - STILL_OPEN):
            outbox.owe(tx, Owed.HOME, person, at)
    return Run(run_id, at, took_ms, tuple(found))


def ask_for_run(db: Database, channel: str, user: str, at: datetime) -> None:
    """Owe a run of prod facts to somebody who asked; asked twice while it runs, it is told once."""
    with db.begin() as tx:
        outbox.owe(tx, Owed.FACTS, f"{channel}/{user}", at)


def checked_after_finish(db: Database, channel: str, change: int, run: Run) -> None:
    """Write a run into the finish that owed it, and owe the finish post its last step."""
    with db.begin() as tx:
        record = boards.open_board(tx, channel)
        finishes.checked(tx, finishes.get(tx, record.id, change), run.id)
        outbox.owe(tx, Owed.FINISH, f"{channel}/{change}", run.at)


def latest(db: Database) -> Run | None:
    """Give the last run; None: there was none yet."""
    with db.read() as tx:
        return production.latest(tx)
