"""Files over HTTP: in from the page, out to a bot that shows its token."""

from typing import cast

from aiohttp import BodyPartReader, web

from bot.sandbox.api.dispatch import BOT_TOKEN
from bot.sandbox.box import Box
from bot.sandbox.state.files import MOST_BYTES
from bot.sandbox.state.objects import file_object
from bot.sandbox.state.people import PEOPLE
from bot.sandbox.wire import Json, Refused

_WORDS = {
    "file_too_large": "{name} is larger than 10 MB, the most Slack takes in a form.",
    "file_empty": "{name} is empty, and Slack takes no empty files.",
}


class Uploads:
    """`POST /sandbox/upload` for the page, and the addresses in a file object for the bot."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def routes(self) -> list[web.RouteDef]:
        """Give the addresses of files."""
        return [
            web.post("/sandbox/upload", self._upload),
            web.get("/files-pri/{file}/{name}", self._download),
            web.get("/files-pri/{file}/download/{name}", self._download),
        ]

    async def _upload(self, request: web.Request) -> web.Response:
        """Take multipart fields `person` and `file`; answers {ok, file} with Slack's file object."""
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType
        person, name, content = "", "", b""
        async for part in await request.multipart():
            field = cast("BodyPartReader", part)
            if field.name == "person":
                person = (await field.read()).decode()
            elif field.name == "file":
                name, content = field.filename or "file", await _read(field)
        if person not in PEOPLE:
            return web.json_response(Refused("user_not_found").answer(), status=404)
        return web.json_response(self._kept(person, name, content))

    def _kept(self, person: str, name: str, content: bytes) -> Json:
        try:
            file = self._box.files.add(person, name, content)
        except Refused as refused:
            return refused.answer() | {"error": _WORDS[refused.code].format(name=name), "reason": refused.code}
        return {"ok": True, "file": file_object(file, self._box.address)}

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give the bytes to the bot's token (docs.slack.dev/reference/objects/file-object, "Authentication").

        Whoever shows no token, or whose app has no `files:read`, is led to a page for people, as on Slack: a careless
        bot gets HTML with status 200 in place of its file.
        """
        allowed = request.headers.get("Authorization") == f"Bearer {BOT_TOKEN}"
        if not allowed or "files:read" not in self._box.manifest.scopes:
            self._note(request, "no access")
            raise web.HTTPFound("/")
        try:
            file = self._box.files.find(request.match_info["file"])
            content = self._box.files.content(file["id"])
        except Refused:
            self._note(request, "file_not_found")
            raise web.HTTPNotFound from None
        self._note(request, "ok")
        return web.Response(body=content, content_type=file["mimetype"])

    def _note(self, request: web.Request, result: str) -> None:
        self._box.calls.note("in", "file download", {"path": request.path}, {}, result, 0)


async def _read(part: BodyPartReader) -> bytes:
    """Give the bytes of a part, one more than may be at most: nobody's memory is filled to refuse a file."""
    content = bytearray()
    while len(content) <= MOST_BYTES and (chunk := await part.read_chunk()):
        content += chunk
    return bytes(content[: MOST_BYTES + 1])
