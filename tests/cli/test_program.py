"""The program as a whole: help, settings that are wrong, and the schema brought up to date."""

import pytest

from bot.store.database import Database
from tests.cli.stage import SAMPLE, Shell


def test_help_names_every_command(shell: Shell) -> None:
    told = shell.run("--help").out
    for command in ("run", "import", "export", "digest", "migrate", "facts"):
        assert command in told
        assert shell.run(command, "--help").code == 0
    assert "Usage" in shell.run().out + shell.run().err  # without words: the help too
    assert shell.run("dance").code == 2


@pytest.mark.parametrize("words", [("migrate",), ("import", SAMPLE, "--channel", "C1"), ("export", "--channel", "C1")])
def test_a_database_that_is_named_wrongly_is_said_and_2(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell.run(*words, DATABASE_URL="mysql://me:sekret@there/db")
    assert (done.code, done.out) == (2, "")
    assert "DATABASE_URL should look like" in done.err
    assert "sekret" not in done.err


def test_running_without_tokens_opens_no_page_by_itself(shell: Shell) -> None:
    done = shell.run("run")
    assert done.code == 2
    assert "SLACK_BOT_TOKEN is missing" in done.err
    assert "SLACK_APP_TOKEN is missing" in done.err
    assert "--sandbox" in done.err
    assert not (shell.folder / "new").exists()


def test_migrate_can_be_called_again_and_again(shell: Shell) -> None:
    for _ in range(2):
        done = shell.run("migrate")
        assert (done.code, done.out) == (0, "The database is up to date.\n")


def test_settings_come_from_a_file_too_and_the_environment_wins(shell: Shell) -> None:
    shell.write(".env", f"DATABASE_URL=sqlite:///{shell.folder}/from_file.db\nLOG_LEVEL=LOUD\n")
    done = shell.run_alone("migrate")
    assert (done.code, "LOG_LEVEL should be" in done.err) == (2, True)
    assert shell.run_alone("migrate", LOG_LEVEL="INFO").code == 0
    assert (shell.folder / "new" / "onewip.db").exists()
    assert not (shell.folder / "from_file.db").exists()


def test_the_program_itself_imports_and_exports(shell: Shell) -> None:
    done = shell.run_alone("import", SAMPLE, "--channel", "C1")
    assert (done.code, done.err) == (0, "")
    exported = shell.run_alone("export", "--channel", "C1", "--format", "json")
    assert exported.data == shell.board()
    refused = shell.run_alone("export", "--channel", "C2")
    assert (refused.code, refused.out) == (1, "")


@pytest.mark.parametrize("url", ["postgresql://me:sekret@127.0.0.1:1/db", "sqlite:////tmp"])
def test_a_database_out_of_reach_is_said(shell: Shell, url: str) -> None:
    done = shell.run("migrate", DATABASE_URL=url)
    assert (done.code, done.out) == (1, "")
    assert "The database can't be used" in done.err
    assert "sekret" not in done.err


def test_commands_work_on_postgresql(postgresql: Database, shell: Shell) -> None:
    there = {"DATABASE_URL": postgresql.url.render_as_string(hide_password=False)}
    assert shell.run("import", SAMPLE, "--channel", "C1", **there).code == 0
    board = shell.run("export", "--channel", "C1", "--format", "json", **there).data
    assert board["wip"]["number"] == 1
