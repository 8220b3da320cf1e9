"""The values of a form: what `state.values` holds, and what Slack's client does not let through."""

from bot.sandbox.state.blocks import elements
from bot.sandbox.state.files import extension_of
from bot.sandbox.wire import Json

# docs.slack.dev/reference/interaction-payloads/view-interactions-payload: the field each element's value is in,
# and the field of the element it starts from.
_VALUE: dict[str, tuple[str, str | None]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", None),
}
_MOST_FILES = 10
_LISTS = ("checkboxes", "file_input", "multi_")


def values(blocks: list[Json], given: Json) -> Json:
    """Return `state.values` for `blocks`: what the person chose, else what the element started with, else empty."""
    state: Json = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in _VALUE:
                chosen = given.get(block["block_id"], {}).get(element["action_id"], {})
                state.setdefault(block["block_id"], {})[element["action_id"]] = _value(element, chosen)
    return state


def _value(element: Json, chosen: Json) -> Json:
    field, initial = _VALUE[element["type"]]
    empty: object = [] if element["type"].startswith(_LISTS) else None
    start = element.get(initial, empty) if initial else empty
    return {"type": element["type"], field: chosen.get(field, start) or empty}


def complaints(blocks: list[Json], state: Json) -> dict[str, str]:
    """Return what Slack's client says on a field before it sends the form, by block id; empty when all is well."""
    by_block = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            complaint = _complaint(block, element, state[block["block_id"]][element["action_id"]])
            if complaint:
                by_block[block["block_id"]] = complaint
    return by_block


def _complaint(block: Json, element: Json, entry: Json) -> str | None:
    value = entry[_VALUE[element["type"]][0]]
    if not value:
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] == "file_input":
        return _file_complaint(element, value)
    if element["type"] != "plain_text_input":
        return None
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please shorten this to {element.get('max_length', 3000)} characters."
    return None


def _file_complaint(element: Json, files: list[Json]) -> str | None:
    """Say what docs.slack.dev/reference/block-kit/block-elements/file-input-element does not allow."""
    most, kinds = element.get("max_files", _MOST_FILES), element.get("filetypes", ())
    if len(files) > most:
        return f"Please upload no more than {most} {'file' if most == 1 else 'files'}."
    for file in files:
        if kinds and extension_of(file["name"]) not in kinds:
            return f"{file['name']} can't be used here, only {', '.join(kinds)}."
    return None
