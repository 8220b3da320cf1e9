"""The content of a message or a view the bot sends: checked as Slack does, then ready to be kept."""

import json
from typing import Any, Literal

from bot.sandbox import rules
from bot.sandbox.api.args import Args
from bot.sandbox.box import Box
from bot.sandbox.state.blocks import elements, furnished
from bot.sandbox.state.escaping import kept_blocks, kept_text
from bot.sandbox.state.people import APP_ID, BOT_ID, BOT_USER, TEAM
from bot.sandbox.wire import Json, Refused

AUTHOR: Json = {"user": BOT_USER, "bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM["id"]}  # of what the bot posts
# docs.slack.dev/reference/methods/chat.postMessage (truncation) and chat.update (errors).
POST_LIMIT = 40_000
UPDATE_LIMIT = 4_000
# docs.slack.dev/reference/methods/views.open: 250 kB.
_VIEW_BYTES = 250_000
# docs.slack.dev/reference/methods/chat.postMessage: `markdown_text`; the error `too_many_attachments`.
_MARKDOWN_LIMIT = 12_000
_MOST_ATTACHMENTS = 100


def posted_content(args: Args, limit: int = POST_LIMIT) -> Json:
    """Return the fields of a message that a chat.* method carries: `message_content`, or Markdown in place of text.

    Refuses also with `msg_blocks_too_long`, which answers to an interaction never meet, and `markdown_text_conflict`.
    """
    if args.text("markdown_text"):
        args, limit = _with_markdown(args), _MARKDOWN_LIMIT
    content = message_content(args, limit)
    if not rules.blocks_fit(content.get("blocks", [])):
        raise Refused("msg_blocks_too_long")
    return content


def _with_markdown(args: Args) -> Args:
    """Return the arguments with `markdown_text` as the block that Slack makes of it."""
    if args.text("text") or args.given.get("blocks"):
        raise Refused("markdown_text_conflict")
    markdown = args.text("markdown_text")
    blocks = [{"type": "markdown", "text": markdown}] if markdown.strip() else []
    return Args({**args.given, "text": markdown, "blocks": blocks})


def message_content(args: Args, limit: int = POST_LIMIT) -> Json:
    """Return the fields of a message the bot sends: text, blocks, attachments, metadata, and who it is from.

    Refuses with `no_text`, `msg_too_long`, `invalid_blocks`, `invalid_blocks_format`, `too_many_attachments`,
    `invalid_attachments`, `invalid_metadata_format`.
    """
    text = args.text("text")
    blocks = args.parsed("blocks", "invalid_blocks_format") or []
    attachments = _attachments(args)
    if not text.strip() and not blocks and not attachments:
        raise Refused("no_text")
    if len(text) > limit:
        raise Refused("msg_too_long")
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    _refuse_unsound("blocks", blocks, "invalid_blocks")
    content: Json = {**AUTHOR, "text": kept_text(text)}
    if blocks:
        content["blocks"] = kept_blocks(furnished(blocks))
    if attachments:
        content["attachments"] = attachments
    if args.given.get("metadata"):
        content["metadata"] = _metadata(args.parsed("metadata", "invalid_metadata_format"))
    return content


def _attachments(args: Args) -> list[Json]:
    """Return the attachments.

    What is wrong in one is `invalid_attachments`, blocks too: github.com/slackapi/node-slack-sdk/pull/832.
    """
    attachments = args.parsed("attachments", "invalid_attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise Refused("invalid_attachments")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    for place, attachment in enumerate(attachments):
        _refuse_unsound("blocks", attachment.get("blocks") or [], "invalid_attachments", f"/attachments/{place}")
    return attachments


def view_content(box: Box, args: Args, kind: Literal["modal", "home"]) -> Json:
    """Return the view the bot sends; refuses with `invalid_arguments`, `view_too_large` or `missing_scope`."""
    view = args.parsed("view", "invalid_arguments")
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refused("invalid_arguments", [f"[ERROR] the view is not of type {kind} [json-pointer:/view/type]"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > _VIEW_BYTES:
        raise Refused("view_too_large")
    _refuse_unsound(kind, view, "invalid_arguments")
    _need_scope_for_files(box, view)
    return view


def _need_scope_for_files(box: Box, view: Json) -> None:
    """The page of file_input: "your app must have the files:read scope"; it does not say with which code."""
    asked = any(element["type"] == "file_input" for block in view["blocks"] for element in elements(block))
    if asked and "files:read" not in box.manifest.scopes:
        raise Refused("missing_scope", needed="files:read", provided=",".join(box.manifest.scopes))


def _metadata(metadata: Any) -> Json:
    sound = (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )
    if not sound:
        raise Refused("invalid_metadata_format")
    return dict(metadata)


def _refuse_unsound(kind: rules.Surface, payload: object, code: str, within: str = "") -> None:
    messages = [f"[ERROR] {message}" for message in rules.check(kind, payload, within)]
    if messages:
        raise Refused(code, messages)
