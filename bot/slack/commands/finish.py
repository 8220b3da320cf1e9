"""Finishing: the dialog, its second view, and what comes of them."""

from bot.core.board import Board, Item, Outcome
from bot.services import files, items, look, moves
from bot.slack.commands.which import needed, which
from bot.slack.desk import Desk
from bot.slack.reply import Change, Nothing, Open, Reply
from bot.slack.request import Request
from bot.slack.views import finish as views


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
    met = {int(k) for name, ticked in fields.items() if name.startswith("met") for k in ticked}
    number = await needed(desk, request)
    item = await desk.door.change(items.save_progress, request.ask, number, met, fields.get("result", ""))
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    if item.open_criteria:
        return Change(views.dialog(request.channel, board, item, answer=views.still_open(item)))
    then = _then(board, request) if fields.get("then") else None
    outcome = Outcome(fields.get("outcome") or Outcome.CLOSED)
    kept = await desk.door.call(files.names, request.channel)
    return Open(views.confirm(request.channel, item, outcome, then, has_facts=desk.has_facts, files=kept))


async def _finish(desk: Desk, request: Request) -> Reply:
    await desk.door.change(
        moves.finish,
        request.ask,
        await needed(desk, request),
        outcome=Outcome(request.kept["outcome"]),
        then=request.kept["then"],
        has_facts=desk.has_facts,
    )
    return Nothing()


def _then(board: Board, request: Request) -> Item | None:
    """The item that the dialog offered to start; gone meanwhile, none."""
    number = request.kept.get("then")
    return next((item for item in board.next if item.number == number), None)
