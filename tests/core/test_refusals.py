"""How a refusal says how long ago something was."""

from datetime import timedelta

import pytest

from bot.core.refusals import ago
from tests.core.boards import NOW


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s ago"),
        (0, "0 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86399, "23 h ago"),
        (86400, "1 day ago"),
        (172800, "2 days ago"),
    ],
)
def test_ago_is_told_in_the_largest_unit_that_fits(seconds: int, words: str) -> None:
    assert ago(NOW, NOW + timedelta(seconds=seconds)) == words
