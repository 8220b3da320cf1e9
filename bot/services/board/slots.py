"""Whose the one item in progress is: one for the board, or one for each person."""

from bot.core.board import slots as rules
from bot.core.board.model import Slots
from bot.services.change import Ask, Change
from bot.store.database import Database


def set_slots(db: Database, ask: Ask, slots: Slots) -> None:
    """Switch a board; for owners, as every setting. Raises NotAllowed, and RuleBroken while it can't be."""
    with db.begin() as tx:
        change = Change(tx, ask)
        change.for_owners("settings")
        switch(change, ask, slots)


def switch(change: Change, ask: Ask, slots: Slots) -> None:
    """Switch a board as part of a change; nothing happens where it is so already. Raises RuleBroken."""
    if slots is not change.board.slots:
        change.set_slots(rules.switched(change.board, slots).slots, f"one item in progress {rules.SAID[slots]}")
