"""The arguments of a Web API call, however they were sent."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox.wire import Json, Refused


class Args:
    """Arguments by name, out of a form, a query or a JSON body (docs.slack.dev/apis/web-api)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = dict(given)

    def text(self, name: str, default: str = "") -> str:
        """Return a string argument."""
        value = self.given.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """Return a string argument that must be there; refuses with `invalid_arguments`."""
        value = self.text(name)
        if not value:
            raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean, also from the words and numbers a form sends."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """Return a whole number of at least 1; refuses with `invalid_limit`."""
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < 1:
            raise Refused("invalid_limit")
        return int(value)

    def has(self, name: str) -> bool:
        """Return whether the argument was sent at all."""
        return self.given.get(name) is not None

    def parsed(self, name: str, otherwise: str) -> Any:
        """Return a JSON argument, sent as JSON or as its text; refuses with `otherwise` when it can't be read."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except (ValueError, RecursionError):
            raise Refused(otherwise) from None


async def json_object(request: web.Request) -> Json:
    """Return the JSON object in a request's body; refuses with `invalid_json` or `json_not_object`."""
    try:
        body = await request.json()
    except (ValueError, LookupError, RecursionError):  # LookupError: a charset that nobody knows
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body


async def read(request: web.Request, *, takes_json: bool) -> Args:
    """Collect the arguments of a call; refuses with `invalid_json` or `json_not_object`.

    A method that takes no JSON does not look at a body of it: its arguments are then simply missing, as on Slack.
    """
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await json_object(request) if takes_json else {}
    elif request.method == "POST":
        given |= await request.post()
    return Args(given)
