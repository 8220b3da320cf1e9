"""The few listeners that Bolt calls: what was typed, clicked or sent becomes a Request, and its Reply goes back."""

import asyncio
import json
import logging
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.core.people import Person
from bot.errors import DoneBefore, Unavailable, UserError
from bot.slack import events, troubles
from bot.slack import request as requests
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Back, Change, Desk, Nothing, Open, Reply, Say, Wrong
from bot.slack.incoming.once import Answers
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, View, belonging, message
from bot.slack.membership import asker
from bot.slack.request import Request, Via
from bot.slack.table import dispatch
from bot.slack.which import saying_what_was_taken

log = logging.getLogger(__name__)

Body = Mapping[str, Any]
# Seconds. Slack waits three for an ack (docs.slack.dev/interactivity/handling-user-interaction), and the ack goes out
# when the listener returns: calls to Slack have a time limit, and then there is some left to say so in.
IN_TIME = 2.2
AT_LAST = 2.7
Reader = Callable[[Body, Person, datetime], Request]


def register(app: AsyncApp, desk: Desk) -> None:
    """Register its listeners. The last one takes what nobody else took, so that no click is left without an answer."""
    serve = partial(_serve, desk, Answers())

    async def typed(ack: AsyncAck, body: dict[str, Any]) -> None:
        await serve(body, requests.from_command, ack)

    async def clicked(ack: AsyncAck, body: dict[str, Any]) -> None:
        await serve(body, requests.from_button, ack)

    async def sent(ack: AsyncAck, body: dict[str, Any]) -> None:
        await serve(body, requests.from_dialog, ack)

    async def chosen(ack: AsyncAck, body: dict[str, Any]) -> None:
        await serve(body, requests.from_shortcut, ack)

    async def untouched(ack: AsyncAck) -> None:
        await ack()

    app.command(re.compile(r"^/"))(typed)
    app.action(re.compile(r"^do:"))(clicked)
    app.view(re.compile(r"^do:"))(sent)
    app.shortcut(re.compile(r"^do:"))(chosen)
    events.listen_to_channels(app, desk)
    events.listen_to_people(app, desk, answer=lambda ack, body: serve(body, requests.from_message, ack))
    app.action(re.compile(r".*"))(untouched)  # a box that was ticked in a dialog: it is read when the dialog is sent


async def _serve(desk: Desk, answers: Answers, body: Body, read: Reader, ack: AsyncAck) -> None:
    """Answer one request in time, and a second delivery of it as the first; no exception leaves (law 7)."""
    key = requests.identity(body) or secrets.token_hex(16)
    await answers.serve(key, ack, lambda: _served(desk, key, body, read, ack))


async def _served(desk: Desk, key: str, body: Body, read: Reader, ack: AsyncAck) -> bool:
    """Answer one request, in the way of the place where it was asked.

    Returns whether that was all of it: a dialog that changed nothing stands open, to be sent once more as it is.
    """
    via, began = _via(body), asyncio.get_running_loop().time()
    door = desk.door.claiming(key, desk.clock())
    hurried = replace(desk, slack=desk.slack.until(began + IN_TIME), door=door)
    try:
        asked = await asker(desk, body)
        request = replace(read(body, asked.person, desk.clock()), is_admin=asked.is_admin, zone=asked.zone)
        reply = await _dispatched(hurried, request)
        if via is Via.MESSAGE:
            await door.claim()  # its answer is a post, which another process could post as well
        await DELIVERY[via](hurried, request, reply, ack)
    except DoneBefore:
        await _done_before(via, ack)
    except Exception as error:
        text = troubles.in_words(error, is_changed=door.has_changed)
        unsaved = () if door.has_changed else requests.written(body)
        await troubles.apologise(desk, via, body, ack, text, unsaved=unsaved, until=began + AT_LAST)
    return door.has_changed or via is not Via.DIALOG


async def _dispatched(desk: Desk, request: Request) -> Reply:
    try:
        reply = await dispatch(desk, request)
    except Unavailable:
        raise  # no refusal: something may have been changed before it
    except UserError as error:
        if request.is_sent and error.field in request.fields:
            return Wrong({error.field: error.unmarked()})
        reply = Say(str(error), words.refusal(error), is_refusal=True)
    return saying_what_was_taken(request, reply)


async def _to_typed(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match reply:
        case Say(text, blocks):
            await ack(**message(text, blocks), response_type="ephemeral")
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
        case Say(text, blocks) if await _is_whispered(desk, request, text, blocks):
            await ack(response_action="clear")
        case Say(_, blocks):
            await ack(response_action="update", view=_notice(request, blocks))
        case Nothing():
            await ack(response_action="clear")


async def _to_written(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    if isinstance(reply, Say):
        await desk.slack.post(request.channel, reply.text, reply.blocks, troubles.DIRECT)
    await ack()


DELIVERY = {
    Via.COMMAND: _to_typed,
    Via.BUTTON: _to_clicked,
    Via.SHORTCUT: _to_clicked,
    Via.DIALOG: _to_sent,
    Via.MESSAGE: _to_written,
}


async def _is_whispered(desk: Desk, request: Request, text: str, blocks: Sequence[Block]) -> bool:
    """Say in the channel what came of a dialog. False: Slack does not show it there, so the dialog has to say it."""
    try:
        await desk.slack.whisper(request.channel, request.who.id, text, blocks)
    except (SlackRefused, SlackBusy, SlackUnreachable) as error:
        log.warning("no whisper to %s in %s: %s", request.who.id, request.channel, error)
        return False
    return True


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


async def _done_before(via: Via, ack: AsyncAck) -> None:
    """Answer what another process did, or this one before it broke: alike, as far as that is known here."""
    match via:
        case Via.COMMAND:
            await ack(**message(troubles.REPEATED, words.line(troubles.REPEATED)), response_type="ephemeral")
        case Via.DIALOG:
            await ack(response_action="clear")
        case _:
            await ack()
