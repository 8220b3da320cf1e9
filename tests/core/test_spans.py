"""How long, as people write and read it."""

from datetime import timedelta

import pytest

from bot.core.times import in_words, read_span, say_span
from bot.errors import BadInput

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "minutes", "rest"),
    [("30m", 30, ""), ("2h", 120, ""), ("2 hours Shop", 120, "Shop"), ("1d", 1440, ""), ("90 min a b", 90, "a b")],
)
def test_a_span_is_read_and_what_stands_behind_it(text: str, minutes: int, rest: str) -> None:
    assert read_span(text, DAY) == (timedelta(minutes=minutes), rest)


@pytest.mark.parametrize("text", ["", "h", "soon", "0m", "25h", "9999d", "2 months", "-2h", "2hx"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_span(text, DAY)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (200, "3 h 20 min"), (1440, "1 day"), (3000, "2 days 2 h")],
)
def test_a_span_is_said_in_two_units(minutes: int, words: str) -> None:
    assert say_span(timedelta(minutes=minutes)) == words


@pytest.mark.parametrize(("minutes", "words"), [(60, "an hour"), (1440, "a day"), (2880, "2 days"), (90, "1 h 30 min")])
def test_a_span_is_said_in_a_sentence(minutes: int, words: str) -> None:
    assert in_words(timedelta(minutes=minutes)) == words
