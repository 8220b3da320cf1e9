"""Payloads that Slack takes."""

from typing import Any

from bot.sandbox.rules import Surface
from tests.sandbox.payloads import (
    actions,
    button,
    card,
    cell,
    chart,
    confirm,
    container,
    field,
    header,
    home,
    image,
    modal,
    mrkdwn,
    option,
    options,
    paragraph,
    pie,
    plain,
    rich_text,
    section,
    select,
    series,
    table,
    video,
    without,
)

EVERY_STYLE = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), True)
DISPATCH = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}

GOOD: dict[str, tuple[Surface, Any]] = {
    "no blocks at all": ("blocks", []),
    "a section": ("blocks", [section(block_id="wip", expand=True)]),
    "a section of ten fields": ("blocks", [{"type": "section", "fields": [mrkdwn(f"{n}") for n in range(10)]}]),
    "text at its limits": (
        "blocks",
        [section(text=mrkdwn("x" * 3000), fields=[plain("x" * 2000)]), header("x" * 150, level=4)],
    ),
    "fifty blocks": ("blocks", [{"type": "divider"}] * 50),
    "flags of text": (
        "blocks",
        [section(text=plain() | {"emoji": True}, fields=[mrkdwn() | {"verbatim": False}])],
    ),
    "buttons": (
        "blocks",
        [
            actions(
                button(style="primary", confirm=confirm(style="danger")),
                button(action_id="do:drop", style="danger", accessibility_label="Drop item 12"),
                button(action_id="do:look", url="https://example.com/items/12"),
                without(button(url="mailto:team@example.com"), "action_id", "value"),
            )
        ],
    ),
    "one action_id in two blocks": ("blocks", [actions(button()), actions(button())]),
    "menus of a message": (
        "blocks",
        [
            section(accessory=select(initial_option=option("1"), placeholder=plain("Choose"))),
            section(accessory={"type": "overflow", "options": [option(url="https://example.com"), *options(4)]}),
            section(accessory={"type": "checkboxes", "options": options(10), "initial_options": options(2)}),
            section(accessory={"type": "radio_buttons", "options": [option(text=mrkdwn(), description=mrkdwn())]}),
            section(accessory=image()),
        ],
    ),
    "every menu": (
        "blocks",
        [
            actions(
                select(options=options(100)),
                {"type": "external_select", "initial_option": option(), "min_query_length": 0},
                {"type": "users_select", "initial_user": "U1"},
                {"type": "conversations_select", "filter": {"include": ["im", "public"], "exclude_bot_users": True}},
                {"type": "channels_select", "initial_channel": "C1"},
                {"type": "multi_external_select", "initial_options": [option()]},
                {"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 2},
                {"type": "multi_conversations_select", "default_to_current_conversation": True},
                {"type": "multi_channels_select", "initial_channels": ["C1"]},
            )
        ],
    ),
    "grouped options": (
        "blocks",
        [
            section(
                accessory={
                    "type": "multi_static_select",
                    "option_groups": [{"label": plain("Lanes"), "options": options(3)}],
                    "initial_options": [option("2")],
                }
            )
        ],
    ),
    "dates and times": (
        "blocks",
        [
            actions(
                {"type": "datepicker", "initial_date": "2028-02-29", "placeholder": plain("Back on")},
                {"type": "timepicker", "initial_time": "23:59", "timezone": "Europe/Berlin"},
                {"type": "datetimepicker", "initial_date_time": 1628633820},
            )
        ],
    ),
    "context": ("blocks", [{"type": "context", "elements": [mrkdwn(), plain(), image()]}]),
    "images": (
        "blocks",
        [
            image(title=plain("Burn-up"), alt_text="x" * 2000),
            without(image(slack_file={"id": "F1"}, block_id="by id"), "image_url"),
            without(image(slack_file={"url": "https://files.slack.com/files-pri/T1-F1/a.png"}), "image_url"),
        ],
    ),
    "markdown up to its sum": ("blocks", [{"type": "markdown", "text": "x" * 6000}] * 2),
    "rich text": (
        "blocks",
        [
            rich_text(
                paragraph(
                    {"type": "text", "text": "Done", "style": EVERY_STYLE},
                    {"type": "link", "url": "https://example.com", "text": "here"},
                    {"type": "user", "user_id": "U1"},
                    {"type": "usergroup", "usergroup_id": "S1"},
                    {"type": "channel", "channel_id": "C1"},
                    {"type": "team", "team_id": "T1"},
                    {"type": "emoji", "name": "wave", "unicode": "1f44b"},
                    {"type": "broadcast", "range": "here"},
                    {"type": "color", "value": "#F405B3"},
                    {"type": "date", "timestamp": 1720710212, "format": "{date_num}", "fallback": "July"},
                ),
                {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 3, "elements": [paragraph()]},
                {"type": "rich_text_quote", "border": 1, "elements": [{"type": "text", "text": "So"}]},
                {"type": "rich_text_preformatted", "language": "python", "elements": [{"type": "text", "text": "1"}]},
            )
        ],
    ),
    "a table at its limits": (
        "blocks",
        [table(100, 20, text="12345", column_settings=[{"align": "right"}, None, {"is_wrapped": True}])],
    ),
    "cells of every kind": (
        "blocks",
        [
            {
                "type": "data_table",
                "caption": "Items",
                "page_size": 10,
                "row_header_column_index": 1,
                "rows": [
                    [cell("Item"), cell("Days")],
                    [rich_text(paragraph({"type": "text", "text": "Login"})), {"type": "raw_number", "value": 2.5}],
                ],
            }
        ],
    ),
    "two charts": ("blocks", [chart("line", series("Done"), series("Started", "cab")), pie()]),
    "bars and areas": ("blocks", [chart("bar"), chart("area", axis_config={"categories": ["c", "b", "a"]})]),
    "video": ("blocks", [video(title=plain("x" * 199), author_name="x" * 49, description=plain())]),
    "cards": (
        "blocks",
        [
            card(icon=image(), subtitle=mrkdwn(), body=plain("x" * 200), subtext=mrkdwn()),
            {"type": "carousel", "elements": [card(slack_icon={"type": "icon", "name": "sparkle"})] * 10},
        ],
    ),
    "a container": (
        "blocks",
        [container(section(block_id="a"), {"type": "divider", "block_id": "b"}, table(), is_collapsible=True)],
    ),
    "a plan and a task": (
        "blocks",
        [
            {"type": "plan", "title": "Plan", "tasks": [{"task_id": "1", "title": "Look", "status": "pending"}]},
            {
                "type": "task_card",
                "task_id": "2",
                "title": "Fetch",
                "status": "in_progress",
                "output": rich_text(paragraph()),
                "sources": [{"type": "url", "url": "https://example.com", "text": "example"}],
            },
        ],
    ),
    "feedback": (
        "blocks",
        [
            {
                "type": "context_actions",
                "elements": [
                    {
                        "type": "feedback_buttons",
                        "positive_button": {"text": plain("Good"), "value": "+"},
                        "negative_button": {"text": plain("Bad"), "value": "-", "accessibility_label": "Not good"},
                    },
                    {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "visible_to_user_ids": ["U1"]},
                ],
            }
        ],
    ),
    "a workflow button": (
        "blocks",
        [
            section(
                accessory={
                    "type": "workflow_button",
                    "text": plain("Run"),
                    "action_id": "run",
                    "workflow": {
                        "trigger": {
                            "url": "https://slack.com/shortcuts/Ft1/x",
                            "customizable_input_parameters": [{"name": "item", "value": 12}],
                        }
                    },
                }
            )
        ],
    ),
    "an input in a message": ("blocks", [field(optional=True, hint=plain(), dispatch_action=True)]),
    "a modal at its limits": (
        "modal",
        modal(
            title=plain("x" * 24),
            close=plain("x" * 24),
            submit=plain("x" * 24),
            private_metadata="x" * 3000,
            callback_id="x" * 255,
            external_id="",
            clear_on_close=True,
            notify_on_close=False,
            blocks=[{"type": "divider"}] * 100,
        ),
    ),
    "a modal without inputs needs no submit": ("modal", without(modal(section()), "submit")),
    "every input": (
        "modal",
        modal(
            field(
                {
                    "type": "plain_text_input",
                    "multiline": True,
                    "initial_value": "x" * 3000,
                    "min_length": 0,
                    "max_length": 3000,
                    "focus_on_load": True,
                    "dispatch_action_config": DISPATCH,
                    "placeholder": plain("x" * 150),
                }
            ),
            field({"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "max_value": "10"}),
            field({"type": "email_text_input", "initial_value": "alice@example.com"}),
            field({"type": "url_text_input", "focus_on_load": False}),
            field({"type": "file_input", "filetypes": ["md", "csv"], "max_files": 10}),
            field({"type": "rich_text_input", "action_id": "a", "initial_value": rich_text(paragraph())}),
            field({"type": "checkboxes", "options": options(2)}, optional=True),
            field({"type": "datetimepicker"}),
            field({"type": "conversations_select", "response_url_enabled": True}),
        ),
    ),
    "an alert in a modal": ("modal", modal({"type": "alert", "text": mrkdwn("x" * 200), "level": "warning"})),
    "a Home tab": (
        "home",
        home(header(), section(), table(), container(), {"type": "divider"}, field(), callback_id="board"),
    ),
}
