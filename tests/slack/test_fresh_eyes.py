"""What people stumbled over who had never seen the bot."""

import pytest

from bot.core.board.edits import Edit
from bot.core.board.model import Lane
from bot.services.board import items, moves
from bot.services.change import Ask
from bot.slack.layout.blocks import View
from tests.people import ALICE, BOB
from tests.slack.stage import CHANNEL, Stage, copyable


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


async def test_a_word_is_no_evidence_and_the_dialog_stays_to_say_so(stage: Stage) -> None:
    dialog = (await stage.types("reopen 6")).view
    answer = await stage.sends(dialog, reason="x")
    assert "“x” does not show what fails." in answer.ack["errors"]["reason"]
    assert "`" not in answer.ack["errors"]["reason"]
    assert stage.board().item(6).lane is Lane.DONE


async def test_what_was_written_into_a_dialog_that_is_refused_can_be_copied(stage: Stage) -> None:
    dialog = (await stage.types("edit 2")).view
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, "nobody asked for it")
    refused = (await stage.sends(dialog, title="Search & find", scope="a long thought")).view
    assert "is dropped, so it stays as it is" in refused["blocks"][0]["text"]["text"]
    assert copyable(refused) == ["Search & find", "a long thought"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tick pay 1", "1 is met: POST /checkout returns 201"),
        ("tick payments 1", "1 is met"),
        ("untick 'payments' 2", "2 is open again"),
        ("evidence payments 1 https://ci/1 shows 3 runs", "1: https://ci/1 shows 3 runs"),
        ("waive payments 1 no data for 2 weeks", "1 is waived: no data for 2 weeks"),
        ("evidence payments", "Which criterion?"),
        ("waive 3", "3  The docs name the new path"),
        ("tick nothing 1", "No item has “nothing” in its title."),
        ("move search last", "*#2 Search* is in NEXT"),
        ("assign search nobody", "It belongs to nobody."),
        ("assign search ME", "It belongs to Alice."),
    ],
)
async def test_an_item_goes_by_a_piece_of_its_title_wherever_one_is_named(stage: Stage, typed: str, words: str) -> None:
    answer = await stage.types(typed)
    assert words in (answer.words or str(answer.view))


async def test_several_that_are_meant_are_offered_with_the_words_behind_them(stage: Stage) -> None:
    for number, title in ((2, "Orders in"), (4, "Orders out")):
        items.edit(stage.db, Ask(CHANNEL, BOB, stage.clock()), number, Edit(title=title))
    answer = await stage.types("drop orders nobody asked for it")
    assert "2 items have “orders” in their title. Which one?" in answer.words
    dialog = (await stage.presses(answer.buttons["#4 Orders out"])).view
    assert "nobody asked for it" in str(dialog)
    ticked = await stage.types("tick orders 1")
    assert "1 is met" in (await stage.presses(ticked.buttons["#2 Orders in"])).words


async def test_parking_says_what_can_start_now(stage: Stage) -> None:
    answer = await stage.types("park waiting for the keys")
    assert "*#2 Search* is in progress" in (await stage.presses(answer.buttons["Start #2"])).words


async def test_an_unknown_word_behind_help_is_named_too(stage: Stage) -> None:
    assert "Did you mean `/board start`?" in (await stage.types("help strat")).words
