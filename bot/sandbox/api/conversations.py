"""The conversations.* methods."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.paging import page
from bot.sandbox.api.sight import kind, need_scope, seen
from bot.sandbox.box import Box
from bot.sandbox.state.objects import channel_object, message_object
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.wire import Json, Refused


def info(box: Box, args: Args) -> Json:
    """Answer conversations.info (docs.slack.dev/reference/methods/conversations.info)."""
    channel = seen(box, args.need("channel"))
    need_scope(box, kind(channel), "read")
    return {"channel": channel_object(channel)}


def history(box: Box, args: Args) -> Json:
    """Answer conversations.history (docs.slack.dev/reference/methods/conversations.history), newest first."""
    channel = _readable(box, args, "not_in_channel")
    span = _span(args)
    messages = [m for m in reversed(list(box.workspace.timeline(channel))) if _within(m["ts"], span, args)]
    return _messages(channel, messages, args)


def replies(box: Box, args: Args) -> Json:
    """Answer conversations.replies (docs.slack.dev/reference/methods/conversations.replies), the parent first."""
    channel = _readable(box, args, "channel_not_found")
    ts = args.need("ts")
    parent = box.workspace.messages[channel["id"]].get(ts)
    if parent is None:
        raise Refused("thread_not_found")
    span = _span(args)
    messages = [m for m in box.workspace.thread(channel, ts) if _within(m["ts"], span, args)]
    return _messages(channel, [parent, *messages], args)


def members(box: Box, args: Args) -> Json:
    """Answer conversations.members (docs.slack.dev/reference/methods/conversations.members)."""
    channel = seen(box, args.need("channel"))
    need_scope(box, kind(channel), "read")
    shown, cursor = page(channel["members"], args, 100)
    return {"members": list(shown), "response_metadata": {"next_cursor": cursor}}


def open_direct(box: Box, args: Args) -> Json:
    """Answer conversations.open for one person (docs.slack.dev/reference/methods/conversations.open)."""
    if args.text("channel"):
        return {"channel": channel_object(seen(box, args.text("channel")))}
    users = [user for user in args.text("users").split(",") if user]
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > 1:
        raise Refused("method_not_supported_for_channel_type")
    try:
        channel = box.workspace.channel(users[0])
    except Refused:
        raise Refused("user_not_found") from None
    full = channel_object(channel) if args.flag("return_im") else {"id": channel["id"]}
    return {"channel": full, "no_op": True, "already_open": True}


def join(box: Box, args: Args) -> Json:
    """Answer conversations.join (docs.slack.dev/reference/methods/conversations.join)."""
    channel = seen(box, args.need("channel"))
    if channel["is_im"]:
        raise Refused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise Refused("is_archived")
    if BOT_USER not in channel["members"]:
        box.workspace.join(channel, BOT_USER)
    return {"channel": channel_object(channel)}


def _readable(box: Box, args: Args, code: str) -> Json:
    channel = seen(box, args.need("channel"))
    need_scope(box, kind(channel), "history")
    if BOT_USER not in channel["members"]:
        raise Refused(code)
    return channel


def _span(args: Args) -> tuple[float, float]:
    """Return the times between which messages are wanted; refuses with `invalid_ts_oldest` or `invalid_ts_latest`."""
    ends = []
    for name, default in (("oldest", "0"), ("latest", "inf")):
        try:
            ends.append(float(args.text(name) or default))
        except ValueError:
            raise Refused(f"invalid_ts_{name}") from None
    return ends[0], ends[1]


def _within(ts: str, span: tuple[float, float], args: Args) -> bool:
    oldest, latest = span
    return oldest < float(ts) < latest or (args.flag("inclusive") and float(ts) in span)


def _messages(channel: Json, messages: list[Json], args: Args) -> Json:
    shown, cursor = page(messages, args, 100)
    metadata = args.flag("include_all_metadata")
    return {
        "messages": [message_object(channel, message, with_metadata=metadata) for message in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
