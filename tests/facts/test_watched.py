"""facts.toml is read again when somebody wrote to it, and a fault costs nothing that worked."""

import os
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.facts.listed import WatchedFile

FACT = '[[fact]]\nname = "{name}"\nkind = "tcp"\nhost = "shop.example"\nport = 443\n'


def write(path: Path, content: str) -> None:
    """Replace the file, as editors do."""
    new = path.with_suffix(".new")
    new.write_text(content)
    new.replace(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.toml"
    write(path, FACT.format(name="Shop"))
    return path


def names(file: WatchedFile) -> list[str]:
    return [fact.name for fact in file.facts()]


def test_a_change_is_seen_without_a_restart(path: Path) -> None:
    file = WatchedFile(path)
    assert names(file) == ["Shop"]
    write(path, FACT.format(name="Shop") + FACT.format(name="Mail"))
    assert names(file) == ["Shop", "Mail"]


def test_a_change_in_place_is_seen(path: Path) -> None:
    file = WatchedFile(path)
    path.write_text(FACT.format(name="Mail"))  # as long as before
    os.utime(path, ns=(1, 1))
    assert names(file) == ["Mail"]


@pytest.mark.parametrize("content", ["[[fact]\n", FACT.format(name="")])
def test_with_a_fault_the_last_good_facts_stay_and_the_fault_is_told(path: Path, content: str) -> None:
    file = WatchedFile(path)
    write(path, content)
    assert names(file) == ["Shop"]
    assert str(path) in file.fault
    write(path, FACT.format(name="Mail"))
    assert names(file) == ["Mail"]
    assert file.fault == ""


def test_a_file_that_is_gone_is_a_fault_like_any_other(path: Path) -> None:
    file = WatchedFile(path)
    path.unlink()
    assert names(file) == ["Shop"]
    assert "can't be read" in file.fault


def test_the_same_objects_while_nothing_changed(path: Path) -> None:
    file = WatchedFile(path)
    assert file.facts() is file.facts()


def test_the_first_time_a_fault_is_refused(path: Path) -> None:
    write(path, "[[fact]\n")
    with pytest.raises(BadInput):
        WatchedFile(path)
