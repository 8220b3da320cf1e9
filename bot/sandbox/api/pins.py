"""What is hung on messages: pins and reactions."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.sight import seen
from bot.sandbox.box import Box
from bot.sandbox.state.objects import message_object
from bot.sandbox.state.people import BOT_ID, BOT_USER
from bot.sandbox.wire import Json, Refused

# docs.slack.dev/reference/methods/pins.add says `too_many_pins`; a channel holds 100.
_MOST_PINS = 100


def add(box: Box, args: Args) -> Json:
    """Answer pins.add (docs.slack.dev/reference/methods/pins.add); Slack writes a line about it into the channel."""
    channel, message = _item(box, args)
    if message.get("pinned"):
        raise Refused("already_pinned")
    if message.get("subtype") not in (None, "thread_broadcast"):
        raise Refused("not_pinnable")
    if len(_pinned(box, channel)) >= _MOST_PINS:
        raise Refused("too_many_pins")
    message["pinned"] = True
    box.workspace.change(channel, message)
    line = {"subtype": "pinned_item", "user": BOT_USER, "bot_id": BOT_ID, "item_type": "C"}
    box.workspace.post(channel, {**line, "text": f"<@{BOT_USER}> pinned a message to this channel."})
    return {}


def remove(box: Box, args: Args) -> Json:
    """Answer pins.remove (docs.slack.dev/reference/methods/pins.remove)."""
    channel, message = _item(box, args)
    if not message.pop("pinned", False):
        raise Refused("no_pin")
    box.workspace.change(channel, message)
    return {}


def list_pins(box: Box, args: Args) -> Json:
    """Answer pins.list (docs.slack.dev/reference/methods/pins.list)."""
    channel = seen(box, args.need("channel"))
    return {
        "items": [
            {
                "type": "message",
                "channel": channel["id"],
                "created": int(float(message["ts"])),
                "created_by": BOT_USER,
                "message": message_object(channel, message, with_metadata=False),
            }
            for message in reversed(_pinned(box, channel))
        ]
    }


def add_reaction(box: Box, args: Args) -> Json:
    """Answer reactions.add (docs.slack.dev/reference/methods/reactions.add)."""
    channel, message = _item(box, args)
    name = args.need("name").strip(":")
    reactions = message.setdefault("reactions", [])
    reaction: Json | None = next((each for each in reactions if each["name"] == name), None)
    if reaction is None:
        reaction = {"name": name, "users": [], "count": 0}
        reactions.append(reaction)
    if BOT_USER in reaction["users"]:
        raise Refused("already_reacted")
    reaction["users"].append(BOT_USER)
    reaction["count"] = len(reaction["users"])
    box.workspace.change(channel, message)
    return {}


def _item(box: Box, args: Args) -> tuple[Json, Json]:
    channel = seen(box, args.text("channel"))
    if BOT_USER not in channel["members"]:
        raise Refused("not_in_channel")
    if not args.text("timestamp"):
        raise Refused("no_item_specified")
    return channel, box.workspace.message(channel, args.text("timestamp"))


def _pinned(box: Box, channel: Json) -> list[Json]:
    return [message for message in box.workspace.messages[channel["id"]].values() if message.get("pinned")]
