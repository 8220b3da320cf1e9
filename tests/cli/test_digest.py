"""`digest`: a board's digest in the terminal, as words and as JSON, and nothing changed by looking."""

from datetime import time

import pytest

from bot.core.production.readings import Health, Reading
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.production import runs
from tests.cli.stage import SAMPLE, Shell
from tests.fakes import MONDAY


@pytest.fixture
def shell(shell: Shell) -> Shell:
    """The sample, with a digest at ten."""
    assert shell.run("import", SAMPLE, "--channel", "C1").code == 0
    db = shell.database()
    schedule.set_time(db, Ask("C1", None, MONDAY), time(10))
    db.close()
    return shell


def test_it_is_said_sentence_by_sentence_with_when_the_next_one_comes(shell: Shell) -> None:
    first, *lines, last = shell.run("digest", "--channel", "C1").out.splitlines()
    assert first == "Monday 2 March."
    assert lines[0].startswith("In progress: #1 Consolidate MVP verification docs, day ")
    assert lines[1] == "Status: Pending Pass 2 execution."
    assert last == "(a preview; the next one is posted on Monday 2 March at 10:00, UTC)"
    assert not any("Production" in line for line in lines)


def test_it_tells_of_production_where_it_was_asked(shell: Shell) -> None:
    db = shell.database()
    runs.keep_run(db, MONDAY, 5, [Reading("Shop", "http", Health.RED), Reading("API", "http", Health.GREEN)])
    db.close()
    assert "Production: 1 of 2 prod facts are green; not Shop." in shell.run("digest", "--channel", "C1").out
    data = shell.run("digest", "--channel", "C1", "--json").data
    assert data["production"] == {
        "at": "2026-03-02T09:00:00+00:00", "green": 1, "facts": {"Shop": "red", "API": "green"},
    }  # fmt: skip


def test_it_is_data_for_programs(shell: Shell) -> None:
    data = shell.run("digest", "--channel", "C1", "--json").data
    assert data.keys() == {
        "channel", "day", "due", "since", "unchanged", "changes", "done", "in_progress", "wip", "next", "blocked",
        "production", "standup", "text",
    }  # fmt: skip
    assert (data["channel"], data["day"], data["due"]) == ("C1", "2026-03-02", "2026-03-02T10:00:00+00:00")
    assert data["wip"].items() >= {"number": 1, "met": 0, "waived": 0, "criteria": 6}.items()
    assert [item["number"] for item in data["in_progress"]] == [1]
    assert [item["number"] for item in data["next"]] == [2, 3, 4]
    assert data["text"].startswith("Monday 2 March. In progress: #1")


def test_looking_claims_no_day(shell: Shell) -> None:
    before = shell.run("digest", "--channel", "C1", "--json").data
    assert shell.run("digest", "--channel", "C1", "--json").data == before
    assert before["since"] is None


def test_a_channel_without_a_board_is_said_with_those_that_have_one(shell: Shell) -> None:
    done = shell.run("digest", "--channel", "C2")
    assert (done.code, done.out) == (1, "")
    assert done.err == "There is no board for channel C2. Those with one: C1.\n"


def test_without_a_database_it_makes_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nothing")
    done = Shell(folder, f"sqlite:///{folder}/new/onewip.db").run("digest", "--channel", "C1")
    assert (done.code, done.out) == (1, "")
    assert "There is no database yet" in done.err
    assert not (folder / "new").exists()
