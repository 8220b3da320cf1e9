"""One bot for each file: a second one is refused, however the file is called, and other commands are not."""

from pathlib import Path

import pytest

from bot.cli.owner import database_file, owned
from bot.errors import Busy, Unavailable
from tests.cli.stage import SAMPLE, Shell
from tests.illness import no_room

TAKEN = "Another bot is running on the same files"


def test_a_file_has_one_owner_and_then_another(tmp_path: Path) -> None:
    with owned(tmp_path / "new" / "onewip.db"):
        with pytest.raises(Busy, match=TAKEN), owned(tmp_path / "new" / "onewip.db"):
            pass
        with owned(tmp_path / "new" / "other.db"):
            pass
    with owned(tmp_path / "new" / "onewip.db"):
        pass


def test_a_file_by_another_name_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(tmp_path / "folder")
    with owned(tmp_path / "folder" / "onewip.db"), pytest.raises(Busy), owned(tmp_path / "other" / "onewip.db"):
        pass


def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="out of reach"), owned(tmp_path / "file" / "onewip.db"):
        pass


def test_a_disk_that_is_full_is_said(tmp_path: Path) -> None:
    with no_room(), pytest.raises(Unavailable, match="its disk is full"), owned(tmp_path / "onewip.db"):
        pass


def test_a_database_on_a_server_has_as_many_as_it_likes() -> None:
    server = database_file("postgresql+psycopg://there/db")
    with owned(server), owned(server):
        pass


@pytest.mark.parametrize("url", ["sqlite:///data/sandbox.db", "postgresql://127.0.0.1:1/db"])
def test_a_second_sandbox_writes_nothing_of_the_first_one(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr("bot.cli.sandbox.log_to_stderr", lambda _level: None)
    monkeypatch.chdir(shell.folder)
    with owned(Path("data/sandbox.db")):
        before = sorted(shell.folder.rglob("*"))
        done = shell.run("run", "--sandbox", PORT="0", DATABASE_URL=url)
        assert sorted(shell.folder.rglob("*")) == before
    assert (done.code, TAKEN in done.err) == (1, True)


def test_other_commands_work_beside_a_running_bot(shell: Shell) -> None:
    with owned(database_file(shell.database_url)):
        assert shell.run("import", SAMPLE, "--channel", "C1").code == 0
        assert shell.run("export", "--channel", "C1").code == 0
        assert shell.run("backup").code == 0
        assert shell.run("doctor").code == 0
        assert shell.run("run", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1").code == 1
