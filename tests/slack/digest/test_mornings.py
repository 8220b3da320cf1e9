"""Twenty mornings: each digest reads as it was agreed, is short, and makes sense when it is read aloud.

After a change that is meant, write the texts anew with `REWRITE_GOLDEN=1 make test`, and read the difference.
"""

import os
import re

import pytest

from bot.sandbox.rules import check
from bot.slack.digest import aloud
from bot.slack.digest import message as views
from tests.slack.mornings import FOLDER, MORNINGS, Morning, told
from tests.slack.stage import written

every = pytest.mark.parametrize("morning", [pytest.param(one, id=one.name) for one in MORNINGS])


@every
def test_it_reads_as_it_was_agreed(morning: Morning) -> None:
    file = FOLDER / f"{morning.name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(told(morning), encoding="utf-8")
    assert told(morning) == file.read_text(encoding="utf-8")


@every
def test_slack_takes_it(morning: Morning) -> None:
    assert check("blocks", views.digest(morning.digest, is_posted=True)) == []


@every
def test_read_aloud_it_is_sentences_without_marks(morning: Morning) -> None:
    spoken = aloud.spoken(morning.digest)
    assert spoken.endswith(".")
    assert not re.search(r"[▰▱🟢🔴⚪🟡⛔✅›·]|\*\w|<!date", spoken.replace("*bold*", "").replace("*now*", ""))
    assert "  " not in spoken


@every
def test_it_is_never_longer_than_about_twelve_lines(morning: Morning) -> None:
    blocks = views.digest(morning.digest, is_posted=True)
    lines = [line for block in blocks if block["type"] == "rich_text" for line in written(block).splitlines()]
    assert len(lines) <= 12


def test_a_day_on_which_nothing_moved_is_one_line() -> None:
    unchanged = [one for one in MORNINGS if one.name.startswith("nothing moved")]
    assert len(unchanged) == 4
    for one in unchanged:
        assert len(told(one).split("\n[")[0].splitlines()) == 1


def test_there_are_twenty_and_no_text_too_many() -> None:
    assert len(MORNINGS) == 20
    assert {file.stem for file in FOLDER.iterdir()} == {one.name for one in MORNINGS}
