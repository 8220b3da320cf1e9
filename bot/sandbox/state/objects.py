"""Messages, channels and files as the bot sees them."""

from urllib.parse import quote

from bot.sandbox.state.people import BOT_USER
from bot.sandbox.wire import Json

# Kept on a message for the page, and told to nobody else.
_OURS = ("pinned", "metadata", "ephemeral")


def message_object(channel: Json, message: Json, *, with_metadata: bool) -> Json:
    """Return a message as conversations.history does (docs.slack.dev/messaging/retrieving-messages)."""
    shown = {key: value for key, value in message.items() if key not in _OURS}
    if message.get("pinned"):
        shown["pinned_to"] = [channel["id"]]
    if with_metadata and message.get("metadata"):
        shown["metadata"] = message["metadata"]
    return shown


def channel_object(channel: Json) -> Json:
    """Return Slack's conversation object (docs.slack.dev/reference/objects/conversation-object).

    A private channel is one with `is_private`; `is_group` is for those made before March 2021.
    """
    shared: Json = {"id": channel["id"], "created": 0, "is_archived": channel["is_archived"], "is_org_shared": False}
    if channel["is_im"]:
        return {**shared, "is_im": True, "user": channel["user"], "is_user_deleted": False}
    return {
        **shared,
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel["is_private"],
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": BOT_USER in channel["members"],
        "creator": "U0ALICE",
        "num_members": len(channel["members"]),
        "topic": {"value": channel["topic"], "creator": "U0ALICE", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def file_object(file: Json, address: str) -> Json:
    """Return Slack's file object (docs.slack.dev/reference/objects/file-object); `address` is that of the sandbox."""
    place = f"{address}/files-pri/{file['id']}"
    name = quote(file["name"], safe="")
    return {
        "channels": [],
        "ims": [],
        **file,
        "editable": False,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{name}",
        "url_private_download": f"{place}/download/{name}",
        "permalink": f"{address}/",
        "comments_count": 0,
        "groups": [],
        "shares": {},
        "file_access": "visible",
    }
