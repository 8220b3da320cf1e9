"""One item in progress for the board or for each person, as people set it, type on it and click on it."""

import pytest

from bot.core.board.model import Slots
from bot.services.board import items, moves
from bot.services.board.slots import set_slots
from bot.services.change import Ask
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import CHANNEL, Stage


@pytest.fixture
def each(stage: Stage) -> Stage:
    """Each person has a slot: #1 is Alice's in progress, #2 Bob's; #3 waits and could start."""
    set_slots(stage.db, Ask(CHANNEL, ALICE, stage.clock()), Slots.PERSON)
    items.write_dod(stage.db, Ask(CHANNEL, BOB, stage.clock()), 3, "GET /ideas is 200")
    moves.start(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2)
    assert [(item.number, item.owner) for item in stage.board().in_progress] == [(1, ALICE), (2, BOB)]
    return stage


# The setting


async def test_the_setting_stands_in_the_dialog_and_is_said_back(stage: Stage) -> None:
    dialog = (await stage.types("settings")).view
    field = next(block for block in dialog["blocks"] if block.get("block_id") == "slots")
    assert field["label"]["text"] == "One item in progress"
    assert [option["text"]["text"] for option in field["element"]["options"]] == ["For the board", "For each person"]
    assert field["element"]["initial_option"]["value"] == "board"
    told = await stage.sends(dialog, slots="person")
    assert "Each person has one item in progress: whoever starts an item owns it." in told.words
    assert stage.board().slots is Slots.PERSON
    again = (await stage.types("settings")).view
    field = next(block for block in again["blocks"] if block.get("block_id") == "slots")
    assert field["element"]["initial_option"]["value"] == "person"
    assert "The board has one item in progress." in (await stage.sends(again, slots="board")).words
    assert stage.board().slots is Slots.BOARD


@pytest.mark.parametrize(
    ("typed", "slots", "words"),
    [
        ("settings one for each person", Slots.PERSON, "Each person has one item in progress"),
        ("settings one item in progress: for each person", Slots.PERSON, "Each person has one item in progress"),
        ("settings One for the board", Slots.BOARD, "The board has one item in progress."),
        ("settings one board", Slots.BOARD, "The board has one item in progress."),
    ],
)
async def test_the_setting_can_be_typed(stage: Stage, typed: str, slots: Slots, words: str) -> None:
    assert (await stage.types(typed)).words.startswith(words)
    assert stage.board().slots is slots


async def test_a_typed_setting_that_can_t_be_read_says_what_would_be(stage: Stage) -> None:
    told = await stage.types("settings one for the team")
    assert "Write `/board settings one for the board`, or `/board settings one for each person`." in told.words
    assert stage.board().slots is Slots.BOARD


async def test_the_setting_is_for_owners(stage: Stage) -> None:
    assert "Only owners of this board" in (await stage.types("settings one for each person", who=BOB)).words
    assert stage.board().slots is Slots.BOARD


@pytest.mark.parametrize("way", ["typed", "dialog"])
async def test_a_switch_back_lists_what_is_in_progress_with_the_ways_on(each: Stage, way: str) -> None:
    if way == "typed":
        refused = await each.types("settings one for the board")
    else:
        refused = await each.sends((await each.types("settings")).view, slots="board")
    assert "2 items are in progress: *#1 Payments*, Alice; *#2 Search*, Bob." in refused.words
    assert set(refused.buttons) == {"Park #1…", "Park #2…"}
    assert each.board().slots is Slots.PERSON
    parking = (await each.presses(refused.buttons["Park #2…"])).view
    await each.sends(parking, reason="one at a time")
    await each.types("settings one for the board")
    assert each.board().slots is Slots.BOARD


async def test_what_is_nobody_s_is_assigned_before_the_switch(stage: Stage) -> None:
    await stage.types("assign 1 nobody")
    refused = await stage.types("settings one for each person")
    assert "In progress without an owner: *#1 Payments*" in refused.words
    form = (await stage.presses(refused.buttons["Give #1 to somebody…"])).view
    await stage.sends(form, owner=BOB.id)
    await stage.types("settings one for each person")
    assert stage.board().slots is Slots.PERSON


# Starting


async def test_a_taken_slot_names_what_holds_it_with_the_ways_on(each: Stage) -> None:
    refused = await each.types("start 3")
    assert "Your slot is taken: *#1 Payments*, " in refused.words
    assert "#3 was not started." in refused.words
    assert list(refused.buttons) == ["Finish #1…", "Park #1…"]
    assert "*#3 Ideas* is in progress" in (await each.types("start 3", who=CAROL)).words
    assert each.board().item(3).owner == CAROL


async def test_the_form_for_a_new_item_starts_it_where_one_s_own_slot_is_free(each: Stage) -> None:
    assert "start" not in {block.get("block_id") for block in (await each.types("add")).view["blocks"]}
    form = (await each.types("add", who=CAROL)).view
    box = next(block for block in form["blocks"] if block.get("block_id") == "start")
    assert box["label"]["text"] == "You have nothing in progress"
    told = await each.sends(form, CAROL, title="Coupons", dod="GET /coupons is 200", start=["yes"])
    assert "is in progress" in told.words
    assert {item.number: item.owner for item in each.board().in_progress} == {1: ALICE, 2: BOB, 7: CAROL}


async def test_parking_offers_what_comes_next_to_whoever_is_free_for_it(each: Stage) -> None:
    assert "Start #3" in (await each.types("park no keys yet")).buttons
    await each.types("start 3", who=CAROL)
    assert "Start #1" not in (await each.types("park 2 no keys yet", who=CAROL)).buttons


async def test_a_card_offers_a_start_to_those_whose_slot_is_free(each: Stage) -> None:
    assert "Start #3" not in (await each.types("show 3")).buttons
    assert "Start #3" in (await each.types("show 3", who=CAROL)).buttons


# Finishing


async def test_the_finish_starts_the_next_one_for_the_finisher(each: Stage) -> None:
    dialog = (await each.types("finish")).view
    assert dialog["title"]["text"] == "Mark DoD done · #1"
    criteria = [str(k) for k in range(1, len(each.board().item(1).dod) + 1)]
    sure = (await each.sends(dialog, met0=criteria)).view
    await each.sends(sure)
    assert [(item.number, item.owner) for item in each.board().in_progress] == [(2, BOB), (3, ALICE)]


async def test_who_finishes_another_s_item_is_told_that_nothing_starts(each: Stage) -> None:
    shown = await each.types("finish 2")
    assert "Your slot is taken by #1 Payments, so nothing starts then." in shown.words


# Owners


async def test_an_item_in_progress_is_not_given_to_whoever_has_one(each: Stage) -> None:
    refused = await each.types(f"assign 1 <@{BOB.id}|bob>")
    assert "Bob's slot is taken: *#2 Search*, " in refused.words
    assert list(refused.buttons) == ["Finish #2…", "Park #2…", "Give #1 to somebody else…", "Park #1…"]
    form = (await each.presses(refused.buttons["Give #1 to somebody else…"])).view
    await each.sends(form, owner=CAROL.id)
    assert each.board().item(1).owner == CAROL


async def test_an_edit_whose_owner_is_refused_saves_nothing(each: Stage) -> None:
    dialog = (await each.types("edit 1")).view
    refused = await each.sends(dialog, title="Refunds", owner=BOB.id)
    assert "Bob's slot is taken: *#2 Search*" in refused.words
    assert (each.board().item(1).title, each.board().item(1).owner) == ("Payments", ALICE)


# Without a number


async def test_a_verb_without_a_number_means_one_s_own_item(each: Stage) -> None:
    for who, named in ((ALICE, "#1 Payments"), (BOB, "#2 Search")):
        assert named in (await each.types("show", who=who)).words
        assert named in (await each.types("status half way", who=who)).words
    asked = await each.types("park no keys yet", who=CAROL)
    assert (
        "You have nothing in progress, and several others are: *#1 Payments*, Alice; *#2 Search*, Bob." in asked.words
    )
    assert list(asked.buttons) == ["Park #1…", "Park #2…"]
    assert len(each.board().in_progress) == 2


async def test_the_choice_of_a_board_names_everything_in_progress(each: Stage) -> None:
    chosen = await each.types("show 1", channel="D0ALICE")
    assert "#1 Payments   Alice\n#2 Search   Bob" in chosen.words
