"""The chat.* methods."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.content import UPDATE_LIMIT, posted_content
from bot.sandbox.api.sight import addressed, seen
from bot.sandbox.box import Box
from bot.sandbox.state.objects import message_object
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.wire import Json, Refused


def post_message(box: Box, args: Args) -> Json:
    """Answer chat.postMessage (docs.slack.dev/reference/methods/chat.postMessage)."""
    channel = writable(box, args)
    content = posted_content(args) | thread_of(box, channel, args)
    box.flood.note(channel["id"], refusing=box.faults.one_a_second)
    message = box.workspace.post(channel, content)
    shown = message_object(channel, message, with_metadata=True)
    return {"channel": channel["id"], "ts": message["ts"], "message": shown}


def update(box: Box, args: Args) -> Json:
    """Answer chat.update (docs.slack.dev/reference/methods/chat.update).

    Text without blocks takes the old blocks away, and marks the message as edited; blocks do not mark it.
    Metadata that is not sent stays.
    """
    channel = seen(box, args.need("channel"))
    message = box.workspace.message(channel, args.need("ts"))
    if message.get("user") != BOT_USER or message.get("subtype") not in (None, "thread_broadcast"):
        raise Refused("cant_update_message")
    if channel["is_archived"]:
        raise Refused("is_inactive")
    content = posted_content(args, UPDATE_LIMIT)
    if args.has("text") or args.has("markdown_text"):
        message.pop("blocks", None)
    else:
        del content["text"]
    if not content.get("blocks"):
        message["edited"] = {"user": BOT_USER, "ts": box.workspace.next_ts()}
    message |= content
    box.workspace.change(channel, message)
    shown = message_object(channel, message, with_metadata=True)
    return {"channel": channel["id"], "ts": message["ts"], "text": message["text"], "message": shown}


def post_ephemeral(box: Box, args: Args) -> Json:
    """Answer chat.postEphemeral (docs.slack.dev/reference/methods/chat.postEphemeral)."""
    channel = writable(box, args)
    person = args.need("user")
    if person not in channel["members"] or person == BOT_USER:
        raise Refused("user_not_in_channel")
    content = posted_content(args) | thread_of(box, channel, args)
    return {"message_ts": box.workspace.whisper(channel, person, content)["ts"]}


def delete(box: Box, args: Args) -> Json:
    """Answer chat.delete (docs.slack.dev/reference/methods/chat.delete)."""
    channel = seen(box, args.need("channel"))
    message = box.workspace.message(channel, args.need("ts"))
    if message.get("user") != BOT_USER:
        raise Refused("cant_delete_message")
    box.workspace.delete(channel, message)
    return {"channel": channel["id"], "ts": message["ts"]}


def get_permalink(box: Box, args: Args) -> Json:
    """Answer chat.getPermalink (docs.slack.dev/reference/methods/chat.getPermalink); the link opens the page."""
    channel = seen(box, args.need("channel"))
    message = box.workspace.message(channel, args.need("message_ts"))
    link = f"{box.address}/archives/{channel['id']}/p{message['ts'].replace('.', '')}"
    if message.get("thread_ts", message["ts"]) != message["ts"]:
        link += f"?thread_ts={message['thread_ts']}&cid={channel['id']}"
    return {"channel": channel["id"], "permalink": link}


def writable(box: Box, args: Args) -> Json:
    """Return the channel of a new message; refuses with `channel_not_found`, `not_in_channel`, `is_archived`."""
    channel = addressed(box, args.need("channel"))
    if BOT_USER not in channel["members"]:
        raise Refused("not_in_channel")
    if channel["is_archived"]:
        raise Refused("is_archived")
    return channel


def thread_of(box: Box, channel: Json, args: Args) -> Json:
    """Return what makes a message a reply, if it is to be one; refuses with `cannot_reply_to_message`."""
    ts = args.text("thread_ts")
    if not ts:
        return {}
    parent = box.workspace.messages[channel["id"]].get(ts)
    if parent is None or parent.get("thread_ts", ts) != ts:
        raise Refused("cannot_reply_to_message")
    broadcast = {"subtype": "thread_broadcast"} if args.flag("reply_broadcast") else {}
    return {"thread_ts": ts, "parent_user_id": parent.get("user"), **broadcast}
