"""What links lead to is neither read nor written, whoever put them into the place, and whenever."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.directory import Directory
from bot.places.place import Moved, Place, PlaceFailed
from tests.places.repositories import ENVIRONMENT, bare, cloned, git, made

SECRET = "DATABASE_PASSWORD=hunter2hunter2\n"
Make = Callable[[Path], Place]
on_this_machine = pytest.mark.parametrize("make", [Directory, lambda folder: LocalCheckout(folder, ENVIRONMENT)])


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the place, with a file that is nobody's business."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / ".env").write_text(SECRET)
    return folder


def untouched(outside: Path) -> bool:
    return {file.name: file.read_text() for file in outside.iterdir()} == {".env": SECRET}


async def refused(place: Place, name: str, why: str) -> None:
    for look in (place.read, place.check):  # what was pushed is known once it was fetched
        with pytest.raises(PlaceFailed, match=why):
            await look(name)
    for before in (None, b"x\n", SECRET.encode()):
        with pytest.raises(PlaceFailed, match=why):
            await place.write(name, before, b"the board\n", "why")


@on_this_machine
@pytest.mark.parametrize("target", ["../outside/.env", "README.md", "../outside/none.md"])
async def test_a_file_that_is_a_link_is_refused(tmp_path: Path, outside: Path, make: Make, target: str) -> None:
    folder = made(tmp_path / "repo")
    (folder / "NEXT-7D.md").symlink_to(target)
    why = r"^NEXT-7D\.md is a link, and links are not followed: put the file itself in its place$"
    await refused(make(folder), "NEXT-7D.md", why)
    assert untouched(outside)
    assert (folder / "README.md").read_text() == "hello\n"


@on_this_machine
async def test_a_folder_in_between_that_is_a_link_is_refused(tmp_path: Path, outside: Path, make: Make) -> None:
    folder = made(tmp_path / "repo")
    (folder / "a").mkdir()
    (folder / "a" / "docs").symlink_to(outside)
    for name in ("a/docs/.env", "a/docs/new.md", "a/docs/deeper/new.md"):
        await refused(make(folder), name, r"^docs is a link, and links are not followed: put the folder itself in its")
    assert untouched(outside)


@on_this_machine
async def test_a_place_that_others_made_a_link_is_refused(tmp_path: Path, outside: Path, make: Make) -> None:
    folder = made(tmp_path / "repo")
    (folder / "docs").symlink_to(outside)
    await refused(make(folder / "docs"), ".env", "^docs is a link")
    assert untouched(outside)


async def test_a_link_to_the_place_itself_is_whoevers_runs_the_bot(tmp_path: Path) -> None:
    folder = made(tmp_path / "repo")
    (tmp_path / "app").symlink_to(folder)
    place = LocalCheckout(tmp_path / "app", ENVIRONMENT)
    await place.write("docs/a.md", None, b"one\n", "why")
    assert (folder / "docs" / "a.md").read_text() == "one\n"


@on_this_machine
async def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, make: Make) -> None:
    folder = made(tmp_path / "repo")
    os.mkfifo(folder / "a.md")
    await refused(make(folder), "a.md", r"^a\.md is no file: put one in its place$")


def exchanging(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, outside: Path) -> None:
    """While a file is being written somebody puts a link in the place of it, or of its folder."""
    real, first = os.fsync, iter([True])

    def fsync(handle: int) -> None:
        real(handle)
        if next(first, False):
            (folder / name).rename(folder / "as it was")
            (folder / name).symlink_to(outside / ".env" if name.endswith(".md") else outside)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("name", ["docs", "docs/.env.md"])
async def test_what_is_exchanged_between_look_and_write_leads_nowhere(
    tmp_path: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "place"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / ".env.md").write_text("old\n")
    exchanging(monkeypatch, folder, name, outside)
    await Directory(folder).write("docs/.env.md", b"old\n", b"new\n", "why")
    assert untouched(outside)


async def test_nothing_temporary_is_left_and_a_temporary_that_is_a_link_is_not_written(
    tmp_path: Path, outside: Path
) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    for left in (".a.md.new", ".a.md.tmp", ".a.md."):
        (folder / left).symlink_to(outside / ".env")
    await Directory(folder).write("a.md", None, b"new\n", "why")
    assert untouched(outside)
    assert (folder / "a.md").read_text() == "new\n"
    assert len(list(folder.iterdir())) == 4


def pushed(tmp_path: Path, lead: Callable[[Path], None]) -> tuple[Path, Path]:
    """A remote into which somebody pushed what `lead` made, and our clone of it."""
    remote = bare(tmp_path)
    ours, theirs = cloned(remote, "ours"), cloned(remote, "theirs")
    lead(theirs)
    git(theirs, "add", "-A")
    git(theirs, "commit", "-q", "-m", "a trap")
    git(theirs, "push", "-q")
    return remote, ours


@pytest.mark.parametrize(
    ("link", "target", "why"),
    [
        ("NEXT-7D.md", "../outside/.env", r"^NEXT-7D\.md is a link"),
        ("docs", "../outside", "^docs is a link"),
    ],
)
async def test_a_link_that_was_pushed_is_refused_and_not_written_into(
    tmp_path: Path, outside: Path, link: str, target: str, why: str
) -> None:
    remote, ours = pushed(tmp_path, lambda theirs: (theirs / link).symlink_to(target))
    before = git(remote, "rev-parse", "main")
    name = "NEXT-7D.md" if link == "NEXT-7D.md" else "docs/NEXT-7D.md"
    await refused(PushedCheckout(ours, ENVIRONMENT, "main", "origin"), name, why)
    assert git(remote, "rev-parse", "main") == before
    assert untouched(outside)


async def test_a_folder_where_a_file_is_meant_is_refused(tmp_path: Path) -> None:
    def lead(theirs: Path) -> None:
        (theirs / "a.md").mkdir()
        (theirs / "a.md" / "b.md").write_text("x")

    _, ours = pushed(tmp_path, lead)
    await refused(PushedCheckout(ours, ENVIRONMENT, "main", "origin"), "a.md", r"^a\.md is no file")


async def test_a_checkout_behind_a_link_that_others_made_is_not_ours(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    other = cloned(remote, "other")
    folder = made(tmp_path / "repo")
    (folder / "docs").symlink_to(other)
    await refused(PushedCheckout(folder / "docs", ENVIRONMENT, "main", "origin"), "README.md", "^docs is a link")


async def test_a_remote_that_is_a_command_is_not_run(tmp_path: Path) -> None:
    remote = bare(tmp_path)
    ours, ran = cloned(remote, "ours"), tmp_path / "ran"
    git(ours, "config", "protocol.ext.allow", "always")
    git(ours, "remote", "set-url", "origin", f"ext::touch {ran}")
    with pytest.raises(PlaceFailed, match="transport 'ext' not allowed"):
        await PushedCheckout(ours, ENVIRONMENT, "main", "origin").read("a.md")
    assert not ran.exists()


async def test_a_folder_that_is_gone_between_look_and_write_is_not_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    with pytest.raises(Moved):
        await Directory(folder).write("docs/a.md", b"old\n", b"new\n", "why")
    assert list(folder.iterdir()) == []
