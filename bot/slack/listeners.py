"""The few listeners that Bolt calls: what was typed, clicked or sent becomes a Request, and its Reply goes back."""

import contextlib
import json
import logging
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.core.people import Person
from bot.errors import UserError
from bot.slack import events
from bot.slack import request as requests
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Back, Change, Desk, Nothing, Open, Reply, Say, Wrong
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, View, belonging, entities
from bot.slack.membership import asker
from bot.slack.request import Request, Via
from bot.slack.table import dispatch

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
DIRECT = {"event_type": "onewip", "event_payload": {"kind": "direct", "key": "direct"}}  # marks a message as ours
LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
Reader = Callable[[Body, Person, datetime], Request]


def register(app: AsyncApp, desk: Desk) -> None:
    """Register its listeners. The last one takes what nobody else took, so that no click is left without an answer."""

    async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _serve(desk, body, requests.from_command, ack)

    async def clicked(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _serve(desk, body, requests.from_button, ack)

    async def sent(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _serve(desk, body, requests.from_dialog, ack)

    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _serve(desk, body, requests.from_shortcut, ack)

    async def untouched(ack: AsyncAck) -> None:
        await ack()

    app.command(re.compile(r"^/"))(typed)
    app.action(re.compile(r"^do:"))(clicked)
    app.view(re.compile(r"^do:"))(sent)
    app.shortcut(re.compile(r"^do:"))(chosen)
    events.listen_to_channels(app, desk)
    events.listen_to_people(app, desk, answer=lambda ack, body: _serve(desk, body, requests.from_message, ack))
    app.action(re.compile(r".*"))(untouched)  # a box that was ticked in a dialog: it is read when the dialog is sent


async def _serve(desk: Desk, body: Body, read: Reader, ack: AsyncAck) -> None:
    """Answer one request in time: no exception leaves, and every way of asking gets its way of answering (law 7)."""
    via, is_answered = _via(body), False
    try:
        asked = await asker(desk, body)
        request = replace(read(body, asked.person, desk.clock()), is_admin=asked.is_admin, zone=asked.zone)
        reply = await _dispatched(desk, request)
        is_answered = isinstance(reply, Say | Change | Back)
        await DELIVERY[via](desk, request, reply, ack)
    except Exception as error:
        await _apologise(desk, via, body, ack, _in_words(error, is_answered=is_answered))


async def _dispatched(desk: Desk, request: Request) -> Reply:
    try:
        return await dispatch(desk, request)
    except UserError as error:
        if request.is_sent and error.field in request.fields:
            return Wrong({error.field: error.unmarked()})
        return Say(str(error), words.refusal(error), is_refusal=True)


async def _to_typed(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match reply:
        case Say(text, blocks):
            await ack(text=entities(text), blocks=list(blocks), response_type="ephemeral")
        case Open(view):
            await desk.slack.open(request.trigger, view)
            await ack()
        case _:
            await ack()


async def _to_clicked(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match _marked(request, reply):
        case Say(_, blocks) if request.view_id:
            await desk.slack.change(request.view_id, _notice(request, blocks))
        case Say(text, blocks) if request.response_url:
            shown = belonging(blocks, request.channel) if request.elsewhere else blocks
            await desk.slack.answer(request.response_url, text, shown, replace=request.from_own)
        case Say(_, blocks):  # the App Home has no place for an answer
            await desk.slack.open(request.trigger, _notice(request, blocks))
        case Change(view, anew):
            await _changed(desk, request, view, anew)
        case Open(view) if request.metadata.get("notice"):
            await desk.slack.change(request.view_id, view)  # in its place: Slack stacks three dialogs at most
        case Open(view) if request.view_id:
            await desk.slack.push(request.trigger, view)
        case Open(view):
            await desk.slack.open(request.trigger, view)
    await ack()


async def _changed(desk: Desk, request: Request, view: View, anew: str) -> None:
    """Change the dialog that was clicked in. Where another click was faster, it is shown as it is after both."""
    try:
        await desk.slack.change(request.view_id, view, request.view_hash)
    except SlackRefused as refused:
        if refused.code != "hash_conflict":
            raise
        verb, _, words_ = anew.partition(" ")
        newer = await dispatch(desk, replace(request, verb=verb, words=words_)) if anew else None
        await desk.slack.change(request.view_id, newer.view if isinstance(newer, Open) else view)


def _marked(request: Request, reply: Reply) -> Reply:
    if isinstance(reply, Open | Change):
        return replace(reply, view=_from_elsewhere(request, reply.view))
    return reply


def _notice(request: Request, blocks: Sequence[Block]) -> View:
    return _from_elsewhere(request, words.notice(request.channel, blocks))


def _from_elsewhere(request: Request, view: View) -> View:
    """Let a dialog know that it was opened away from its board, so that what comes of it is told there."""
    if not request.elsewhere:
        return view
    metadata = json.loads(view.get("private_metadata") or "{}") | {"elsewhere": True}
    return view | {"private_metadata": json.dumps(metadata)}


async def _to_sent(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match _marked(request, reply):
        case Wrong(errors):
            await ack(response_action="errors", errors=dict(errors))
        case Open(view):
            await ack(response_action="push", view=view)
        case Change(view):
            await ack(response_action="update", view=view)
        case Back(beneath, view):
            await desk.slack.change(beneath, view)
            await ack()
        case Say(_, blocks, is_refusal) if is_refusal or request.elsewhere:
            unsaved = words.unsaved(request.written) if is_refusal else []
            await ack(response_action="update", view=_notice(request, [*blocks, *unsaved]))
        case Say(text, blocks):
            await _whisper(desk, request, text, blocks)
            await ack(response_action="clear")
        case Nothing():
            await ack(response_action="clear")


async def _to_written(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    if isinstance(reply, Say):
        await desk.slack.post(request.channel, reply.text, reply.blocks, DIRECT)
    await ack()


DELIVERY = {
    Via.COMMAND: _to_typed,
    Via.BUTTON: _to_clicked,
    Via.SHORTCUT: _to_clicked,
    Via.DIALOG: _to_sent,
    Via.MESSAGE: _to_written,
}


async def _whisper(desk: Desk, request: Request, text: str, blocks: Sequence[Block]) -> None:
    """Say what came of a dialog; what was done stands, whether Slack shows the words or not."""
    try:
        await desk.slack.whisper(request.channel, request.who.id, text, blocks)
    except (SlackRefused, SlackBusy, SlackUnreachable) as error:
        log.warning("no whisper to %s in %s: %s", request.who.id, request.channel, error)


def _via(body: Body) -> Via:
    if "command" in body:
        return Via.COMMAND
    return WAYS.get(str(body.get("type")), Via.BUTTON)


WAYS = {
    "view_submission": Via.DIALOG,
    "shortcut": Via.SHORTCUT,
    "message_action": Via.SHORTCUT,
    "event_callback": Via.MESSAGE,
}


def _in_words(error: Exception, *, is_answered: bool) -> str:
    """Say what went wrong. `is_answered`: there is an answer, and only showing it failed, so something may be done."""
    if isinstance(error, SlackRefused) and error.code in LATE:
        return "That took too long, so Slack did not open the dialog. Nothing was changed; try once more."
    reference = secrets.token_hex(4)
    log.error("ref %s", reference, exc_info=error)
    if is_answered:
        return f"I could not show you the answer. `/board` shows what holds now. (ref {reference})"
    return words.broken(reference)


async def _apologise(desk: Desk, via: Via, body: Body, ack: AsyncAck, text: str) -> None:
    blocks = words.line(text)
    if via is Via.COMMAND:
        await ack(text=text, blocks=blocks, response_type="ephemeral")
    elif via is Via.DIALOG:
        unsaved = words.unsaved(requests.written(body))
        await ack(response_action="update", view=words.notice("", [*blocks, *unsaved]))
    else:
        await ack()
        with contextlib.suppress(SlackRefused, SlackBusy, SlackUnreachable):
            await _apologise_where_they_are(desk, body, text, blocks)


async def _apologise_where_they_are(desk: Desk, body: Body, text: str, blocks: Sequence[Block]) -> None:
    view = body.get("view") or {}
    if body.get("response_url"):
        await desk.slack.answer(str(body["response_url"]), text, blocks, replace=False)
    elif view.get("type") == "modal":
        await desk.slack.change(str(view["id"]), words.notice("", blocks))
    elif body.get("trigger_id"):
        await desk.slack.open(str(body["trigger_id"]), words.notice("", blocks))
    elif body.get("event"):
        await desk.slack.post(str(body["event"]["channel"]), text, blocks, DIRECT)
