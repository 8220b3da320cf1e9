"""What every kind of prod fact has in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.core.production.judgement import RECOVER, TRIES
from bot.core.production.readings import Reading
from bot.facts.keys import Span, Words
from bot.facts.web.sessions import Web

NAME_LIMIT = 80  # characters; a name stays on one line of a message, and beside its reading
MOST = 10  # tries, and good readings; more would hold up a digest, or good news

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT, pattern=r"^[^\x00-\x1f\x7f]*$")
]


@dataclass(frozen=True, slots=True)
class Outside:
    """What a fact may use to look at production.

    `environment` is the bot's own: a kind hands on what it must and no more. Without a `clock` (aware UTC) nobody can
    say how long a certificate still lasts.
    """

    environment: Mapping[str, str]
    web: Web
    clock: Callable[[], datetime] | None = None


class Fact(BaseModel, ABC):
    """One checkable statement about production. The fields of a kind are its keys in facts.toml.

    `every` is how often it is looked at beside the digest and the finishes (None: only then). `tries` is how often it
    is looked at before it is red, `recover` how many good readings make a red one green. Without `channels` it
    belongs to every board.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Name
    kind: str
    channels: Words = ()
    every: Span | None = None
    tries: Annotated[int, Field(ge=1, le=MOST)] = TRIES
    recover: Annotated[int, Field(ge=1, le=MOST)] = RECOVER

    def is_for(self, channel: str) -> bool:
        """Say whether the board of `channel` (Slack's id) shows this fact."""
        return not self.channels or channel in self.channels

    @abstractmethod
    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        """Look at production once: the reading of the fact itself first, then those that are part of it.

        A fact that fails is a reading; an exception here is a bug.
        """
