"""Events of channels: who comes and goes is known at once, and a board stands still while its channel is archived."""

from typing import Any

import pytest

from bot.services.board import home
from bot.slack import membership
from bot.slack.client import Room
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.fakes import MYSELF
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Stage

ARCHIVED = Room("C1", "standup", is_joined=True, is_archived=True)
UNJOINED = Room("C1", "standup", is_joined=False)


def moved(user: str, way: str) -> dict[str, Any]:
    return {"type": f"member_{way}_channel", "user": user, "channel": "C1", "channel_type": "C"}


async def test_whoever_is_removed_is_refused_at_once_and_let_in_again(stage: Stage) -> None:
    await stage.types("show", who=BOB)
    stage.slack.outsiders.add(("C1", BOB.id))
    await stage.happens(moved(BOB.id, "left"))
    assert (await stage.clicks("do:defer", "2", who=BOB)).words == membership.STRANGER
    stage.slack.outsiders.clear()
    await stage.happens(moved(BOB.id, "joined"))
    assert "#2 Search* is in LATER" in (await stage.clicks("do:defer", "2", who=BOB)).words


async def test_whose_home_is_open_sees_that_they_came_or_went(stage: Stage) -> None:
    home.opened(stage.db, BOB.id, stage.clock())
    for way in ("left", "joined"):
        await stage.happens(moved(BOB.id, way))
        await stage.happens(moved(CAROL.id, way))
    assert owed(stage.db, Owed.HOME) == [BOB.id]
    assert owed(stage.db, Owed.INTRO) == []


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_an_archived_channels_board_stands_still_and_goes_on(stage: Stage, kind: str) -> None:
    home.opened(stage.db, ALICE.id, stage.clock())
    await stage.types("show")
    stage.slack.rooms["C1"] = ARCHIVED
    await stage.happens({"type": f"{kind}_archive", "channel": "C1", "user": ALICE.id})
    assert "is archived" in (await stage.types("defer 2")).words
    del stage.slack.rooms["C1"]
    await stage.happens({"type": f"{kind}_unarchive", "channel": "C1", "user": ALICE.id})
    assert (owed(stage.db, Owed.BOARD), owed(stage.db, Owed.HOMES)) == (["C1"], ["C1"])
    assert "#2 Search* is in LATER" in (await stage.types("defer 2")).words


@pytest.mark.parametrize("event", [{"type": "channel_left"}, moved(MYSELF["user_id"], "left")])
async def test_removed_from_a_channel_the_bot_changes_nothing_there(stage: Stage, event: dict[str, Any]) -> None:
    await stage.types("show")
    stage.slack.rooms["C1"] = UNJOINED
    await stage.happens(event | {"channel": "C1"})
    assert "I'm not in #standup yet." in (await stage.clicks("do:defer", "2")).words
    assert stage.board().item(2).lane == "next"


@pytest.mark.parametrize("event", [moved(BOB.id, "left"), {"type": "group_unarchive", "channel": "C1"}])
async def test_a_bug_leaves_no_listener(stage: Stage, event: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.board.home.owed", None)
    monkeypatch.setattr("bot.services.board.joining.resumed", None)
    assert (await stage.happens(event)).ack == {}
