"""A facts.toml that is read again when it changed."""

from pathlib import Path

from bot.errors import BadInput
from bot.facts.factsfile import load
from bot.facts.kind import Fact

_Mark = tuple[int, int, int]


class WatchedFile:
    """The facts of a file, as they were when it was last without a fault; `fault` says what is wrong since."""

    def __init__(self, path: Path) -> None:
        """Read it for the first time. Raises BadInput: without a good one there is nothing to keep."""
        self.path = path
        self.fault = ""
        self._mark = _mark(path)
        self._facts = load(path)

    def facts(self) -> tuple[Fact, ...]:
        """Give the facts, from the file if somebody wrote to it. One look at its date costs microseconds."""
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
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
