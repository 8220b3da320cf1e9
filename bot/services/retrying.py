"""Trying the failed steps of a finish again."""

from sqlalchemy import Connection

from bot.errors import NotFound
from bot.services.ask import Ask, Change
from bot.services.moves import begin
from bot.store import finishes, outbox
from bot.store.database import Database
from bot.store.finishes import FAILED, OWED, REVERT, Finish
from bot.store.outbox import Owed

STEPS = ["state", "next7d", "next"]  # what can fail; `facts` are asked again only by their name


def retry(db: Database, ask: Ask, number: int, step: str = "") -> tuple[str, ...]:
    """Try the failed steps of an item's last finish again, or just one: a file's kind, `next` or `facts`.

    Gives the steps that are tried. Raises NotFound when none has failed, and whatever stands in the next item's way.
    """
    with db.begin() as tx:
        change = Change(tx, ask, also=None)
        finish = finishes.last_of(tx, change.record.id, number)
        if finish is None:
            raise NotFound(f"#{number} has not been finished.")
        asked = [step] if step else STEPS
        tried = [name for name in asked if _is_retried(tx, ask, change, finish, name)]
        if not tried:
            raise NotFound(f"No step of #{number}'s finish has failed, so there is nothing to try again.")
        outbox.owe(tx, Owed.FINISH, f"{ask.channel}/{finish.change}", ask.at)
    return tuple(tried)


def _is_retried(tx: Connection, ask: Ask, change: Change, finish: Finish, name: str) -> bool:
    """Try one step again, if it has failed."""
    if name in finish.files:
        step = finish.files[name]
        if step.mark != FAILED and not step.why:
            return False
        finishes.mark(tx, finish.board_id, step, REVERT if finish.undone else OWED)
        outbox.owe(tx, Owed(name), ask.channel, ask.at, sooner=True)
        return True
    if name == "next" and finish.next_refused and finish.wanted and not finish.undone:
        begin(change, ask, finish.wanted)
        finishes.started(tx, finish, finish.wanted)
        return True
    if name == "facts" and finish.checks == "done" and not finish.undone:
        finishes.check_again(tx, finish.board_id, finish.change)
        outbox.owe(tx, Owed.CHECK, f"{ask.channel}/{finish.change}", ask.at)
        return True
    return False
