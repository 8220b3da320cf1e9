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
from bot.errors import DoneBefore, Offer, Unavailable, UserError
from bot.services.door import RequestDoor
from bot.slack import events, troubles
from bot.slack import request as requests
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Back, Change, Desk, Later, Nothing, Open, Reply, Say, Wrong
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, View, actions, belonging, button, message
from bot.slack.membership import asker
from bot.slack.once import Answers
from bot.slack.request import Request, Via
from bot.slack.table import dispatch
from bot.slack.typed import searching, ways
from bot.slack.typed.awaited import Place
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

    async def searched(ack: AsyncAck, body: dict[str, Any]) -> None:
        await _searched(desk, body, ack)

    async def untouched(ack: AsyncAck) -> None:
        await ack()

    app.command(re.compile(r"^/"))(typed)
    app.action(re.compile(r"^do:"))(clicked)
    app.view(re.compile(r"^do:"))(sent)
    app.shortcut(re.compile(r"^do:"))(chosen)
    app.options(re.compile(r".*"))(searched)
    events.listen_to_channels(app, desk)
    events.listen_to_people(app, desk, answer=lambda ack, body: serve(body, requests.from_message, ack))
    app.action(re.compile(r".*"))(untouched)  # a box that was ticked in a dialog: it is read when the dialog is sent


async def _searched(desk: Desk, body: Body, ack: AsyncAck) -> None:
    """Answer what is typed into a list to search in, at each letter; no exception leaves (law 7)."""
    try:
        asked = await asker(desk, body)
        request = replace(
            requests.from_search(body, asked.person, desk.clock()), is_admin=asked.is_admin, zone=asked.zone
        )
        offered = await searching.search(desk, request)
    except Exception:
        log.exception("a list could not be searched")
        offered = searching.NOTHING
    await ack(**offered)


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


async def _to_typed(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match reply:
        case Say(text, blocks):
            await ack(message(text, blocks) | {"response_type": "ephemeral"})
        case Open(view):
            await desk.slack.open(request.trigger, view)
            await ack()
        case Later() as later:
            await _until_answered(desk, request, later)
            await ack()
        case _:
            await ack()


async def _until_answered(desk: Desk, request: Request, later: Later) -> None:
    """Say that an answer is being made, in a place that can become that answer.

    Only what was clicked on can be replaced: the answer to a typed command can't (slackapi/bolt-js, issue 2287), and a
    message of the channel must not. There a dialog is opened, which can.
    """
    slot = desk.awaited.expect(later.key)
    place = Place(request.channel, request.view_id, elsewhere=request.elsewhere)
    try:
        if request.view_id:
            await desk.slack.change(request.view_id, _notice(request, later.blocks))
        elif request.from_own:
            place = replace(place, response_url=request.response_url)
            await desk.slack.answer(request.response_url, later.text, _here(request, later.blocks), replace=True)
        else:
            opened = await desk.slack.open(request.trigger, _notice(request, later.blocks))
            place = replace(place, view_id=opened)
    except BaseException:
        slot.cancel()
        raise
    if not slot.done():
        slot.set_result(place)


def _here(request: Request, blocks: Sequence[Block]) -> Sequence[Block]:
    return belonging(blocks, request.channel) if request.elsewhere else blocks


async def _to_clicked(desk: Desk, request: Request, reply: Reply, ack: AsyncAck) -> None:
    match _marked(request, reply):
        case Later() as later:
            await _until_answered(desk, request, later)
        case Say(_, blocks) if request.view_id:
            await desk.slack.change(request.view_id, _notice(request, blocks))
        case Say(text, blocks) if request.response_url:
            await desk.slack.answer(request.response_url, text, _here(request, blocks), replace=request.from_own)
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
    if isinstance(reply, Open | Change | Back):
        return replace(reply, view=_from_where(request, reply.view))
    return reply


def _notice(request: Request, blocks: Sequence[Block]) -> View:
    return _from_where(request, words.notice(request.channel, blocks))


def _from_where(request: Request, view: View) -> View:
    """Let a dialog know where it was opened, so that what comes of it is told there.

    That may be away from its board, on a message that only they see, and on an item's card.
    """
    where: dict[str, Any] = {"elsewhere": True} if request.elsewhere else {}
    where |= {"answer": request.response_url} if request.from_own else {}
    where |= {"card": request.card} if request.card else {}
    if not where:
        return view
    metadata = json.loads(view.get("private_metadata") or "{}") | where
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
        case Say(text, blocks) if await _is_replaced(desk, request, text, blocks):
            await ack(response_action="clear")
        case Say(text, blocks) if await _is_whispered(desk, request, text, blocks):
            await ack(response_action="clear")
        case Say(_, blocks):
            await ack(response_action="update", view=_notice(request, blocks))
        case Nothing():
            await _took_back(desk, request)
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


async def _is_replaced(desk: Desk, request: Request, text: str, blocks: Sequence[Block]) -> bool:
    """Put what came of a dialog in the place of the message that it was opened from, which only they see.

    False: there was none, or Slack does not replace it any more (half an hour, five times).
    """
    if not request.from_own:
        return False
    try:
        await desk.slack.answer(request.response_url, text, blocks, replace=True)
    except (SlackRefused, SlackBusy, SlackUnreachable) as error:
        log.info("no answer to %s in the place of what was clicked on: %s", request.who.id, error)
        return False
    return True


async def _took_back(desk: Desk, request: Request) -> None:
    """Take away what a dialog was opened from, where only they see it: it is done with, and its buttons are old."""
    if not request.from_own:
        return
    try:
        await desk.slack.take_back(request.response_url)
    except (SlackRefused, SlackBusy, SlackUnreachable) as error:
        log.info("what %s clicked on stays: %s", request.who.id, error)


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
            await ack(message(troubles.REPEATED, words.line(troubles.REPEATED)) | {"response_type": "ephemeral"})
        case Via.DIALOG:
            await ack(response_action="clear")
        case _:
            await ack()
