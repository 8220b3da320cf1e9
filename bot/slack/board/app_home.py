"""What is somebody's own: the App Home, their items, and the choice of a board in a direct message."""

from dataclasses import replace

from rapidfuzz import process

from bot.core.board.measure import how_far
from bot.core.board.model import Item
from bot.core.board.ways import PLACE
from bot.core.people import Asker, may_own
from bot.core.production.readings import Health, Run
from bot.errors import BadInput, NotAllowed, NotFound
from bot.services.board import home
from bot.services.board.home import Glance, Home
from bot.slack.board import board
from bot.slack.board.board import LIGHTS, clock
from bot.slack.board.item import bar, named
from bot.slack.client import Profile, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout.blocks import (
    BUTTON_VALUE,
    Block,
    View,
    actions,
    belonging,
    button,
    clip,
    context,
    divider,
    esc,
    header,
    said,
    section,
)
from bot.slack.request import Request

SPOKEN = ("board", "mine", "help")  # what a direct message may say
NEAR = 60  # of 100: how alike a mistyped word must be

# A Home holds 100 blocks: two for a board, one for an item, and a few around them.
BOARDS = 20
ITEMS = 30
READINGS = 10

FIRST = (
    "*There is no board of yours yet.* Onewip keeps one board for each channel that it is in.\n"
    "1. Go to a channel and type `/invite @Onewip`.\n"
    "2. Try `/board add` there, and write down how you will know that it is done: its Definition of Done (DoD).\n"
    "3. Type `/board start`. What you work on shows here."
)
WORDS = "`/board` in a channel shows its board. In *Messages* I understand `board`, `mine` and `help`."
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
    """List the open items of the person who asked, on every board. Raises NotAllowed when Slack can't be asked."""
    overview = await _home(desk, request)
    return Say(spoken_mine(overview), my_items(overview))


async def ask_which(desk: Desk, request: Request) -> Reply:
    """Answer a command that was asked in a direct message with the choice of a board.

    A dialog that was filled in for one keeps what was typed. Raises BadInput on its field; NotFound when they are in no
    channel with the bot; NotAllowed when Slack can't be asked.
    """
    if request.is_sent:
        raise BadInput(NO_BOARD, field="channel")
    overview = await _home(desk, request)
    if not overview.boards:
        raise NotFound(NONE)
    if len(overview.boards) == 1 and request.verb == "board":
        return await _show(desk, replace(request, channel=overview.boards[0].channel))
    if len(request.words) > BUTTON_VALUE:
        raise BadInput("That is too long to pass on from here. Type it in the channel.")
    label = "Show" if request.verb == "board" else clip(f"{request.verb} {request.words}".strip(), 40)
    return Say("Which board?", choice(overview, "Which board?", label, request.verb, request.words))


async def _show(desk: Desk, request: Request) -> Reply:
    shown = await board.board(desk, request)
    if not isinstance(shown, Say):
        return shown
    return Say(shown.text, belonging(shown.blocks, request.channel))


async def direct(desk: Desk, request: Request) -> Reply:
    """Answer what was written to the bot in a direct message. Raises NotFound and NotAllowed, as `ask_which` does."""
    if request.verb == "board":
        return await ask_which(desk, replace(request, words=""))
    if request.verb == "mine":
        return await mine(desk, request)
    near = process.extractOne(request.verb, SPOKEN, score_cutoff=NEAR)
    hint = f"Did you mean `{near[0]}`? " if near and request.verb not in SPOKEN else ""
    what = "" if request.verb in SPOKEN else f"I don't understand “{esc(clip(request.verb, 40))}”. {hint}\n"
    ways = actions([button("My boards", "board"), button("My items", "mine"), button("All commands", "help", "all")])
    return Say(HELP.replace("`", ""), [section(what + HELP), ways])


async def _home(desk: Desk, request: Request) -> Home:
    try:
        channels = await desk.directory.channels(request.who.id)
    except (SlackBusy, SlackRefused, SlackUnreachable) as error:
        raise NotAllowed(UNKNOWN) from error
    return await desk.door.call(home.read, request.who.id, channels, request.at)


def page(overview: Home, profile: Profile) -> View:
    """Show somebody their boards at a glance, their items, and what is wrong with production."""
    blocks = [header("My boards")]
    if not overview.boards:
        blocks.append(section(FIRST))
    for glance in overview.boards[:BOARDS]:
        blocks += belonging(_board(glance, overview, profile), glance.channel, len(blocks))
    blocks += _more(len(overview.boards) - BOARDS)
    blocks += [divider(), header("My items"), *_items(overview, 100)]
    if overview.has_facts:
        blocks += [divider(), section(_production(overview.run))]
    return {"type": "home", "blocks": [*blocks, context(WORDS)]}


def _board(glance: Glance, overview: Home, profile: Profile) -> list[Block]:
    wip = glance.board.wip
    if not glance.board.items:
        return [section(f"*<#{glance.channel}>*\nNothing on this board yet."), _ways(glance, profile)]
    day = f" · day {wip.day(overview.now, glance.board.zone)}" if wip else ""
    lines = [f"*<#{glance.channel}>*{day}", _wip(wip)]
    lines += [f"{bar(wip)}{' · ⛔ blocked' if wip.flagged else ''}"] if wip else []
    return [section("\n".join([*lines, _tally(glance)])), _ways(glance, profile)]


def _ways(glance: Glance, profile: Profile) -> Block:
    asker = Asker(profile.person, profile.is_admin)
    may_set = may_own(asker, glance.owners, is_begun=glance.is_begun)
    settings = [button("Settings", "settings")] if may_set else []
    return actions([button("Show the board", "board"), button("Add item", "add"), *settings])


def _wip(item: Item | None) -> str:
    if item is None:
        return "Nothing in progress."
    return f"*{named(item)}*" + (f"   {said(item.owner.name, 60)}" if item.owner else "")


def _tally(glance: Glance) -> str:
    board = glance.board
    parts = [f"{len(board.next)} in NEXT"]
    parts += [f"{len(board.blocked)} blocked"] if board.blocked else []
    parts += [f"{len(board.later)} in LATER"] if board.later else []
    return " · ".join([*parts, f"{len(board.done)} done this week"])


def _production(run: Run | None) -> str:
    if run is None:
        return "*Production*   ⚪ not checked yet"
    head = f"*Production*   {LIGHTS[run.health]} {run.green} of {len(run.counted)} · {clock(run.at)}"
    wrong = [reading for reading in run.counted if reading.health is not Health.GREEN]
    lines = [
        f"{LIGHTS[reading.health]} {said(reading.name, 60)}   {said(reading.detail or reading.health, 120)}"
        for reading in wrong
    ]
    more = [f"and {len(wrong) - READINGS} more"] if len(wrong) > READINGS else []
    return "\n".join([head, *lines[:READINGS], *more])


def my_items(overview: Home) -> list[Block]:
    """Return somebody's open items on all their boards."""
    return [section("*Your items*"), *_items(overview, 1)]


def spoken_mine(overview: Home) -> str:
    """Return somebody's items in a sentence."""
    if not overview.items:
        return "You own no open item."
    return "Your items: " + ", ".join(f"#{item.number} {item.title}" for _, item in overview.items[:ITEMS]) + "."


def _items(overview: Home, after: int) -> list[Block]:
    """Return each open item with a button that shows it. `after` is more than what stands before has blocks."""
    if not overview.items:
        return [section("You own no open item.")]
    blocks: list[Block] = []
    for glance, item in overview.items[:ITEMS]:
        where = f"{PLACE[item.lane]} · {how_far(item, esc)} · <#{glance.channel}>"
        line = section(f"*{named(item)}*\n{where}", button("Show", "show", str(item.number)))
        blocks += belonging([line], glance.channel, after + len(blocks))
    return [*blocks, *_more(len(overview.items) - ITEMS)]


def choice(overview: Home, question: str, label: str, verb: str, words: str) -> list[Block]:
    """Ask which board is meant: each has the same typed command as its button."""
    blocks = [section(question)]
    for glance in overview.boards[:BOARDS]:
        line = section(f"<#{glance.channel}>\n{_wip(glance.board.wip)}", button(label, verb, words))
        blocks += belonging([line], glance.channel, len(blocks))
    return [*blocks, *_more(len(overview.boards) - BOARDS)]


def _more(left: int) -> list[Block]:
    return [context(f"and {left} more")] if left > 0 else []
