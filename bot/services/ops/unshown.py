"""What Slack refuses to show for good: given up, and the person whose words it holds is told."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store import outbox
from bot.store.board import events
from bot.store.database import Database
from bot.store.outbox import Debt, Owed

# What stands in a debt's key, behind the channel. Of other kinds it is the last one who changed the board.
NAMES_ITS_PERSON = {Owed.CHECKIN: 2, Owed.EXPORT: 1, Owed.FACTS: 1, Owed.SHARE: 1}
NAMES_ITS_CHANGE = frozenset({Owed.FINISH, Owed.SEAL, Owed.TRAIL})
SPEAKS_OF_A_BOARD = frozenset({Owed.BOARD, Owed.DIGEST, Owed.ANSWER, *NAMES_ITS_PERSON, *NAMES_ITS_CHANGE})


def bury(db: Database, debt: Debt, code: str, error: str, at: datetime) -> None:
    """Give up a debt whose words Slack refuses with `code`, and owe it to their author to say so, once a day."""
    with db.begin() as tx:
        outbox.bury(tx, debt, error)
        person = _author(tx, debt)
        if person:
            channel, _, _ = debt.key.partition("/")
            key = f"{person}/{channel}/{debt.kind}/{code}/{at.date()}"
            outbox.owe(tx, Owed.UNSHOWN, key, at)


def _author(tx: Connection, debt: Debt) -> str | None:
    if debt.kind not in SPEAKS_OF_A_BOARD:
        return None
    parts = debt.key.split("/")
    if debt.kind in NAMES_ITS_PERSON:
        return parts[NAMES_ITS_PERSON[debt.kind]]
    return events.who(tx, parts[0], int(parts[1]) if debt.kind in NAMES_ITS_CHANGE else None)
