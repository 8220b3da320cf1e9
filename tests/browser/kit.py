"""Short words for Block Kit payloads in tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "1", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def option(text: str, **more: Any) -> Json:
    return {"text": plain(text), "value": text.lower(), **more}


def field(block_id: str, label: str, kind: str, *, optional: bool = True, **element: Any) -> Json:
    """An input block whose element is `kind`."""
    what = {"type": kind, "action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "optional": optional, "element": what}


def modal(title: str, *blocks: Json, submit: str = "Save", **more: Any) -> Json:
    return {"type": "modal", "title": plain(title), "submit": plain(submit), "blocks": list(blocks), **more}
