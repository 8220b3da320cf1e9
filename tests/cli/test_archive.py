"""`archive`: old entries go into STATE-ARCHIVE/, and the board does not bring them back."""

from pathlib import Path

import pytest

from tests.cli.stage import Shell
from tests.documents.samples_of import ORIGINAL, STATES, text_of

TOML = """
[[board]]
channel = "C1"
kind = "directory"
path = "docs"
next7d = "NEXT-7D.md"
state = "OPS/STATE.md"
"""


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """A folder with both documents, and the board imported from one of them. It is March."""
    (shell.folder / "docs" / "OPS").mkdir(parents=True)
    (shell.folder / "docs" / "NEXT-7D.md").write_bytes(ORIGINAL.read_bytes())
    (shell.folder / "docs" / "OPS" / "STATE.md").write_text(text_of(STATES[5]))
    shell.write("documents.toml", TOML)
    assert shell.run("import", ORIGINAL, "--channel", "C1").code == 0
    return shell


def run(shell: Shell, *words: str) -> tuple[int, str]:
    done = shell.run("archive", *words, DOCUMENTS_FILE=str(shell.folder / "documents.toml"))
    return done.code, done.out + done.err


def test_what_is_old_is_rolled_over_and_indexed(kept: Shell) -> None:
    before = text_of(ORIGINAL)
    code, told = run(kept)
    assert code == 0
    assert "C1: 18 entries of NEXT-7D.md are in STATE-ARCHIVE/DONE-2026-03.md now." in told
    assert "of STATE.md are in STATE-ARCHIVE/STATE-2026-03.md now." in told
    docs = kept.folder / "docs"
    left, away = (docs / "NEXT-7D.md").read_text(), (docs / "STATE-ARCHIVE" / "DONE-2026-03.md").read_text()
    assert set(before.splitlines()) <= set(left.splitlines()) | set(away.splitlines())
    assert len((docs / "OPS" / "STATE.md").read_text().splitlines()) <= 250
    assert "DONE-2026-03.md" in (docs / "STATE-ARCHIVE" / "INDEX.md").read_text()
    assert "STATE-2026-03.md" in (docs / "OPS" / "STATE-ARCHIVE" / "INDEX.md").read_text()
    assert run(kept) == (0, "C1: nothing is old enough.\n")
    assert (docs / "NEXT-7D.md").read_text() == left


def test_a_file_that_was_changed_by_hand_waits(kept: Shell) -> None:
    file = kept.folder / "docs" / "NEXT-7D.md"
    file.write_text(file.read_text().replace("SSH/fail2ban hardening", "Something else"))
    before = file.read_text()
    code, told = run(kept, "--json")
    assert code == 1
    assert "waits for a choice" in told
    assert file.read_text() == before


@pytest.mark.parametrize("link", ["STATE-ARCHIVE", "STATE-ARCHIVE/DONE-2026-03.md", "STATE-ARCHIVE/INDEX.md"])
def test_an_archive_behind_a_link_is_not_written(kept: Shell, link: str) -> None:
    docs, outside = kept.folder / "docs", kept.folder / "outside"
    outside.mkdir()
    (outside / ".env").write_text("TOKEN=1\n")
    (docs / link).parent.mkdir(exist_ok=True)
    (docs / link).symlink_to(outside if link == "STATE-ARCHIVE" else outside / ".env")
    before = (docs / "NEXT-7D.md").read_text()
    code, told = run(kept)
    assert (code, f"{link.rpartition('/')[2]} is a link, and links are not followed" in told) == (1, True)
    assert {file.name: file.read_text() for file in outside.iterdir()} == {".env": "TOKEN=1\n"}
    assert (docs / "NEXT-7D.md").read_text() == before


def test_what_is_missing_is_said(shell: Shell) -> None:
    assert "No documents are kept" in shell.run("archive").err
    shell.write("documents.toml", TOML)
    code, told = run(shell, "--channel", "C9")
    assert (code, "names no board for C9" in told) == (1, True)


def test_a_folder_that_is_not_there(shell: Shell) -> None:
    shell.write("documents.toml", TOML)
    code, told = run(shell)
    assert (code, "the directory docs is not there" in told) == (1, True)
    assert not Path(shell.folder / "docs").exists()
