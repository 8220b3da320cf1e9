"""How a reply goes back: in the way of the place where it was asked, and in the place of what was clicked on."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.slack import troubles
from bot.slack.asked.awaited import Place
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Back, Change, Desk, Later, Nothing, Open, Reply, Say, Wrong
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, View, belonging, message
from bot.slack.request import Request, Via
from bot.slack.table import dispatch

log = logging.getLogger(__name__)


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
