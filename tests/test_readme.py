"""The README says what the code says."""

from tests.readme import README, table_of_moves


def test_the_table_of_moves_is_as_it_is_printed() -> None:
    assert table_of_moves() in README.read_text(encoding="utf-8"), "run `make readme`"
