"""Items that go by a piece of their title, and what is said when several have it."""

import pytest

from bot.core.board.edits import Edit
from bot.core.board.model import Lane
from bot.services.board import items
from bot.services.change import Ask
from tests.people import BOB
from tests.slack.stage import CHANNEL, Stage


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


@pytest.mark.parametrize(
    ("typed", "piece"),
    [
        ("start sea", "sea"),  # refused, and still said
        ("show sea", "sea"),
        ("move sea last", "sea"),
        ("log sea", "sea"),
        ("tick 'sea' 1", "sea"),
        ("dod sea", "sea"),
        ("drop sea nobody asked", "sea"),
    ],
)
async def test_the_answer_says_what_a_piece_was_taken_for(stage: Stage, typed: str, piece: str) -> None:
    assert f"“{piece}” was taken for #2 Search." in (await stage.types(typed)).words


@pytest.mark.parametrize("typed", ["show 2", "show #2", "show Search", "show 'SEARCH'", "move search last"])
async def test_a_number_and_a_whole_title_need_no_telling(stage: Stage, typed: str) -> None:
    assert "was taken for" not in (await stage.types(typed)).words


@pytest.mark.parametrize("typed", ["start x", "start se", "show ea", "tick se 1"])
async def test_a_letter_or_two_of_a_word_name_nothing(stage: Stage, typed: str) -> None:
    before = stage.board()
    words = (await stage.types(typed)).words
    assert "A piece of a word needs 3 characters." in words
    assert stage.board() == before


async def test_a_piece_that_is_somebody_s_markup_is_told_as_text(stage: Stage) -> None:
    items.edit(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, Edit(title="<!here> *now*"))
    words = (await stage.types("show <!here>")).words
    assert "“<!here>” was taken for #2 <!here> *now*." in words


async def test_several_that_are_meant_are_offered_with_the_words_behind_them(stage: Stage) -> None:
    for number, title in ((2, "Orders in"), (4, "Orders out")):
        items.edit(stage.db, Ask(CHANNEL, BOB, stage.clock()), number, Edit(title=title))
    answer = await stage.types("drop orders nobody asked for it")
    assert "2 items have “orders” in their title. Which one?" in answer.words
    dialog = (await stage.presses(answer.buttons["#4 Orders out"])).view
    assert "nobody asked for it" in str(dialog)
    ticked = await stage.types("tick orders 1")
    assert "1 is met" in (await stage.presses(ticked.buttons["#2 Orders in"])).words


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


async def test_the_log_of_an_item_goes_by_a_piece_of_its_title(stage: Stage) -> None:
    await stage.types("status halfway")
    told = (await stage.types("log “payments”")).words
    assert told.startswith("*What happened to #1*")
    assert (await stage.types("LOG payments Page 1")).words == told
