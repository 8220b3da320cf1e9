"""What a person does on the page, one function each."""

from collections.abc import Awaitable, Callable

from bot.sandbox.box import Box
from bot.sandbox.delivery import clicks, commands, events, searches, submissions
from bot.sandbox.state.people import PEOPLE
from bot.sandbox.wire import Json, Refused

# What a person is told; Slack's code stands beside it as `reason`.
_WORDS = {
    "dispatch_failed": "{what} failed: the bot is not connected (dispatch_failed).",
    "operation_timeout": "{what} did not answer in time: operation_timeout",
    "message_not_found": "That message is gone.",
    "not_found": "That dialog is no longer open.",
    "not_in_channel": "You are not in that channel.",
    "is_archived": "This channel is archived: it can be read, and nothing is said in it.",
    "file_not_found": "That file is not in this workspace; choose it again.",
    "no_event": "No event was sent yet.",
    "invalid_options": "The bot offered options that Slack refuses",
    "invalid_blocks": "The bot answered with blocks that Slack refuses",
    "invalid_response_errors": "The bot named a field that this form does not have.",
}


# Seconds that the clock may be moved, or since the epoch: some centuries, which every date here can hold.
_FAR = 10_000_000_000
_TEXT, _NUMBER, _OBJECT = (str, "text"), ((int, float), f"a number of at most {_FAR}"), (dict, "an object")
# The kinds of the fields that a deed reads as they come.
_FIELDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(("thread_ts", "status_text", "status_emoji"), _TEXT),
    **dict.fromkeys(("seconds", "status_expiration", "dnd_until"), _NUMBER),
    **dict.fromkeys(("values", "state"), _OBJECT),
}


def in_words(refused: Refused, body: Json) -> str:
    """Return the sentence for a person about a deed that did not work; `body` is what they asked for."""
    text = str(body.get("text", ""))
    what = text.partition(" ")[0] if text.startswith("/") else "The bot"
    sentence = _WORDS.get(refused.code, refused.code).format(what=what)
    return f"{sentence}: {refused.messages[0]}" if refused.messages else sentence


def checked(body: Json) -> Json:
    """Return what the page asks for, without what is null.

    Refuses with `invalid_arguments` what is of another kind than the page sends.
    """
    for name, (kinds, words) in _FIELDS.items():
        value = body.get(name)
        if value is not None and (not isinstance(value, kinds) or not _is_sane(value)):
            raise Refused("invalid_arguments", [f"{name} is {words}"])
    return {name: value for name, value in body.items() if value is not None}


def _is_sane(value: object) -> bool:
    return not isinstance(value, (int, float)) or abs(value) <= _FAR


def _known(person: str) -> str:
    if person not in PEOPLE:
        raise Refused("user_not_found")
    return person


async def _say(box: Box, person: str, body: Json) -> None:
    channel = box.workspace.channel(str(body.get("channel")))
    await commands.say(box, _known(person), channel, str(body.get("text", "")), body.get("thread_ts"))


async def _click(box: Box, person: str, body: Json) -> None:
    await clicks.click(box, _known(person), body)


async def _search(box: Box, person: str, body: Json) -> Json:
    return await searches.search(box, _known(person), body)


async def _shortcut(box: Box, person: str, body: Json) -> None:
    await clicks.shortcut(box, _known(person), body)


async def _submit(box: Box, person: str, body: Json) -> Json:
    errors = await submissions.submit(box, _known(person), str(body.get("view_id")), body.get("values", {}))
    return {"ok": False, "errors": errors} if errors else {}


async def _close(box: Box, person: str, body: Json) -> None:
    await submissions.close(box, _known(person), str(body.get("view_id")))


async def _home(box: Box, person: str, body: Json) -> None:
    channel = box.workspace.channel(_known(person))["id"]
    opened = {"type": "app_home_opened", "user": person, "channel": channel, "tab": "home"}
    view = box.modals.homes.get(person)
    await events.announce(box, "app_home_opened", opened | ({"view": view} if view else {}))


async def _read(box: Box, person: str, body: Json) -> None:
    channel = box.workspace.channel(str(body.get("channel")))
    box.workspace.read(_known(person), channel["id"], str(body.get("ts")))


async def _demo(box: Box, person: str, body: Json) -> None:
    box.break_demo(broken=bool(body.get("broken")))


async def _presence(box: Box, person: str, body: Json) -> None:
    box.presence.set(_known(person), body)


async def _clock(box: Box, person: str, body: Json) -> None:
    box.move_clock(float(body.get("seconds", 0)))


async def _reset(box: Box, person: str, body: Json) -> None:
    box.reset()


async def _faults(box: Box, person: str, body: Json) -> Json:
    if body.get("clear"):
        box.faults.clear()
    if "kind" in body:
        box.faults.plan(body)
    box.faults.clicks_twice = bool(body.get("clicks_twice", box.faults.clicks_twice))
    box.faults.envelopes_twice = bool(body.get("envelopes_twice", box.faults.envelopes_twice))
    box.faults.one_a_second = bool(body.get("one_a_second", box.faults.one_a_second))
    return {"faults": box.faults.state()}


async def _socket(box: Box, person: str, body: Json) -> None:
    if body.get("action") == "refresh":
        await box.sockets.refresh()
    elif body.get("action") == "drop":
        box.sockets.drop()
    else:
        raise Refused("invalid_arguments", ["action is drop or refresh"])


async def _redeliver(box: Box, person: str, body: Json) -> None:
    await events.redeliver(box)


DEEDS: dict[str, Callable[[Box, str, Json], Awaitable[Json | None]]] = {
    "say": _say,
    "click": _click,
    "search": _search,
    "shortcut": _shortcut,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "read": _read,
    "demo": _demo,
    "presence": _presence,
    "clock": _clock,
    "reset": _reset,
    "faults": _faults,
    "socket": _socket,
    "redeliver": _redeliver,
}
