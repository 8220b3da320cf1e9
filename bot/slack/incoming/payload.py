"""The shape of what Slack sends, as far as it is read here: what has another one is no request that can be served.

docs.slack.dev/reference/interaction-payloads, docs.slack.dev/reference/events, and implementing-slash-commands. What is
not named here may be as it likes, and whatever Slack leaves out or sends as null may be missing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, Json, ValidationError, model_validator

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,40}$")]  # of a person, a channel, a team, a view, a file
Words = InstanceOf[str]  # as written: halves of characters too, which are left out when they are read
Whole = Annotated[str, Field(pattern="")]  # a text that can be stored: any pattern refuses halves of characters
Ours = Annotated[str, Field(pattern=r"^do:")]  # a name that was given here
Moment = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,9})?$")]  # seconds since 1970, as text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Named(_Part):
    """A person, a channel or a team."""

    id: Id
    username: Words | None = None
    name: Words | None = None


class Install(_Part):
    """One workspace that an event is for."""

    team_id: Id | None = None
    enterprise_id: Id | None = None
    user_id: Id | None = None


class Address(_Part):
    """Where an answer may go, of a field that asks for one; none here does."""

    response_url: Whole


class Payload(_Part):
    """What every payload may have."""

    team: Named | Id | None = None
    team_id: Id | None = None
    enterprise: Named | Id | None = None
    enterprise_id: Id | None = None
    authorizations: list[Install] | None = None
    trigger_id: Whole | None = None
    response_url: Whole | None = None
    response_urls: Annotated[list[Address], Field(max_length=1)] = []  # of more than one the library can't choose


class Command(Payload):
    """A typed command."""

    command: Annotated[str, Field(pattern=r"^/")]
    channel_id: Id
    user_id: Id
    text: Words | None = None
    user_name: Words | None = None


class Option(_Part):
    """What was chosen."""

    value: Whole


class Element(_Part):
    """A field of a dialog, filled in."""

    type: Words
    value: Words | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_date: Annotated[date, Field(strict=False)] | None = None
    selected_time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    selected_user: Id | None = None
    selected_users: list[Id] | None = None
    selected_conversation: Id | None = None
    files: list[Named] | None = None

    @property
    def chosen(self) -> list[Option]:
        """The options that were chosen."""
        return [*([self.selected_option] if self.selected_option else []), *(self.selected_options or [])]


class Filled(_Part):
    """The fields of a dialog, by block and by action."""

    values: dict[str, dict[str, Element]] | None = None


class View(_Part):
    """A dialog, or an App Home."""

    id: Id
    type: Words | None = None
    callback_id: Words | None = None
    private_metadata: Words | None = None
    hash: Whole | None = None
    root_view_id: Id | None = None
    state: Filled | None = None


class Carried(_Part):
    """What every dialog of ours that can be sent carries: whose board it is for, beside what is its own."""

    channel: Words


class Choices(_Part):
    """What can be chosen in a field."""

    options: list[Option] | None = None


class Block(_Part):
    """A block of a dialog; one with an element may be a field."""

    block_id: Words | None = None
    element: Choices | None = None


class Sendable(View):
    """A dialog that can be sent; what was chosen in it is what it gave to choose from."""

    type: Literal["modal"]
    callback_id: Ours
    private_metadata: Json[Carried]  # type: ignore[assignment]
    blocks: list[Block] = []

    @model_validator(mode="after")
    def _chosen_from_what_is_there(self) -> Self:
        given = {block.block_id: block.element.options or [] for block in self.blocks if block.element}
        values = (self.state and self.state.values) or {}
        for name, elements in values.items():
            chosen = [option for element in elements.values() for option in element.chosen]
            if any(option not in given.get(name, []) for option in chosen):
                raise ValueError(f"{name} holds what nobody could choose")
        return self


class Action(_Part):
    """What was clicked."""

    action_id: Whole
    block_id: Whole | None = None
    value: Whole | None = None
    selected_option: Option | None = None


class Container(_Part):
    """Where it was clicked."""

    is_ephemeral: bool | None = None


class Message(_Part):
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


class Profile(_Part):
    """The names that somebody goes by."""

    display_name: Words | None = None
    real_name: Words | None = None


class User(Named):
    """Somebody, as Slack tells of them."""

    profile: Profile | None = None
    real_name: Words | None = None
    deleted: bool | None = None
    tz: Words | None = None


class Happened(_Part):
    """Where and to whom something happened; the library reads these of every event."""

    user: Named | Id | None = None
    channel: Named | Id | None = None
    team: Named | Id | None = None
    enterprise: Named | Id | None = None


class Changed(Happened):
    """Somebody goes by another name, or has left."""

    type: Literal["user_change"]
    user: User


class Opened(Happened):
    """Somebody looks at the App Home."""

    type: Literal["app_home_opened"]
    user: Id
    tab: Words | None = None


class Moved(Happened):
    """Somebody came into a channel, or went."""

    type: Literal["member_joined_channel", "member_left_channel"]
    user: Id
    channel: Id
    event_ts: Moment


class OfChannel(Happened):
    """Something became of a channel."""

    type: Literal[
        "channel_archive", "channel_unarchive", "channel_left", "group_archive", "group_unarchive", "group_left"
    ]
    channel: Id


class Written(Happened):
    """Somebody wrote something."""

    type: Literal["message"]
    channel: Id
    user: Id | None = None
    text: Words | None = None
    channel_type: Words | None = None
    subtype: Words | None = None
    bot_id: Id | None = None


class Event(Payload):
    """Something happened."""

    type: Literal["event_callback"]
    event_id: Whole | None = None
    event: Annotated[Changed | Opened | Moved | OfChannel | Written, Field(discriminator="type")]


SHAPES: Mapping[str, type[Payload]] = {
    "block_actions": Clicked,
    "view_submission": Sent,
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
