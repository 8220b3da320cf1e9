"""Changes to the lines of a document, made at once; what no change touches stays to the byte."""

import re
from dataclasses import dataclass, field

from bot.documents.outline import MARKER, RULE, Outline

HEADING = re.compile(r" {0,3}#{1,6}\s")


@dataclass(slots=True)
class Edits:
    """Lines to take out, lines to put in another's place, and lines to put in before a line."""

    document: Outline
    removed: set[int] = field(default_factory=set)
    changed: dict[int, str] = field(default_factory=dict)
    inserted: dict[int, list[list[str]]] = field(default_factory=dict)

    def remove(self, start: int, end: int) -> None:
        """Take out the lines [start, end)."""
        self.removed.update(range(start, end))

    def insert(self, before: int, lines: list[str]) -> None:
        """Put lines in before a line, behind what was put there already."""
        self.inserted.setdefault(before, []).append(lines)

    def last(self, start: int, end: int) -> int:
        """Return the line behind the last line of [start, end) that stays and is neither blank nor a rule."""
        while end > start and (end - 1 in self.removed or self._idle(end - 1)):
            end -= 1
        return end

    def first(self, start: int, end: int) -> int:
        """Return the first line of [start, end) that is neither blank nor a rule, staying or not; `start` for none."""
        return next((number for number in range(start, end) if not self._idle(number)), start)

    def text(self) -> str:
        """Return the changed document, with its own line endings and with single blank lines where it was changed."""
        lines = _Lines(self.document.newline)
        for number, original in enumerate([*self.document.lines, None]):
            for inserted in self.inserted.get(number, ()):
                lines.put(inserted)
            if original is None:
                break
            if number in self.removed:
                lines.seam = True
            elif number in self.changed:
                lines.keep(self.changed[number] + original[len(original.rstrip("\r\n")) :])
            else:
                lines.keep(original)
        return "".join(lines.out)

    def _idle(self, number: int) -> bool:
        line = self.document.line(number)
        return not line.strip() or bool(RULE.fullmatch(line))


class _Lines:
    """The lines of the changed document as they come."""

    def __init__(self, newline: str) -> None:
        self.out: list[str] = []
        self.seam = False  # something was put in or taken out right before the next line
        self._newline = newline
        self._put = ""  # the last of the lines just put in

    def keep(self, line: str) -> None:
        """Take a line over; behind a change, without a second blank line."""
        blank = not line.strip()
        if self.seam and blank and (not self.out or self._blank()):
            return
        if self._put and not blank and not self._blank() and not _tight(self._put, line):
            self.out.append(self._newline)
        self.out.append(line)
        self.seam, self._put = False, ""

    def put(self, lines: list[str]) -> None:
        """Put lines in, with a blank line before them unless they continue a list or stand under a heading."""
        if self.out and not self.out[-1].endswith(("\n", "\r")):
            self.out[-1] += self._newline
        under = self.out and HEADING.match(self.out[-1]) and not HEADING.match(lines[0])
        if self.out and lines[0] and not self._blank() and not under and not _tight(self.out[-1], lines[0]):
            self.out.append(self._newline)
        self.out += [line + self._newline for line in lines]
        self.seam, self._put = True, lines[-1]

    def _blank(self) -> bool:
        return bool(self.out) and not self.out[-1].strip()


def _tight(above: str, below: str) -> bool:
    """Return whether two lines may stand together: both are of a list."""
    return bool(MARKER.match(below)) and (bool(MARKER.match(above)) or above.startswith(("  ", "\t")))
