"""`facts run`: exit codes that programs can rely on, and JSON."""

import json
import sys

import pytest

from tests.cli.stage import Shell

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
    assert all(reading.keys() == {"name", "kind", "health", "detail", "latency_ms"} for reading in readings)
    fact, line = readings
    assert (fact["name"], fact["kind"], fact["health"]) == ("Fact 1", "script", "green")  # it ended as it should
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
