"""Moving items: add, start, park, unblock, queue, defer."""

from bot.core.board import Item, Lane
from bot.core.drafts import Draft
from bot.core.ways import PLACE
from bot.services import look, moves
from bot.slack.desk import Desk
from bot.slack.reply import Open, Reply, Say
from bot.slack.request import Request
from bot.slack.views import forms, words
from bot.slack.views.item import bar, named


async def add(desk: Desk, request: Request) -> Reply:
    """Open the form, or take what it was filled in with."""
    fields = request.fields
    if not request.is_sent:
        sight = await desk.door.call(look.look, request.channel, request.at)
        return Open(forms.add(request.channel, sight.board, Draft(request.words)))
    draft = Draft(fields["title"], fields.get("scope", ""), fields.get("dod", ""), fields.get("estimate", ""))
    return moved(await desk.door.change(moves.add, request.ask, draft, and_start=bool(fields.get("start"))))


async def start(desk: Desk, request: Request) -> Reply:
    """Start an item; without a number, the first of NEXT."""
    return moved(await desk.door.change(moves.start, request.ask, request.only_number()))


async def park(desk: Desk, request: Request) -> Reply:
    """Park the item in progress with a reason; asked for without one, ask back."""
    number, typed = request.number()
    reason = request.fields.get("reason", typed)
    if not reason and not request.is_sent:
        item = await desk.door.call(look.show, request.channel, number)
        return Open(forms.reason("park", request.channel, item))
    return moved(await desk.door.change(moves.park, request.ask, number, reason))


async def unblock(desk: Desk, request: Request) -> Reply:
    """Bring a parked item back."""
    return moved(await desk.door.change(moves.unblock, request.ask, request.needed_number()))


async def queue(desk: Desk, request: Request) -> Reply:
    """Put an item into NEXT, at a position if one is typed; from WIP, ask for the reason."""
    number, rest = request.number()
    number = number if number is not None else request.needed_number()
    first, _, others = rest.partition(" ")
    position = int(first) if first.isdecimal() and len(first) < 3 else None
    reason = request.fields.get("reason", others if position else rest)
    if not reason and not request.is_sent:
        item = await desk.door.call(look.show, request.channel, number)
        if item.lane is Lane.WIP:
            return Open(forms.reason("queue", request.channel, item))
    return moved(await desk.door.change(moves.queue, request.ask, number, position, reason))


async def defer(desk: Desk, request: Request) -> Reply:
    """Move an item from NEXT to LATER."""
    return moved(await desk.door.change(moves.defer, request.ask, request.needed_number()))


def moved(item: Item) -> Say:
    """Say where an item is now."""
    where = PLACE[item.lane] + (f", {bar(item)}" if item.lane is Lane.WIP else "")
    missing = "" if item.dod or item.lane is Lane.DONE else " It needs a Definition of Done before it can start."
    return Say(
        f"#{item.number} {item.title} is {PLACE[item.lane]}.{missing}",
        words.line(f"*{named(item)}* is {where}.{missing}"),
    )
