"""Private answers don't pile up: what comes of a click takes the place of what was clicked on."""

import json
from typing import Any

from bot.core.board.model import Lane
from bot.slack.client import SlackRefused
from bot.slack.layout.blocks import Block, belonging, board_of, card_of, on_card
from tests.slack.stage import Answer, Stage, buttons

URL = "https://hooks.slack.test/click"


async def presses(stage: Stage, answer: Answer, label: str) -> Answer:
    """A click on a button of a message that only they see, with the id of its row."""
    [(block, element)] = [
        (block, element) for block in answer.blocks for element in buttons([block]) if element["text"]["text"] == label
    ]
    return await stage.clicks(
        element["action_id"], element.get("value", ""), own=True, block=block.get("block_id", "b")
    )


def told(answer: Answer) -> list[tuple[str, Any]]:
    """How Slack was told: by which method, and whether in the place of what was clicked on."""
    ways = ("answer", "whisper", "take_back", "open")
    return [(call.method, call.given.get("replace")) for call in answer.calls if call.method in ways]


async def test_what_comes_of_a_dialog_takes_the_place_of_what_it_was_opened_from(stage: Stage) -> None:
    refused = await stage.types("start 2")
    dialog = (await presses(stage, refused, "Park #1…")).view
    parked = await stage.sends(dialog, reason="No keys")
    assert told(parked) == [("answer", True)]
    assert parked.ack == {"response_action": "clear"}
    assert parked.calls[-1].given["response_url"] == URL


async def test_what_comes_of_a_dialog_from_a_message_of_the_channel_is_whispered(stage: Stage) -> None:
    dialog = (await stage.clicks("do:park", "1")).view
    assert told(await stage.sends(dialog, reason="No keys")) == [("whisper", None)]


async def test_half_an_hour_later_it_is_a_message_of_its_own(stage: Stage) -> None:
    dialog = (await presses(stage, await stage.types("start 2"), "Park #1…")).view
    stage.slack.fails("answer", SlackRefused("http_404"))
    parked = await stage.sends(dialog, reason="No keys")
    assert told(parked) == [("answer", True), ("whisper", None)]
    assert parked.ack == {"response_action": "clear"}


async def test_where_there_is_nothing_to_say_what_was_clicked_on_goes(stage: Stage) -> None:
    await stage.types("tick 1, 3")
    dialog = (await presses(stage, await stage.types("start 2"), "Finish #1…")).view
    confirm = (await stage.sends(dialog)).view
    done = await stage.sends(confirm)
    assert told(done) == [("take_back", None)]
    assert stage.board().item(1).lane is Lane.DONE


async def test_a_card_is_shown_anew_when_its_item_changes_by_it(stage: Stage) -> None:
    card = await stage.types("show 2")
    deferred = await presses(stage, card, "Defer #2")
    assert told(deferred) == [("answer", True)]
    assert deferred.words.splitlines()[0] == "*#2 Search* is in LATER."
    assert "Queue #2" in deferred.buttons
    assert "in LATER · Alice" in deferred.words or "in LATER ·" in deferred.words


async def test_a_card_is_shown_anew_after_a_dialog_that_was_opened_from_it(stage: Stage) -> None:
    dialog = (await presses(stage, await stage.types("show 2"), "Edit #2…")).view
    saved = await stage.sends(dialog, title="Searching")
    assert told(saved) == [("answer", True)]
    assert "The changes are saved." in saved.words
    assert "Defer #2" in saved.buttons


async def test_a_card_whose_item_is_finished_shows_it_finished(stage: Stage) -> None:
    await stage.types("tick 1, 3")
    dialog = (await presses(stage, await stage.types("show 1"), "Finish #1…")).view
    done = await stage.sends((await stage.sends(dialog)).view)
    assert told(done) == [("answer", True)]
    assert "done" in done.words.splitlines()[1]
    assert "Reopen #1…" in done.buttons


async def test_from_a_card_there_is_a_way_back_to_it(stage: Stage) -> None:
    card = await stage.types("show 2")
    start = await stage.clicks("do:start", "2", own=True, block="card:2")
    assert "Show #2" in start.buttons  # refused: WIP is taken
    assert stage.board().item(2).lane is Lane.NEXT
    log = await stage.clicks("do:log", "2", own=True, block="card:2")
    assert "Back to #2" in log.buttons
    assert "Back to #2" not in card.buttons


async def test_a_tick_in_a_dialog_over_a_card_keeps_the_card(stage: Stage) -> None:
    dod = (await presses(stage, await stage.types("show 1"), "Edit the DoD of #1…")).view
    ticked = (await stage.clicks("do:tick", "1 1", within=dod)).view
    kept = json.loads(ticked["private_metadata"])
    assert (kept["card"], kept["answer"]) == (1, URL)


def test_a_card_elsewhere_belongs_to_its_board_and_is_still_a_card() -> None:
    row: Block = on_card({"type": "actions", "elements": []}, 12)
    [there] = belonging([row], "C1")
    assert (board_of(there["block_id"]), card_of(there["block_id"])) == ("C1", 12)
    assert (board_of(row["block_id"]), card_of(row["block_id"])) == ("", 12)
    assert card_of("board:C1:12") is None
