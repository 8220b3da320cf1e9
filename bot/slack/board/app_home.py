"""What is somebody's own: the App Home, their items, and the choice of a board in a direct message."""

from dataclasses import replace

from rapidfuzz import process

from bot.core.board.measure import how_far
from bot.core.board.model import Board
from bot.core.board.ways import PLACE
from bot.core.people import Asker, may_own
from bot.core.production.readings import Health, Run
from bot.errors import BadInput, NotAllowed, NotFound
from bot.services.board import home
from bot.services.board.home import Glance, Home
from bot.slack.board import board
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
    header,
    section,
)
from bot.slack.layout.lines import bar, named
from bot.slack.layout.richtext import Line, Words, beside, bold, channel, clock, joined, line, lines, say, short
from bot.slack.production.light import LIGHTS
from bot.slack.request import Request

SPOKEN = ("board", "mine", "help")  # what a direct message may say
NEAR = 60  # of 100: how alike a mistyped word must be

# A Home holds 100 blocks: two for a board, one for an item, and a few around them.
BOARDS = 20
ITEMS = 30
IN_PROGRESS = 5  # items in progress that a board is shown with
READINGS = 10

FIRST = (
    "*There is no board of yours yet.* Onewip keeps one board for each channel that it is in.\n"
    "1. Go to a channel and type `/invite @Onewip`.\n"
    "2. Try `/board add` there, and write down how you will know that it is done: its Definition of Done (DoD).\n"
    "3. Type `/board start`. What you work on shows here."
)
GREY = "`/board` in a channel shows its board. In *Messages* I understand `board`, `mine` and `help`."
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
    what = say(f"I don't understand “{{word}}”. {hint}", word=clip(request.verb, 40))
    ways = actions([button("My boards", "board"), button("My items", "mine"), button("All commands", "help", "all")])
    return Say(HELP.replace("`", ""), [*lines(*([] if request.verb in SPOKEN else [what]), say(HELP)), ways])


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
        blocks += [divider(), *lines(*_production(overview.run))]
    return {"type": "home", "blocks": [*blocks, context(GREY)]}


def _board(glance: Glance, overview: Home, profile: Profile) -> list[Block]:
    if not glance.board.items:
        return [*lines(bold(channel(glance.channel)), "Nothing on this board yet."), _ways(glance, profile)]
    wip = glance.board.wip
    day = f" · day {wip.day(overview.now, glance.board.zone)}" if wip else ""
    far = [line(bar(wip), " · ⛔ blocked" if wip.flagged else "")] if wip else []
    head = line(bold(channel(glance.channel)), day)
    return [*lines(head, *_in_progress(glance.board), *far, _tally(glance)), _ways(glance, profile)]


def _ways(glance: Glance, profile: Profile) -> Block:
    asker = Asker(profile.person, profile.is_admin)
    may_set = may_own(asker, glance.owners, is_begun=glance.is_begun)
    settings = [button("Settings", "settings")] if may_set else []
    return actions([button("Show the board", "board"), button("Add item", "add"), *settings])


def _in_progress(board: Board) -> list[Line]:
    """Return what is in progress, one a line; of many the first, and how many more."""
    rows = [
        line(bold(named(item)), f"   {short(item.owner.name, 60)}" if item.owner else "") for item in board.in_progress
    ]
    more = [line(f"and {len(rows) - IN_PROGRESS} more")] if len(rows) > IN_PROGRESS else []
    return [*rows[:IN_PROGRESS], *more] or [line("Nothing in progress.")]


def _tally(glance: Glance) -> str:
    board = glance.board
    parts = [f"{len(board.next)} in NEXT"]
    parts += [f"{len(board.blocked)} blocked"] if board.blocked else []
    parts += [f"{len(board.later)} in LATER"] if board.later else []
    return " · ".join([*parts, f"{len(board.done)} done this week"])


def _production(run: Run | None) -> list[Words]:
    if run is None:
        return [line(bold("Production"), "   ⚪ not checked yet")]
    light = f"   {LIGHTS[run.health]} {run.green} of {len(run.counted)} · "
    wrong = [reading for reading in run.counted if reading.health is not Health.GREEN]
    details = [
        f"{LIGHTS[reading.health]} {short(reading.name, 60)}   {short(reading.detail or reading.health, 120)}"
        for reading in wrong
    ]
    more = [f"and {len(wrong) - READINGS} more"] if len(wrong) > READINGS else []
    return [line(bold("Production"), light, clock(run.at)), *details[:READINGS], *more]


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
        about = f"{named(item)}\n{PLACE[item.lane]} · {how_far(item)}"
        row = beside(about, button("Show", "show", str(item.number)), under=channel(glance.channel))
        blocks += belonging([row], glance.channel, after + len(blocks))
    return [*blocks, *_more(len(overview.items) - ITEMS)]


def choice(overview: Home, question: str, label: str, verb: str, words: str) -> list[Block]:
    """Ask which board is meant: each has the same typed command as its button."""
    blocks = [section(question)]
    for glance in overview.boards[:BOARDS]:
        under = joined("\n", _in_progress(glance.board))
        row = beside(channel(glance.channel), button(label, verb, words), under=under)
        blocks += belonging([row], glance.channel, len(blocks))
    return [*blocks, *_more(len(overview.boards) - BOARDS)]


def _more(left: int) -> list[Block]:
    return [context(f"and {left} more")] if left > 0 else []
