"""facts.toml: what may stand in it, and how it says what is wrong."""

from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.facts.factsfile import load
from bot.facts.script import TIMEOUT, Script

GOOD = '[[fact]]\nname = "Shop"\nkind = "script"\ncommand = ["sh", "facts.sh"]\n'


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "facts.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        load(path)
    return caught.value.say()


def test_a_fact_with_what_is_not_said(tmp_path: Path) -> None:
    (fact,) = load(written(tmp_path, GOOD))
    assert isinstance(fact, Script)
    assert (fact.name, fact.command, fact.directory, fact.timeout) == ("Shop", ("sh", "facts.sh"), tmp_path, TIMEOUT)


def test_a_directory_is_relative_to_the_file(tmp_path: Path) -> None:
    (below,) = load(written(tmp_path, GOOD + 'directory = "ops/scripts"'))
    (elsewhere,) = load(written(tmp_path, GOOD + 'directory = "/opt/shop"'))
    assert isinstance(below, Script)
    assert isinstance(elsewhere, Script)
    assert (below.directory, elsewhere.directory) == (tmp_path / "ops/scripts", Path("/opt/shop"))


def test_no_fact_is_a_legal_number(tmp_path: Path) -> None:
    assert load(written(tmp_path, "# none yet\n")) == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('name = "Shop"\nkind = "script"', "command: is missing"),
        ('kind = "script"\ncommand = ["a"]', "name: is missing"),
        ('name = "  "\nkind = "script"\ncommand = ["a"]', "name: should not be empty"),
        ('name = "a\\nb"\nkind = "script"\ncommand = ["a"]', "name: should be one line"),
        ("name = 3\nkind = 'script'\ncommand = ['a']", "name: should be text"),
        ('name = "Shop"\ncommand = ["a"]', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
        ('name = "Shop"\nkind = "htp"', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
        ('name = "Shop"\nkind = ["script"]', "kind: is missing or not known; the kinds are script, http, tcp, dns"),
    ],
)
def test_a_fact_with_a_fault(tmp_path: Path, line: str, fault: str) -> None:
    said = refusal(written(tmp_path, f"[[fact]]\n{line}\n"))
    assert str(tmp_path / "facts.toml") in said
    assert fault in said


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("timeout = 0", "timeout: should be greater than 0"),
        ("timeout = -1", "timeout: should be greater than 0"),
        ("timeout = nan", "timeout: should be a finite number"),
        ("timeout = inf", "timeout: should be"),
        ("timeout = 99999", "timeout: should be less than or equal to 3600"),
        ("timeout = true", "timeout: should be a number"),
        ('timeout = "60"', "timeout: should be a number"),
        ("directory = 3", "directory: should be text"),
        ('directory = "a\\u0000b"', "directory: should have no NUL in it"),
        ("timeuot = 60", "timeuot: is not a key of this kind"),
        ("url = 'https://shop.example'", "url: is not a key of this kind"),
    ],
)
def test_a_key_with_a_fault_is_named_with_its_fact(tmp_path: Path, line: str, fault: str) -> None:
    assert f'fact "Shop", {fault}' in refusal(written(tmp_path, f"{GOOD}{line}\n"))


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        ("[]", "command: should name a program"),
        ('[" "]', "command: should name a program"),
        ('["a", "\\u0000"]', "command: should have no NUL in it"),
        ('"sh facts.sh"', "command: should be a list"),
        ('["sh", 3]', "command.1: should be text"),
    ],
)
def test_a_command_with_a_fault(tmp_path: Path, command: str, fault: str) -> None:
    said = refusal(written(tmp_path, f'[[fact]]\nname = "Shop"\nkind = "script"\ncommand = {command}\n'))
    assert f'fact "Shop", {fault}' in said


def test_all_faults_are_in_one_message(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, f'{GOOD}timeout = 0\nwhen = "now"\n[[fact]]\nkind = "script"\n{GOOD}{GOOD}'))
    assert said.splitlines()[1:] == [
        'fact "Shop", timeout: should be greater than 0',
        'fact "Shop", when: is not a key of this kind',
        "fact 2, name: is missing",
        "fact 2, command: is missing",
        'fact "Shop", name: is there twice',
    ]


def test_a_name_is_there_twice_in_any_case(tmp_path: Path) -> None:
    assert 'fact "SHOP", name: is there twice' in refusal(written(tmp_path, GOOD + GOOD.replace("Shop", "SHOP")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[fact]\n", "is not TOML"),
        (b"name = '\xff'", "is not TOML"),
        ("a = " + "[" * 100_000, "is not TOML"),
        ("[fact]\nname = 'Shop'\n", "Write [[fact]]."),
        ("fact = 3", "Write [[fact]]."),
        ("fact = [3]", "fact 1, is not a table; write [[fact]]"),
        ("[[facts]]\nname = 'Shop'\n", "has a key that is not known: facts"),
    ],
)
def test_a_file_that_is_no_list_of_facts(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in refusal(written(tmp_path, content))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.toml") == f"{tmp_path}/none.toml can't be read: No such file or directory."
    assert "can't be read" in refusal(tmp_path)


def test_what_people_wrote_is_escaped_by_whoever_shows_it(tmp_path: Path) -> None:
    path = written(tmp_path, '[[fact]]\nname = "<!channel> {file}"\nkind = "script"\n')
    with pytest.raises(BadInput) as caught:
        load(path)
    assert "<!channel>" not in caught.value.say(lambda text: text.replace("<", "&lt;"))
    assert "{file}" in caught.value.say()
