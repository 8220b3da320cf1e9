"""Files written whole or not at all, in small commits of their own, and never over anybody's changes."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.places import git as module
from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.directory import Directory
from bot.places.place import Moved, Place, PlaceFailed
from tests.places.repositories import ENVIRONMENT, bare, cloned, commit, git, history, made


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


async def test_a_directory_gives_what_was_put_there(tmp_path: Path) -> None:
    place = Directory(tmp_path)
    assert await place.read("docs/STATE.md") is None
    await place.write("docs/STATE.md", None, b"\xef\xbb\xbfone\r\n", "why")
    await place.write("docs/STATE.md", None, b"\xef\xbb\xbfone\r\n", "why")  # again, after a crash
    assert await place.read("docs/STATE.md") == b"\xef\xbb\xbfone\r\n"
    assert [file.name for file in (tmp_path / "docs").iterdir()] == ["STATE.md"]


async def test_a_file_that_moved_on_is_not_overwritten(tmp_path: Path) -> None:
    place = Directory(tmp_path)
    (tmp_path / "a.md").write_text("theirs")
    with pytest.raises(Moved):
        await place.write("a.md", b"ours", b"new", "why")
    with pytest.raises(Moved):
        await place.write("a.md", None, b"new", "why")
    assert (tmp_path / "a.md").read_text() == "theirs"


async def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlaceFailed, match=r"a\.md can't be written: No space left on device"):
        await Directory(tmp_path).write("a.md", b"old", b"new", "why")
    assert contents(tmp_path) == {"a.md": "old"}


@pytest.mark.parametrize("place", [Directory, lambda folder: LocalCheckout(folder, ENVIRONMENT)])
async def test_a_place_that_is_gone_is_not_made_anew(tmp_path: Path, place: Callable[[Path], Place]) -> None:
    gone = place(tmp_path / "board")
    with pytest.raises(PlaceFailed, match="the directory board is not there: it was deleted, renamed or unmounted"):
        await gone.read("docs/a.md")
    with pytest.raises(PlaceFailed, match="the directory board is not there"):
        await gone.write("docs/a.md", None, b"new", "why")
    assert contents(tmp_path) == {}


async def test_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("old")
    (tmp_path / "a.md").chmod(0o640)
    await Directory(tmp_path).write("a.md", b"old", b"new", "why")
    assert ((tmp_path / "a.md").read_text(), (tmp_path / "a.md").stat().st_mode & 0o777) == ("new", 0o640)


async def test_a_checkout_commits_our_file_alone(tmp_path: Path) -> None:
    folder = made(tmp_path / "repo")
    (folder / "README.md").write_text("changed by Maria\n")
    (folder / "staged.txt").write_text("staged by Maria\n")
    git(folder, "add", "staged.txt")
    place = LocalCheckout(folder, ENVIRONMENT)
    await place.write("docs/NEXT-7D.md", None, b"one\n", "NEXT-7D.md: #1 is done")
    await place.write("docs/NEXT-7D.md", b"one\n", b"two\n", "NEXT-7D.md: #2 started")
    await place.write("docs/NEXT-7D.md", b"one\n", b"two\n", "again, after a crash")
    assert history(folder) == [
        "Onewip: NEXT-7D.md: #2 started docs/NEXT-7D.md",
        "Onewip: NEXT-7D.md: #1 is done docs/NEXT-7D.md",
        "Maria: the first README.md",
    ]
    assert git(folder, "status", "--porcelain") == " M README.md\nA  staged.txt\n"


async def test_a_write_that_was_not_committed_is_committed_by_the_next_try(tmp_path: Path) -> None:
    folder = made(tmp_path / "repo")
    (folder / "NEXT-7D.md").write_text("one\n")  # the process died between the two
    await LocalCheckout(folder, ENVIRONMENT).write("NEXT-7D.md", None, b"one\n", "why")
    assert history(folder)[0] == "Onewip: why NEXT-7D.md"


async def test_a_merge_in_the_way_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "repo")
    git(folder, "checkout", "-q", "-b", "other")
    commit(folder, "README.md", "theirs\n")
    git(folder, "checkout", "-q", "main")
    commit(folder, "README.md", "ours\n")
    with pytest.raises(AssertionError):
        git(folder, "merge", "other")
    with pytest.raises(PlaceFailed, match="git commit failed: cannot do a partial commit during a merge"):
        await LocalCheckout(folder, ENVIRONMENT).write("a.md", None, b"x", "why")


async def test_a_push_lands_on_top_of_what_others_pushed(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    ours, theirs = cloned(remote, "ours"), cloned(remote, "theirs")
    place = PushedCheckout(ours, ENVIRONMENT, "main", "origin")
    await place.write("docs/NEXT-7D.md", None, b"one\n", "first")
    git(theirs, "pull", "-q")
    commit(theirs, "code.py", "x\n", "their work")
    git(theirs, "push", "-q")
    await place.write("docs/NEXT-7D.md", b"one\n", b"two\n", "second")
    assert [line.split(" docs")[0] for line in history(remote)][:3] == [
        "Onewip: second", "Maria: their work code.py", "Onewip: first",
    ]  # fmt: skip
    assert (ours / "docs/NEXT-7D.md").read_text() == "two\n"  # the checkout followed


async def test_a_diverged_checkout_with_work_of_others_in_it_is_left_alone(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    ours, theirs = cloned(remote, "ours"), cloned(remote, "theirs")
    commit(ours, "unpushed.txt", "mine\n", "not pushed yet")
    (ours / "README.md").write_text("changed\n")
    commit(theirs, "NEXT-7D.md", "one\n", "their board")
    git(theirs, "push", "-q")
    before = git(ours, "log", "--format=%H")
    place = PushedCheckout(ours, ENVIRONMENT, "main", "origin")
    assert await place.read("NEXT-7D.md") == b"one\n"
    await place.write("NEXT-7D.md", b"one\n", b"two\n", "ours")
    assert history(remote)[:2] == ["Onewip: ours NEXT-7D.md", "Maria: their board NEXT-7D.md"]
    assert git(ours, "log", "--format=%H") == before
    assert git(ours, "status", "--porcelain") == " M README.md\n"


async def test_a_file_that_others_pushed_first_is_not_overwritten(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    ours, theirs = cloned(remote, "ours"), cloned(remote, "theirs")
    commit(theirs, "NEXT-7D.md", "theirs\n")
    git(theirs, "push", "-q")
    with pytest.raises(Moved):
        await PushedCheckout(ours, ENVIRONMENT, "main", "origin").write("NEXT-7D.md", None, b"ours\n", "x")
    assert history(remote)[0].startswith("Maria")


async def test_two_that_push_at_once_both_land(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    places = [PushedCheckout(cloned(remote, f"c{k}"), ENVIRONMENT, "main", "origin") for k in range(3)]
    await asyncio.gather(*(place.write(f"{k}.md", None, b"x\n", f"file {k}") for k, place in enumerate(places)))
    assert sorted(history(remote)[:3]) == [f"Onewip: file {k} {k}.md" for k in range(3)]


async def test_a_remote_that_refuses_or_is_gone_says_why(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    place = PushedCheckout(cloned(remote, "ours"), ENVIRONMENT, "main", "origin")
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PlaceFailed, match="git push failed"):
        await place.write("a.md", None, b"x", "why")
    remote.rename(tmp_path / "elsewhere")
    with pytest.raises(PlaceFailed, match=r"git fetch failed: \S"):
        await place.read("a.md")


async def test_git_is_not_told_our_secrets_and_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ENVIRONMENT | {"SLACK_BOT_TOKEN": "xoxb-1", "DATABASE_URL": "x", "GITHUB_TOKEN": "x"}
    git_in = module.Git(made(tmp_path / "repo"), told)
    assert not {"SLACK_BOT_TOKEN", "DATABASE_URL", "GITHUB_TOKEN"} & git_in._environment(None).keys()
    monkeypatch.setattr(module, "TIME_LIMIT", 0.05)
    with pytest.raises(PlaceFailed, match="did not end"):
        await git_in.run("-c", "alias.wait=!sleep 5", "wait")
    assert module.reason(b"fatal: unable to access 'https://me:secret@host/x'") == ("unable to access 'https://host/x'")
    with pytest.raises(PlaceFailed, match=r"can't be run|failed"):
        await module.Git(tmp_path / "nowhere", told).run("status")
