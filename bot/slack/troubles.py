"""What went wrong with a request: whose illness it is, what holds and what to do, said where it was asked."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.errors import Unavailable, Unclear
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.command import Desk
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, message
from bot.slack.request import Via

log = logging.getLogger(__name__)

DIRECT = {"event_type": "onewip", "event_payload": {"kind": "direct", "key": "direct"}}  # marks a message as ours
UNCHANGED = "Nothing was changed."
CHANGED = "What you asked for is done, and `/board` shows it."
UNREAD = "Slack sent me this in a form that I can't read, so nothing was changed. Try again in a moment."
REPEATED = "That was done when it came the first time, and nothing was done twice. `/board` shows what holds now."


def in_words(error: Exception, *, is_changed: bool) -> str:
    """Say what went wrong. `is_changed`: what was asked for is done, and only showing it failed."""
    holds = CHANGED if is_changed else UNCHANGED
    again = "" if is_changed else " Try again in a moment."
    match error:
        case Unclear():
            return str(error)
        case Unavailable():
            return f"The database does not answer me just now. {holds}" if is_changed else str(error)
        case SlackRefused(code="expired_trigger_id"):
            return f"That took too long, so Slack did not open the dialog. {holds}{again}"
        case SlackRefused(code="exchanged_trigger_id"):  # another process had the first delivery
            return "Slack has opened this dialog already. If you don't see it, ask for it once more."
        case SlackBusy(seconds=seconds):
            log.warning("Slack was too busy for an answer: %s", error)
            again = "" if is_changed else f" Try again in {seconds} s."
            return f"Slack is busy and asks me to wait, so I can't show you the answer. {holds}{again}"
        case SlackUnreachable():
            log.warning("Slack did not take an answer: %s", error)
            return f"Slack does not answer me just now, so I can't show you the answer. {holds}{again}"
        case SlackRefused(code=code, is_of_the_token=True):
            return (
                f"Slack no longer takes my token ({code}), so I can't show you the answer. {holds} "
                "Whoever runs Onewip installs the app again; until then only typed commands are answered."
            )
    return _with_reference(error, holds, is_changed=is_changed)


def _with_reference(error: Exception, holds: str, *, is_changed: bool) -> str:
    """Say what whoever runs the bot has to look at; the reference finds it in the log."""
    reference = secrets.token_hex(4)
    if isinstance(error, SlackRefused):  # its words say all there is to know
        log.error("ref %s: Slack refused an answer: %s", reference, error)
        return f"Slack refuses to show you the answer ({error.code}). {holds} (ref {reference})"
    log.error("ref %s", reference, exc_info=error)
    if is_changed:
        return f"Something broke on my side, and I can't show you the answer. {holds} (ref {reference})"
    return f"Something broke on my side, and nothing was changed. (ref {reference})"


def unread(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the ack of what Slack sent in a form that can't be read: words, where an ack has some."""
    blocks = words.line(UNREAD)
    if "command" in body:
        return message(UNREAD, blocks) | {"response_type": "ephemeral"}
    if body.get("type") == "view_submission":
        return {"response_action": "update", "view": words.notice("", blocks)}
    return None


async def apologise(
    desk: Desk,
    via: Via,
    body: Mapping[str, Any],
    ack: AsyncAck,
    text: str,
    *,
    unsaved: Sequence[str],
    until: float,
) -> None:
    """Say it, in the ack where an ack has words; else beside it, which the ack waits for `until` (loop time)."""
    blocks = words.line(text)
    if via is Via.COMMAND:
        await ack(message(text, blocks) | {"response_type": "ephemeral"})
    elif via is Via.DIALOG:
        await ack(response_action="update", view=words.notice("", [*blocks, *words.unsaved(unsaved)]))
    else:
        await ack()
        await _started(_said_where_they_are(desk, body, text, blocks), until)


async def _started(work: Coroutine[Any, Any, None], until: float) -> None:
    """Wait for the work until Slack wants its ack; what takes longer goes on behind it."""
    task = asyncio.create_task(work)
    _behind.add(task)
    task.add_done_callback(_behind.discard)
    await asyncio.wait({task}, timeout=max(0.0, until - asyncio.get_running_loop().time()))


_behind: set[asyncio.Task[None]] = set()  # asyncio holds its tasks only weakly


async def _said_where_they_are(desk: Desk, body: Mapping[str, Any], text: str, blocks: Sequence[Block]) -> None:
    view = body.get("view") or {}
    with contextlib.suppress(SlackRefused, SlackBusy, SlackUnreachable):
        if body.get("response_url"):
            await desk.slack.answer(str(body["response_url"]), text, blocks, replace=False)
        elif view.get("type") == "modal":
            await desk.slack.change(str(view["id"]), words.notice("", blocks))
        elif body.get("trigger_id"):
            await desk.slack.open(str(body["trigger_id"]), words.notice("", blocks))
        elif body.get("event"):
            await desk.slack.post(str(body["event"]["channel"]), text, blocks, DIRECT)
