"""What the page asks for: the snapshot, and what a person does on it."""

import mimetypes
from pathlib import Path

from aiohttp import web

from bot.sandbox.api.args import json_object
from bot.sandbox.box import Box
from bot.sandbox.deeds import DEEDS, checked, in_words
from bot.sandbox.delivery.built_in import BUILT_IN
from bot.sandbox.state.people import BOT_ID, BOT_NAME, BOT_USER, ELSEWHERE, GUESTS, PEOPLE, TEAM, picture
from bot.sandbox.wire import Json, Refused

_PAGE = Path(__file__).parent / "page"
# Only what is served from here runs, loads and is talked to; nothing is inline, and nobody frames the page. Text of a
# message that got out of its text node would still be no script.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
}
_NO_OBJECT = {"ok": False, "error": "The body is not a JSON object. Send one, as the page does."}
_BUILT_IN = [
    {"command": name, "usage_hint": command.usage, "description": command.does} for name, command in BUILT_IN.items()
]


class PageApi:
    """`/`, `/page/` and `/sandbox/`: everything the browser calls."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses the page calls."""
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
        return _served(_PAGE / "index.html")

    async def _index_at(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"/#{request.match_info['channel']}")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        path = (_PAGE / request.match_info["file"]).resolve()
        if not path.is_relative_to(_PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return _served(path)

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
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise web.HTTPNotFound
        # A page of another origin can't send this content type unasked, so it can't act for anybody.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            body = await json_object(request)
        except Refused:
            return web.json_response(_NO_OBJECT, status=400)
        try:
            answer = await deed(self._box, str(body.get("person")), checked(body))
        except Refused as refused:
            return web.json_response(refused.answer() | {"error": in_words(refused, body), "reason": refused.code})
        return web.json_response({"ok": True, **(answer or {})})


def _served(path: Path) -> web.Response:
    # Read at once: for files this small, FileResponse's way through a thread takes longer than the reading.
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=_HEADERS)


def snapshot(box: Box, person: str) -> Json:
    """Return everything the page shows to `person`."""
    channels = box.workspace.seen_by(person)
    messages = {channel["id"]: list(box.workspace.messages[channel["id"]].values()) for channel in channels}
    for channel, whisper in box.workspace.whispers[person].values():
        messages.get(channel, []).append(whisper)
    return {
        "team": {"id": TEAM["id"], "name": TEAM["name"]},
        "person": person,
        "bot": {"user": BOT_USER, "bot_id": BOT_ID, "name": BOT_NAME, "online": box.envelopes.online},
        "commands": [*({**command, "verbs": box.manifest.verbs} for command in box.manifest.commands), *_BUILT_IN],
        "shortcuts": list(box.manifest.shortcuts),
        "now": box.now().timestamp(),
        "clock": {"seconds": box.offset.total_seconds()},
        "people": [_person(box, user) for user in PEOPLE],
        "channels": [_channel(box, person, channel) for channel in channels],
        "messages": messages,
        "views": box.modals.stacks[person],
        "home": box.modals.homes.get(person),
        "demo": {"broken": box.demo.broken, "url": f"{box.address}/demo/"},
        "faults": box.faults.state(),
        "flood": box.flood.state(),
    }


def _person(box: Box, user: str) -> Json:
    known = PEOPLE[user]
    look = {"initials": known["real_name"][0], "color": f"#{known['color']}", "picture": picture(user, "")}
    return {
        "id": user,
        "name": known["real_name"],
        "title": _title(user),
        "is_admin": known["is_admin"],
        "is_guest": user in GUESTS,
        "zone": ELSEWHERE[user][0] if user in ELSEWHERE else None,  # else they are where the browser is
        "status": box.presence.status(user)["status_text"],
        **look,
    }


def _title(user: str) -> str:
    if PEOPLE[user]["is_admin"]:
        return "Workspace admin"
    return "Guest of one channel" if user in GUESTS else "Member"


def _channel(box: Box, person: str, channel: Json) -> Json:
    return {
        "id": channel["id"],
        "name": channel["name"],
        "topic": channel["topic"],
        "is_im": channel["is_im"],
        "is_private": channel["is_private"],
        "is_archived": channel["is_archived"],
        "is_member": person in channel["members"],
        "members": channel["members"],
        "bot_is_member": BOT_USER in channel["members"],
        "unread": box.workspace.unread(person, channel),
    }
