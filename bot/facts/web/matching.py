"""What an answer says: its text in whatever charset, words in it, and values in its JSON."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.facts.masking import LINE_LIMIT, mask, one_line, plain

QUOTE_LIMIT = 60  # characters; a detail names several of them

LONGEST_CHARACTER = 4  # bytes, in any charset of the web

_NO_CHARSETS = frozenset({"idna", "punycode", "undefined"})  # Python's own, and the first two slow on long texts
_PATH = re.compile(r"\$?(?:\.?[^.\[\]]+|\[-?\d+\])+")
_STEP = re.compile(r"[^.\[\]]+")
_WIDE = re.compile(r"(?i)utf[-_]?(?:16|32)")  # whose bytes can pass for UTF-8


def decoded(body: bytes, charset: str | None, *, cut: bool = False) -> str:
    """Read bytes as text, and believe them more than the `charset` that was declared.

    Text in another charset is almost never valid UTF-8 by accident, and headers are often wrong. Never fails: what
    can't be read becomes U+FFFD. A `cut` body may end within a character.
    """
    declared = [charset] if charset else []
    order = [*declared, "utf-8-sig"] if _WIDE.match(charset or "") else ["utf-8-sig", *declared]
    for name in order:
        try:
            return _strictly(body, name, cut=cut)
        except (LookupError, ValueError):  # no such charset, or not this one
            continue
    return body.decode("utf-8", errors="replace")


def _strictly(body: bytes, charset: str, *, cut: bool) -> str:
    if codecs.lookup(charset).name in _NO_CHARSETS:
        raise LookupError(charset)
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        if not cut or error.start < len(body) - LONGEST_CHARACTER:
            raise
        return body[: error.start].decode(charset)


def holds(text: str, wanted: str, *, whole_words: bool) -> bool:
    """Say whether `text` has `wanted`. As whole words, "0 results" is neither in "10 results" nor in "2.0 results"."""
    if not whole_words:
        return wanted in text
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(wanted)}(?!\w)(?![.,]\d)", text) is not None


def flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Return the paths and values of a table: TOML reads `data.status = "ok"` as a table within a table.

    Raises ValueError for what is no path, and for a table without a value.
    """
    for key, value in table.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, Mapping):
            yield from flat(value, path)
        elif _PATH.fullmatch(path) and isinstance(value, str | int | float | list):
            yield path, value
        else:
            raise ValueError(f'should have paths like "data.items[0].name" and plain values, not {path!r}')


def found_at(document: Any, path: str) -> Any:
    """Return the value at a path: keys joined by dots; a number, also in brackets, is a place in a list, from 0.

    A negative number counts from the end, and a leading `$` is the whole. Raises LookupError.
    """
    for step in _STEP.findall(path.removeprefix("$")):
        if isinstance(document, list) and re.fullmatch(r"-?\d+", step):
            document = document[int(step)]
        elif isinstance(document, dict):
            document = document[step]
        else:
            raise LookupError(step)
    return document


def disagreements(text: str, expected: Mapping[str, Any], secrets: Iterable[str] = ()) -> Iterator[str]:
    """Say where a JSON text has other values than `expected`, by path, and what stands there without `secrets`."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield "it is not JSON"
        return
    for path, value in expected.items():
        try:
            actual = found_at(document, path)
        except LookupError:
            yield f"{path} is not there"
        else:
            if not same(value, actual):
                yield f"{path} is {quoted(json.dumps(actual, ensure_ascii=False), secrets)}"


def same(expected: Any, actual: Any) -> bool:
    """Compare as JSON does: 1 is 1.0, but true is not 1."""
    return isinstance(expected, bool) == isinstance(actual, bool) and bool(expected == actual)


def searched(text: str, pattern: str) -> str | None:
    """Return the first match of a regular expression; None: there is none."""
    match = re.search(pattern, text)
    return match[0] if match else None


def quoted(text: str, secrets: Iterable[str] = ()) -> str:
    """Put a text into quotation marks: masked, and only then trimmed to `QUOTE_LIMIT`, or half a secret would stay."""
    return f"“{one_line(mask(plain(text[:LINE_LIMIT]), secrets), QUOTE_LIMIT)}”"
