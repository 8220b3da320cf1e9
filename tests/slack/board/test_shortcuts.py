"""Shortcuts: an item from a message, which is answered in its thread; an item for a channel that the form asks for."""

import json

import pytest

from bot.slack import membership
from bot.slack.board import app_home
from bot.slack.client import Room, SlackRefused
from bot.store import posts
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.people import CAROL
from tests.slack.stage import Stage, keeping

LINK = "https://team.slack.test/archives/C1/p1700000000000100"


async def test_a_message_becomes_an_item_that_knows_where_it_came_from(stage: Stage) -> None:
    form = (await stage.takes("Test payments\nwith <@U0BOB> &amp; <https://x.test|the docs>")).view
    fields = {block["block_id"]: block["element"].get("initial_value") for block in form["blocks"]}
    assert fields["title"] == "Test payments"
    assert fields["scope"] == "with @Bob & https://x.test"
    answer = await stage.sends(form)
    item = stage.board().items[-1]
    assert (item.title, item.source) == ("Test payments", LINK)
    assert f"<{LINK}|The message it came from>" in (await stage.types(f"show {item.number}")).words
    assert answer.ack == {"response_action": "clear"}
    assert stage.slack.called("whisper") == []  # the thread tells it to everybody
    assert owed(stage.db, Owed.ANSWER) == [f"C1/{item.number}/1700000000.000100"]


async def test_a_message_within_a_thread_is_answered_in_that_thread(stage: Stage) -> None:
    await stage.sends((await stage.takes("Test payments", thread_ts="1600000000.000200")).view)
    assert owed(stage.db, Owed.ANSWER) == ["C1/7/1600000000.000200"]


@pytest.mark.parametrize(("text", "title", "has_scope"), [("x" * 300, "x" * 199 + "…", True), ("", None, False)])
async def test_any_message_fits_the_form(stage: Stage, text: str, title: str | None, has_scope: bool) -> None:
    form = (await stage.takes(text)).view
    fields = {block["block_id"]: block["element"] for block in form["blocks"]}
    assert fields["title"].get("initial_value") == title
    assert ("initial_value" in fields["scope"]) == has_scope


async def test_vague_criteria_do_not_make_it_forget_the_message(stage: Stage) -> None:
    form = (await stage.takes("Test payments")).view
    again = (await stage.sends(form, dod="It works correctly")).view
    assert json.loads(again["private_metadata"]) == {"channel": "C1", "ts": "1700000000.000100"}


async def test_without_its_address_the_item_is_added_all_the_same(stage: Stage) -> None:
    stage.slack.fails("permalink", SlackRefused("message_not_found"))
    await stage.sends((await stage.takes("Test payments")).view)
    assert stage.board().items[-1].source == "message"


async def test_it_is_refused_where_there_can_be_no_board(stage: Stage) -> None:
    stage.slack.rooms["C1"] = Room("C1", "quiet", is_joined=False)
    assert "I'm not in #quiet yet." in (await stage.takes("Test payments")).words


async def test_add_item_asks_for_the_channel_and_adds_there(stage: Stage) -> None:
    form = (await stage.adds_anywhere()).view
    assert form["blocks"][0]["element"]["type"] == "conversations_select"
    assert "start" not in {block["block_id"] for block in form["blocks"]}  # nothing is known of that board yet
    told = await stage.sends(form, channel="C2", title="Anywhere")
    assert stage.board("C2").items[-1].title == "Anywhere"
    assert stage.db.query(posts.find, "board:C2") is None
    assert "Anywhere* is in" in told.words  # they may be looking at any channel, so they are told where they are
    assert stage.slack.called("whisper") == []


async def test_a_channel_that_can_not_be_chosen_says_so_on_the_field(stage: Stage) -> None:
    form = (await stage.adds_anywhere(who=CAROL)).view
    stage.slack.outsiders.add(("C2", CAROL.id))
    answer = await stage.sends(form, who=CAROL, channel="C2", title="Anywhere")
    assert answer.errors == {"channel": membership.STRANGER}
    stage.slack.rooms["C1"] = Room("C1", "quiet", is_joined=False)
    answer = await stage.sends(form, who=CAROL, channel="C1", title="Anywhere")
    assert answer.errors["channel"] == "I'm not in #quiet yet. Type /invite @Onewip there, then try again."
    answer = await stage.sends(form, who=CAROL, channel="D1", title="Anywhere")
    assert answer.errors["channel"] == app_home.NO_BOARD


async def test_vague_criteria_do_not_make_it_forget_the_channel(stage: Stage) -> None:
    form = (await stage.adds_anywhere()).view
    again = (await stage.sends(form, channel="C2", title="Anywhere", dod="It works correctly")).view
    assert again["blocks"][0]["element"]["initial_conversation"] == "C2"
    await stage.sends(again, **keeping(again))
    assert stage.board("C2").items[-1].title == "Anywhere"


async def test_a_message_in_a_direct_message_asks_for_the_channel(stage: Stage) -> None:
    form = (await stage.takes("Test payments", channel="D1")).view
    await stage.sends(form, channel="C2")
    assert (stage.board("C2").items[-1].title, stage.board("C2").items[-1].source) == ("Test payments", "command")
