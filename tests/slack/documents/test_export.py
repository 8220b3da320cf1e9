"""`/board export`: the board as a file is promised to whoever asks, or it is said why it can't be."""

import pytest

from bot.slack.client import SlackUnreachable
from bot.store.outbox import Owed
from tests.effects import ledger
from tests.people import BOB
from tests.slack.stage import Stage


def owed(stage: Stage) -> list[str]:
    """Who is owed which file."""
    return ledger.owed(stage.db, Owed.EXPORT)


@pytest.mark.parametrize(
    ("typed", "name", "form"),
    [
        ("export", "NEXT-7D.md", "md"),
        ("export md", "NEXT-7D.md", "md"),
        ("export Markdown", "NEXT-7D.md", "md"),
        ("export CSV", "board-2026-03-02.csv", "csv"),
        ("export .json", "board-2026-03-02.json", "json"),
    ],
)
async def test_the_file_is_promised_to_whoever_asked(stage: Stage, typed: str, name: str, form: str) -> None:
    answer = await stage.types(typed, BOB)
    assert answer.ack["response_type"] == "ephemeral"
    assert answer.words == f"*{name}* is on its way into your direct messages with Onewip."
    assert owed(stage) == [f"C1/{BOB.id}/{form}"]


async def test_asked_twice_while_it_is_on_its_way_it_is_owed_once(stage: Stage) -> None:
    await stage.types("export")
    await stage.types("export")
    assert len(owed(stage)) == 1


async def test_another_form_is_refused_with_those_there_are(stage: Stage) -> None:
    answer = await stage.types("export xls <!channel>")
    assert answer.words == ("xls <!channel> is no form that a board can have. Write `/board export md | csv | json`.")
    assert list(answer.buttons) == ["As Markdown", "For spreadsheets (csv)", "For programs (json)"]
    assert owed(stage) == []
    pressed = await stage.presses(answer.buttons["For spreadsheets (csv)"])
    assert "board-2026-03-02.csv" in pressed.words
    assert len(owed(stage)) == 1


async def test_a_channel_without_a_board_has_none_to_give(empty: Stage) -> None:
    answer = await empty.types("export")
    assert answer.words == "There is no board here yet. `/board add` makes its first item."
    assert owed(empty) == []


async def test_an_app_that_was_installed_without_the_scope_says_what_to_do(stage: Stage) -> None:
    stage.slack.scopes = frozenset({"commands", "chat:write", "files:read"})
    answer = await stage.types("export")
    assert "without the scope `files:write`" in answer.words
    assert "installs the app again" in answer.words
    assert "`python -m bot export`" in answer.words
    assert owed(stage) == []
    stage.slack.scopes |= {"files:write"}  # it was installed again, and nobody had to restart the bot
    assert "is on its way" in (await stage.types("export")).words


async def test_where_slack_does_not_say_the_scopes_it_is_tried(stage: Stage) -> None:
    stage.slack.fails("whoami", SlackUnreachable("reset"))
    assert "is on its way" in (await stage.types("export")).words
    assert len(owed(stage)) == 1


async def test_in_a_direct_message_the_board_is_chosen_first(stage: Stage) -> None:
    asked = await stage.types("export csv", channel="DALICE")
    [button] = [one for one in asked.buttons.values() if one["value"] == "csv"][:1]
    block = next(one["block_id"] for one in asked.blocks if button in one.get("elements", [one.get("accessory")]))
    answer = await stage.clicks(button["action_id"], button["value"], channel="DALICE", own=True, block=block)
    assert "is on its way" in answer.words
    assert owed(stage)[0].endswith("/csv")
