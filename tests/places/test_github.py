"""A repository on GitHub as a place: what is written is there once, and nobody is overwritten."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.places.github import Repository, blob_hash
from bot.places.place import Moved, PlaceFailed
from tests.places.repository_on_github import MEGABYTE, GitHub, repository


@pytest.fixture
def github() -> GitHub:
    return GitHub()


@pytest.fixture
async def place(github: GitHub) -> AsyncIterator[Repository]:
    async with repository(github) as place:
        yield place


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
