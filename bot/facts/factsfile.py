"""facts.toml read into facts, with every fault named at once; and facts that owners add from Slack."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from yarl import URL

from bot.errors import BadInput
from bot.facts.dns import Dns
from bot.facts.http import Http
from bot.facts.kind import NAME_LIMIT, Fact
from bot.facts.scripts.script import Script
from bot.facts.tcp import Tcp
from bot.facts.web.guard import is_surely_private
from bot.tomlfile import tables

# Every kind of fact there is. A new one is a file beside script.py, and a name here.
KINDS: dict[str, type[Fact]] = {
    "script": Script,
    "http": Http,
    "tcp": Tcp,
    "dns": Dns,
}

# Faults by pydantic's names for them, where its own words would be about Python and not about the file.
WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this kind",
    "string_type": "should be text",
    "string_too_short": "should not be empty",
    "string_too_long": "is too long",
    "string_pattern_mismatch": "should be one line",
    "path_type": "should be text",
    "tuple_type": "should be a list",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "dict_type": "should be a table",
    "too_short": "should not be empty",
}

# Keys that files may still have from before, and what became of them.
GONE = {"tags": "had no effect and is no key any more; delete that line"}

# No `regex`, because one that never ends would hold up everything; no `method`, because only a GET changes nothing;
# no `allow_private`, because that is for the server's file alone; no `tries`, `every` and `timeout`, for quiet's sake.
KEYS = frozenset(
    {
        "name",
        "url",
        "status",
        "follow_redirects",
        "contains",
        "not_contains",
        "whole_words",
        "json",
        "max_latency_ms",
        "certificate_days",
        "channels",
    }
)


def load(path: Path) -> tuple[Fact, ...]:
    """Read the facts of a file, in its order; none is a legal number.

    Raises BadInput, whose words name the file and, for every fault in it, the fact and the key.
    """
    problems: list[str] = []
    facts: list[Fact] = []
    for place, table in enumerate(tables(path, "fact"), start=1):
        try:
            facts.append(_fact(table, path.parent))
        except ValidationError as error:
            problems += [f"{_title(table, place)}, {fault}" for fault in faults(error)]
        except ValueError as error:
            problems.append(f"{_title(table, place)}, {error}")
    problems += [f'fact "{name}", name: is there twice' for name in _doubles(facts)]
    if problems:
        raise BadInput("{file} has faults:\n{faults}", file=str(path), faults="\n".join(problems))
    return tuple(facts)


def _fact(table: Any, folder: Path) -> Fact:
    if not isinstance(table, dict):
        raise ValueError("is not a table; write [[fact]]")
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"kind: is missing or not known; the kinds are {', '.join(KINDS)}")
    return KINDS[kind].model_validate(table, context=folder)


def _title(table: Any, place: int) -> str:
    name = table.get("name") if isinstance(table, dict) else None
    return f'fact "{name}"' if isinstance(name, str) and name.strip() else f"fact {place}"


def faults(error: ValidationError) -> Iterator[str]:
    """Say what is wrong, each with its key."""
    for fault in error.errors():
        key = ".".join(map(str, fault["loc"]))
        if fault["type"] == "extra_forbidden" and key in GONE:
            yield f"{key}: {GONE[key]}"
        elif fault["type"] == "value_error":
            yield f"{key}: {fault['ctx']['error']}".removeprefix(": ")
        else:
            yield f"{key}: {WORDS.get(fault['type']) or fault['msg'].replace('Input should', 'should')}"


def _doubles(facts: list[Fact]) -> list[str]:
    names = [fact.name.casefold() for fact in facts]
    return [fact.name for place, fact in enumerate(facts) if fact.name.casefold() in names[:place]]


def added(keys: Mapping[str, Any]) -> Http:
    """Make the fact that somebody described by the keys of an http fact; without a name it is named by its address.

    Also for reading it back: `keys` is what should be kept. Raises BadInput, on the field that is wrong.
    """
    for key in keys:
        if key not in KEYS:
            raise BadInput("{key} can only be set in the server's file.", field=key, key=key)
    try:
        fact = Http.model_validate({"name": _name(str(keys.get("url", ""))), **keys, "kind": "http"})
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise BadInput("{fault}.", field=field, fault=next(faults(error))) from error
    host = URL(fact.url).host or ""
    if is_surely_private(host):
        raise BadInput(
            "{host} is inside this server's own network. Only the server's file can allow such a fact.",
            field="url",
            host=host,
        )
    return fact


def _name(url: str) -> str:
    return url.partition("://")[2].partition("?")[0].rpartition("@")[2].rstrip("/")[:NAME_LIMIT] or "new"
