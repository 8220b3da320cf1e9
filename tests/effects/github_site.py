"""A GitHub with one repository's issues, as far as the bot asks; it can be told to fail before or after its work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.effects.production.github import GitHub

Json = dict[str, Any]


class GitHubSite:
    """Issues with their comments, and every request as `METHOD path`."""

    def __init__(self) -> None:
        self.issues: list[Json] = []
        self.comments: list[Json] = []
        self.requests: list[str] = []
        self.status = 0  # answered instead of doing anything
        self.breaks_after = 0  # how many writing requests are carried out and then answered with 502

    def application(self) -> web.Application:
        base = "/repos/me/shop/issues"
        application = web.Application(middlewares=[self._note])
        application.router.add_get(base, self._list)
        application.router.add_post(base, self._open)
        application.router.add_patch(base + "/{number}", self._patch)
        application.router.add_get(base + "/{number}/comments", self._list_comments)
        application.router.add_post(base + "/{number}/comments", self._comment)
        return application

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path}")
        assert request.headers["Authorization"] == "token t0ken"
        if self.status:
            return web.json_response({"message": "no"}, status=self.status)
        answer: web.StreamResponse = await handler(request)
        if request.method != "GET" and self.breaks_after:
            self.breaks_after -= 1
            return web.json_response({"message": "bad gateway"}, status=502)
        return answer

    async def _list(self, request: web.Request) -> web.Response:
        assert request.query["state"] == "all"
        return web.json_response(self.issues)

    async def _open(self, request: web.Request) -> web.Response:
        self.issues.append({"number": len(self.issues) + 1, "state": "open", **await request.json()})
        return web.json_response(self.issues[-1], status=201)

    async def _patch(self, request: web.Request) -> web.Response:
        issue = self.issues[int(request.match_info["number"]) - 1]
        issue.update(await request.json())
        return web.json_response(issue)

    async def _list_comments(self, request: web.Request) -> web.Response:
        return web.json_response([one for one in self.comments if one["issue"] == request.match_info["number"]])

    async def _comment(self, request: web.Request) -> web.Response:
        made = {"id": 100 + len(self.comments), "issue": request.match_info["number"], **await request.json()}
        self.comments.append(made)
        return web.json_response(made, status=201)


@asynccontextmanager
async def github_site() -> AsyncIterator[tuple[GitHubSite, GitHub]]:
    """A site and a way to it."""
    site = GitHubSite()
    async with TestServer(site.application()) as server, ClientSession() as session:
        yield site, GitHub(session, "me/shop", "t0ken", str(server.make_url("")).rstrip("/"))
