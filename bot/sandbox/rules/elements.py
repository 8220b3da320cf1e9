"""Block elements: buttons, menus, pickers and inputs, and which block takes which.

Pages are below docs.slack.dev/reference/block-kit/block-elements/.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.sandbox.rules.between import in_order, initial_options_are_offered, one_of
from bot.sandbox.rules.objects import (
    CONFIRM_DIALOG,
    CONVERSATION_FILTER,
    DATE,
    DISPATCH_ACTION_CONFIG,
    FLAG,
    ID,
    LINK,
    LINKED_OPTION,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    STYLE,
    TIME,
    WEB_ADDRESS,
    WORKFLOW,
    plain,
)
from bot.sandbox.rules.rich_text import ELEMENTS, RICH_TEXT
from bot.sandbox.rules.shape import (
    HOMES,
    MESSAGES,
    MODALS,
    Findings,
    Items,
    Kinds,
    Rule,
    Shape,
    Text,
    Whole,
    choice,
)

# What many elements have in common.
ACTION: Mapping[str, Rule] = {"action_id": ID}
CONFIRM: Mapping[str, Rule] = {"confirm": CONFIRM_DIALOG}
FOCUS: Mapping[str, Rule] = {"focus_on_load": FLAG}
PLACEHOLDER: Mapping[str, Rule] = {"placeholder": plain(150)}
LABEL: Mapping[str, Rule] = {"accessibility_label": Text(75)}
MENU = {**ACTION, **CONFIRM, **FOCUS, **PLACEHOLDER}
MULTI_MENU = {**MENU, "max_selected_items": Whole(1)}
TYPED = {**ACTION, **FOCUS, **PLACEHOLDER, "dispatch_action_config": DISPATCH_ACTION_CONFIG}

SOME_ID = Text(least=1)
CHOICES = {"options": Items(OPTION, 100), "option_groups": Items(OPTION_GROUP, 100)}
NUMBER = Text(fits=re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch, words="must be a valid number")


def _numbers_in_order(value: Mapping[str, Any], at: str, findings: Findings) -> None:
    given = {name: Decimal(value[name]) for name in ("min_value", "initial_value", "max_value") if name in value}
    for name in given:
        if "." in value[name] and not value["is_decimal_allowed"]:
            findings.add("must be a whole number", f"{at}/{name}")
    for (name, smaller), (other, larger) in zip(given.items(), list(given.items())[1:], strict=False):
        if smaller > larger:
            findings.add(f"must not be greater than `{other}`", f"{at}/{name}")


BUTTON = Shape(
    ELEMENTS + "button-element",
    needs={"text": plain(75)},
    may={**ACTION, **CONFIRM, **LABEL, "value": Text(2000), "url": LINK, "style": STYLE},
)
IMAGE = Shape(
    ELEMENTS + "image-element",
    needs={"alt_text": Text(2000, least=1)},
    may={"image_url": WEB_ADDRESS, "slack_file": SLACK_FILE},
    also=(one_of("image_url", "slack_file"),),
)
WORKFLOW_BUTTON = Shape(
    ELEMENTS + "workflow-button-element",
    needs={"text": plain(75), "workflow": WORKFLOW, "action_id": ID},
    may={**LABEL, "style": STYLE},
    surfaces=MESSAGES,
)
OVERFLOW = Shape(
    ELEMENTS + "overflow-menu-element",
    needs={"options": Items(LINKED_OPTION, 5)},
    may={**ACTION, **CONFIRM},
)

CHOOSERS = {
    "checkboxes": Shape(
        ELEMENTS + "checkboxes-element",
        needs={"options": Items(MARKED_OPTION, 10)},
        may={**ACTION, **CONFIRM, **FOCUS, "initial_options": Items(MARKED_OPTION, 10)},
        also=(initial_options_are_offered,),
    ),
    "radio_buttons": Shape(
        ELEMENTS + "radio-button-group-element",
        needs={"options": Items(MARKED_OPTION, 10)},
        may={**ACTION, **CONFIRM, **FOCUS, "initial_option": MARKED_OPTION},
        also=(initial_options_are_offered,),
    ),
    "datepicker": Shape(ELEMENTS + "date-picker-element", may={**MENU, "initial_date": DATE}),
    "timepicker": Shape(ELEMENTS + "time-picker-element", may={**MENU, "initial_time": TIME, "timezone": SOME_ID}),
    "static_select": Shape(
        ELEMENTS + "select-menu-element#static_select",
        may={**MENU, **CHOICES, "initial_option": OPTION},
        also=(one_of("options", "option_groups"), initial_options_are_offered),
    ),
    "external_select": Shape(
        ELEMENTS + "select-menu-element#external_select",
        may={**MENU, "initial_option": OPTION, "min_query_length": Whole(0)},
    ),
    "users_select": Shape(ELEMENTS + "select-menu-element#users_select", may={**MENU, "initial_user": SOME_ID}),
    "conversations_select": Shape(
        ELEMENTS + "select-menu-element#conversations_select",
        may={
            **MENU,
            "initial_conversation": SOME_ID,
            "default_to_current_conversation": FLAG,
            "response_url_enabled": FLAG,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "channels_select": Shape(
        ELEMENTS + "select-menu-element#channels_select",
        may={**MENU, "initial_channel": SOME_ID, "response_url_enabled": FLAG},
    ),
    "multi_static_select": Shape(
        ELEMENTS + "multi-select-menu-element#static_multi_select",
        may={**MULTI_MENU, **CHOICES, "initial_options": Items(OPTION, 100)},
        also=(one_of("options", "option_groups"), initial_options_are_offered),
    ),
    "multi_external_select": Shape(
        ELEMENTS + "multi-select-menu-element#external_multi_select",
        may={**MULTI_MENU, "initial_options": Items(OPTION, 100), "min_query_length": Whole(0)},
    ),
    "multi_users_select": Shape(
        ELEMENTS + "multi-select-menu-element#users_multi_select",
        may={**MULTI_MENU, "initial_users": Items(SOME_ID)},
    ),
    "multi_conversations_select": Shape(
        ELEMENTS + "multi-select-menu-element#conversation_multi_select",
        may={
            **MULTI_MENU,
            "initial_conversations": Items(SOME_ID),
            "default_to_current_conversation": FLAG,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_channels_select": Shape(
        ELEMENTS + "multi-select-menu-element#channel_multi_select",
        may={**MULTI_MENU, "initial_channels": Items(SOME_ID)},
    ),
}

DATETIMEPICKER = Shape(
    ELEMENTS + "datetime-picker-element",
    may={**ACTION, **CONFIRM, **FOCUS, "initial_date_time": Whole(1_000_000_000, 9_999_999_999)},  # "10 digits"
    surfaces=MESSAGES | MODALS,
)
RICH_TEXT_INPUT = Shape(
    ELEMENTS + "rich-text-input-element",
    needs={"action_id": ID},
    may={**TYPED, "initial_value": RICH_TEXT, "min_lines": Whole(1, 100), "max_lines": Whole(1, 100)},
    surfaces=MODALS | HOMES,
    also=(in_order("min_lines", "max_lines"),),
)

INPUTS = {
    "plain_text_input": Shape(
        ELEMENTS + "plain-text-input-element",
        may={
            **TYPED,
            "initial_value": Text(3000),
            "multiline": FLAG,
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
        },
        also=(in_order("min_length", "max_length"),),
    ),
    "number_input": Shape(
        ELEMENTS + "number-input-element",
        needs={"is_decimal_allowed": FLAG},
        may={**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        surfaces=MODALS,
        also=(_numbers_in_order,),
    ),
    "email_text_input": Shape(
        ELEMENTS + "email-input-element", may={**TYPED, "initial_value": Text()}, surfaces=MODALS
    ),
    "url_text_input": Shape(ELEMENTS + "url-input-element", may={**TYPED, "initial_value": Text()}, surfaces=MODALS),
    "file_input": Shape(
        ELEMENTS + "file-input-element",
        may={**ACTION, "filetypes": Items(SOME_ID), "max_files": Whole(1, 10)},
        surfaces=MODALS,
    ),
    "rich_text_input": RICH_TEXT_INPUT,
}

FEEDBACK = Shape(
    ELEMENTS + "feedback-buttons-element#button-object-fields",
    needs={"text": plain(75), "value": Text(2000)},
    may=LABEL,
)

# Which block takes which: the "compatible elements" of each block's page.
ON_SECTION = Kinds(
    {"button": BUTTON, "image": IMAGE, "overflow": OVERFLOW, "workflow_button": WORKFLOW_BUTTON, **CHOOSERS}
)
IN_ACTIONS = Kinds(
    {
        "button": BUTTON,
        "overflow": OVERFLOW,
        "workflow_button": WORKFLOW_BUTTON,
        "datetimepicker": DATETIMEPICKER,
        "rich_text_input": RICH_TEXT_INPUT,
        **CHOOSERS,
    }
)
IN_INPUT = Kinds({"datetimepicker": DATETIMEPICKER, **CHOOSERS, **INPUTS})
IN_CONTEXT_ACTIONS = Kinds(
    {
        "feedback_buttons": Shape(
            ELEMENTS + "feedback-buttons-element",
            needs={"positive_button": FEEDBACK, "negative_button": FEEDBACK},
            may=ACTION,
        ),
        "icon_button": Shape(
            ELEMENTS + "icon-button-element",
            needs={"icon": choice("trash"), "text": plain(75)},
            may={**ACTION, **CONFIRM, **LABEL, "value": Text(2000), "visible_to_user_ids": Items(SOME_ID)},
        ),
    }
)
IN_CARD = Kinds({"button": BUTTON})
IMAGE_ELEMENT = Kinds({"image": IMAGE})
URL_SOURCE = Kinds(
    {"url": Shape(ELEMENTS + "url-source-element", needs={"url": WEB_ADDRESS, "text": SOME_ID}, surfaces=MESSAGES)}
)
