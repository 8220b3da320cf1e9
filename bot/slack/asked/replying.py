"""What is asked for becomes a reply: done, or refused with the ways on; and an item's card shows what changed by it."""

from dataclasses import replace

from bot.errors import Offer, Unavailable, UserError
from bot.services.door import RequestDoor
from bot.slack.asked import ways
from bot.slack.asked.which import saying_what_was_taken
from bot.slack.command import Desk, Nothing, Reply, Say, Wrong
from bot.slack.layout import words
from bot.slack.layout.blocks import actions, button
from bot.slack.request import Request, Via
from bot.slack.table import dispatch


async def replied(desk: Desk, request: Request) -> Reply:
    """Do what is asked for, and return what is to be said. Raises Unavailable, and whatever is a bug."""
    try:
        reply = await dispatch(desk, request)
    except Unavailable:
        raise  # no refusal: something may have been changed before it
    except UserError as error:
        if request.is_sent and error.field in request.fields:
            return Wrong({error.field: error.unmarked()})
        reply = Say(str(error), words.refusal(error, _ways(request, error)), is_refusal=True)
    return await _on_card(desk, request, saying_what_was_taken(request, reply))


def _ways(request: Request, error: UserError) -> tuple[Offer, ...]:
    """Return the ways on of a refusal; from an item's card, the way back to it too."""
    back = (Offer("show", str(request.card), f"Show #{request.card}"),) if request.card else ()
    return tuple(dict.fromkeys([*ways.on(error, request.verb), *back]))


async def _on_card(desk: Desk, request: Request, reply: Reply) -> Reply:
    """Show an item's card anew when it was changed from it, below what was done; else show the way back to it."""
    match reply:
        case Say(is_refusal=True):
            return reply
        case Say() | Nothing() if request.card and _has_changed(desk):
            shown = await dispatch(desk, replace(request, verb="show", words=str(request.card), via=Via.BUTTON))
            done = [block for block in reply.blocks if block["type"] != "actions"] if isinstance(reply, Say) else []
            return replace(shown, blocks=[*done, *shown.blocks]) if isinstance(shown, Say) else reply
        case Say(blocks=blocks) if request.card and request.verb != "show":
            back = actions([button(f"Back to #{request.card}", "show", str(request.card))])
            return replace(reply, blocks=[*blocks, back])
    return reply


def _has_changed(desk: Desk) -> bool:
    return isinstance(desk.door, RequestDoor) and desk.door.has_changed
