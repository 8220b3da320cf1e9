"""What a person clicks on: a button or a choice on a message, a modal or the App Home; a shortcut."""

import asyncio

from bot.sandbox.api.responses import Place
from bot.sandbox.box import Box
from bot.sandbox.delivery import payloads
from bot.sandbox.delivery.attached import with_known_files
from bot.sandbox.state.forms import values
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused

# What an element carries for the client only.
_NOT_SENT = ("options", "option_groups", "confirm", "accessibility_label", "dispatch_action_config")


async def click(box: Box, person: str, body: Json) -> None:
    """Deliver block_actions for one click, or for two when clicks are set to come twice.

    `body` is what the page sends to /sandbox/click. Refuses with `message_not_found` or `not_found` when the place is
    gone, and as `Sockets.deliver` does.
    """
    times = 2 if box.faults.clicks_twice else 1
    clicks = [_payload(box, person, body) for _ in range(times)]
    await asyncio.gather(*(_deliver(box, "block_actions", payload) for payload in clicks))


async def shortcut(box: Box, person: str, body: Json) -> None:
    """Deliver a shortcut of the manifest by its `callback_id`: a message's with `channel` and `ts`, or a global one.

    Refuses with `not_found` when there is none of that kind.
    """
    callback_id, ts = str(body.get("callback_id")), body.get("ts")
    kind = "message" if ts else "global"
    if (callback_id, kind) not in [(known["callback_id"], known["type"]) for known in box.manifest.shortcuts]:
        raise Refused("not_found")
    trigger = box.triggers.issue(person)
    if not ts:
        payload = payloads.global_shortcut(person, callback_id, box.workspace.next_ts(), trigger)
        return await _deliver(box, "shortcut", payload)
    channel = _seen(box, person, body)
    message = box.workspace.message(channel, str(ts))
    url = box.response_url(Place(person, channel["id"], message["ts"], thread_ts=message.get("thread_ts")))
    payload = payloads.message_shortcut(person, channel, message, callback_id, trigger, url)
    return await _deliver(box, "message_action", payload)


async def _deliver(box: Box, name: str, payload: Json) -> None:
    await box.envelopes.deliver("interactive", name, payload, accepts=False)


def _payload(box: Box, person: str, body: Json) -> Json:
    if not isinstance(body.get("action"), dict):
        raise Refused("invalid_arguments", ["action is missing"])
    action = {key: value for key, value in body["action"].items() if key not in _NOT_SENT}
    action.setdefault("block_id", body.get("block_id"))
    action["action_ts"] = box.workspace.next_ts()
    given = with_known_files(box, person, body.get("state", {}).get("values", body.get("state", {})))
    if body.get("view_id"):
        return _view_payload(box, person, str(body["view_id"]), action, given)
    channel = _seen(box, person, body)
    message = _message(box, person, channel, str(body.get("ts")))
    if message.get("user") != BOT_USER:
        raise Refused("message_not_found")
    place = Place(person, channel["id"], message["ts"], bool(message.get("ephemeral")), message.get("thread_ts"))
    state = values(message.get("blocks", []), given)
    trigger = box.triggers.issue(person)
    return payloads.message_click(person, channel, message, state, action, trigger, box.response_url(place))


def _seen(box: Box, person: str, body: Json) -> Json:
    """Whoever looks into a public channel sees its buttons too; into a private one, or a conversation, nobody does."""
    channel = box.workspace.channel(str(body.get("channel")))
    if not is_seen(channel, person):
        raise Refused("not_in_channel")
    return channel


def _message(box: Box, person: str, channel: Json, ts: str) -> Json:
    if ts in box.workspace.whispers[person]:
        return box.workspace.whispers[person][ts][1]
    return box.workspace.message(channel, ts)


def _view_payload(box: Box, person: str, view_id: str, action: Json, given: Json) -> Json:
    home = box.modals.homes.get(person)
    view = home if home and home["id"] == view_id else box.modals.of(person, view_id)
    current = view | {"state": {"values": values(view["blocks"], given)}}
    trigger = box.triggers.issue(person, in_modal=view is not home)
    return payloads.view_click(person, current, action, trigger)
