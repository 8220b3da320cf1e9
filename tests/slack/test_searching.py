"""Lists to search in: what they offer, to whom, and that what is chosen is a typed command."""

from typing import Any

import pytest

from bot.slack.asked import searching
from tests.people import ALICE, BOB
from tests.slack.stage import Stage, texts


async def searched(stage: Stage, words: str, **more: Any) -> dict[str, Any]:
    place = {"channel": {"id": "C1"}, "action_id": "do:menu", "block_id": "b"} | more
    return (await stage.searches(words, place)).ack


def offered(ack: dict[str, Any]) -> list[str]:
    return [option["value"] for group in ack.get("option_groups", [ack]) for option in group["options"]]


async def test_anything_can_be_started_parked_or_shown_from_the_boards_list(stage: Stage) -> None:
    assert offered(await searched(stage, "")) == ["park 1", *(f"show {n}" for n in (1, 2, 3, 5, 4))]
    await stage.types("park waiting")
    assert offered(await searched(stage, ""))[:3] == ["start 2", "start 5", "start 1"]


@pytest.mark.parametrize(("typed", "numbers"), [("log", [6]), ("sea", [2]), ("#2", [2]), ("6", [6]), ("zzz", [])])
async def test_an_item_is_found_by_its_number_or_a_piece_of_its_title_done_or_not(
    stage: Stage, typed: str, numbers: list[int]
) -> None:
    assert offered(await searched(stage, typed)) == [f"show {number}" for number in numbers]


async def test_who_may_not_use_the_board_is_offered_nothing(stage: Stage) -> None:
    stage.slack.outsiders.add(("C1", BOB.id))
    ack = (await stage.searches("", {"channel": {"id": "C1"}, "action_id": "do:menu", "block_id": "b"}, who=BOB)).ack
    assert ack == searching.NOTHING


async def test_a_zone_is_found_by_a_piece_of_its_name_or_one_that_is_like_it(stage: Stage) -> None:
    for typed, zone in (("athen", "Europe/Athens"), ("new york", "America/New_York"), ("Athnes", "Europe/Athens")):
        assert offered(await searched(stage, typed, block_id="zone", action_id="value"))[0] == zone
    assert offered(await searched(stage, "qqqqqq", block_id="zone", action_id="value")) == []


async def test_before_anything_is_typed_ones_own_zone_is_offered(stage: Stage) -> None:
    stage.slack.zones[ALICE.id] = "Europe/Athens"
    assert offered(await searched(stage, "", block_id="zone", action_id="value")) == ["Europe/Athens"]


async def test_a_list_that_is_not_ours_and_a_bug_offer_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await searched(stage, "a", block_id="unknown", action_id="value")) == searching.NOTHING
    monkeypatch.setattr("bot.core.times.zones_like", None)
    assert (await searched(stage, "a", block_id="zone", action_id="value")) == searching.NOTHING


async def test_long_titles_fit_into_what_is_offered(stage: Stage) -> None:
    await stage.sends((await stage.types("add")).view, title="x" * 200, dod="GET / is 200")
    assert max(len(text["text"]) for text in texts(await searched(stage, "xxx"))) <= 75
