"""A fact as people type it: an address, and the keys of an http fact behind it."""

import json
import shlex
from typing import Any

from bot.errors import BadInput

USAGE = (
    "Write the address, and what must be true of the answer if more than 200 is wanted: "
    '`/board facts add https://shop.example/ contains="Add to cart" max_latency_ms=800`.'
)
TRUE = {"true": True, "yes": True, "false": False, "no": False}
NUMBERS = frozenset({"max_latency_ms", "certificate_days"})
SWITCHES = frozenset({"follow_redirects", "whole_words"})
JSON = "json."  # json.status=ok is { json = { "status" = "ok" } }


def read_keys(text: str) -> dict[str, Any]:
    """Read `https://… key=value key="two words"` into the keys of an http fact. Raises BadInput.

    A key that is written twice has a list of values.
    """
    try:
        url, *pairs = shlex.split(text)
    except ValueError:
        raise BadInput(USAGE, field="url") from None
    keys: dict[str, Any] = {"url": url}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not (key and sign):
            raise BadInput("{pair} is no key with a value. " + USAGE, pair=pair)
        _put(keys, key, value)
    return keys


def _put(keys: dict[str, Any], key: str, value: str) -> None:
    if key.startswith(JSON):
        keys.setdefault("json", {})[key.removeprefix(JSON)] = _plain(value)
    elif key == "status":
        keys[key] = [*keys.get(key, []), *map(_number, value.split(","))]
    elif key in ("contains", "not_contains"):
        keys[key] = [*keys.get(key, []), value]
    elif key in NUMBERS:
        keys[key] = _number(value)
    else:
        keys[key] = TRUE.get(value.lower(), value) if key in SWITCHES else value


def _number(text: str) -> int | str:
    """Give the number, or the text for the fact itself to complain about."""
    return int(text) if text.strip().isdecimal() and len(text) <= 9 else text


def _plain(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, int | float | str | bool) else text
