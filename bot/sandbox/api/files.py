"""The files.* methods."""

import re

from bot.sandbox.api.args import Args
from bot.sandbox.api.chat import thread_of, writable
from bot.sandbox.api.content import AUTHOR, message_content
from bot.sandbox.box import Box
from bot.sandbox.state.files import MOST_BYTES
from bot.sandbox.state.objects import file_object
from bot.sandbox.state.people import BOT_USER
from bot.sandbox.wire import Json, Refused

# docs.slack.dev/reference/methods/files.getUploadURLExternal: a snippet is "limited to 1MB".
_SNIPPET_BYTES = 1_000_000
_ALT_TXT = 1000
# docs.slack.dev/reference/methods/files.completeUploadExternal: 100 channels. Slack's ids are longer than ours.
_MOST_CHANNELS = 100
_CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]+")
# The arguments that the two pages name. Slack leaves others unread; here they are the bot's slip, and refused.
_GET = {"token", "filename", "length", "snippet_type", "alt_txt"}
_COMPLETE = {"token", "files", "channel_id", "channels", "thread_ts", "initial_comment", "blocks"}


def info(box: Box, args: Args) -> Json:
    """Answer files.info (docs.slack.dev/reference/methods/files.info)."""
    file = box.files.find(args.need("file"))
    return {
        "file": file_object(file, box.address),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


def get_upload_url(box: Box, args: Args) -> Json:
    """Answer files.getUploadURLExternal (docs.slack.dev/reference/methods/files.getUploadURLExternal)."""
    _refuse_unknown(args, _GET)
    name, length = args.need("filename"), args.need("length")
    if not length.isdecimal():
        raise Refused("invalid_arguments", ["[ERROR] must be an integer [json-pointer:/length]"])
    size = int(length)
    if not size:
        raise Refused("missing_argument")
    if args.text("snippet_type") and size > _SNIPPET_BYTES:
        raise Refused("snippet_too_large")
    if len(args.text("alt_txt")) > _ALT_TXT:
        raise Refused("alt_txt_too_large")
    if size > MOST_BYTES:  # Slack takes a gigabyte unless the team allows less: this team does
        raise Refused("file_upload_size_restricted")
    key, file_id = box.announced.announce(name, size)
    return {"upload_url": f"{box.address}/upload/v1/{key}", "file_id": file_id}


def complete_upload(box: Box, args: Args) -> Json:
    """Answer files.completeUploadExternal (docs.slack.dev/reference/methods/files.completeUploadExternal).

    All is checked before anything is done; without a channel the file stays private.
    """
    _refuse_unknown(args, _COMPLETE)
    given = _given(args)
    contents = {file_id: box.announced.find(file_id) for file_id in given}
    content = _words(args)
    targets = _targets(box, args)
    content |= thread_of(box, targets[0], args) if len(targets) == 1 else {}
    shared = [channel["id"] for channel in targets]
    files = []
    for file_id, (name, raw) in contents.items():
        file = box.files.keep(file_id, BOT_USER, name, raw, title=given[file_id], shared=shared)
        box.announced.forget(file_id)
        files.append(file_object(file, box.address))
    for channel in targets:
        box.workspace.post(channel, {**content, "files": files, "upload": True, "display_as_bot": False})
    return {"files": files}


def _refuse_unknown(args: Args, known: set[str]) -> None:
    unknown = sorted(args.given.keys() - known)
    if unknown:
        raise Refused("invalid_arguments", [f"[ERROR] no such argument: {', '.join(unknown)}"])


def _given(args: Args) -> dict[str, str]:
    """Return the titles of the files by their ids."""
    files = args.parsed("files", "invalid_arguments")
    if not isinstance(files, list) or not files:
        raise Refused("invalid_arguments", ["[ERROR] must be an array of files [json-pointer:/files]"])
    for at, file in enumerate(files):
        if not isinstance(file, dict) or not isinstance(file.get("id"), str):
            raise Refused("invalid_arguments", [f"[ERROR] missing required field: id [json-pointer:/files/{at}]"])
    return {file["id"]: str(file.get("title") or "") for file in files}


def _words(args: Args) -> Json:
    """Return what is said beside the files: the comment, or else the blocks, or nothing."""
    if (comment := args.text("initial_comment")).strip():
        return message_content(Args({"text": comment}))
    if args.given.get("blocks"):
        return message_content(Args({"blocks": args.given["blocks"]}))
    return {**AUTHOR, "text": ""}


def _targets(box: Box, args: Args) -> list[Json]:
    """Return the channels to share in; people's ids are taken in `channels`, but not as `channel_id`."""
    channel_id, several = args.text("channel_id"), [key for key in args.text("channels").split(",") if key]
    if channel_id and not _CHANNEL_ID.fullmatch(channel_id):
        pattern = "input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
        raise Refused("invalid_arguments", [f"[ERROR] {pattern}"])
    if len(several) > _MOST_CHANNELS:
        raise Refused("channels_limit_exceeded")
    wanted = [channel_id] if channel_id else several
    return [_open(box, key) for key in dict.fromkeys(wanted)]


def _open(box: Box, key: str) -> Json:
    try:
        return writable(box, Args({"channel": key}))
    except Refused as refused:
        # Of an archived channel the page says only this.
        raise Refused("posting_to_channel_denied") if refused.code == "is_archived" else refused from None
