"""What every kind of prod fact has in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from bot.core.readings import Reading

NAME_LIMIT = 80  # characters; a name stays on one line of a message, and beside its reading

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT, pattern=r"^[^\x00-\x1f\x7f]*$")
]


class Fact(BaseModel, ABC):
    """One checkable statement about production. The fields of a kind are its keys in facts.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Name
    kind: str

    @abstractmethod
    async def look(self, environment: Mapping[str, str]) -> tuple[Reading, ...]:
        """Look at production once: the reading of the fact itself first, then those that are part of it.

        `environment` is the bot's own; a kind hands on what it must and no more. A fact that fails is a reading;
        an exception here is a bug.
        """
