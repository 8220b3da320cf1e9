"""The board's files: taking what a person wrote into one, keeping the board, trying failed steps again."""

from bot.errors import BadInput
from bot.services import drift, retrying
from bot.slack.commands.which import with_rest
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import words
from bot.slack.views.blocks import counted, esc, paragraphs

KINDS = {"": "", "state": "state", "state.md": "state", "next7d": "next7d", "next-7d": "next7d", "next-7d.md": "next7d"}
STEPS = KINDS | {"next": "next", "facts": "facts"}


async def take(desk: Desk, request: Request) -> Reply:
    """Take what a person wrote into a file onto the board."""
    taken = await desk.door.change(drift.take, request.ask, _one(request.words, KINDS, "take [state | next7d]"))
    told = f"{counted(taken.changed, 'item')} changed and {taken.added} new, as {esc(taken.name)} says."
    return Say(f"{taken.name} is taken.", paragraphs([told, *map(esc, taken.warnings)]))


async def keep(desk: Desk, request: Request) -> Reply:
    """Keep the board: it is written over what a person wrote into our parts of a file."""
    name = await desk.door.change(drift.keep, request.ask, _one(request.words, KINDS, "keep [state | next7d]"))
    return Say("The board is kept.", words.line(f"The board is kept. It is written into {esc(name)} again."))


async def retry(desk: Desk, request: Request) -> Reply:
    """Try the failed steps of an item's finish again: `retry 12`, or one of them: `retry 12 state`."""
    number, rest = await with_rest(desk, request)
    step = _one(rest, STEPS, "retry 12 [state | next7d | next | facts]")
    await desk.door.change(retrying.retry, request.ask, number, step)
    return Say("Trying again.", words.line("Trying again. The finish post shows what comes of it."))


def _one(written: str, known: dict[str, str], usage: str) -> str:
    if written.lower() not in known:
        raise BadInput(f"{{words}} is not known here. Write `/board {usage}`.", words=written)
    return known[written.lower()]
