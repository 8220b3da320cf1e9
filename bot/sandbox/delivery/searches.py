"""What a person types into an external select: the bot says what it offers."""

from bot.sandbox.box import Box
from bot.sandbox.delivery import payloads
from bot.sandbox.rules import check
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused


async def search(box: Box, person: str, body: Json) -> Json:
    """Deliver block_suggestion for what was typed; give the `options` or `option_groups` that the bot offers.

    `body` is what the page sends to /sandbox/search. Refuses as a click does, and with `invalid_options` what Slack
    would not show.
    """
    place = _in_view(box, person, str(body["view_id"])) if body.get("view_id") else _in_message(box, person, body)
    asked = payloads.suggestion(
        person, str(body.get("block_id")), str(body.get("action_id")), str(body.get("value", "")), place
    )
    answer = await box.envelopes.deliver("interactive", "block_suggestion", asked, accepts=True)
    offered = {kind: answer[kind] for kind in ("options", "option_groups") if answer.get(kind)}
    wrong = _wrong(offered) if offered else []
    if wrong:
        raise Refused("invalid_options", wrong)
    return offered


def _wrong(offered: Json) -> list[str]:
    """Return what Slack does not take: the same as of a menu that has its options from the start."""
    return check("blocks", [{"type": "actions", "elements": [{"type": "static_select", "action_id": "a", **offered}]}])


def _in_view(box: Box, person: str, view_id: str) -> Json:
    home = box.modals.homes.get(person)
    view = home if home and home["id"] == view_id else box.modals.of(person, view_id)
    return {"container": {"type": "view", "view_id": view_id}, "view": view}


def _in_message(box: Box, person: str, body: Json) -> Json:
    channel = box.workspace.channel(str(body.get("channel")))
    if not is_seen(channel, person):
        raise Refused("not_in_channel")
    ts = str(body.get("ts"))
    is_own = ts in box.workspace.whispers[person]
    container = {"type": "message", "message_ts": ts, "channel_id": channel["id"], "is_ephemeral": is_own}
    return {"container": container, "channel": {"id": channel["id"], "name": channel["name"]}}
