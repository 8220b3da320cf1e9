"""Asking for a status note: a direct message with two ways to be left in peace."""

from bot.services.nudges import Nudge
from bot.slack.views.blocks import Block, actions, belonging, button, moment, section, since
from bot.slack.views.item import named


def nudge(channel: str, found: Nudge) -> list[Block]:
    """Ask where the item stands; the buttons belong to the board of the channel."""
    note = found.item.status
    last = f" The last note is from {since(note.at)}." if note and note.at else " It has no note yet."
    comes = moment(found.due, "{time}", f"{found.due:%H:%M} UTC")
    text = f"*{named(found.item)}* is yours, and the digest of <#{channel}> comes at {comes}. Where does it stand?"
    buttons = [
        button("Update status", "status", f"#{found.item.number}", style="primary"),
        button("Snooze for a week", "nudge", "snooze"),
        button("Stop asking me", "nudge", "stop"),
    ]
    return belonging([section(text + last), actions(buttons)], channel)


def spoken(found: Nudge) -> str:
    """The question in a sentence."""
    return f"Where does #{found.item.number} {found.item.title} stand? The digest comes in half an hour."
