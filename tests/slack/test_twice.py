"""What Slack delivers twice is done once, whoever gets the second delivery, and is answered both times."""

import asyncio
import json
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import delete, func, select

from bot.errors import BadInput
from bot.services.board import look, moves
from bot.store import tables
from bot.store.database import Database
from tests.furnished import on_both
from tests.people import ALICE
from tests.slack.stage import CHANNEL, Json, Stage


@pytest.fixture
def stage(database: Database) -> Any:
    made = Stage(database)
    yield made
    made.door.close()


async def delivered(stage: Stage, body: Json) -> Json:
    """Bring a request to this process, as it is; gives the ack."""
    told = await stage.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert told.status == 200
    return json.loads(told.body) if told.body else {}


def typed(text: str, trigger: str = "1.2.3") -> Json:
    body: Json = {"command": "/board", "text": text, "user_id": ALICE.id, "user_name": "alice", "channel_id": CHANNEL}
    return body | {"team_id": "T0TEAM", "trigger_id": trigger, "response_url": "https://hooks.slack.test/command"}


def clicked(verb: str, value: str) -> Json:
    action = {"type": "button", "action_id": f"do:{verb}", "block_id": "b", "action_ts": "1", "value": value}
    body: Json = {"type": "block_actions", "user": {"id": ALICE.id, "username": "alice"}, "team": {"id": "T0TEAM"}}
    body |= {"trigger_id": "1.2.4", "actions": [action], "channel": {"id": CHANNEL}}
    place = {"type": "message", "message_ts": "1.0", "channel_id": CHANNEL, "is_ephemeral": False}
    return body | {"container": place, "response_url": "https://hooks.slack.test/click"}


async def filled(stage: Stage, title: str) -> Json:
    """The form for a new item, filled in and sent."""
    view = (await stage.types("add")).view
    values = {"title": {"value": {"type": "plain_text_input", "value": title}}}
    shown = view | {"id": "V7", "root_view_id": "V7", "hash": "h7", "state": {"values": values}}
    body = {"type": "view_submission", "user": {"id": ALICE.id, "username": "alice"}, "team": {"id": "T0TEAM"}}
    return body | {"trigger_id": "1.2.5", "view": shown}


def written(text: str) -> Json:
    event = {"type": "message", "channel": "D1", "channel_type": "im", "user": ALICE.id, "text": text, "ts": "1.0"}
    return {"type": "event_callback", "team_id": "T0TEAM", "event_id": "Ev7", "event": event}


def items(stage: Stage, title: str) -> int:
    board = look.whole(stage.db, CHANNEL)
    return sum(item.title == title for item in board.items)


async def test_a_form_that_is_delivered_twice_makes_one_item_and_has_the_same_ack(stage: Stage) -> None:
    body = await filled(stage, "Card payments")
    first, second = await delivered(stage, body), await delivered(stage, body)
    assert items(stage, "Card payments") == 1
    assert first == second == {"response_action": "clear"}


async def test_two_deliveries_at_once_are_one(stage: Stage) -> None:
    body = await filled(stage, "Card payments")
    acks = await asyncio.gather(delivered(stage, body), delivered(stage, body))
    assert items(stage, "Card payments") == 1
    assert acks[0] == acks[1] == {"response_action": "clear"}
    assert len(stage.slack.called("whisper")) == 1


@on_both
async def test_another_replica_or_the_next_start_changes_nothing_again(stage: Stage) -> None:
    another = Stage(stage.db)
    body = await filled(stage, "Card payments")
    for at in (stage, another):
        assert await delivered(at, body) == {"response_action": "clear"}
    assert items(stage, "Card payments") == 1
    first, second = [await delivered(at, typed("status halfway")) for at in (stage, another)]
    assert "halfway" in str(first)
    assert "done when it came the first time" in second["text"]
    with stage.db.read() as tx:
        assert tx.scalar(select(func.count()).where(tables.events.c.verb == "status")) == 1
    for at in (stage, another):
        assert await delivered(at, clicked("defer", "2")) == {}
    assert len(another.slack.called("answer")) == 0
    another.door.close()


async def test_a_typed_command_that_comes_again_has_the_same_answer(stage: Stage) -> None:
    first, second = [await delivered(stage, typed("status halfway")) for _ in range(2)]
    assert first == second
    assert (await delivered(stage, typed("status halfway", trigger="9.9.9")))["text"]
    with stage.db.read() as tx:
        assert tx.scalar(select(func.count()).where(tables.events.c.verb == "status")) == 2


async def test_a_dialog_is_opened_once(stage: Stage) -> None:
    for _ in range(2):
        await delivered(stage, typed("add"))
    assert len(stage.slack.called("open")) == 1


async def test_a_direct_message_is_answered_once_by_two_replicas(stage: Stage) -> None:
    another = Stage(stage.db)
    for at in (stage, another):
        assert await delivered(at, written("mine")) == {}
    assert [len(at.slack.called("post")) for at in (stage, another)] == [1, 0]
    another.door.close()


async def test_what_was_refused_can_be_sent_again_as_it_is(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal changed nothing, so the same form with the same words is no repeat once the trouble is over."""
    body = await filled(stage, "Card payments")

    def busy(*_: object, **__: object) -> None:
        raise BadInput("Try again in a minute.", field="title")

    with monkeypatch.context() as patch:
        patch.setattr(moves, "add", busy)
        assert "errors" in await delivered(stage, body)
    assert await delivered(stage, body) == {"response_action": "clear"}
    assert items(stage, "Card payments") == 1


async def test_the_same_dialog_with_other_words_is_another_request(stage: Stage) -> None:
    body = await filled(stage, "Card payments")
    await delivered(stage, body)
    body["view"]["state"]["values"]["title"]["value"]["value"] = "Refunds"
    await delivered(stage, body)
    assert (items(stage, "Card payments"), items(stage, "Refunds")) == (1, 1)


async def test_the_claim_stands_and_falls_with_the_change(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies before its commit leaves neither, and the next one does what was asked for."""
    body = await filled(stage, "Card payments")

    def dies(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("bot.services.change.outbox.owe", dies)
        await delivered(stage, body)
    with stage.db.read() as tx:
        assert tx.scalar(select(func.count()).select_from(tables.requests)) == 0
    another = Stage(stage.db)
    await delivered(another, body)
    assert items(stage, "Card payments") == 1
    another.door.close()


async def test_without_its_row_it_would_be_done_again(stage: Stage) -> None:
    """That it is done once hangs on the row, and on nothing that one process remembers."""
    another = Stage(stage.db)
    body = await filled(stage, "Card payments")
    await delivered(stage, body)
    with stage.db.begin() as tx:
        tx.execute(delete(tables.requests))
    await delivered(another, body)
    assert items(stage, "Card payments") == 2
    another.door.close()
