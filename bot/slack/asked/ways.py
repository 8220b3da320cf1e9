"""The buttons of a refusal: where it says what to type, one that does it, or opens what does."""

import re

from bot.errors import BadInput, NotAllowed, Offer, Unavailable, UserError

MENTION = re.compile(r"`/board(?: ([a-z]+))?[^`]*`")
# What leads on without typing, by the command that a refusal names; of the others, what help tells of them.
INSTEAD = {
    "": Offer("board", "", "Show the board"),
    "board": Offer("board", "", "Show the board"),
    "add": Offer("add", "", "Add item…"),
    "digest": Offer("settings", "digest", "Set the digest…"),
    "settings": Offer("settings", "", "Settings…"),
    "status": Offer("status", "", "Leave a note…"),
    "log": Offer("log", "", "What happened"),
}


def on(error: UserError, verb: str) -> tuple[Offer, ...]:
    """Return the ways on of a refusal of a command: its own, or one for what it says to type.

    Somebody who may not has none, and a database that is ill has none either.
    """
    if error.offers or isinstance(error, NotAllowed | Unavailable):
        return error.offers
    named = MENTION.search(error.words)
    if named is None and not isinstance(error, BadInput):
        return ()
    wanted = (named[1] or "") if named else verb
    return (INSTEAD.get(wanted) or Offer("help", wanted, f"How {wanted} works"),)
