"""What a script printed, read as readings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from bot.core.production.readings import WARNING, Health, Reading, worst
from bot.facts.kind import NAME_LIMIT
from bot.facts.masking import DETAIL_LIMIT, LINE_LIMIT, mask, one_line, plain

READINGS_LIMIT = 100  # of one script; what is beyond is one reading with the worst health of the rest


class Mark(IntEnum):
    """What a line says of itself, the worst last."""

    GOOD = 0
    WARNING = 1
    SKIPPED = 2
    UNFINISHED = 3
    BAD = 4


MARKS = {
    "✅": Mark.GOOD,
    "ok": Mark.GOOD,
    "PASS": Mark.GOOD,
    "⚠": Mark.WARNING,
    "❌": Mark.BAD,
    "not ok": Mark.BAD,
    "FAIL": Mark.BAD,
}

HEALTH = {
    Mark.GOOD: Health.GREEN,
    Mark.WARNING: Health.GREEN,  # PRODUCT 4: green, with its text always shown
    Mark.SKIPPED: Health.UNKNOWN,  # not looked at is not green
    Mark.UNFINISHED: Health.UNKNOWN,
    Mark.BAD: Health.RED,
}


_SIGN = "[✅⚠❌]"

_WORD = r"(?:not ok|ok|PASS|FAIL)(?=[\s:]|$)"

_MARK = re.compile(f"{_SIGN}|{_WORD}")

_START = re.compile(rf"(?:[-*•]+\s+)?(?:(?:{_SIGN}\ufe0f?|{_WORD})\s*:?\s*)+")

_TEST_NUMBER = re.compile(r"\A\d+\s+(?:-\s+)?(?=\S)")  # TAP: "ok 12 - name"

_SKIPPED = re.compile(r"(?i)\s*#\s*skip\w*:?")  # TAP: "ok 12 - name # SKIP no network"

_SUMMARY = re.compile(
    r"(?i)(?:all|some|[1-9]\d*(?:\s*(?:/|of)\s*\d+)?)\s+(?:\w+\s+)?(?:check|test|fact)s?\s+(?P<verdict>passed|failed)\b"
)

_COLON = re.compile(r":(?!//)")  # an address has no name before its colon

_LATENCY = re.compile(r"(?<![\w.])(\d{1,9}(?:\.\d{1,9})?)\s?(ms|s)(?!\w)")


@dataclass(frozen=True, slots=True)
class Printed:
    """The readings of a script's lines, and `failure`: the words of a red line that names no check, or nothing."""

    readings: tuple[Reading, ...]
    failure: str


@dataclass(frozen=True, slots=True)
class _Line:
    indent: int
    mark: Mark | None
    text: str


@dataclass(slots=True)
class _Block:
    """A line that makes a reading, and the lines indented under it."""

    head: _Line
    mark: Mark
    under: list[_Line] = field(default_factory=list)

    def add(self, line: _Line) -> None:
        self.under.append(line)
        self.mark = max(self.mark, line.mark or Mark.GOOD)


def read_printed(output: bytes, fact: str, kind: str, *, whole: bool = True, secrets: Sequence[str] = ()) -> Printed:
    """Read what the script of `fact` printed: one reading for each line that starts with a mark.

    Its health is the worst mark on the line and on those indented under it. If the output is not `whole` (the script
    was stopped or its output cut) the lines under the last reading may be missing, so it can't be green.
    """
    blocks, failure, last = _blocks(_lines(output))
    if last and not whole:
        last.mark = max(last.mark, Mark.UNFINISHED)
    readings = [_reading(block, fact, kind, secrets) for block in blocks]
    return Printed(_bounded(readings, fact, kind), one_line(mask(failure, secrets), DETAIL_LIMIT))


def last_words(output: bytes, secrets: Sequence[str] = ()) -> str:
    """Return the last line that has words: most often the reason, when nothing else gives one."""
    spoken = [line.text for line in _lines(output) if any(map(str.isalnum, line.text))]
    return one_line(mask(spoken[-1], secrets), DETAIL_LIMIT) if spoken else ""


def _lines(output: bytes) -> Iterator[_Line]:
    for raw in re.split(r"[\r\n]+", output.decode("utf-8", errors="replace")):
        clean = plain(raw).expandtabs()
        text = clean.strip()
        if text:
            yield _marked(len(clean) - len(clean.lstrip()), text)


def _marked(indent: int, text: str) -> _Line:
    start = _START.match(text)
    if not start:
        return _Line(indent, None, text[:LINE_LIMIT])
    rest = _TEST_NUMBER.sub("", text[start.end() :]) if "ok" in start[0] else text[start.end() :]
    marks = [MARKS[sign] for sign in _MARK.findall(start[0]) + re.findall(_SIGN, rest)]
    if value := re.match(_WORD, _split(rest)[1]):
        marks.append(MARKS[value[0]])
    rest, skipped = _SKIPPED.subn(": skipped", rest, count=1)
    if skipped:
        marks.append(Mark.SKIPPED)
    return _Line(indent, max(marks), rest[:LINE_LIMIT].strip(" :"))


def _blocks(lines: Iterable[_Line]) -> tuple[list[_Block], str, _Block | None]:
    """Return the blocks, the words of a failing summary, and the block that was still open at the end."""
    blocks: list[_Block] = []
    failure, current = "", None
    for line in lines:
        under = current is not None and line.indent > current.head.indent
        if _SUMMARY.match(line.text) or not (line.text or under):
            failure = _failure(line) or failure
            current = None
        elif current is not None and under:
            current.add(line)
        else:
            current = None if line.mark is None else _Block(line, line.mark)
            blocks += [current] if current else []
    return blocks, failure, current


def _failure(summary: _Line) -> str:
    match = _SUMMARY.match(summary.text)
    says_so = summary.mark is None and match is not None and match["verdict"].casefold() == "failed"
    return (summary.text or "a failure without a name") if says_so or summary.mark is Mark.BAD else ""


def _reading(block: _Block, fact: str, kind: str, secrets: Sequence[str]) -> Reading:
    text = mask(block.head.text, secrets)
    name, detail = _split(text)
    if block.mark in (Mark.WARNING, Mark.BAD):
        detail = _with_reasons(detail, block, secrets)
    if block.mark is Mark.WARNING:
        detail = f"{WARNING} {detail}"
    if block.mark is Mark.UNFINISHED:
        detail = f"{detail}, not checked to the end".removeprefix(", ")
    return Reading(
        one_line(name, NAME_LIMIT),
        kind,
        HEALTH[block.mark],
        one_line(detail, DETAIL_LIMIT),
        _latency(text),
        part_of=fact,
    )


def _with_reasons(detail: str, block: _Block, secrets: Sequence[str]) -> str:
    """Put the lines that made the reading what it is behind its own words: "200, but Content check FAILED"."""
    reasons = "; ".join(mask(line.text, secrets) for line in block.under if line.mark is block.mark and line.text)
    joint = ", but " if block.mark is not block.head.mark else ", "
    return joint.join(part for part in (detail, reasons) if part)


def _split(text: str) -> tuple[str, str]:
    """Part a line into name and detail at its first colon, or else before a time, which is no part of a name."""
    if colon := _COLON.search(text):
        name, detail = text[: colon.start()].strip(), text[colon.end() :].strip()
    elif timed := _LATENCY.search(text):
        name, detail = text[: timed.start()].rstrip(" (,-"), text[timed.start() :].removesuffix(")")
    else:
        name, detail = text.strip(), ""
    return name or detail, detail


def _latency(text: str) -> int | None:
    match = _LATENCY.search(text)
    return round(float(match[1]) * (1 if match[2] == "ms" else 1000)) if match else None


def _bounded(readings: Sequence[Reading], fact: str, kind: str) -> tuple[Reading, ...]:
    shown, rest = readings[:READINGS_LIMIT], readings[READINGS_LIMIT:]
    if not rest:
        return tuple(shown)
    return (*shown, Reading(f"{len(rest)} more lines", kind, worst(rest), part_of=fact))
