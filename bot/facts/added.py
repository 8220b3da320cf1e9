"""Facts that people add from Slack: kind `http`, to public addresses, and only what is safe to let anybody ask."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from yarl import URL

from bot.errors import BadInput
from bot.facts.factsfile import faults
from bot.facts.http import Http
from bot.facts.kind import NAME_LIMIT
from bot.facts.web.guard import is_surely_private

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
