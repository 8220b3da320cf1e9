"""Blocks: what each holds, and on which surface it may stand.

Pages are below docs.slack.dev/reference/block-kit/blocks/.
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.rules.between import not_together, one_of, some_of
from bot.sandbox.rules.elements import (
    IMAGE,
    IMAGE_ELEMENT,
    IN_ACTIONS,
    IN_CARD,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    ON_SECTION,
    URL_SOURCE,
)
from bot.sandbox.rules.figures import BLOCK, BLOCKS, DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.sandbox.rules.objects import FLAG, SECURE_ADDRESS, SLACK_FILE, SLACK_ICON, WEB_ADDRESS, plain, words
from bot.sandbox.rules.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from bot.sandbox.rules.shape import (
    HOMES,
    MESSAGES,
    MODALS,
    NOWHERE,
    Findings,
    Items,
    Kinds,
    Rule,
    Shape,
    Text,
    Whole,
    choice,
)


def _file_waits_for_submit(value: Mapping[str, Any], at: str, findings: Findings) -> None:
    # "If dispatch_action is true and a file_input is provided, an unsupported type error will be raised."
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        findings.add("unsupported type: file_input", f"{at}/element/type")


CONTEXT_PARTS = Kinds({"image": IMAGE, **words(3000).shapes})

CARD = Shape(
    BLOCKS + "card-block",
    may={
        **BLOCK,
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "slack_icon": SLACK_ICON,
        "title": words(150),
        "subtitle": words(150),
        "body": words(200),
        "subtext": words(200),
        "actions": Items(IN_CARD, 3),
    },
    also=(some_of("hero_image", "title", "actions", "body"), not_together("slack_icon", "icon")),
)

TASK: Mapping[str, Rule] = {"task_id": Text(least=1), "title": Text(least=1)}
TASK_RESULTS: Mapping[str, Rule] = {**BLOCK, "details": RICH_TEXT, "output": RICH_TEXT, "sources": Items(URL_SOURCE)}

# What a container may hold; every one of them also stands by itself.
IN_CONTAINER = {
    "actions": Shape(BLOCKS + "actions-block", needs={"elements": Items(IN_ACTIONS, 25)}, may=BLOCK),
    "context": Shape(BLOCKS + "context-block", needs={"elements": Items(CONTEXT_PARTS, 10)}, may=BLOCK),
    "divider": Shape(BLOCKS + "divider-block", may=BLOCK),
    "header": Shape(BLOCKS + "header-block", needs={"text": plain(150)}, may={**BLOCK, "level": Whole(1, 4)}),
    "image": Shape(
        BLOCKS + "image-block",
        needs={"alt_text": Text(2000, least=1)},
        may={**BLOCK, "image_url": WEB_ADDRESS, "slack_file": SLACK_FILE, "title": plain(2000)},
        also=(one_of("image_url", "slack_file"),),
    ),
    "input": Shape(
        BLOCKS + "input-block",
        needs={"label": plain(2000), "element": IN_INPUT},
        may={**BLOCK, "hint": plain(2000), "optional": FLAG, "dispatch_action": FLAG},
        also=(_file_waits_for_submit,),
    ),
    "rich_text": RICH_TEXT_BLOCK,
    "section": Shape(
        BLOCKS + "section-block",
        may={**BLOCK, "text": words(3000), "fields": Items(words(2000), 10), "accessory": ON_SECTION, "expand": FLAG},
        also=(some_of("text", "fields"),),
    ),
    "table": TABLE,
    "video": Shape(
        BLOCKS + "video-block",
        needs={
            "alt_text": Text(least=1),
            "title": plain(199),  # "must be less than 200 characters"
            "thumbnail_url": WEB_ADDRESS,
            "video_url": SECURE_ADDRESS,
        },
        may={
            **BLOCK,
            "author_name": Text(49),
            "description": plain(199),
            "provider_icon_url": WEB_ADDRESS,
            "provider_name": Text(),
            "title_url": SECURE_ADDRESS,
        },
    ),
}

EVERY_BLOCK = {
    **IN_CONTAINER,
    "alert": Shape(
        BLOCKS + "alert-block",
        needs={"text": words(200)},
        may={**BLOCK, "level": choice("default", "info", "warning", "error", "success")},
        surfaces=MODALS,
    ),
    "card": CARD,
    "carousel": Shape(
        BLOCKS + "carousel-block",
        needs={"elements": Items(Kinds({"card": CARD}), 10)},
        may=BLOCK,
        surfaces=MESSAGES | HOMES,
    ),
    "container": Shape(
        BLOCKS + "container-block",
        needs={"child_blocks": Items(Kinds(IN_CONTAINER), 10)},
        may={
            **BLOCK,
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": words(150),
            "icon": IMAGE_ELEMENT,
            "width": choice("narrow", "standard", "wide", "full"),
            "is_collapsible": FLAG,
            "default_collapsed": FLAG,
            "has_header_divider": FLAG,
        },
        surfaces=MESSAGES | HOMES,
        also=(some_of("title", "rich_text_title"), not_together("has_header_divider", "is_collapsible")),
    ),
    "context_actions": Shape(
        BLOCKS + "context-actions-block",
        needs={"elements": Items(IN_CONTEXT_ACTIONS, 5)},
        may=BLOCK,
        surfaces=MESSAGES,
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    # "You can't add this block to app surfaces directly"; it comes with messages that hold remote files.
    "file": Shape(BLOCKS + "file-block", surfaces=NOWHERE),
    "markdown": Shape(BLOCKS + "markdown-block", needs={"text": Text(least=1)}, may=BLOCK, surfaces=MESSAGES),
    "plan": Shape(
        BLOCKS + "plan-block",
        # A bare string, unlike a card's title: the page says Object, its example and Slack say string.
        needs={"title": Text(least=1)},
        may={
            **BLOCK,
            "tasks": Items(
                Shape(
                    BLOCKS + "plan-block",
                    needs=TASK,
                    may={
                        **TASK_RESULTS,
                        "type": choice("task_card"),
                        "status": choice("pending", "in_progress", "complete", "error"),
                    },
                )
            ),
        },
        surfaces=MESSAGES,
    ),
    "task_card": Shape(
        BLOCKS + "task-card-block",
        needs=TASK,
        # The page lists `pending` too, but Slack takes that only inside a plan.
        may={**TASK_RESULTS, "status": choice("in_progress", "complete", "error")},
        surfaces=MESSAGES,
    ),
}

ANY_BLOCK = Kinds(EVERY_BLOCK)
