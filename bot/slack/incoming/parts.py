"""What payloads of every kind are made of: ids, names, texts."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, InstanceOf

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,40}$")]  # of a person, a channel, a team, a view, a file
Words = InstanceOf[str]  # as written: halves of characters too, which are left out when they are read
Whole = Annotated[str, Field(pattern="")]  # a text that can be stored: any pattern refuses halves of characters
Ours = Annotated[str, Field(pattern=r"^do:")]  # a name that was given here
Moment = Annotated[str, Field(pattern=r"^\d{1,12}(\.\d{1,9})?$")]  # seconds since 1970, as text


class Part(BaseModel):
    """A piece of a payload; nothing is read as another type than it is sent as."""

    model_config = ConfigDict(frozen=True, strict=True)


class Named(Part):
    """A person, a channel or a team."""

    id: Id
    username: Words | None = None
    name: Words | None = None


class Install(Part):
    """One workspace that an event is for."""

    team_id: Id | None = None
    enterprise_id: Id | None = None
    user_id: Id | None = None


class Address(Part):
    """Where an answer may go, of a field that asks for one; none here does."""

    response_url: Whole


class Payload(Part):
    """What every payload may have."""

    team: Named | Id | None = None
    team_id: Id | None = None
    enterprise: Named | Id | None = None
    enterprise_id: Id | None = None
    authorizations: list[Install] | None = None
    trigger_id: Whole | None = None
    response_url: Whole | None = None
    response_urls: Annotated[list[Address], Field(max_length=1)] = []  # of more than one the library can't choose


class Option(Part):
    """What was chosen."""

    value: Whole
