"""All the facts there are: those of the server's file, read again when it changed, and those added from Slack."""

from pathlib import Path
from typing import Protocol

from bot.errors import BadInput, NotFound
from bot.facts.factsfile import load
from bot.facts.kind import Fact

_Mark = tuple[int, int, int]


class Source(Protocol):
    """A file of facts; see `WatchedFile`."""

    fault: str

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts as they are now."""


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

    @property
    def has_file(self) -> bool:
        """Whether there is a file at all."""
        return self._file is not None

    def of_file(self) -> tuple[Fact, ...]:
        """Return the facts of the file."""
        return self._file.facts() if self._file else ()

    def facts(self) -> tuple[Fact, ...]:
        """Return all facts. A name that the file has taken is the file's."""
        of_file = self.of_file()
        taken = {fact.name.casefold() for fact in of_file}
        return (*of_file, *(fact for fact in self.added if fact.name.casefold() not in taken))

    def of(self, channel: str, name: str = "") -> tuple[Fact, ...]:
        """Return the facts of a channel's board, or only the one of that name. Raises NotFound."""
        facts = tuple(fact for fact in self.facts() if fact.is_for(channel))
        if not name:
            return facts
        named = tuple(fact for fact in facts if fact.name.casefold() == name.casefold())
        if not named:
            names = ", ".join(fact.name for fact in facts)
            raise NotFound("There is no fact called {name} here. There are: {names}.", name=name, names=names)
        return named


class WatchedFile:
    """The facts of a file, as they were when it was last without a fault; `fault` says what is wrong since."""

    def __init__(self, path: Path) -> None:
        """Read it for the first time. Raises BadInput: without a good one there is nothing to keep."""
        self.path = path
        self.fault = ""
        self._mark = _mark(path)
        self._facts = load(path)

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts, from the file if somebody wrote to it. One look at its date costs microseconds."""
        mark = _mark(self.path)
        if mark != self._mark:
            self._mark = mark
            self._read()
        return self._facts

    def _read(self) -> None:
        try:
            self._facts = load(self.path)
            self.fault = ""
        except BadInput as error:
            self.fault = str(error)


def _mark(path: Path) -> _Mark | None:
    """What changes when a file is written or replaced; None: it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
