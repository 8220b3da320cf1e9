"""The few listeners that Bolt calls: what was typed, clicked or sent becomes a Request, and its Reply goes back."""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.core.people import Person
from bot.errors import DoneBefore
from bot.slack import events, troubles
from bot.slack import request as requests
from bot.slack.asked import answering, searching
from bot.slack.asked.replying import replied
from bot.slack.command import Desk
from bot.slack.incoming.once import Answers
from bot.slack.layout import words
from bot.slack.layout.blocks import message
from bot.slack.membership import asker
from bot.slack.request import Request, Via

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
        reply = await replied(hurried, request)
        if via is Via.MESSAGE:
            await door.claim()  # its answer is a post, which another process could post as well
        await answering.DELIVERY[via](hurried, request, reply, ack)
    except DoneBefore:
        await _done_before(via, ack)
    except Exception as error:
        text = troubles.in_words(error, is_changed=door.has_changed)
        unsaved = () if door.has_changed else requests.written(body)
        await troubles.apologise(desk, via, body, ack, text, unsaved=unsaved, until=began + AT_LAST)
    return door.has_changed or via is not Via.DIALOG


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
