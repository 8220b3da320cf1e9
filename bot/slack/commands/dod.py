"""The Definition of Done: writing it, ticking, waiving, evidence; typed, or in its dialog, which stays open."""

from collections.abc import Callable
from typing import Any

from bot.core.board import Item
from bot.core.dod import Vague
from bot.core.seen import Overtaken
from bot.core.ways import is_open, offer
from bot.errors import BadInput
from bot.services import items, look
from bot.slack.commands.item import told
from bot.slack.commands.which import one_criterion, shown, which, with_rest
from bot.slack.desk import Desk
from bot.slack.reply import Back, Change, Open, Reply
from bot.slack.request import Request
from bot.slack.views import dod as views
from bot.slack.views.blocks import counted, esc, said


async def dod(desk: Desk, request: Request) -> Reply:
    """Open the dialog, or take its criteria; vague ones are shown with a way to rewrite them."""
    if not request.is_sent:
        item = await shown(desk, request, await which(desk, request))
        return Open(views.dialog(request.channel, item))
    number, _ = await with_rest(desk, request)
    lines, seen = views.lines_of(request.fields), _seen(request)
    try:
        item = await desk.door.change(
            items.write_dod, request.ask, number, lines, keep=request.choice("keep"), seen=seen
        )
    except Vague as vague:
        item = await shown(desk, request, number)
        return Change(views.dialog(request.channel, item, lines=lines, hints=vague.refused))
    except Overtaken as overtaken:
        item = await shown(desk, request, number)
        answer = f"{esc(str(overtaken))} What you wrote is below; *Save* puts it in their place."
        return Change(views.dialog(request.channel, item, lines=lines, answer=answer))
    board = await desk.door.call(look.whole, request.channel)
    ways = [offer("start", item)] if is_open(board, "start", item) else []
    return told(item, f"Its Definition of Done is saved: {counted(len(item.dod), 'check')}.", ways)


async def tick(desk: Desk, request: Request) -> Reply:
    """Mark a criterion as met: `tick 12 3`, or `tick 3` for the item in progress."""
    return await _done(desk, request, items.tick, await _alone(desk, request), lambda text, k: f"{k} is met: {text}")


async def untick(desk: Desk, request: Request) -> Reply:
    """Open a criterion again."""
    alone = await _alone(desk, request)
    return await _done(desk, request, items.untick, alone, lambda text, k: f"{k} is open again: {text}")


async def waive(desk: Desk, request: Request) -> Reply:
    """Waive a criterion with a reason: `waive 12 3 no data yet`; without one, ask for it."""
    number, k, reason = await _with_words(desk, request)
    if not reason and not request.is_sent:
        return await _ask(desk, request, number, k)
    return await _done(desk, request, items.waive, (number, k, reason), lambda _, k: f"{k} is waived: {said(reason)}")


async def evidence(desk: Desk, request: Request) -> Reply:
    """Write what shows that a criterion is met: `evidence 12 3 PR #1795`; without words, ask for them."""
    number, k, words = await _with_words(desk, request)
    if not words and not request.is_sent:
        return await _ask(desk, request, number, k)
    return await _done(desk, request, items.show_evidence, (number, k, words), lambda _, k: f"{k}: {said(words)}")


async def _ask(desk: Desk, request: Request, number: int, k: int) -> Reply:
    if request.verb == "waive":
        item = await desk.door.call(items.waivable, request.ask, number, k)
    else:
        item = await desk.door.call(look.criterion, request.channel, number, k)
    return Open(views.ask(request.verb, request.channel, item, k, over=request.view_id))


async def _done(
    desk: Desk, request: Request, service: Callable[..., Item], words: tuple[Any, ...], told: Callable[[str, int], str]
) -> Reply:
    """Change a criterion, `words` being its item, its number and what was written; tell it, given its text."""
    number, k = words[:2]
    try:
        item = await desk.door.change(service, request.ask, *words, seen=_seen(request))
    except Overtaken as overtaken:
        return _answer(request, await shown(desk, request, number), esc(str(overtaken)), is_refused=True)
    return _answer(request, item, told(said(item.dod[k - 1].text), k))


def _seen(request: Request) -> str:
    """The mark of the criteria that the dialog showed; none when it was typed."""
    return str(request.kept.get("dod") or "")


def _answer(request: Request, item: Item, what: str, *, is_refused: bool = False) -> Reply:
    """Answer in words; from the dialog or one that lies over it, show the dialog as it is now."""
    shown = views.dialog(request.channel, item, answer=what if is_refused else "")
    if request.is_sent and request.kept.get("over"):
        return Back(str(request.kept["over"]), shown)
    if request.view_id and not request.is_sent:
        return Change(shown, anew=f"dod {item.number}")
    return told(item, what)


async def _alone(desk: Desk, request: Request) -> tuple[int | None, int]:
    """Read a criterion with nothing behind it."""
    number, k, rest = await one_criterion(desk, request)
    if rest:
        raise BadInput(f"Which criterion? One at a time, and no words behind it: `/board {request.verb} 12 3`.")
    return number, k


async def _with_words(desk: Desk, request: Request) -> tuple[int, int, str]:
    """Read a criterion and the words behind it; a dialog keeps the criterion and has the words in a field."""
    if request.is_sent:
        number, _ = await with_rest(desk, request)
        return number, int(request.kept["criterion"]), str(request.fields["reason"])
    of, k, words = await one_criterion(desk, request)
    return (await shown(desk, request, of)).number, k, words
