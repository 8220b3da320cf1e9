"""The payloads of envelopes, in Slack's shapes."""

import secrets

from bot.sandbox.state.objects import message_object
from bot.sandbox.state.people import APP_ID, BOT_USER, PEOPLE, TEAM
from bot.sandbox.wire import Json

# Slack still sends its deprecated verification token; nothing checks it.
_TOKEN = "sandbox"  # noqa: S105


def command(person: str, channel: Json, name: str, text: str, trigger_id: str, response_url: str) -> Json:
    """Return what a slash command sends (docs.slack.dev/interactivity/implementing-slash-commands)."""
    return {
        "token": _TOKEN,
        "team_id": TEAM["id"],
        "team_domain": TEAM["domain"],
        "channel_id": channel["id"],
        "channel_name": "directmessage" if channel["is_im"] else channel["name"],
        "user_id": person,
        "user_name": PEOPLE[person]["name"],
        "command": name,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _interaction(kind: str, person: str, trigger_id: str | None) -> Json:
    name = PEOPLE[person]["name"]
    payload: Json = {
        "type": kind,
        "user": {"id": person, "username": name, "name": name, "team_id": TEAM["id"]},
        "api_app_id": APP_ID,
        "token": _TOKEN,
        "team": {"id": TEAM["id"], "domain": TEAM["domain"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return payload | ({"trigger_id": trigger_id} if trigger_id else {})


def message_click(
    person: str, channel: Json, message: Json, state: Json, action: Json, trigger_id: str, response_url: str
) -> Json:
    """Return block_actions from a message (docs.slack.dev/reference/interaction-payloads/block_actions-payload).

    The content of an ephemeral message is not sent along.
    """
    ephemeral = bool(message.get("ephemeral"))
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel["id"],
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    return {
        **_interaction("block_actions", person, trigger_id),
        "container": container,
        "channel": {"id": channel["id"], "name": "directmessage" if channel["is_im"] else channel["name"]},
        **({} if ephemeral else {"message": message_object(channel, message, with_metadata=True)}),
        "state": {"values": state},
        "response_url": response_url,
        "actions": [action],
    }


def view_click(person: str, view: Json, action: Json, trigger_id: str) -> Json:
    """Return block_actions from a modal or an App Home; `view` carries its state."""
    return {
        **_interaction("block_actions", person, trigger_id),
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "actions": [action],
    }


def suggestion(person: str, block_id: str, action_id: str, value: str, place: Json) -> Json:
    """Return block_suggestion: what is typed into an external select, at each letter.

    docs.slack.dev/reference/interaction-payloads/block_suggestion-payload. `place` is the `view`, or the `channel` and
    the `message`, with the `container`.
    """
    payload = _interaction("block_suggestion", person, None)
    return {**payload, **place, "action_id": action_id, "block_id": block_id, "value": value}


def submission(person: str, view: Json, trigger_id: str) -> Json:
    """Return view_submission (docs.slack.dev/reference/interaction-payloads/view-interactions-payload)."""
    return {**_interaction("view_submission", person, trigger_id), "view": view, "response_urls": []}


def closed(person: str, view: Json, *, cleared: bool) -> Json:
    """Return view_closed; `cleared` when the whole stack went."""
    return {**_interaction("view_closed", person, None), "view": view, "is_cleared": cleared}


def message_shortcut(
    person: str, channel: Json, message: Json, callback_id: str, trigger_id: str, response_url: str
) -> Json:
    """Return message_action (docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload)."""
    return {
        **_interaction("message_action", person, trigger_id),
        "callback_id": callback_id,
        "action_ts": message["ts"],
        "message_ts": message["ts"],
        "channel": {"id": channel["id"], "name": "directmessage" if channel["is_im"] else channel["name"]},
        "message": message_object(channel, message, with_metadata=True),
        "response_url": response_url,
    }


def global_shortcut(person: str, callback_id: str, action_ts: str, trigger_id: str) -> Json:
    """Return shortcut; it tells of no channel and no message (same page as message_shortcut)."""
    return {
        **_interaction("shortcut", person, trigger_id),
        "callback_id": callback_id,
        "action_ts": action_ts,
    }


def event(content: Json, seconds: int) -> Json:
    """Return event_callback around one event that happened at `seconds` (docs.slack.dev/apis/events-api)."""
    return {
        "token": _TOKEN,
        "team_id": TEAM["id"],
        "api_app_id": APP_ID,
        "event": content,
        "type": "event_callback",
        "event_id": f"Ev0{secrets.token_hex(5).upper()}",
        "event_time": seconds,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM["id"],
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
