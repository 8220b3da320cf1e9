"""documents.toml: what it may say, and every fault named at once."""

from pathlib import Path

import aiohttp
import pytest

from bot.errors import BadInput
from bot.places import library
from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.directory import Directory
from bot.places.github import Repository

GOOD = """
[[board]]
channel = "C1"
kind = "directory"
path = "docs"
next7d = "NEXT-7D.md"
state = "OPS/STATE.md"

[[board]]
channel = "C2"
kind = "git"
path = "/srv/app"
next7d = "docs/NEXT-7D.md"

[[board]]
channel = "C3"
kind = "git"
path = "/srv/app"
push = true
state = "STATE.md"

[[board]]
channel = "C4"
kind = "github"
repository = "team/shop"
branch = "docs"
next7d = "NEXT-7D.md"
"""

GIT = "[[board]]\nkind = 'git'\nchannel = 'C1'\npath = 'x'\nnext7d = 'a.md'\n"
GITHUB = "[[board]]\nkind = 'github'\nchannel = 'C1'\nnext7d = 'a.md'\n"


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "documents.toml"
    file.write_text(text)
    return file


async def test_each_kind_is_a_place(tmp_path: Path) -> None:
    kept = library.load(written(tmp_path, GOOD))
    async with aiohttp.ClientSession() as session:
        found = library.opened(kept, {"GITHUB_TOKEN": "ghp_1"}, lambda: session)
    kinds = [type(shelf.place) for shelf in found.values()]
    assert kinds == [Directory, LocalCheckout, PushedCheckout, Repository]
    assert found["C1"].names == {"state": "OPS/STATE.md", "next7d": "NEXT-7D.md"}
    assert found["C1"].place == Directory(tmp_path / "docs")


@pytest.mark.parametrize(
    ("own", "environment", "asked"),
    [
        ("", {}, "https://api.github.com"),
        ("", {"GITHUB_API_URL": " "}, "https://api.github.com"),
        ("", {"GITHUB_API_URL": "https://git.example/api/v3/"}, "https://git.example/api/v3"),
        ("api = 'https://own.example/'", {"GITHUB_API_URL": "https://git.example/api/v3/"}, "https://own.example"),
    ],
)
async def test_documents_on_github_are_where_github_is(
    tmp_path: Path, own: str, environment: dict[str, str], asked: str
) -> None:
    entries = library.load(written(tmp_path, f"{GITHUB}repository = 'team/.github'\n{own}"))
    async with aiohttp.ClientSession() as session:
        place = library.opened(entries, environment, lambda: session)["C1"].place
    assert isinstance(place, Repository)
    assert place.api == asked


@pytest.mark.parametrize("branch", ["main", "docs/board", "feature+x", "v1.2", "αλλαγή"])
def test_a_branch_has_any_name_that_git_gives(tmp_path: Path, branch: str) -> None:
    [entry] = library.load(written(tmp_path, f"{GIT}branch = '{branch}'\nremote = 'up-stream_2.x'"))
    assert isinstance(entry, library.InCheckout)
    assert entry.branch == branch


def test_no_board_is_a_legal_number(tmp_path: Path) -> None:
    assert library.load(written(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "has a key that is not known: x"),
        ("[board]\nchannel = 'C1'", "has one `board` where a list is meant"),
        ("[[board]", "is not TOML"),
        ("[[board]]\nchannel = 'C1'\nstate = 'S.md'", "kind is missing"),
        ("[[board]]\nkind = 'ftp'\nchannel = 'C1'", "kind is not known"),
        ("[[board]]\nkind = 'directory'\nchannel = 'C1'\npath = 'x'", "names no file"),
        ("[[board]]\nkind = 'directory'\nchannel = 'C1'\nnext7d = 'a.md'", "board 1, path: is missing"),
        ("[[board]]\nkind = 'directory'\nchannel = 'C1'\npath = 'x'\nnext7d = 'a'\npush = true", "push: is not a key"),
        *(
            (f"[[board]]\nkind = 'directory'\nchannel = 'C1'\npath = 'x'\nnext7d = '{name}'", "next7d: is no good name")
            for name in (
                "../x.md",
                "/etc/x",
                "a/../../x",
                ".git/config",
                ".GIT/config",
                "sub/.Git/hooks/x",
                ".git./x",
                "git~1/x",
                ".g\u200cit/config",
            )
        ),
        *(
            (f"{GIT}branch = '{name}'", "branch: is no good name: it must be a branch as `git branch` lists it")
            for name in (
                "+main",
                "main:other",
                "-f",
                "--upload-pack=x",
                "a..b",
                "a b",
                "*",
                "",
                "/x",
                "x/",
                "x.lock",
                "HEAD~1",
                "a@{1}",
            )
        ),
        *(
            (f"{GIT}remote = '{name}'", "remote: is no good name: it must be a remote as `git remote` lists it")
            for name in (
                "ext::sh -c id",
                "ext::id",
                "--upload-pack=id",
                "-x",
                "../other",
                "/srv/other",
                "https://host/x",
                "git@host:x",
                "file:///x",
                "",
                "a..b",
            )
        ),
        *(
            (f"{GITHUB}repository = '{name}'", "repository: is no good name: it must look like owner/name")
            for name in ("../shop", "team/..", "./shop", "team", "team/shop/x", "team/shop?x", "te am/shop", "")
        ),
        (GOOD.replace("C2", "C1"), "C1 is there twice"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        library.load(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can't be read"):
        library.load(tmp_path / "none.toml")
