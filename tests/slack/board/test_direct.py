"""A direct message with the bot: three words, and the choice of a board for everything that is typed."""

from typing import Any

import pytest

from bot.services.board import home
from bot.slack.board import app_home as views
from bot.slack.client import SlackUnreachable
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Answer, Stage


def posted(answer: Answer) -> str:
    [call] = [call for call in answer.calls if call.method == "post"]
    assert call.given["channel"].startswith("D")
    return answer.words


async def test_board_asks_which_one_and_the_button_shows_it(stage: Stage) -> None:
    answer = await stage.writes("board")
    assert posted(answer).startswith("Which board?\n<#C1>\n#1 Payments   Alice")
    second = answer.blocks[2]
    assert second["block_id"].startswith("board:C2:")
    shown = await stage.clicks("do:board", channel=f"D{ALICE.id}", block=second["block_id"])
    assert "Board ·\n<#C2>" in shown.words
    assert {block["block_id"].split(":")[1] for block in shown.blocks} == {"C2"}


async def test_what_follows_is_asked_of_the_same_board(stage: Stage) -> None:
    shown = await stage.clicks("do:board", channel="D1", block="board:C2:1")
    *_, row = [block for block in shown.blocks if block["type"] == "actions"]
    form = await stage.clicks("do:add", channel="D1", block=row["block_id"])
    await stage.sends(form.view, title="From afar")
    assert "From afar" in {item.title for item in stage.board("C2").items}
    assert "From afar" not in {item.title for item in stage.board("C1").items}


async def test_an_only_board_is_shown_at_once(stage: Stage) -> None:
    stage.slack.outsiders.add(("C2", ALICE.id))
    answer = await stage.writes(" Board ")
    assert "Board ·\n<#C1>" in posted(answer)
    assert all(block["block_id"].startswith("board:C1:") for block in answer.blocks)


async def test_a_typed_command_is_offered_for_each_board(stage: Stage) -> None:
    answer = await stage.types("defer 2", channel="D1")
    assert list(answer.buttons) == ["defer 2"]
    assert stage.board("C2").item(2).lane == "next"
    await stage.clicks("do:defer", "2", channel="D1", block=answer.blocks[2]["block_id"], own=True)
    assert (stage.board("C1").item(2).lane, stage.board("C2").item(2).lane) == ("next", "later")


async def test_mine_lists_what_i_own_on_every_board(stage: Stage) -> None:
    assert posted(await stage.writes("mine")).count("#1 Payments") == 2
    assert "You own no open item." in posted(await stage.writes("mine", who=CAROL))
    answer = await stage.types("mine", channel="C1")
    assert list(answer.buttons) == ["Show"]


async def test_a_board_of_a_channel_that_one_has_left_is_not_ones_own(stage: Stage) -> None:
    stage.slack.outsiders |= {("C1", ALICE.id), ("C2", ALICE.id)}
    assert posted(await stage.writes("board")) == views.NONE
    assert "You own no open item." in posted(await stage.writes("mine"))


@pytest.mark.parametrize("word", ["help", "HELP", "hello there", "bord", "<@U0BOB> *x*", "/board"])
async def test_any_other_word_gets_the_nearest_and_help(stage: Stage, word: str) -> None:
    said = posted(await stage.writes(word))
    assert views.HELP in said
    assert ("Did you mean `board`?" in said) == (word in ("bord", "/board"))
    assert "<@" not in said


async def test_the_same_event_is_answered_once(stage: Stage) -> None:
    await stage.writes("mine", event_id="Ev7")
    again = await stage.writes("mine", event_id="Ev7")
    assert (again.ack, again.calls) == ({}, [])


@pytest.mark.parametrize(
    "more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"user": ""}, {"channel_type": "channel"}]
)
async def test_what_nobody_wrote_to_the_bot_is_left_alone(stage: Stage, more: dict[str, Any]) -> None:
    assert (await stage.writes("mine", **more)).calls == []


async def test_without_slacks_word_on_who_is_where_nothing_is_shown(stage: Stage) -> None:
    stage.slack.fails("channels", SlackUnreachable("no answer"), times=9)
    assert posted(await stage.writes("mine")) == views.UNKNOWN


async def test_a_bug_is_said_there_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "read", None)
    assert "Something broke on my side" in posted(await stage.writes("mine"))


async def test_somebody_new_is_told_where_boards_are(empty: Stage) -> None:
    empty.slack.everywhere.clear()
    assert posted(await empty.writes("board", who=BOB)) == views.NONE
    empty.slack.everywhere.add("C1")
    assert "Board ·\n<#C1>" in posted(await empty.writes("board", who=BOB))
