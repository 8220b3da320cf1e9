"""An answer has the way on: what can be done now, as a button or a command that works."""

from bot.core.board.edits import Edit
from bot.services.board import items, moves
from bot.services.change import Ask
from tests.people import BOB
from tests.slack.stage import CHANNEL, Stage


async def test_a_hint_names_the_criterion_too(stage: Stage) -> None:
    await stage.types("park waiting")
    assert "`/board tick 12 1`" in (await stage.types("tick 1")).words


async def test_the_second_of_next_can_be_put_first_while_wip_is_taken(stage: Stage) -> None:
    items.write_dod(stage.db, Ask(CHANNEL, BOB, stage.clock()), 3, "GET /ideas is 200")
    told = await stage.types("start 3")
    await stage.presses(told.buttons["Put #3 first in NEXT"])
    assert [item.number for item in stage.board().next] == [3, 2]


async def test_a_dropped_item_can_be_added_again_with_its_words(stage: Stage) -> None:
    items.edit(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, Edit(scope="only titles"))
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, "nobody asked for it")
    for way in (await stage.types("start 2"), await stage.types("show 2")):
        form = (await stage.presses(way.buttons["Add #2 again…"])).view
        assert form["callback_id"] == "do:add"
        written = {block["block_id"]: block["element"].get("initial_value") for block in form["blocks"]}
        assert written["title"] == "Search"
        assert written["scope"] == "only titles"
        assert written["dod"] == "\n".join(criterion.text for criterion in stage.board().item(2).dod)


async def test_whoever_writes_a_missing_dod_may_start_at_once(stage: Stage) -> None:
    moves.park(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, "the keys are missing")
    dialog = (await stage.presses((await stage.types("start 3")).buttons["Write the DoD of #3…"])).view
    saved = await stage.sends(dialog, dod="GET /ideas is 200")
    assert "is in progress" in (await stage.presses(saved.buttons["Start #3"])).words


async def test_parking_says_what_can_start_now(stage: Stage) -> None:
    answer = await stage.types("park waiting for the keys")
    assert "*#2 Search* is in progress" in (await stage.presses(answer.buttons["Start #2"])).words
