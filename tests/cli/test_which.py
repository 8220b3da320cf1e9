"""Which database a command looks into, which channel it means, and which version it is."""

import tomllib
from pathlib import Path

import pytest

from bot.store.migrate import head
from tests.cli.stage import ROOT, SAMPLE, Shell

SANDBOX = "sqlite:///data/sandbox.db"
NOTE = f"DATABASE_URL is not set, so this is about the sandbox: {SANDBOX}\n"


@pytest.fixture
def here(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The folder in which the bot runs."""
    monkeypatch.chdir(shell.folder)
    (shell.folder / "data").mkdir()
    return shell


def made(shell: Shell, url: str) -> None:
    assert shell.run("migrate", DATABASE_URL=url).code == 0


@pytest.mark.parametrize("command", [("doctor",), ("doctor", "--json"), ("backup",), ("export", "--channel", "C1")])
def test_where_nothing_is_set_and_only_the_sandbox_ran_its_database_is_meant(
    here: Shell, command: tuple[str, ...]
) -> None:
    made(here, SANDBOX)
    assert here.run("import", SAMPLE, "--channel", "C1", DATABASE_URL=SANDBOX).code == 0
    done = here.run(*command, DATABASE_URL="")
    assert (done.code, done.err) == (0, NOTE)
    assert not (here.folder / "data" / "onewip.db").exists()


@pytest.mark.parametrize(
    "named",
    [{"DATABASE_URL": "sqlite:///data/onewip.db"}, {"SLACK_BOT_TOKEN": "xoxb-1"}, {"SLACK_APP_TOKEN": "xapp-1"}],
)
def test_a_bot_that_is_set_up_is_not_the_sandbox(here: Shell, named: dict[str, str]) -> None:
    made(here, SANDBOX)
    done = here.run("doctor", **{"DATABASE_URL": ""} | named)
    assert (done.code, "There is no database yet at sqlite:///data/onewip.db" in done.err) == (1, True)
    made(here, "sqlite:///data/onewip.db")
    assert NOTE not in here.run("doctor", DATABASE_URL="").err


def test_migrate_says_what_it_migrated(here: Shell) -> None:
    data = here.run("migrate", "--json").data
    assert data == {"database": here.database_url, "schema": head()}


def test_an_export_for_programs_has_the_text_or_says_where_it_is(shell: Shell) -> None:
    shell.run("import", SAMPLE, "--channel", "C1")
    text = shell.run("export", "--channel", "C1").out
    about = {"channel": "C1", "format": "md", "name": "NEXT-7D.md", "bytes": len(text.encode())}
    assert shell.run("export", "--channel", "C1", "--json").data == about | {"content": text}
    file = shell.folder / "out.md"
    assert shell.run("export", "--channel", "C1", "--json", "--output", file).data == about | {"file": str(file)}
    assert file.read_text() == text


@pytest.mark.parametrize("command", [("import", SAMPLE), ("export",), ("digest",), ("archive",)])
@pytest.mark.parametrize("name", ["#standup", "standup", "<#C1>", "c1"])
def test_a_channel_s_name_is_no_id(shell: Shell, command: tuple[str | Path, ...], name: str) -> None:
    done = shell.run(*command, "--channel", name)
    assert done.code == 2
    assert "is no channel's id" in " ".join(done.err.replace("│", " ").split())
    assert not Path(shell.folder / "new").exists()


def test_it_says_its_version(shell: Shell) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    done = shell.run("--version")
    assert (done.code, done.out) == (0, f"Onewip {version}\n")
