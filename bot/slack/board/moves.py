"""Moving items: add, start, park, unblock, queue, defer, move, drop, reopen."""

from collections.abc import Sequence
from datetime import date

from bot.core.board import edits
from bot.core.board.dod import Vague
from bot.core.board.edits import Draft
from bot.core.board.model import Item, Lane
from bot.core.board.ways import is_open, offer, place
from bot.errors import Offer
from bot.services.board import look, moves
from bot.slack.asked.which import needed, shown, which, with_rest
from bot.slack.board import history, shortcut
from bot.slack.command import Change, Desk, Nothing, Open, Reply, Say
from bot.slack.layout import forms
from bot.slack.layout.blocks import offered
from bot.slack.layout.lines import bar, named
from bot.slack.layout.richtext import Words, bold, line, lines
from bot.slack.request import Request


async def add(desk: Desk, request: Request) -> Reply:
    """Open the form, or take what it was filled in with; vague criteria are shown in it with a way to rewrite them."""
    sight = await desk.door.call(look.look, request.channel, request.at)
    if not request.is_sent:
        return Open(shortcut.form(request, sight.board, Draft(request.words)))
    fields = request.fields
    draft = Draft(
        fields["title"],
        fields.get("scope", ""),
        fields.get("dod", ""),
        fields.get("estimate", ""),
        source=await shortcut.source(desk, request),
        keep=forms.keeping(fields, request.metadata),
    )
    thread = shortcut.thread(request)
    try:
        item = await desk.door.change(moves.add, request.ask, draft, and_start=request.choice("start"), thread=thread)
    except Vague as vague:
        return Change(shortcut.form(request, sight.board, draft, vague.refused))
    warned = [] if item.lane is Lane.WIP else await _warnings(desk, request, item)  # it passed the gate
    return Nothing() if thread and not warned else moved(item, warned)  # the answer in the thread is for everybody


async def copy(desk: Desk, request: Request) -> Reply:
    """Open the form for a new item with the words of another one, so that a dropped one can come again."""
    item = await shown(desk, request, await needed(desk, request))
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    return Open(forms.add(request.channel, board, edits.again(item), request.who))


async def _warnings(desk: Desk, request: Request, item: Item) -> Sequence[Words]:
    return history.warnings(await desk.door.call(look.ask_gate, request.ask, item.number))


async def start(desk: Desk, request: Request) -> Reply:
    """Start an item; without one, the first of NEXT."""
    return moved(await desk.door.change(moves.start, request.ask, await which(desk, request)))


async def prove(desk: Desk, request: Request) -> Reply:
    """Start an item that resembles finished work, with what fails now or why it is other work."""
    number, evidence = await with_rest(desk, request)
    evidence = request.fields.get("reason", evidence)
    if not evidence and not request.is_sent:
        return Open(forms.reason("prove", request.channel, await shown(desk, request, number)))
    return moved(await desk.door.change(moves.start, request.ask, number, evidence))


async def park(desk: Desk, request: Request) -> Reply:
    """Park an item in progress with a reason; asked for without one, ask back."""
    number, typed = request.number()
    reason = request.fields.get("reason", typed)
    if not reason and not request.is_sent:
        return Open(forms.reason("park", request.channel, await shown(desk, request, number)))
    back_on = date.fromisoformat(request.fields["back_on"]) if request.fields.get("back_on") else None
    item = await desk.door.change(moves.park, request.ask, number, reason, back_on)
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    ways = [offer("start", first) for first in board.next if is_open(board, "start", first, request.who)]
    return moved(item, ways=ways[:1])


async def unblock(desk: Desk, request: Request) -> Reply:
    """Bring a parked item back, or take the flag off the one in progress."""
    return moved(await desk.door.change(moves.unblock, request.ask, await which(desk, request)))


async def queue(desk: Desk, request: Request) -> Reply:
    """Put an item into NEXT, at a position if one is typed; from WIP, ask for the reason."""
    number, rest = await with_rest(desk, request)
    first, _, others = rest.partition(" ")
    position = int(first) if first.isdecimal() and len(first) < 3 else request.metadata.get("position")
    reason = request.fields.get("reason", others if position is not None else rest)
    if not reason and not request.is_sent:
        item = await shown(desk, request, number)
        if item.lane is Lane.WIP:
            return Open(forms.reason("queue", request.channel, item, position=position))
    return moved(await desk.door.change(moves.queue, request.ask, number, position, reason))


async def defer(desk: Desk, request: Request) -> Reply:
    """Move an item from NEXT to LATER."""
    return moved(await desk.door.change(moves.defer, request.ask, await needed(desk, request)))


async def move(desk: Desk, request: Request) -> Reply:
    """Move an item inside its lane: `move 12 up`, `down`, `first`, `last`, or a position."""
    number, to = await with_rest(desk, request)
    return moved(await desk.door.change(moves.move, request.ask, number, to))


async def drop(desk: Desk, request: Request) -> Reply:
    """Drop an item: the dialog asks for the reason and is the confirmation."""
    if request.is_sent:
        number, _ = await with_rest(desk, request)
        return moved(await desk.door.change(moves.drop, request.ask, number, request.fields["reason"]))
    number, reason = await with_rest(desk, request)
    return Open(forms.reason("drop", request.channel, await shown(desk, request, number), reason))


async def reopen(desk: Desk, request: Request) -> Reply:
    """Bring a done item back, with new failing evidence or a reason; asked for without, ask back."""
    number, proof = await with_rest(desk, request)
    proof = request.fields.get("reason", proof)
    if not proof and not request.is_sent:
        item = await desk.door.call(moves.reopenable, request.ask, number)
        return Open(forms.reason("reopen", request.channel, item))
    return moved(await desk.door.change(moves.reopen, request.ask, number, proof))


def moved(item: Item, warned: Sequence[Words] = (), ways: Sequence[Offer] = ()) -> Say:
    """Say where an item is now, what the gate will ask before it starts, and what may be done next."""
    where = line(place(item))
    if item.lane is Lane.WIP:
        where = line(where, ", ", bar(item), ", flagged as blocked" if item.flagged else "")
    elif item.lane in (Lane.NEXT, Lane.LATER) and not item.dod:
        where += ". It needs a Definition of Done before it can start"
    return Say(
        f"#{item.number} {item.title} is {place(item)}.",
        [*lines(line(bold(named(item)), " is ", where, "."), *warned), *offered(ways)],
    )
