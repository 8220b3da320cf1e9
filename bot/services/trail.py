"""The audit trail: what a change of a board consisted of."""

from bot.core.history import Event, worth_telling
from bot.store import boards, events
from bot.store.database import Database


def events_of(db: Database, channel: str, change: int) -> tuple[Event, ...]:
    """Give what happened in one change of a channel's board, in its order."""
    with db.read() as tx:
        board_id = boards.id_of(tx, channel)
        steps = events.steps(tx, board_id, change) if board_id is not None else ()
        return worth_telling(step.event for step in steps)
