"""Shortcuts: an item from a message, and an item for a channel that the form asks for."""

import asyncio
import logging
import re

from bot.core.board.edits import Draft
from bot.core.board.model import TEXT_LIMIT, TITLE_LIMIT, Board
from bot.services.board import look
from bot.slack import membership
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk, Open, Reply
from bot.slack.layout import forms
from bot.slack.layout.blocks import View, clip
from bot.slack.layout.forms import Hints
from bot.slack.request import Request

log = logging.getLogger(__name__)

PATIENCE = 0.8  # seconds for a message's address; without it the item is added all the same
NAMED = re.compile(r"@([UW][A-Z0-9]{4,})")
NAMES = 20  # people whose names are asked for; each costs a call to Slack


async def add(desk: Desk, request: Request) -> Reply:
    """Open the form with a message's words in it. Without a channel that can have a board, it asks for one."""
    if request.channel and not request.is_direct:
        await membership.check(desk, request)
        board = (await desk.door.call(look.look, request.channel, request.at)).board
    else:
        board = Board()
    return Open(form(request, board, drafted(await with_names(desk, request.words))))


def form(request: Request, board: Board, draft: Draft, hints: Hints = ()) -> View:
    """Return the form for a new item, which remembers where it was opened: at a message, or in no channel."""
    if "channel" in request.fields or not request.channel or request.is_direct:
        return forms.add_anywhere(draft, str(request.fields.get("channel") or ""), hints=hints)
    return forms.add(request.channel, board, draft, request.who, hints=hints, **_message(request))


def drafted(text: str) -> Draft:
    """Make a draft of what was written: its first line is the title, the rest the scope; all of it if that is cut."""
    first, _, rest = text.strip().partition("\n")
    title = clip(first.strip(), TITLE_LIMIT)
    scope = rest.strip() if title == first.strip() else text.strip()
    return Draft(title, scope=clip(scope, TEXT_LIMIT))


def thread(request: Request) -> str:
    """Return the `ts` of the thread of the message that an item is made from; nothing when it is made from none."""
    message = _message(request)
    return message.get("thread_ts") or message.get("ts", "")


async def source(desk: Desk, request: Request) -> str:
    """Return where an item comes from: the address of its message, or that it was asked for."""
    ts = _message(request).get("ts")
    if not ts:
        return "command"
    try:
        async with asyncio.timeout(PATIENCE):
            return await desk.slack.permalink(request.channel, ts)
    except (SlackBusy, SlackRefused, SlackUnreachable, TimeoutError) as error:
        log.warning("no address for message %s of %s: %s", ts, request.channel, error)
        return "message"


def _message(request: Request) -> dict[str, str]:
    return {name: str(request.metadata[name]) for name in ("ts", "thread_ts") if name in request.metadata}


async def with_names(desk: Desk, text: str) -> str:
    """Write people's names for their ids; one whom Slack does not tell in time keeps the id."""
    users = list(dict.fromkeys(NAMED.findall(text)))[:NAMES]
    profiles = await asyncio.gather(*(desk.directory.profile(user) for user in users), return_exceptions=True)
    names = {u: p.person.name for u, p in zip(users, profiles, strict=True) if not isinstance(p, BaseException)}
    return NAMED.sub(lambda match: f"@{names.get(match[1], match[1])}", text)
