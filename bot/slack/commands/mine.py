"""What is somebody's own, wherever they ask: their items, and the choice of one of their boards in a direct message."""

from dataclasses import replace

from rapidfuzz import process

from bot.errors import BadInput, NotAllowed, NotFound
from bot.services import home
from bot.services.home import Home
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.commands import board
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import home as views
from bot.slack.views.blocks import BUTTON_VALUE, actions, belonging, button, clip, esc, section

NEAR = 60  # of 100: how alike a mistyped word must be
SPOKEN = ("board", "mine", "help")  # what a direct message may say
HELP = (
    "Here I understand `board` (your boards), `mine` (your items) and `help`. Everything else happens in a channel: "
    "type `/board` there."
)
NONE = (
    "I'm in none of your channels yet, so there is no board of yours. Type `/invite @Onewip` in a channel, and "
    "`/board` there."
)
NO_BOARD = "A direct message has no board. Choose a channel."
UNKNOWN = "I can't ask Slack right now which channels you are in. Try again in a minute."


async def mine(desk: Desk, request: Request) -> Reply:
    """List the open items of the person who asked, on every board."""
    told = await _home(desk, request)
    return Say(views.spoken_mine(told), views.mine(told))


async def ask_which(desk: Desk, request: Request) -> Reply:
    """Answer a command that was asked in a direct message with the choice of a board.

    A dialog that was filled in for one keeps what was typed. Raises BadInput on its field.
    """
    if request.is_sent:
        raise BadInput(NO_BOARD, field="channel")
    told = await _home(desk, request)
    if not told.boards:
        raise NotFound(NONE)
    if len(told.boards) == 1 and request.verb == "board":
        return await _show(desk, replace(request, channel=told.boards[0].channel))
    if len(request.words) > BUTTON_VALUE:
        raise BadInput("That is too long to pass on from here. Type it in the channel.")
    label = "Show" if request.verb == "board" else clip(f"{request.verb} {request.words}".strip(), 40)
    return Say("Which board?", views.choice(told, "Which board?", label, request.verb, request.words))


async def direct(desk: Desk, request: Request) -> Reply:
    """Answer what was written to the bot in a direct message."""
    if request.verb == "board":
        return await ask_which(desk, replace(request, words=""))
    if request.verb == "mine":
        return await mine(desk, request)
    near = process.extractOne(request.verb, SPOKEN, score_cutoff=NEAR)
    hint = f"Did you mean `{near[0]}`? " if near and request.verb not in SPOKEN else ""
    what = "" if request.verb in SPOKEN else f"I don't understand “{esc(clip(request.verb, 40))}”. {hint}\n"
    ways = actions([button("My boards", "board"), button("My items", "mine"), button("All commands", "help", "all")])
    return Say(HELP.replace("`", ""), [section(what + HELP), ways])


async def _show(desk: Desk, request: Request) -> Reply:
    shown = await board.board(desk, request)
    if not isinstance(shown, Say):
        return shown
    return Say(shown.text, belonging(shown.blocks, request.channel))


async def _home(desk: Desk, request: Request) -> Home:
    try:
        channels = await desk.directory.channels(request.who.id)
    except (SlackBusy, SlackRefused, SlackUnreachable) as error:
        raise NotAllowed(UNKNOWN) from error
    return await desk.door.call(home.read, request.who.id, channels, request.at)
