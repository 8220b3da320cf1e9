"""What people stumbled over who had never seen the bot."""

from bot.services import items, moves
from bot.services.ask import Ask
from bot.slack.views.blocks import View
from tests.people import ALICE, BOB
from tests.slack.stage import CHANNEL, Stage


def boxes(view: View) -> tuple[str, list[str]]:
    """The id of the first group of criteria, and which of them it shows as ticked."""
    [block] = [block for block in view["blocks"] if block.get("block_id", "").startswith("met")]
    return block["block_id"], [option["value"] for option in block["element"].get("initial_options", [])]


async def test_boxes_that_are_drawn_anew_with_others_ticked_are_other_boxes_to_slack(stage: Stage) -> None:
    """Slack keeps what somebody ticked in a block whose id stays: what Bob unticked would be ticked again."""
    dialog = (await stage.types("finish 1")).view
    items.untick(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, 2)
    again = (await stage.sends(dialog, met0=["1", "2"])).view
    assert (boxes(dialog)[1], boxes(again)[1]) == (["2"], ["1"])
    assert boxes(dialog)[0] != boxes(again)[0]


async def test_what_can_not_be_reopened_is_refused_before_a_reason_is_asked_for(stage: Stage) -> None:
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 4, "nobody asked for it")
    assert "can't be reopened: it was dropped by Bob" in (await stage.types("reopen 4")).words
    assert "Only owners of this board can reopen what is CLOSED: Alice." in (await stage.types("reopen 6", BOB)).words
    labels = [block.get("label", {}).get("text") for block in (await stage.types("reopen 6", ALICE)).view["blocks"]]
    assert "New failing evidence" in labels


async def test_a_dropped_item_says_so_and_why(stage: Stage) -> None:
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 4, "nobody asked for it")
    card = (await stage.types("show 4")).words
    assert "finished" not in card
    assert "*Why it was dropped*\nnobody asked for it" in card


async def test_adding_what_resembles_finished_work_warns(stage: Stage) -> None:
    told = await stage.sends((await stage.types("add")).view, title="Login", dod="POST /login is 200")
    assert "*closed?*" in told.words
    assert "#6" in told.words
    other = await stage.sends((await stage.types("add")).view, title="Bananas", dod="GET /bananas is 200")
    assert "🟡" not in other.words


async def test_a_hint_names_the_criterion_too(stage: Stage) -> None:
    await stage.types("park waiting")
    assert "`/board tick 12 1`" in (await stage.types("tick 1")).words


async def test_the_second_of_next_can_be_put_first_while_wip_is_taken(stage: Stage) -> None:
    items.write_dod(stage.db, Ask(CHANNEL, BOB, stage.clock()), 3, "GET /ideas is 200")
    told = await stage.types("start 3")
    await stage.presses(told.buttons["Put #3 first in NEXT"])
    assert [item.number for item in stage.board().next] == [3, 2]
