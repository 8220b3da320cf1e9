"""One item: showing it, its words, its owner, its status, its flag."""

from collections.abc import Sequence
from datetime import date

from bot.core.board.edits import FIELDS, Edit
from bot.core.board.model import Item
from bot.core.board.words import Overtaken
from bot.core.people import Person
from bot.errors import BadInput, Offer
from bot.services.board import items, look
from bot.services.board.items import NewOwner
from bot.slack.asked.which import shown, which, with_rest
from bot.slack.board.item import card
from bot.slack.command import Change, Desk, Open, Reply, Say
from bot.slack.layout import forms
from bot.slack.layout.blocks import offered
from bot.slack.layout.lines import bar, flag, named
from bot.slack.layout.richtext import Words, bold, line, lines, short
from bot.slack.request import Request


async def show(desk: Desk, request: Request) -> Reply:
    """Show everything about an item; without one, the one in progress."""
    item = await shown(desk, request, await which(desk, request))
    sight = await desk.door.call(look.look, request.channel, request.at)
    why = await desk.door.call(look.why_started, request.channel, item.number)
    return Say(f"#{item.number} {item.title}", card(item, sight.board, request.at, why, by=request.who))


async def edit(desk: Desk, request: Request) -> Reply:
    """Change an item's words and owner in a dialog."""
    if not request.is_sent:
        item = await shown(desk, request, await which(desk, request))
        return Open(forms.edit(request.channel, item))
    number, _ = await with_rest(desk, request)
    fields = request.fields
    edited = Edit(**{name: fields.get(name) for name in FIELDS})
    try:
        seen = request.metadata.get("seen") or {}
        owner = await _new_owner(desk, request)
        item = await desk.door.change(items.edit, request.ask, number, edited, seen, owner=owner)
    except Overtaken as overtaken:
        return Change(forms.edit(request.channel, await shown(desk, request, number), fields, overtaken))
    return changed(item, "The changes are saved.")


async def assign(desk: Desk, request: Request) -> Reply:
    """Give an item to somebody: `assign 12 @Maria`, `assign 12 me`; to nobody: `assign 12 nobody`; else ask.

    Raises BadInput for a name that is none of Slack's.
    """
    number, name = await with_rest(desk, request)
    chosen = request.people[0] if request.people else str(request.fields.get("owner") or "")
    if not chosen and name.lower() == "me":
        chosen = request.who.id
    if not chosen and name.lower() not in ("nobody", "") and not request.is_sent:
        raise BadInput(
            "Who is {name}? Choose a name from Slack's list as you type: `/board assign 12 @Maria`.", name=name
        )
    if not chosen and not name and not request.is_sent:
        return Open(forms.assign(request.channel, await shown(desk, request, number)))
    item = await desk.door.change(items.assign, request.ask, number, await _person(desk, chosen))
    return changed(item, f"It belongs to {item.owner.name}." if item.owner else "It belongs to nobody.")


async def block(desk: Desk, request: Request) -> Reply:
    """Flag the item in progress as blocked, without parking it; asked for without a reason, ask back."""
    number, typed = request.number()
    reason = request.fields.get("reason", typed)
    if not reason and not request.is_sent:
        return Open(forms.reason("block", request.channel, await shown(desk, request, number)))
    back_on = date.fromisoformat(request.fields["back_on"]) if request.fields.get("back_on") else None
    item = await desk.door.change(items.block, request.ask, number, reason, back_on)
    return changed(item, flag(item, request.at))


async def status(desk: Desk, request: Request) -> Reply:
    """Leave a status note on the item in progress, or on `#12`."""
    has_number = request.words.startswith("#") or request.is_sent
    number, text = request.number() if has_number else (None, request.words)
    text = request.fields.get("status", text)
    if not text and not request.is_sent:
        return Open(forms.status(request.channel, await shown(desk, request, number)))
    return changed(await desk.door.change(items.set_status, request.ask, number, text), f"› {short(text, 1000)}")


def changed(item: Item, what: Words, ways: Sequence[Offer] = ()) -> Say:
    """Say what was done to an item, and what may be done next."""
    head = line(bold(named(item)), "   ", bar(item))
    return Say(f"#{item.number} {item.title}", [*lines(head, what), *offered(ways)])


async def _new_owner(desk: Desk, request: Request) -> NewOwner | None:
    """Return whom the dialog gives the item to; None: it is left to whoever it belongs to."""
    owner = str(request.fields.get("owner") or "")
    return None if owner == request.metadata.get("owner") else NewOwner(await _person(desk, owner))


async def _person(desk: Desk, user: str) -> Person | None:
    return await desk.slack.person(user) if user else None
