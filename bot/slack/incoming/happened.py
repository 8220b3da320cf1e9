"""The shape of what Slack tells of: events."""

from typing import Annotated, Literal

from pydantic import Field

from bot.slack.incoming.parts import Id, Moment, Named, Part, Payload, Whole, Words


class Profile(Part):
    """The names that somebody goes by, their picture, and what their status says."""

    display_name: Words | None = None
    real_name: Words | None = None
    image_48: Words | None = None
    status_text: Words | None = None
    status_emoji: Words | None = None
    status_expiration: Annotated[int, Field(ge=0, lt=2**33)] | None = None  # seconds since 1970; 0: it does not end


class User(Named):
    """Somebody, as Slack tells of them."""

    profile: Profile | None = None
    real_name: Words | None = None
    deleted: bool | None = None
    tz: Words | None = None


class Happened(Part):
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
