"""The buttons of a refusal: where it says what to type, one that does it, or opens what does."""

import re

from bot.errors import BadInput, NotAllowed, Offer, Unavailable, UserError

MENTION = re.compile(r"`/board(?: (?P<verb>[a-z]+))?(?: (?P<rest>[^`]*))?`")
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
    """Return the ways on of a refusal of a command: its own, and one for what it says to type.

    Somebody who may not has none, and a database that is ill has none either.
    """
    if isinstance(error, NotAllowed | Unavailable):
        return error.offers
    named = MENTION.search(error.words)
    wanted = (named["verb"] or "") if named else verb
    if named and wanted == "show" and (named["rest"] or "").isdecimal():
        return (*error.offers, Offer("show", named["rest"], f"Show #{named['rest']}"))
    if named and wanted in INSTEAD:
        return (*error.offers, INSTEAD[wanted])
    if error.offers or not (named or isinstance(error, BadInput)):
        return error.offers
    return (INSTEAD.get(wanted) or Offer("help", wanted, f"How {wanted} works"),)
