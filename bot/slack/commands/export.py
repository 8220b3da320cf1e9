"""Giving the board as a file: into the direct messages of whoever asks, for a channel is no place for it."""

import asyncio

from bot.errors import BadInput, NotAllowed, Offer
from bot.services import documents
from bot.services.documents import Form
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.desk import Desk
from bot.slack.directory import PATIENCE
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import export as views

WORDS = "md | csv | json"
FORMS = {"": Form.MARKDOWN, "markdown": Form.MARKDOWN} | {form.value: form for form in Form}
LABELS = {Form.MARKDOWN: "As Markdown", Form.CSV: "For spreadsheets (csv)", Form.JSON: "For programs (json)"}


async def export(desk: Desk, request: Request) -> Reply:
    """Promise the board as a file; Slack takes its time with files, so it is sent afterwards."""
    form = FORMS.get(request.words.strip().lower().removeprefix("."))
    if form is None:
        offers = tuple(Offer("export", each, LABELS[each]) for each in Form)
        told = f"{{words}} is no form that a board can have. Write `/board export {WORDS}`."
        raise BadInput(told, words=request.words, offers=offers)
    await _check_scope(desk)
    name = await desk.door.change(documents.ask_for_export, request.channel, request.who.id, form, request.at)
    return Say(views.ON_ITS_WAY.format(name=name), views.on_its_way(name))


async def _check_scope(desk: Desk) -> None:
    """Refuse at once where it is certain that no file can be given: an app may be older than this command."""
    try:
        async with asyncio.timeout(PATIENCE):
            scopes = (await desk.slack.whoami())["scopes"]
    except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError):
        return
    if scopes is not None and views.SCOPE not in scopes:
        raise NotAllowed(views.NO_SCOPE)
