"""Slack's words for what it refuses."""

from tests.sandbox.payloads import Json

Row = tuple[Json, str, str]  # a block or element, the place in it, the words

EMPTY = "must provide at least 1 items"
NO_WORDS = "must be more than 0 characters"
NOT_LISTED = "must be a valid enum value"
STRING = "must provide a string"
OBJECT = "must provide an object"
BOOLEAN = "must provide a boolean"
NOT_OFFERED = "must match one of the options"


def shorter(limit: int) -> str:
    return f"must be less than {limit + 1} characters"


def fewer(limit: int) -> str:
    return f"no more than {limit} items allowed"


def missing(name: str) -> str:
    return f"missing required field: {name}"


def unknown(name: str) -> str:
    return f"invalid additional property: {name}"


def unsupported(kind: str) -> str:
    return f"unsupported type: {kind}"


def either(*names: str) -> str:
    return "must define either " + " or ".join(f"`{name}`" for name in names)
