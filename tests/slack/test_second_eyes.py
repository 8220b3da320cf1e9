"""What a second pair of fresh eyes stumbled over: words that were untrue, missing or said twice."""

from datetime import date

from bot.core.board.edits import Edit
from bot.core.board.model import Lane
from bot.core.production.readings import Health, Reading
from bot.services.board import items, moves
from bot.services.change import Ask
from bot.services.production import runs
from bot.slack.board import dod
from bot.slack.table import COMMANDS
from tests.people import ALICE, BOB
from tests.slack.stage import CHANNEL, Stage


async def test_of_several_titles_a_move_means_the_one_that_it_can_begin_with(stage: Stage) -> None:
    for number, title in ((1, "Orders in"), (2, "Orders out")):
        items.edit(stage.db, Ask(CHANNEL, BOB, stage.clock()), number, Edit(title=title))
    await stage.types("defer orders")
    assert stage.board().item(2).lane is Lane.LATER
    shown = await stage.types("show orders")
    assert list(shown.buttons) == ["#2 Orders out", "#1 Orders in"]


async def test_a_choice_that_is_not_whole_says_so(stage: Stage) -> None:
    for k in range(6):
        await stage.sends((await stage.types("add")).view, title=f"Report {k}")
    told = await stage.types("show report")
    assert "6 items have “report” in their title. Which one? Here are 5; more of the title" in told.words
    assert len(told.buttons) == 5


async def test_a_card_says_when_to_look_again(stage: Stage) -> None:
    ask, told = Ask(CHANNEL, BOB, stage.clock()), "the keys are missing · under a minute · back on Thu 4 Dec"
    items.block(stage.db, ask, 1, "the keys are missing", date(2031, 12, 4))
    assert f"⛔ blocked: {told}" in (await stage.types("show 1")).words
    moves.park(stage.db, ask, 1, "the keys are missing", date(2031, 12, 4))
    assert f"⛔ {told}" in (await stage.types("show 1")).words


async def test_who_may_not_waive_is_told_before_a_reason_is_asked_for(stage: Stage) -> None:
    assert "Only owners of this board can waive a criterion: Alice." in (await stage.types("waive 1 1", BOB)).words
    assert (await stage.types("waive 1 1", ALICE)).view["title"]["text"] == "Waive · #1"


async def test_a_field_is_called_what_belongs_into_it(stage: Stage) -> None:
    for verb, label in (("waive", "Reason"), ("evidence", "Evidence")):
        [field] = [block for block in (await stage.types(f"{verb} 1 1")).view["blocks"] if block["type"] == "input"]
        assert field["label"]["text"] == label


async def test_whoever_writes_a_missing_dod_may_start_at_once(stage: Stage) -> None:
    moves.park(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, "the keys are missing")
    dialog = (await stage.presses((await stage.types("start 3")).buttons["Write the DoD of #3…"])).view
    saved = await stage.sends(dialog, dod="GET /ideas is 200")
    assert "is in progress" in (await stage.presses(saved.buttons["Start #3"])).words


async def test_lanes_are_counted_up_as_people_do(stage: Stage) -> None:
    assert "only an item in WIP, LATER or BLOCKED can be queued" in (await stage.types("queue 2")).words


async def test_a_moved_item_says_at_which_place_it_is(stage: Stage) -> None:
    assert "*#4 Shipping* is in NEXT, first" in (await stage.types("queue 4 1")).words
    assert "*#4 Shipping* is in NEXT, third" in (await stage.types("move 4 LAST")).words
    assert "Alice moved #4 last" in (await stage.types("log")).words
    await stage.types("move 4 2")
    assert "Alice moved #4 to 2" in (await stage.types("log")).words


async def test_a_warning_at_add_says_when_it_matters(stage: Stage) -> None:
    told = await stage.sends((await stage.types("add")).view, title="Login", dod="POST /login is 200")
    assert "The gate will ask this before it starts:\n🟡 *closed?*" in told.words


async def test_a_setting_is_not_cleared_by_asking_for_it(stage: Stage) -> None:
    await stage.types("digest holidays GR")
    await stage.types("digest holidays")
    await stage.types("digest days off 2031-12-24")
    await stage.types("digest days off")
    assert "not on holidays of Greece, not on 24 Dec 2031" in (await stage.types("digest at 9")).words
    assert "Greece" not in (await stage.types("digest holidays none")).words


async def test_a_word_that_is_like_no_country_is_taken_for_none(stage: Stage) -> None:
    assert "Did you mean Germany?" in (await stage.types("digest holidays Germny")).words
    assert "Did you mean" not in (await stage.types("digest holidays XX")).words


async def test_a_preview_before_there_is_a_board_shows_production_as_it_is(empty: Stage) -> None:
    green = Reading("Shop", "script", Health.GREEN, "200", 85)
    runs.keep_run(empty.db, empty.clock(), 1400, [green], empty.desk.listed.facts())
    assert "*Production*  🟢 1 of 1" in (await empty.types("digest now")).words


async def test_a_word_that_is_like_no_command_is_taken_for_none(stage: Stage) -> None:
    assert "Did you mean" not in (await stage.types("frobnicate")).words


async def test_help_on_one_command_tells_more_of_it_and_nothing_twice(stage: Stage) -> None:
    lines = (await stage.types("help done")).words.splitlines()
    assert lines[0] == "`/board finish [N]`"
    assert lines[1] == "Ticks the DoD and finishes the item (also `done`)."
    assert "asks once more" in lines[2]
    assert len(lines) == 3


async def test_help_on_any_command_tells_what_its_row_says(stage: Stage) -> None:
    for command in COMMANDS:
        lines = (await stage.types(f"help {command.verb}")).words.splitlines()
        assert lines[0] == f"`{f'/board {command.usage}'.strip()}`"
        assert command.does[1:] in lines[1]
        assert lines[2:] == [command.detail] != [""]


async def test_the_log_of_an_item_goes_by_a_piece_of_its_title(stage: Stage) -> None:
    await stage.types("status halfway")
    told = (await stage.types("log “payments”")).words
    assert told.startswith("*What happened to #1*")
    assert (await stage.types("LOG payments Page 1")).words == told


async def test_a_page_that_the_log_has_not_is_refused(stage: Stage) -> None:
    for page in (0, 99):
        assert f"There is no page {page}; the log goes from 1 to " in (await stage.types(f"log page {page}")).words


async def test_long_words_are_whole_on_the_card_and_in_the_items_own_log(stage: Stage) -> None:
    note, reason = "half of it " * 200 + "ends", "the keys " * 200 + "lack"
    await stage.types(f"status {note}")
    await stage.types(f"block {reason}")
    card, own, log = [(await stage.types(typed)).words for typed in ("show 1", "log 1", "log")]
    for words in (note, reason):
        assert words in card
        assert words in own
        assert words[:150] in log
        assert words not in log


async def test_criteria_that_are_longer_than_a_field_are_all_still_there_after_saving(stage: Stage) -> None:
    """Ten of 400 characters: Slack's field holds 3,000, and what it can't show must not be taken for deleted."""
    lines = [f"{k} GET /orders/{k} returns 200 " + "with all that belongs to it " * 13 for k in range(10)]
    items.write_dod(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, "\n".join(lines))
    dialog = (await stage.types("dod 1")).view
    assert "10 checks" in (await stage.sends(dialog)).words
    assert [criterion.text for criterion in stage.board().item(1).dod] == [line.strip() for line in lines]


async def test_what_can_be_typed_about_an_item_can_be_clicked(stage: Stage) -> None:
    card = await stage.chooses(await stage.types(""), "Show #1")
    assert "*#1 Payments*" in card.words
    assert (await stage.chooses(card, "What happened")).words.startswith("*What happened to #1*")
    assert (await stage.chooses(card, "Change the owner…")).view["callback_id"] == "do:assign"
    await stage.chooses(await stage.types("show 3"), "Move up")
    assert [item.number for item in stage.board().next] == [3, 2]
    assert "*The gate for #3" in (await stage.chooses(await stage.types("show 3"), "Ask the gate")).words
    assert "opens the form" in (await stage.chooses(await stage.types(""), "What can be typed")).words


def test_the_fields_of_a_long_dod_are_read_in_their_order() -> None:
    assert dod.lines_of({"dod10": "j", "dod2": "b", "dod": "a", "keep": ["yes"]}) == "a\nb\nj"


async def test_whatever_can_be_typed_can_be_clicked_from_help(stage: Stage) -> None:
    everything = await stage.types("help")
    for command in COMMANDS:
        told = await stage.chooses(everything, f"/board {command.verb}")
        assert told.buttons[f"/board {command.verb}"]["action_id"] == f"do:{command.verb}"
    undo = (await stage.chooses(everything, "/board undo")).buttons["/board undo"]
    await stage.types("defer 2")
    assert "Alice deferred #2" in (await stage.presses(undo)).words
