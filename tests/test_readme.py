"""The README says what the code says."""

import re

from tests.readme import README, table_of_moves


def test_the_table_of_moves_is_as_it_is_printed() -> None:
    assert table_of_moves() in README.read_text(encoding="utf-8"), "run `make readme`"


def test_what_the_readme_says_to_open_is_there() -> None:
    named = re.findall(r"`((?:bot|tests|manifests)/[^`\s]*)`", README.read_text(encoding="utf-8"))
    assert len(named) > 40
    assert [path for path in named if not (README.parent / path).exists()] == []


def test_words_of_our_own_are_few() -> None:
    _, _, glossary = README.read_text(encoding="utf-8").partition("## Words of our own")
    rows = re.findall(r"^\| (?!word |---)", glossary.partition("\n## ")[0], re.MULTILINE)
    assert 0 < len(rows) <= 12
