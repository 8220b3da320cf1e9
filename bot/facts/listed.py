"""All the facts there are: those of the server's file, and those added from Slack as they were last read."""

from typing import Protocol

from bot.errors import NotFound
from bot.facts.kind import Fact


class Source(Protocol):
    """A file of facts; see `WatchedFile`."""

    fault: str

    def facts(self) -> tuple[Fact, ...]:
        """Give the facts as they are now."""


class Listed:
    """One for the whole program. `added` is what people added; whoever reads them from the database sets it."""

    def __init__(self, file: Source | None = None) -> None:
        self.added: tuple[Fact, ...] = ()
        self.noted: tuple[Fact, ...] | None = None  # the facts that what is known was last made to fit
        self._file = file

    @property
    def fault(self) -> str:
        """What is wrong with the file; the facts are those it had before."""
        return self._file.fault if self._file else ""

    def of_file(self) -> tuple[Fact, ...]:
        """Give the facts of the file."""
        return self._file.facts() if self._file else ()

    def facts(self) -> tuple[Fact, ...]:
        """Give all facts. A name that the file has taken is the file's."""
        of_file = self.of_file()
        taken = {fact.name.casefold() for fact in of_file}
        return (*of_file, *(fact for fact in self.added if fact.name.casefold() not in taken))

    def of(self, channel: str, name: str = "") -> tuple[Fact, ...]:
        """Give the facts of a channel's board, or only the one of that name. Raises NotFound."""
        facts = tuple(fact for fact in self.facts() if fact.is_for(channel))
        if not name:
            return facts
        found = tuple(fact for fact in facts if fact.name.casefold() == name.casefold())
        if not found:
            names = ", ".join(fact.name for fact in facts)
            raise NotFound("There is no fact called {name} here. There are: {names}.", name=name, names=names)
        return found
