"""The shape of what Slack sends, as far as it is read here: what has another one is no request that can be served.

docs.slack.dev/reference/interaction-payloads, docs.slack.dev/reference/events, and implementing-slash-commands. What is
not named here may be as it likes, and whatever Slack leaves out or sends as null may be missing.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from bot.slack.incoming.dialogs import Sendable, View
from bot.slack.incoming.happened import Event
from bot.slack.incoming.parts import Id, Moment, Named, Option, Ours, Part, Payload, Whole, Words


class Command(Payload):
    """A typed command."""

    command: Annotated[str, Field(pattern=r"^/")]
    channel_id: Id
    user_id: Id
    text: Words | None = None
    user_name: Words | None = None


class Action(Part):
    """What was clicked."""

    action_id: Whole
    block_id: Whole | None = None
    value: Whole | None = None
    selected_option: Option | None = None


class Container(Part):
    """Where it was clicked."""

    is_ephemeral: bool | None = None


class Message(Part):
    """The message that a shortcut was chosen on."""

    text: Words | None = None
    ts: Moment | None = None
    thread_ts: Moment | None = None
    user: Id | None = None


class Interaction(Payload):
    """Somebody did something."""

    user: Named
    channel: Named | None = None


class Clicked(Interaction):
    """They clicked on something."""

    type: Literal["block_actions"]
    actions: Annotated[list[Action], Field(min_length=1)]
    container: Container | None = None
    view: View | None = None


class Sent(Interaction):
    """They sent a dialog."""

    type: Literal["view_submission"]
    view: Sendable


class Chosen(Interaction):
    """They chose a shortcut."""

    type: Literal["shortcut", "message_action"]
    callback_id: Ours
    message: Message | None = None


class Searched(Interaction):
    """They typed into a list to search in."""

    type: Literal["block_suggestion"]
    action_id: Whole
    block_id: Whole | None = None
    value: Words | None = None
    view: View | None = None


SHAPES: Mapping[str, type[Payload]] = {
    "block_actions": Clicked,
    "view_submission": Sent,
    "block_suggestion": Searched,
    "shortcut": Chosen,
    "message_action": Chosen,
    "event_callback": Event,
}


def fault_of(body: Mapping[str, Any]) -> str:
    """Return what is wrong with a payload, by Slack's names for its parts; nothing for one that can be served."""
    shape = Command if "command" in body else SHAPES.get(str(body.get("type")))
    if shape is None:
        return "it is of a kind that nobody here asked for"
    try:
        shape.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(map(str, first['loc']))[:100]}: {first['msg']}"
    return ""
