"""Payloads made wrong: cut short, with parts that are missing, of another type, strange, or from somewhere else."""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from tests.hostile import EVERY

Place = tuple[Any, Any]  # a dict or a list, and a key or an index in it
# What may stand where something else was: nothing, other types, ids of nobody, half a character, numbers too large.
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "x", "\ud83d", "\0", "{}", "[]", "{\"item\": []}", "null", "12",
    "-1", "NaN", "99999999999999999999", [], [None], [[]], ["x"], {}, {"id": None}, {"type": "home"}, {"value": {}},
    "U0NOBODY", "C0NOWHERE", "D0ALICE", "do:", "do:add", "do:finish:confirm", "do:menu", "2026-02-30", "25:61", "https://",
    "<@U0BOB>",
)  # fmt: skip
LENGTHS = (1, 10, 100, 4000, 40_000)


def strange_text(random: Random) -> str:
    """A text that is dear to read, or has marks where none belong."""
    text = random.choice(list(EVERY.values()))
    return text(random.choice(LENGTHS[:-1] if random.random() < 0.9 else LENGTHS))


def bent(payload: Any, random: Random) -> Any:
    """Return a payload with a few things wrong."""
    whole = json.loads(json.dumps({"payload": payload}))  # as on a line: what stands twice is there twice
    for _ in range(random.randint(1, 3)):
        if places := list(_places(whole)):
            _bend(*random.choice(places), random)
    return whole["payload"] if isinstance(whole.get("payload"), dict) else {}  # the library takes nothing else


def _places(part: Any) -> Iterator[Place]:
    keys = part.keys() if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for key in keys:
        yield part, key
        yield from _places(part[key])


def _bend(holder: Any, key: Any, random: Random) -> None:
    value = holder[key]
    way = random.randrange(5)
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(value, str):
        holder[key] = value[: random.randint(0, len(value))]
    elif way == 2 and isinstance(value, list | dict):
        holder[key] = type(value)()
    elif way == 3:
        holder[key] = strange_text(random)
    else:
        holder[key] = deepcopy(random.choice(STRANGE))
