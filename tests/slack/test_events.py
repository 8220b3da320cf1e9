"""Events: each is acked, whatever happens, and twice is once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from bot.core.people import Person
from bot.services.board import home, items, joining, look
from bot.services.change import Ask
from bot.slack.board import app_home as views
from bot.slack.client import Profile
from bot.store import tables
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.fakes import MYSELF
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Stage

OPENED = {"type": "app_home_opened", "user": ALICE.id, "channel": "D1", "tab": "home"}
JOINED = {"type": "member_joined_channel", "user": MYSELF["user_id"], "channel": "C9", "channel_type": "C"}


async def test_opening_the_home_owes_it_once(stage: Stage) -> None:
    for _ in range(2):
        assert (await stage.happens(OPENED)).calls == []
    await stage.happens(OPENED | {"tab": "messages", "user": BOB.id})
    assert owed(stage.db, Owed.HOME) == [ALICE.id]


async def test_joining_an_empty_channel_owes_the_introduction(stage: Stage) -> None:
    for _ in range(2):
        await stage.happens(JOINED)
    await stage.happens(JOINED | {"user": CAROL.id, "channel": "C8"})
    assert owed(stage.db) == ["C9"]
    assert owed(stage.db, Owed.INTRO) == ["C9"]


def changed(user: str, name: str, **more: Any) -> dict[str, Any]:
    """Slack tells of somebody's profile."""
    return {"type": "user_change", "user": {"id": user, "profile": {"display_name": name}, **more}}


async def test_another_name_is_shown_wherever_somebody_is_named(stage: Stage) -> None:
    home.opened(stage.db, BOB.id, stage.clock())
    await stage.happens(changed(ALICE.id, "Alicia"))
    assert look.whole(stage.db, "C1").item(1).owner == Person(ALICE.id, "Alicia")
    assert owed(stage.db, Owed.BOARD) == ["C1", "C2"]
    assert owed(stage.db, Owed.HOME) == [BOB.id]
    assert "Alicia" in (await stage.types("status halfway")).words + (await stage.types("log")).words


async def test_another_picture_is_shown_wherever_somebody_is(stage: Stage) -> None:
    event = changed(ALICE.id, "Alice")
    event["user"]["profile"]["image_48"] = "https://pictures.test/alice.png"
    for _ in range(2):
        await stage.happens(event)
        owner = look.whole(stage.db, "C1").item(1).owner
        assert owner is not None
        assert owner.picture == "https://pictures.test/alice.png"
        assert owed(stage.db, Owed.BOARD) == ["C1", "C2"]
    [picture] = [e for b in (await stage.types("")).blocks for e in b.get("elements", ()) if e["type"] == "image"]
    assert picture["image_url"] == "https://pictures.test/alice.png"


@pytest.mark.parametrize("event", [changed(ALICE.id, "Alice", is_admin=False), changed("U0NEW", "Somebody new")])
async def test_a_profile_with_nothing_new_for_the_boards_owes_nothing(stage: Stage, event: dict[str, Any]) -> None:
    await stage.happens(event)
    assert owed(stage.db) == []


async def test_who_left_keeps_their_items_by_name_and_no_home(stage: Stage) -> None:
    home.opened(stage.db, ALICE.id, stage.clock())
    with stage.db.begin() as tx:
        tx.execute(delete(tables.outbox))  # it was shown
    await stage.happens(changed(ALICE.id, "", deleted=True))
    assert look.whole(stage.db, "C1").item(1).owner == ALICE
    items.set_status(stage.db, Ask("C1", BOB, stage.clock()), None, "halfway")
    assert ALICE.id not in owed(stage.db, Owed.HOME)


@pytest.mark.parametrize("event", [OPENED, JOINED, changed("U1", "A"), {"type": "message", "channel_type": "im"}])
async def test_a_bug_leaves_no_listener(stage: Stage, event: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "opened", None)
    monkeypatch.setattr(joining, "joined", None)
    monkeypatch.setattr(home, "renamed", None)
    assert (await stage.happens(event)).ack == {}


async def test_every_button_of_the_home_finds_its_board(stage: Stage) -> None:
    shown = views.page(home.read(stage.db, ALICE.id, ["C1", "C2"], stage.clock()), Profile(ALICE))
    board = await stage.presses_on_home(shown, "Show the board", "board:C2")
    assert "Board ·\n<#C2>" in board.words
    form = (await stage.presses_on_home(shown, "Add item", "board:C2")).view
    assert "From home* is in" in (await stage.sends(form, title="From home")).words
    assert "From home" in {item.title for item in stage.board("C2").items}
    within = await stage.clicks("do:status", within=board.view)
    assert "a note" in (await stage.sends(within.view, status="a note")).words
    assert stage.slack.called("whisper") == []  # nobody looks at the channel now
    assert "#1 Payments" in (await stage.presses_on_home(shown, "Show", "board:C1")).words
    assert (await stage.presses_on_home(shown, "Settings", "board:C1")).view["callback_id"] == "do:settings"


async def test_a_bug_behind_a_button_of_the_home_is_said_in_a_dialog(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = views.page(home.read(stage.db, ALICE.id, ["C1", "C2"], stage.clock()), Profile(ALICE))
    monkeypatch.setattr(look, "look", None)
    answer = await stage.presses_on_home(shown, "Show the board", "board:C1")
    assert "Something broke on my side" in answer.words
    assert [call.method for call in answer.calls if call.method != "person"] == ["open"]


async def test_settings_stand_on_the_home_of_those_who_may(stage: Stage) -> None:
    told = home.read(stage.db, BOB.id, ["C1", "C2"], stage.clock() + timedelta(hours=1))
    assert "Settings" not in str(views.page(told, Profile(BOB)))
    assert "Settings" in str(views.page(told, Profile(BOB, is_admin=True)))
