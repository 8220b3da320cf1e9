"""The messages that follow a change: each stands once, and shows what is true when it is paid."""

import asyncio
from datetime import time
from typing import Any

import pytest

from bot.effects.table import EFFECTS
from bot.services.board import items, look, moves
from bot.services.digest import schedule
from bot.services.production import runs, watching
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.store.outbox import Owed
from tests.effects.ledger import dead, owed
from tests.effects.stage import RED, Works
from tests.people import ALICE
from tests.slack.stage import buttons, written
from tests.waiting import until


def words(message: Any) -> str:
    return written(message.blocks)


def test_whatever_can_be_owed_has_somebody_who_pays_it() -> None:
    assert EFFECTS.keys() == set(Owed)


async def test_the_board_is_posted_and_pinned_once_and_edited_ever_after(works: Works) -> None:
    for text in ("first", "second", "third"):
        items.set_status(works.db, works.alice, None, text)
        await works.pay()
    [message] = works.slack.in_channel()
    assert (message.pinned, message.edits) == (True, 2)
    assert "third" in words(message)
    assert len(works.slack.called("pin")) == 1
    assert message.metadata == {
        "event_type": "onewip",
        "event_payload": {"kind": "board", "board": "C1", "item": 1, "key": "board:C1"},
    }
    assert message.text == "Board: in progress #1 Payments; 2 items in NEXT."


async def test_ten_changes_make_one_update(works: Works) -> None:
    for k in range(10):
        items.set_status(works.db, works.alice, None, f"note {k}")
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
    assert works.slack.called("update") == []


async def test_a_board_message_that_is_gone_is_posted_anew_and_pinned(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "first")
    await works.pay()
    works.slack.messages.clear()
    items.set_status(works.db, works.alice, None, "second")
    await works.pay()
    [message] = works.slack.in_channel("board")
    assert message.pinned
    assert "second" in words(message)


@pytest.mark.parametrize("code", ["too_many_pins", "restricted_action", "missing_scope", "already_pinned"])
async def test_a_board_that_may_not_be_pinned_stands_unpinned(works: Works, code: str) -> None:
    works.slack.fails("pin", SlackRefused(code))
    items.set_status(works.db, works.alice, None, "first")
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
    assert (owed(works.db), dead(works.db)) == ([], [])


@pytest.mark.parametrize("error", [SlackBusy(30), SlackUnreachable("reset")])
async def test_a_pin_that_slack_had_no_time_for_comes_later(works: Works, error: Exception) -> None:
    works.slack.fails("pin", error)
    items.set_status(works.db, works.alice, None, "first")
    await works.pay()
    assert not works.slack.in_channel("board")[0].pinned
    works.clock.forward(seconds=31)
    await works.pay()
    assert [message.pinned for message in works.slack.in_channel("board")] == [True]


async def test_a_finish_is_posted_and_its_post_is_edited_as_its_steps_complete(works: Works) -> None:
    items.tick(works.db, works.alice, 1, 1)
    items.tick(works.db, works.alice, 1, 3)
    works.production = (RED,)
    moves.finish(works.db, works.alice, 1, then=2)
    await works.pay()
    [message] = works.slack.in_channel("finish")
    assert words(message).startswith("*#1 Payments* is done · Alice · ")
    assert "✅ DONE (CLOSED)   ✅ #2 started   🔴 prod facts 0 of 1" in words(message)
    assert "Organic" in words(message)
    assert message.metadata["event_payload"]["item"] == 1
    assert message.text == "#1 Payments is done by Alice. #2 Search is in progress."


async def test_a_finish_says_that_production_is_still_being_asked(works: Works) -> None:
    items.tick(works.db, works.alice, 1, 1)
    items.tick(works.db, works.alice, 1, 3)
    moves.finish(works.db, works.alice, 1)
    works.answers.clear()
    paying = asyncio.create_task(works.pay())
    await until(lambda: works.slack.in_channel("finish"))
    assert "⏳ prod facts" in words(works.slack.in_channel("finish")[0])
    works.answers.set()
    await paying
    [message] = works.slack.in_channel("finish")
    assert "🟢 prod facts 1 of 1" in words(message)


async def test_a_finish_without_prod_facts_promises_none(works: Works) -> None:
    watching.configure(works.db, (), works.clock())
    items.tick(works.db, works.alice, 1, 1)
    items.tick(works.db, works.alice, 1, 3)
    moves.finish(works.db, works.alice, 1)
    await works.pay()
    [message] = works.slack.in_channel("finish")
    assert "prod facts" not in words(message)
    assert works.asked == 0


async def test_a_digest_is_posted_once_with_production_asked_for_it(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    schedule.post_now(works.db, works.alice)
    await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "*Monday 2 March*" in words(message)
    assert "🟢 1 of 1" in words(message)
    assert message.metadata["event_payload"] == {
        "kind": "digest", "board": "C1", "item": 1, "key": "digest:C1/2026-03-02",
    }  # fmt: skip
    assert works.asked == 1
    assert {button["action_id"] for button in buttons(list(message.blocks))} >= {"do:finish", "do:board"}


async def test_a_digest_that_is_tried_again_shows_the_same_readings(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    works.slack.fails("post", SlackUnreachable("no answer"), times=2)
    await works.pay()
    works.production = (RED,)
    works.clock.forward(seconds=2)
    await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "🟢 1 of 1" in words(message)
    assert works.asked == 1


async def test_a_digest_reads_the_board_as_it_is_when_it_is_posted(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    items.set_status(works.db, works.alice, None, "a word in time")
    await works.pay()
    assert "a word in time" in words(works.slack.in_channel("digest")[0])


async def test_prod_facts_that_were_asked_for_are_whispered(works: Works) -> None:
    runs.ask_for_run(works.db, "C1", ALICE.id, works.clock())
    runs.ask_for_run(works.db, "C1", ALICE.id, works.clock())
    await works.pay()
    [given] = works.slack.called("whisper")
    assert (given["channel"], given["user"]) == ("C1", ALICE.id)
    assert "🟢 Shop   200" in str(given["blocks"])
    # Every board shows the last run.
    assert sorted(message.channel for message in works.slack.in_channel("board")) == ["C1", "C2"]


async def test_a_shared_board_is_a_message_of_its_own(works: Works) -> None:
    look.share(works.db, works.alice)
    look.share(works.db, works.alice)
    works.clock.forward(seconds=1)
    look.share(works.db, works.alice)
    await works.pay()
    assert len(works.slack.in_channel("share")) == 2
    assert not any(message.pinned for message in works.slack.in_channel("share"))


async def test_setting_the_digest_shows_on_the_board(works: Works) -> None:
    schedule.set_time(works.db, works.alice, time(9, 30))
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
