"""Which item is meant: a number, or a piece of a title that only one item has."""

from bot.core.board import Item
from bot.errors import BadInput, NotFound, Offer
from bot.services import look
from bot.slack.desk import Desk
from bot.slack.request import Request

CHOICES = 5  # items to choose from


async def which(desk: Desk, request: Request) -> int | None:
    """Give the item that the words mean, nothing else being in them; no words, None: the obvious one."""
    number, rest = request.number()
    if not rest:
        return number
    if number is not None:
        raise BadInput(f"Only an item is expected here: `/board {request.verb} 12`, or a piece of its title.")
    return await _titled(desk, request, rest.strip("\"'"))


async def needed(desk: Desk, request: Request) -> int:
    """Give the item that the words mean; there must be one."""
    number = await which(desk, request)
    if number is None:
        raise BadInput(f"Which item? Write its number, or a piece of its title: `/board {request.verb} 12`.")
    return number


async def with_rest(desk: Desk, request: Request) -> tuple[int, str]:
    """Give the item whose number stands in front, and the words behind it."""
    number, rest = request.number()
    if number is None:
        raise BadInput(f"Which item? Write its number in front: `/board {request.verb} 12 …`.")
    return number, rest


async def shown(desk: Desk, request: Request, number: int | None) -> Item:
    """Give an item to show in a dialog; without a number, the one that the verb means."""
    return await desk.door.call(look.show, request.channel, number, request.verb)


async def _titled(desk: Desk, request: Request, fragment: str) -> int:
    found = await desk.door.call(look.find, request.channel, fragment)
    if not found:
        raise NotFound("No item has “{fragment}” in its title. `/board` shows the items.", fragment=fragment)
    if len(found) > 1:
        raise NotFound(
            f"{len(found)} items have “{{fragment}}” in their title. Which one?",
            fragment=fragment,
            offers=tuple(_offer(request.verb, item) for item in found[:CHOICES]),
        )
    return found[0].number


def _offer(verb: str, item: Item) -> Offer:
    return Offer(verb, str(item.number), f"#{item.number} {item.title}")
