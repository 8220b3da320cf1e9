"""A repository on GitHub, played by a small server with GitHub's own answers."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.places.github import Repository, blob_hash

MEGABYTE = 1024 * 1024  # larger files have no content in the answer (docs.github.com/rest/repos/contents)


@dataclass
class GitHub:
    """One repository, `team/shop`, with one branch; `answers` are given instead of its own, one after another."""

    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    others: dict[str, object] = field(default_factory=dict)  # what GitHub answers for what is no file
    lost: bool = False  # the next answer to a write is lost on its way

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/repos/team/shop/contents/{path:.+}", self._read)
        app.router.add_put("/repos/team/shop/contents/{path:.+}", self._write)
        app.router.add_get("/repos/team/shop/git/blobs/{sha}", self._blob)
        return app

    def _refusal(self, request: web.Request) -> web.Response | None:
        assert request.headers["Authorization"] in ("token ghp_1", "Bearer ghp_1")
        if not self.answers:
            return None
        status, headers = self.answers.pop(0)
        return web.json_response({"message": f"no: {status}"}, status=status, headers=headers)

    async def _read(self, request: web.Request) -> web.Response:
        assert request.query["ref"] == "main"
        content = self.files.get(request.match_info["path"])
        if request.match_info["path"] in self.others:
            return web.json_response(self.others[request.match_info["path"]])
        if refusal := self._refusal(request):
            return refusal
        if content is None:
            return web.json_response({"message": "Not Found"}, status=404)
        small = len(content) <= MEGABYTE
        told = base64.encodebytes(content).decode() if small else ""
        return web.json_response(
            {"type": "file", "sha": blob_hash(content), "encoding": "base64" if small else "none", "content": told}
        )

    async def _blob(self, request: web.Request) -> web.Response:
        content = next(c for c in self.files.values() if blob_hash(c) == request.match_info["sha"])
        return web.json_response({"encoding": "base64", "content": base64.encodebytes(content).decode()})

    async def _write(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        path, body = request.match_info["path"], await request.json()
        before = self.files.get(path)
        if before is not None and "sha" not in body:
            return web.json_response({"message": 'Invalid request.\n\n"sha" wasn\'t supplied.'}, status=422)
        if before is not None and body["sha"] != blob_hash(before):
            return web.json_response({"message": f"{path} does not match {body['sha']}"}, status=409)
        self.files[path] = base64.b64decode(body["content"])
        self.commits.append((path, body["message"]))
        if self.lost:
            self.lost = False
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"content": {}, "commit": {}}, status=200 if before else 201)


@asynccontextmanager
async def repository(github: GitHub) -> AsyncIterator[Repository]:
    """Serve it; gives the place that it is to the bot."""
    runner = web.AppRunner(github.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as session:
        yield Repository(session, "team/shop", "main", "ghp_1", f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()
