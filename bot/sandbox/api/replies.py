"""Answers to an interaction: what an ack or a POST to a response URL shows, and where."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.content import message_content
from bot.sandbox.api.responses import Place
from bot.sandbox.box import Box
from bot.sandbox.wire import Json, Refused


def show_reply(box: Box, place: Place, body: Json) -> None:
    """Show an answer (docs.slack.dev/interactivity/handling-user-interaction, "Message responses").

    It is for the person's eyes unless `response_type` is `in_channel`; `replace_original` and `delete_original`
    act on the message that was clicked. Refuses as a message would be refused.
    """
    args = Args(body)
    channel = box.workspace.channels[place.channel]
    if args.flag("delete_original"):
        return _delete_original(box, place, channel)
    content = message_content(args)
    thread = args.text("thread_ts") or (place.thread_ts if place.ephemeral else None)
    if thread:
        content["thread_ts"] = thread
    if args.flag("replace_original") and place.ts:
        return _replace_original(box, place, channel, content)
    if args.text("response_type") == "in_channel":
        box.workspace.post(channel, content)
    else:
        box.workspace.whisper(channel, place.person, content)
    return None


def _delete_original(box: Box, place: Place, channel: Json) -> None:
    if place.ephemeral and place.ts in box.workspace.whispers[place.person]:
        box.workspace.hush(place.person, place.ts)
    elif place.ts and not place.ephemeral:
        box.workspace.delete(channel, box.workspace.message(channel, place.ts))


def _replace_original(box: Box, place: Place, channel: Json, content: Json) -> None:
    if place.ts is None:
        raise Refused("message_not_found")
    if place.ephemeral:
        message: Json = {"type": "message", **content, "ts": place.ts, "ephemeral": True}
        return box.workspace.change_whisper(channel["id"], place.person, message)
    message = box.workspace.message(channel, place.ts)
    message.pop("blocks", None)
    message |= content
    return box.workspace.change(channel, message)
