"""What a list to search in offers for what was typed: time zones, and what can be done with any item of a board."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from bot.core import times
from bot.core.board.model import Board, Item
from bot.core.board.ways import MOVES, PLACE, is_open
from bot.core.board.words import titled
from bot.core.people import Person
from bot.errors import UserError
from bot.services.board import look
from bot.slack import membership
from bot.slack.asked.meant import LANES
from bot.slack.command import Desk
from bot.slack.layout.blocks import OPTION, Block, bare, clip, plain
from bot.slack.request import Request

Offered = dict[str, Any]  # what Slack takes for an answer: `options`, or `option_groups`
OFFERED = 100  # docs.slack.dev, block_suggestion payload: options or option groups, at most
NOTHING: Offered = {"options": []}
ZONES = 20


async def search(desk: Desk, request: Request) -> Offered:
    """Return what a list offers: `request.verb` is its name, `request.words` what was typed into it."""
    found = LISTS.get(request.verb)
    return await found(desk, request) if found else NOTHING


async def _zones(_desk: Desk, request: Request) -> Offered:
    """Offer the zones that are meant; before anything is typed, the one that the person lives in."""
    zones = times.zones_like(request.words, ZONES) or ((request.zone,) if request.zone and not request.words else ())
    return {"options": [_option(zone, zone) for zone in zones]}


async def _items(desk: Desk, request: Request) -> Offered:
    """Offer what can be done with items: to those who may use the board, and nothing to others."""
    if request.is_direct:
        return NOTHING
    try:
        await membership.check(desk, request)
    except UserError:
        return NOTHING
    board = await desk.door.call(look.whole, request.channel)
    groups = {label: list(options) for label, options in _deeds(board, request.who, request.words).items()}
    offered = [{"label": plain(label, OPTION), "options": options} for label, options in groups.items() if options]
    return {"option_groups": offered} if offered else NOTHING


def _deeds(board: Board, who: Person, words: str) -> Mapping[str, Iterable[Block]]:
    items = _items_like(board, words)
    is_free = board.holder(who) is None
    starts = [item for item in items if is_free and item.dod and item.lane in MOVES["start"].sources]
    parks = [item for item in items if is_open(board, "park", item, who)]
    return {
        "Start": (_option(f"Start {_named(item)}", f"start {item.number}") for item in starts[:OFFERED]),
        "Park": (_option(f"Park {_named(item)}", f"park {item.number}") for item in parks[:OFFERED]),
        "Show": (
            _option(f"{_named(item, 50)} · {PLACE[item.lane]}", f"show {item.number}") for item in items[:OFFERED]
        ),
    }


def _items_like(board: Board, words: str) -> tuple[Item, ...]:
    """Return the items that are meant: by number, or a piece of a title; before anything is typed, the live ones."""
    live = tuple(item for lane in LANES for item in board.lane(lane))
    wanted = words.strip().removeprefix("#")
    if not wanted:
        return live
    if wanted.isdecimal():
        return tuple(item for item in board.items if str(item.number).startswith(wanted))
    return titled(board, wanted)


def _named(item: Item, limit: int = 65) -> str:
    return clip(f"#{item.number} {bare(item.title)}", limit)


def _option(text: str, value: str) -> Block:
    return {"text": plain(text, OPTION), "value": value}


# By the name of the field, or of the menu.
LISTS: Mapping[str, Callable[[Desk, Request], Awaitable[Offered]]] = {"zone": _zones, "menu": _items}
