"""Whose something is: with their picture where it is known, by name where it is not."""

from dataclasses import replace

import pytest

from bot.sandbox.rules import check
from bot.slack.client import profile_of
from bot.slack.layout.faces import signed
from bot.slack.layout.richtext import SMALL, line, since
from tests.fakes import MONDAY
from tests.people import ALICE

PICTURE = "https://pictures.test/alice.png"


def test_a_known_picture_stands_in_front_of_the_name() -> None:
    [block] = signed(replace(ALICE, picture=PICTURE), "day 2", line("last tick ", since(MONDAY)))
    picture, words, moment = block["elements"]
    assert picture == {"type": "image", "image_url": PICTURE, "alt_text": "Picture of Alice"}
    assert (words["type"], words["text"]) == ("plain_text", "Alice · day 2 · last tick")
    assert moment["text"].startswith("<!date^")
    assert check("blocks", [block]) == []


def test_without_a_picture_the_name_stands_alone_and_nobody_is_not_named() -> None:
    [block] = signed(ALICE, "day 2")
    assert [element["text"] for element in block["elements"]] == ["Alice · day 2"]
    [block] = signed(None, "day 2")
    assert [element["text"] for element in block["elements"]] == ["day 2"]
    assert signed(None) == []


def test_a_line_that_is_full_has_no_room_for_a_picture() -> None:
    words = [line("tick ", since(MONDAY)) for _ in range(SMALL // 2)]
    [block] = signed(replace(ALICE, picture=PICTURE), *words)
    assert len(block["elements"]) == SMALL
    assert check("blocks", [block]) == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [(PICTURE, PICTURE), ("", ""), (None, ""), ("javascript:alert(1)", ""), ("https://x.test/" + "x" * 3000, "")],
)
def test_a_picture_is_an_address_that_a_message_takes(address: str | None, kept: str) -> None:
    told = profile_of({"id": "U1", "profile": {"display_name": "Alice", "image_48": address}})
    assert told.person.picture == kept
