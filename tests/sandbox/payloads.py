"""Small parts to build payloads from; every one is right as it is, and `changes` make it wrong."""

from typing import Any

Json = dict[str, Any]

DIVIDER: Json = {"type": "divider"}


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Words*") -> Json:
    return {"type": "mrkdwn", "text": text}


def button(**changes: Any) -> Json:
    return {"type": "button", "text": plain("Start"), "action_id": "do:start", "value": "12"} | changes


def option(value: str = "a", **changes: Any) -> Json:
    return {"text": plain(f"Option {value}"), "value": value} | changes


def options(count: int) -> list[Json]:
    return [option(str(n)) for n in range(count)]


def confirm(**changes: Any) -> Json:
    whole = {"title": plain("Sure?"), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
    return whole | changes


def select(**changes: Any) -> Json:
    return {"type": "static_select", "action_id": "choose", "options": options(3)} | changes


def section(**changes: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | changes


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def header(text: str = "Today", **changes: Any) -> Json:
    return {"type": "header", "text": plain(text)} | changes


def image(**changes: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"} | changes


def field(element: Json | None = None, **changes: Any) -> Json:
    element = element or {"type": "plain_text_input", "action_id": "title"}
    return {"type": "input", "label": plain("Title"), "element": element} | changes


def modal(*blocks: Json, **changes: Any) -> Json:
    whole = {"type": "modal", "title": plain("Add"), "submit": plain("Add"), "blocks": list(blocks) or [section()]}
    return whole | changes


def home(*blocks: Json, **changes: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()]} | changes


def without(whole: Json, *names: str) -> Json:
    return {name: value for name, value in whole.items() if name not in names}


def paragraph(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def rich_text(*paragraphs: Json) -> Json:
    return {"type": "rich_text", "elements": list(paragraphs)}


def cell(text: str = "a") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 2, columns: int = 2, text: str = "a", **changes: Any) -> Json:
    return {"type": "table", "rows": [[cell(text) for _ in range(columns)] for _ in range(rows)]} | changes


def series(name: str = "Done", labels: str = "abc") -> Json:
    return {"name": name, "data": [{"label": label, "value": n} for n, label in enumerate(labels)]}


def chart(kind: str = "line", *lines: Json, **changes: Any) -> Json:
    plotted = {"type": kind, "series": list(lines) or [series()], "axis_config": {"categories": ["a", "b", "c"]}}
    return {"type": "data_visualization", "title": "Finished a week", "chart": plotted | changes}


def pie(**segment: Any) -> Json:
    part = {"label": "Done", "value": 3} | segment
    return {"type": "data_visualization", "title": "Shares", "chart": {"type": "pie", "segments": [part]}}


def card(**changes: Any) -> Json:
    return {"type": "card", "title": mrkdwn(), "actions": [button()]} | changes


def container(*blocks: Json, **changes: Any) -> Json:
    return {"type": "container", "title": plain("Details"), "child_blocks": list(blocks) or [section()]} | changes


def typed(**changes: Any) -> Json:
    return {"type": "plain_text_input"} | changes


def number(**changes: Any) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False} | changes


def video(**changes: Any) -> Json:
    shown = {"video_url": "https://example.com/embed/1", "thumbnail_url": "https://example.com/1.jpg"}
    return {"type": "video", "title": plain(), "alt_text": "A demo"} | shown | changes
