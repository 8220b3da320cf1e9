"""Help: every command, one command in detail, and the nearest one to a mistyped word."""

from bot.slack.table import COMMANDS
from tests.slack.stage import Stage


async def test_an_unknown_word_behind_help_is_named_too(stage: Stage) -> None:
    assert "Did you mean `/board start`?" in (await stage.types("help strat")).words


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


async def test_whatever_can_be_typed_can_be_clicked_from_help(stage: Stage) -> None:
    everything = await stage.types("help")
    for command in COMMANDS:
        told = await stage.chooses(everything, f"/board {command.verb}")
        assert told.buttons[f"/board {command.verb}"]["action_id"] == f"do:{command.verb}"
    undo = (await stage.chooses(everything, "/board undo")).buttons["/board undo"]
    await stage.types("defer 2")
    assert "Alice deferred #2" in (await stage.presses(undo)).words


async def test_help_lists_exactly_the_commands_that_there_are(stage: Stage) -> None:
    taught = (await stage.types("help")).words
    everything = (await stage.types("help all")).words
    for command in COMMANDS:
        line = f"`/board {command.usage}`".replace(" `", "`")
        assert line in everything
        assert (line in taught) == command.taught
