"""A golden payload for each view: what Slack is sent for one furnished board, kept beside this file to be read.

After a change that is meant, write them anew with `REWRITE_GOLDEN=1 make test`, and read the difference.
"""

import json
import os
from pathlib import Path

import pytest

from bot.sandbox import rules
from tests.slack.exhibits import FEW, Exhibit, exhibits

FOLDER = Path(__file__).parent / "golden"


def shown() -> dict[str, Exhibit]:
    """The last exhibit of each name, of a board with one item in every lane."""
    return {exhibit.name: exhibit for exhibit in exhibits(FEW, 7)}


@pytest.mark.parametrize("name", sorted(shown()))
def test_the_payload_is_the_golden_one(name: str) -> None:
    exhibit = shown()[name]
    assert rules.check(exhibit.surface, exhibit.payload) == []
    written = json.dumps(exhibit.payload, ensure_ascii=False, indent=1) + "\n"
    file = FOLDER / f"{name.replace(':', '').replace('/', ' ')}.json"
    if os.environ.get("REWRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written)
    assert file.read_text() == written


def test_no_golden_payload_is_left_over() -> None:
    names = {f"{name.replace(':', '').replace('/', ' ')}.json" for name in shown()}
    assert {file.name for file in FOLDER.iterdir()} == names
