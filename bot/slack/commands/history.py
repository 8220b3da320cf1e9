"""What happened to a board, the gate's answers, and taking the last change back."""

import re
from dataclasses import replace

from bot.errors import BadInput
from bot.services import history, look
from bot.slack.commands.which import which
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import history as views

PAGE = re.compile(r"(?:^|\s)page ([0-9]{1,6})$", re.IGNORECASE)


async def log(desk: Desk, request: Request) -> Reply:
    """Show what happened, newest first: `log`, `log 12`; the button behind a page asks for the next one."""
    paged = PAGE.search(request.words)
    of = request.words[: paged.start()] if paged else request.words
    number = await which(desk, replace(request, words=of))
    found = await desk.door.call(history.log, request.channel, number, int(paged[1]) if paged else 1)
    return Say(views.spoken(found), views.log(found))


async def undo(desk: Desk, request: Request) -> Reply:
    """Take the last change back; a button names the change that it means."""
    if request.words and not request.words.isdecimal():
        raise BadInput("`/board undo` takes back the last change of this board, within ten minutes.")
    undone = await desk.door.change(history.undo, request.ask, int(request.words) if request.words else None)
    return Say("Undone.", views.undone(undone))


async def gate(desk: Desk, request: Request) -> Reply:
    """Ask the four questions about an item; without one, about the first of NEXT."""
    found = await desk.door.call(look.ask_gate, request.channel, await which(desk, request), request.at)
    return Say(f"The gate for #{found.item.number}", views.gate(found))
