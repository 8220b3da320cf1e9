"""Files over HTTP: in from the page and from the bot, out to people and to a bot that shows its token."""

from typing import cast
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from bot.sandbox.api.dispatch import BOT_TOKEN
from bot.sandbox.box import Box
from bot.sandbox.state.files import MOST_BYTES
from bot.sandbox.state.objects import file_object
from bot.sandbox.state.people import PEOPLE
from bot.sandbox.wire import Json, Refused

UPLOAD, DOWNLOAD = "file upload", "file download"  # what the inspector calls them
_WORDS = {
    "file_too_large": "{name} is larger than 10 MB, the most Slack takes in a form.",
    "file_empty": "{name} is empty, and Slack takes no empty files.",
}


class Uploads:
    """`/sandbox/upload` and `/sandbox/files/` for the page; for the bot, the addresses that Slack gives it."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses of files."""
        return [
            web.post("/sandbox/upload", self._upload),
            web.get("/sandbox/files/{file}/{name}", self._give),
            web.post("/upload/v1/{key}", self._receive),
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

    async def _give(self, request: web.Request) -> web.Response:
        """Return a file to `?person=`, who is where it is shared. As an attachment: a page in it must not run here."""
        try:
            file = self._box.files.find(request.match_info["file"])
            content = self._box.files.content(file["id"])
        except Refused:
            raise web.HTTPNotFound from None
        person = request.query.get("person", "")
        shared = (*file.get("ims", ()), *file.get("channels", ()))
        members = [self._box.workspace.channels[key]["members"] for key in shared]
        if person != file["user"] and not any(person in each for each in members):
            raise web.HTTPNotFound
        named = f"attachment; filename*=UTF-8''{quote(file['name'], safe='')}"
        headers = {"Content-Disposition": named, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=file["mimetype"], headers=headers)

    async def _receive(self, request: web.Request) -> web.Response:
        """Take the bytes of an upload that the bot announced, raw or as a form; the address is enough to be let in.

        docs.slack.dev/reference/methods/files.getUploadURLExternal: "Slack will return HTTP 200 if the upload is
        successful; a non-200 response indicates a failure."
        """
        fault = self._box.faults.take(UPLOAD)
        if fault is not None:
            self._note(request, UPLOAD, f"fault: {fault.kind}")
            return web.Response(status=500, text="internal error")
        content = await _content(request)
        try:
            self._box.announced.receive(request.match_info["key"], content)
        except Refused as refused:
            self._note(request, UPLOAD, refused.code)
            return web.Response(status=404 if refused.code == "file_not_found" else 400, text=refused.code)
        self._note(request, UPLOAD, "ok")
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Return the bytes to the bot's token (docs.slack.dev/reference/objects/file-object, "Authentication").

        Whoever shows no token, or whose app has no `files:read`, is led to a page for people, as on Slack: a careless
        bot gets HTML with status 200 in place of its file.
        """
        allowed = request.headers.get("Authorization") == f"Bearer {BOT_TOKEN}"
        if not allowed or "files:read" not in self._box.manifest.scopes:
            self._note(request, DOWNLOAD, "no access")
            raise web.HTTPFound("/")
        try:
            file = self._box.files.find(request.match_info["file"])
            content = self._box.files.content(file["id"])
        except Refused:
            self._note(request, DOWNLOAD, "file_not_found")
            raise web.HTTPNotFound from None
        self._note(request, DOWNLOAD, "ok")
        return web.Response(body=content, content_type=file["mimetype"])

    def _note(self, request: web.Request, what: str, result: str) -> None:
        self._box.calls.note("in", what, {"path": request.path}, {}, result, 0)


async def _content(request: web.Request) -> bytes:
    """Return the body, or the first file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        field = cast("BodyPartReader", part)
        if field.filename:
            return await _read(field)
    return b""


async def _read(part: BodyPartReader) -> bytes:
    """Return the bytes of a part, one more than may be at most: nobody's memory is filled to refuse a file."""
    content = bytearray()
    while len(content) <= MOST_BYTES and (chunk := await part.read_chunk()):
        content += chunk
    return bytes(content[: MOST_BYTES + 1])
