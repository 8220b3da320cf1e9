"""`facts run`: exit codes that programs can rely on, and JSON."""

import json
import sys
from datetime import timedelta

import pytest

from bot.core.board.edits import Draft
from bot.core.production.readings import Health, Reading
from bot.services.board import moves
from bot.services.change import Ask
from bot.services.production import runs, watching
from tests.cli.stage import Shell
from tests.fakes import MONDAY

GREEN = "print('✅ Shop: 200')"
RED = "print('❌ Shop: 500')"
UNKNOWN = "import time; time.sleep(60)"


def listed(shell: Shell, *scripts: str) -> str:
    """A facts file with one script for each program."""
    tables = [
        f'[[fact]]\nname = "Fact {k}"\nkind = "script"\ncommand = {json.dumps([sys.executable, "-c", script])}\n'
        f"timeout = {0.3 if script == UNKNOWN else 20}\n"
        for k, script in enumerate(scripts, 1)
    ]
    return str(shell.write("facts.toml", "\n".join(tables)))


@pytest.mark.parametrize(
    ("scripts", "code"),
    [((GREEN, GREEN), 0), ((GREEN, UNKNOWN), 2), ((GREEN, RED, UNKNOWN), 1), ((), 2)],
)
def test_the_exit_code_is_the_worst_of_all(shell: Shell, scripts: tuple[str, ...], code: int) -> None:
    done = shell.run("facts", "run", "--json", FACTS_FILE=listed(shell, *scripts))
    assert (done.code, done.err) == (code, "")
    assert {reading["health"] for reading in done.data} <= {"green", "red", "unknown"}


def test_json_for_programs(shell: Shell) -> None:
    readings = shell.run("facts", "run", "--json", FACTS_FILE=listed(shell, RED)).data
    keys = {"name", "kind", "health", "detail", "latency_ms", "since"}
    assert all(reading.keys() == keys for reading in readings)
    fact, line = readings
    assert (fact["name"], fact["kind"], fact["health"]) == ("Fact 1", "script", "green")  # it ended as it should
    assert (fact["since"], line["since"]) == (None, "2026-03-02T09:00:00+00:00")
    assert isinstance(fact["latency_ms"], int)
    assert (line["name"], line["kind"], line["health"], line["detail"]) == ("Shop", "script", "red", "500")


def test_lines_for_people(shell: Shell) -> None:
    done = shell.run("facts", "run", FACTS_FILE=listed(shell, GREEN))
    assert done.out == "🟢 Fact 1   exit 0\n🟢 Shop   200\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[fact]\n", "facts.toml"),
        ('[[fact]]\nname = "x"\nkind = "magic"\n', "kind"),
        ('[[fact]]\nkind = "script"\ncommand = []\n', "name"),
        ('[[fact]]\nname = "x"\nkind = "script"\n', "command"),
        (b"\xff\xfe", "facts.toml"),
    ],
)
def test_a_file_that_is_wrong_is_3_whatever_is_wrong_with_it(shell: Shell, content: str | bytes, words: str) -> None:
    done = shell.run("facts", "run", "--json", FACTS_FILE=str(shell.write("facts.toml", content)))
    assert (done.code, done.out) == (3, "")
    assert words in done.err


def test_a_file_that_is_not_there_or_not_set_is_3(shell: Shell) -> None:
    missing = shell.run("facts", "run", FACTS_FILE="nowhere.toml")
    unset = shell.run("facts", "run")
    assert (missing.code, unset.code) == (3, 3)
    assert "nowhere.toml" in missing.err
    assert "FACTS_FILE" in unset.err


def test_no_database_is_needed(shell: Shell) -> None:
    shell.run("facts", "run", FACTS_FILE=listed(shell, GREEN))
    assert not (shell.folder / "new").exists()


def test_list_names_every_fact_and_where_it_is_from(shell: Shell) -> None:
    file = listed(shell, GREEN)
    assert shell.run("facts", "list", FACTS_FILE=file).out == "Fact 1   script, from the file\n"
    db = shell.database()
    moves.add(db, Ask("C1", None, MONDAY), Draft("Payments", dod="CI is green on main"))
    watching.add(db, Ask("C1", None, MONDAY), {"url": "https://shop.example/", "name": "Page"}, ())
    db.close()
    told = shell.run("facts", "list", "--json", FACTS_FILE=file).data
    assert [(one["name"], one["from"], one["channels"]) for one in told] == [
        ("Fact 1", "file", []),
        ("Page", "Slack", ["C1"]),
    ]


def test_check_reads_the_file_and_asks_nobody(shell: Shell) -> None:
    done = shell.run("facts", "check", FACTS_FILE=listed(shell, UNKNOWN, UNKNOWN))
    assert (done.code, done.out) == (0, "The file is in order: 2 facts.\n")
    wrong = shell.run("facts", "check", FACTS_FILE=str(shell.write("wrong.toml", "[[fact]]\n")))
    assert (wrong.code, wrong.out) == (3, "")
    assert "kind: is missing" in wrong.err
    assert shell.run("facts", "check").code == 3


def test_history_shows_what_the_bot_saw_and_run_says_since_when(shell: Shell) -> None:
    shell.database().close()
    assert shell.run("facts", "history").out == "The bot has looked at nothing yet.\n"
    db = shell.database()
    hour = timedelta(hours=1)
    runs.keep_run(db, MONDAY - hour, 1, [Reading("Shop", "script", Health.RED, "500", 12)])
    db.close()
    assert shell.run("facts", "history").out == "🔴 ·············▁  Shop\n"
    [told] = shell.run("facts", "history", "--json").data
    assert (told["name"], len(told["days"]), told["days"][-1]["red"], told["days"][-1]["slowest_ms"]) == (
        "Shop",
        14,
        1,
        12,
    )
    readings = shell.run("facts", "run", "--json", FACTS_FILE=listed(shell, RED)).data
    assert [one["since"] for one in readings if one["name"] == "Shop"] == [(MONDAY - hour).isoformat()]


def test_where_the_bot_never_ran_there_is_no_history_and_none_is_begun(shell: Shell) -> None:
    done = shell.run("facts", "history")
    assert (done.code, done.out) == (1, "")
    assert "the bot has not run here" in done.err
    assert list(shell.folder.rglob("*.db")) == []
