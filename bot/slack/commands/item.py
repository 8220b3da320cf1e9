"""One item: showing it, its criteria, its status."""

from bot.core.board import Item
from bot.errors import BadInput
from bot.services import items, look
from bot.slack.desk import Desk
from bot.slack.reply import Open, Reply, Say
from bot.slack.request import Request
from bot.slack.views import forms, words
from bot.slack.views.blocks import said
from bot.slack.views.item import bar, card, named


async def show(desk: Desk, request: Request) -> Reply:
    """Show everything about an item; without a number, the one in progress."""
    item = await desk.door.call(look.show, request.channel, request.only_number())
    sight = await desk.door.call(look.look, request.channel, request.at)
    return Say(f"#{item.number} {item.title}", card(item, request.at, sight.board.zone))


async def dod(desk: Desk, request: Request) -> Reply:
    """Write an item's Definition of Done."""
    if not request.is_sent:
        item = await desk.door.call(look.show, request.channel, request.only_number())
        return Open(forms.dod(request.channel, item))
    item = await desk.door.change(items.write_dod, request.ask, request.needed_number(), request.fields["dod"])
    return _told(item, "has its Definition of Done")


async def tick(desk: Desk, request: Request) -> Reply:
    """Mark a criterion as met: `tick 12 3`, or `tick 3` for the item in progress."""
    numbers = request.words.replace("#", "").split()
    if len(numbers) not in (1, 2) or not all(number.isdecimal() and len(number) <= 6 for number in numbers):
        raise BadInput("Which criterion? Write the item's number and the criterion's: `/board tick 12 3`.")
    *of, k = map(int, numbers)
    item = await desk.door.change(items.tick, request.ask, of[0] if of else None, k)
    return _told(item, f"{k} is met: {said(item.dod[k - 1].text)}")


async def status(desk: Desk, request: Request) -> Reply:
    """Leave a status note on the item in progress, or on `#12`."""
    has_number = request.words.startswith("#") or request.is_sent
    number, text = request.number() if has_number else (None, request.words)
    text = request.fields.get("status", text)
    if not text and not request.is_sent:
        return Open(forms.status(request.channel, await desk.door.call(look.show, request.channel, number)))
    item = await desk.door.change(items.set_status, request.ask, number, text)
    return _told(item, f"› {said(text, 1000)}")


def _told(item: Item, what: str) -> Say:
    return Say(f"#{item.number} {item.title}", words.line(f"*{named(item)}*   {bar(item)}\n{what}"))
