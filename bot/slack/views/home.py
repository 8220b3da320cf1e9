"""What is somebody's: the App Home, their items, and the choice of one of their boards."""

from bot.core.board import Item
from bot.core.readings import Health, Run
from bot.core.refusals import how_far
from bot.core.roles import Asker, is_owner
from bot.core.ways import PLACE
from bot.services.home import Glance, Home
from bot.slack.client import Profile
from bot.slack.views.blocks import (
    Block,
    View,
    actions,
    belonging,
    button,
    context,
    divider,
    header,
    said,
    section,
)
from bot.slack.views.board import LIGHTS, clock
from bot.slack.views.item import bar, named

# A Home holds 100 blocks: two for a board, one for an item, and a few around them.
BOARDS = 20
ITEMS = 30
READINGS = 10

FIRST = (
    "*There is no board of yours yet.* Onewip keeps one board for each channel that it is in.\n"
    "1. Go to a channel and type `/invite @Onewip`.\n"
    "2. Type `/board add` there, and write down how you will know that it is done.\n"
    "3. Type `/board start`. What you work on shows here."
)
WORDS = "`/board` in a channel shows its board. In *Messages* I understand `board`, `mine` and `help`."


def home(told: Home, profile: Profile, *, has_facts: bool) -> View:
    """Show somebody their boards at a glance, their items, and what is wrong with production."""
    blocks = [header("My boards")]
    if not told.boards:
        blocks.append(section(FIRST))
    for glance in told.boards[:BOARDS]:
        blocks += belonging(_board(glance, told, profile), glance.channel, len(blocks))
    blocks += _more(len(told.boards) - BOARDS)
    blocks += [divider(), header("My items"), *_items(told, 100)]
    if has_facts:
        blocks += [divider(), section(_production(told.run))]
    return {"type": "home", "blocks": [*blocks, context(WORDS)]}


def mine(told: Home) -> list[Block]:
    """Somebody's open items on all their boards."""
    return [section("*Your items*"), *_items(told, 1)]


def spoken_mine(told: Home) -> str:
    """Somebody's items in a sentence."""
    if not told.items:
        return "You own no open item."
    return "Your items: " + ", ".join(f"#{item.number} {item.title}" for _, item in told.items[:ITEMS]) + "."


def choice(told: Home, question: str, label: str, verb: str, words: str) -> list[Block]:
    """Ask which board is meant: each has the same typed command as its button."""
    blocks = [section(question)]
    for glance in told.boards[:BOARDS]:
        line = section(f"<#{glance.channel}>\n{_wip(glance.board.wip)}", button(label, verb, words))
        blocks += belonging([line], glance.channel, len(blocks))
    return [*blocks, *_more(len(told.boards) - BOARDS)]


def _board(glance: Glance, told: Home, profile: Profile) -> list[Block]:
    wip = glance.board.wip
    if not glance.board.items:
        return [section(f"*<#{glance.channel}>*\nNothing on this board yet."), _ways(glance, profile)]
    day = f" · day {wip.day(told.now, glance.board.zone)}" if wip else ""
    lines = [f"*<#{glance.channel}>*{day}", _wip(wip)]
    lines += [f"{bar(wip)}{' · ⛔ blocked' if wip.flagged else ''}"] if wip else []
    return [section("\n".join([*lines, _tally(glance)])), _ways(glance, profile)]


def _ways(glance: Glance, profile: Profile) -> Block:
    may_set = not glance.owners or is_owner(Asker(profile.person, profile.is_admin), glance.owners)
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


def _items(told: Home, after: int) -> list[Block]:
    """Each open item with a button that shows it. `after` is more than what stands before has blocks."""
    if not told.items:
        return [section("You own no open item.")]
    blocks: list[Block] = []
    for glance, item in told.items[:ITEMS]:
        where = f"{PLACE[item.lane]} · {how_far(item)} · <#{glance.channel}>"
        line = section(f"*{named(item)}*\n{where}", button("Show", "show", str(item.number)))
        blocks += belonging([line], glance.channel, after + len(blocks))
    return [*blocks, *_more(len(told.items) - ITEMS)]


def _production(run: Run | None) -> str:
    if run is None:
        return "*Production*   ⚪ not checked yet"
    head = f"*Production*   {LIGHTS[run.health]} {run.green} of {len(run.counted)} · {clock(run.at)}"
    wrong = [reading for reading in run.counted if reading.health is not Health.GREEN]
    lines = [f"{LIGHTS[one.health]} {said(one.name, 60)}   {said(one.detail or one.health, 120)}" for one in wrong]
    more = [f"and {len(wrong) - READINGS} more"] if len(wrong) > READINGS else []
    return "\n".join([head, *lines[:READINGS], *more])


def _more(left: int) -> list[Block]:
    return [context(f"and {left} more")] if left > 0 else []
