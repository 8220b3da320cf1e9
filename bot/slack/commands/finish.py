"""Finishing: the dialog, its second view, and what comes of them."""

from bot.core.board import Board, Item, Outcome
from bot.core.dod import Boxes
from bot.core.seen import Overtaken
from bot.services import files, items, look, moves
from bot.slack.commands.which import needed, shown, which
from bot.slack.desk import Desk
from bot.slack.reply import Change, Nothing, Open, Reply
from bot.slack.request import Request
from bot.slack.views import finish as views
from bot.slack.views.blocks import esc


async def finish(desk: Desk, request: Request) -> Reply:
    """Open the dialog; save what it says; ask once more when all is met; finish."""
    if not request.is_sent:
        return await _ask(desk, request)
    if request.step == "confirm":
        return await _finish(desk, request)
    return await _save(desk, request)


async def _ask(desk: Desk, request: Request) -> Reply:
    item = await desk.door.call(look.finishable, request.channel, await which(desk, request), request.at)
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    return Open(views.dialog(request.channel, board, item))


async def _save(desk: Desk, request: Request) -> Reply:
    fields = request.fields
    number = await needed(desk, request)
    try:
        item = await desk.door.change(
            items.save_progress,
            request.ask,
            number,
            _boxes(request),
            fields.get("result", ""),
            seen_result=request.kept.get("result", ""),
        )
    except Overtaken as overtaken:
        sight = await desk.door.call(look.look, request.channel, request.at)
        item = await shown(desk, request, number)
        return Change(views.dialog(request.channel, sight.board, item, answer=esc(str(overtaken))))
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    if item.open_criteria:
        return Change(views.dialog(request.channel, board, item, answer=views.still_open(item)))
    then = _then(board, request) if fields.get("then") else None
    outcome = Outcome(fields.get("outcome") or Outcome.CLOSED)
    kept, has_facts = await desk.door.call(files.names, request.channel), desk.has_facts(request.channel)
    return Open(views.confirm(request.channel, item, outcome, then, has_facts=has_facts, files=kept))


async def _finish(desk: Desk, request: Request) -> Reply:
    await desk.door.change(
        moves.finish,
        request.ask,
        await needed(desk, request),
        outcome=Outcome(request.kept["outcome"]),
        then=request.kept["then"],
        has_facts=desk.has_facts(request.channel),
    )
    return Nothing()


def _boxes(request: Request) -> Boxes:
    """Read the boxes, and what the dialog showed when it was opened."""
    ticked = {int(k) for name, group in request.fields.items() if name.startswith("met") for k in group}
    shown = request.kept.get("ticked")
    return Boxes(ticked, None if shown is None else set(shown), str(request.kept.get("dod") or ""))


def _then(board: Board, request: Request) -> Item | None:
    """The item that the dialog offered to start; gone meanwhile, none."""
    number = request.kept.get("then")
    return next((item for item in board.next if item.number == number), None)
