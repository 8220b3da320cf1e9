"""A repository on GitHub, played by a small server with GitHub's own answers."""

import base64
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from bot.places.github import Repository, blob_hash
from bot.places.place import Moved, PlaceFailed

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


@pytest.fixture
def github() -> GitHub:
    return GitHub()


@pytest.fixture
async def place(github: GitHub) -> AsyncIterator[Repository]:
    runner = web.AppRunner(github.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with aiohttp.ClientSession() as session:
        yield Repository(session, "team/shop", "main", "ghp_1", f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


async def test_what_was_written_is_read(place: Repository, github: GitHub) -> None:
    assert await place.read("docs/NEXT-7D.md") is None
    await place.write("docs/NEXT-7D.md", None, "ένα\r\n".encode(), "first")
    await place.write("docs/NEXT-7D.md", "ένα\r\n".encode(), b"two", "second")
    await place.write("docs/NEXT-7D.md", b"two", b"two", "nothing to say")
    assert await place.read("docs/NEXT-7D.md") == b"two"
    assert github.commits == [("docs/NEXT-7D.md", "first"), ("docs/NEXT-7D.md", "second")]


async def test_more_than_a_megabyte(place: Repository, github: GitHub) -> None:
    github.files["a.md"] = b"x" * (MEGABYTE + 1)
    assert await place.read("a.md") == github.files["a.md"]


@pytest.mark.parametrize("before", [None, b"what it was"])
async def test_what_others_changed_is_not_overwritten(place: Repository, github: GitHub, before: bytes | None) -> None:
    github.files["a.md"] = b"theirs"
    with pytest.raises(Moved):
        await place.write("a.md", before, b"ours", "x")
    assert github.files["a.md"] == b"theirs"


async def test_an_answer_that_was_lost_is_no_second_commit(place: Repository, github: GitHub) -> None:
    github.lost = True
    await place.write("a.md", None, b"ours", "x")  # aiohttp asks again, and is told that the file is there
    await place.write("a.md", None, b"ours", "x")
    assert github.commits == [("a.md", "x")]


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (401, {}, "GitHub answers 401 for team/shop"),
        (403, {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2"}, "asks to wait"),
        (404, {}, "GitHub answers 404"),
        (502, {}, "GitHub answers 502"),
    ],
)
async def test_a_refusal_says_why(
    place: Repository, github: GitHub, status: int, headers: dict[str, str], words: str
) -> None:
    github.answers.append((status, headers))
    with pytest.raises(PlaceFailed, match=words):
        await place.write("a.md", None, b"x", "x")


@pytest.mark.parametrize(
    "answer", [{"type": "symlink", "sha": "e69de29", "target": "../.env"}, {"type": "submodule", "sha": "e69de29"}, []]
)
async def test_what_is_no_file_is_refused(place: Repository, github: GitHub, answer: object) -> None:
    github.others["docs/a.md"] = answer
    with pytest.raises(PlaceFailed, match=r"docs/a\.md is no file in team/shop: put one in its place"):
        await place.read("docs/a.md")


async def test_nobody_there() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(PlaceFailed, match="can't be reached"):
            await Repository(session, "team/shop", "main", "t", "http://127.0.0.1:9").read("a.md")


@pytest.mark.parametrize("content", [b"", b"hello\n"])
def test_the_hash_is_gits(content: bytes) -> None:
    known = {
        b"": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        b"hello\n": "ce013625030ba8dba906f756967f9e9ca394464a",
    }
    assert blob_hash(content) == known[content]
