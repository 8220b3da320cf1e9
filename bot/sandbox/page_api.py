"""What the page asks for: the snapshot, and what a person does on it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from bot.sandbox.box import Box
from bot.sandbox.delivery import clicks, commands, events, submissions
from bot.sandbox.state.people import BOT_ID, BOT_NAME, BOT_USER, PEOPLE, TEAM
from bot.sandbox.wire import Json, Refused

_PAGE = Path(__file__).parent / "page"
_NO_CACHE = {"Cache-Control": "no-store"}
# What a person is told; Slack's code stands beside it as `reason`.
_WORDS = {
    "dispatch_failed": "{what} failed: the bot is not connected (dispatch_failed).",
    "operation_timeout": "{what} did not answer in time: operation_timeout",
    "message_not_found": "That message is gone.",
    "not_found": "That dialog is no longer open.",
    "not_in_channel": "You are not in that channel.",
    "no_event": "No event was sent yet.",
    "invalid_response_errors": "The bot named a field that this form does not have.",
}
Deed = Callable[[Box, str, Json], Awaitable[Json | None]]


class PageApi:
    """`/`, `/page/` and `/sandbox/`: everything the browser calls."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses the page calls."""
        return [
            web.get("/", self._index),
            web.get("/archives/{channel}/{ts}", self._index_at),
            web.get("/page/{file:.+}", self._file),
            web.get("/sandbox/live", self._box.live.serve),
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/calls", self._calls),
            web.post("/sandbox/{deed}", self._do),
        ]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_PAGE / "index.html", headers=_NO_CACHE)

    async def _index_at(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"/#{request.match_info['channel']}")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = (_PAGE / request.match_info["file"]).resolve()
        if not path.is_relative_to(_PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_NO_CACHE)

    async def _state(self, request: web.Request) -> web.Response:
        person = request.query.get("person") or next(iter(PEOPLE))
        if person not in PEOPLE:
            return web.json_response(Refused("user_not_found").answer(), status=404)
        if request.query.get("fresh"):
            self._box.workspace.forget_whispers(person)
        return web.json_response(snapshot(self._box, person))

    async def _calls(self, request: web.Request) -> web.Response:
        return web.json_response({"calls": list(self._box.calls.recent), "faults": self._box.faults.state()})

    async def _do(self, request: web.Request) -> web.Response:
        deed = _DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise web.HTTPNotFound
        # A page of another origin can't send this content type unasked, so it can't act for anybody.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        body = await request.json()
        try:
            answer = await deed(self._box, str(body.get("person")), body)
        except Refused as refused:
            return web.json_response(refused.answer() | {"error": _in_words(refused, body), "reason": refused.code})
        return web.json_response({"ok": True, **(answer or {})})


def _in_words(refused: Refused, body: Json) -> str:
    text = str(body.get("text", ""))
    what = text.partition(" ")[0] if text.startswith("/") else "The bot"
    return _WORDS.get(refused.code, refused.code).format(what=what)


def snapshot(box: Box, person: str) -> Json:
    """Give everything the page shows to `person`."""
    channels = box.workspace.channels_of(person)
    messages = {channel["id"]: list(box.workspace.messages[channel["id"]].values()) for channel in channels}
    for channel, whisper in box.workspace.whispers[person].values():
        messages[channel].append(whisper)
    return {
        "team": {"id": TEAM["id"], "name": TEAM["name"]},
        "person": person,
        "bot": {"user": BOT_USER, "bot_id": BOT_ID, "name": BOT_NAME, "online": box.sockets.online},
        "commands": list(box.manifest.commands),
        "shortcuts": list(box.manifest.shortcuts),
        "now": box.now().timestamp(),
        "clock": {"seconds": box.offset.total_seconds()},
        "people": [_person(user) for user in PEOPLE],
        "channels": [_channel(box, person, channel) for channel in channels],
        "messages": messages,
        "views": box.modals.stacks[person],
        "home": box.modals.homes.get(person),
        "demo": {"broken": box.demo.broken, "url": f"{box.address}/demo/"},
        "faults": box.faults.state(),
    }


def _person(user: str) -> Json:
    known = PEOPLE[user]
    title = "Workspace admin" if known["is_admin"] else "Member"
    look = {"initials": known["real_name"][0], "color": f"#{known['color']}"}
    return {"id": user, "name": known["real_name"], "title": title, "is_admin": known["is_admin"], **look}


def _channel(box: Box, person: str, channel: Json) -> Json:
    return {
        "id": channel["id"],
        "name": channel["name"],
        "topic": channel["topic"],
        "is_im": channel["is_im"],
        "is_member": True,
        "bot_is_member": BOT_USER in channel["members"],
        "unread": box.workspace.unread(person, channel),
    }


def _known(person: str) -> str:
    if person not in PEOPLE:
        raise Refused("user_not_found")
    return person


async def _say(box: Box, person: str, body: Json) -> None:
    channel = box.workspace.channel(str(body.get("channel")))
    await commands.say(box, _known(person), channel, str(body.get("text", "")), body.get("thread_ts"))


async def _click(box: Box, person: str, body: Json) -> None:
    await clicks.click(box, _known(person), body)


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


_DEEDS: dict[str, Deed] = {
    "say": _say,
    "click": _click,
    "shortcut": _shortcut,
    "submit": _submit,
    "close": _close,
    "home": _home,
    "read": _read,
    "demo": _demo,
    "clock": _clock,
    "reset": _reset,
    "faults": _faults,
    "socket": _socket,
    "redeliver": _redeliver,
}
