"""Who asks: their name is asked of Slack once, and a handle is better than no answer."""

import asyncio
from typing import Any

import pytest

from bot.slack.client import Profile, SlackBusy, SlackRefused, SlackUnreachable, profile_of
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Stage


async def test_a_name_is_asked_for_once(stage: Stage) -> None:
    await stage.types("show")
    await stage.clicks("do:show", "1")
    await stage.types("show", who=BOB)
    dialog = (await stage.types("status")).view
    await stage.sends(dialog, status="fine")
    assert [given["user"] for given in stage.slack.called("person")] == [ALICE.id, BOB.id]


@pytest.mark.parametrize("error", [SlackRefused("ratelimited"), SlackBusy(30), SlackUnreachable("no answer")])
async def test_without_an_answer_the_handle_stands_in_until_there_is_one(stage: Stage, error: Exception) -> None:
    stage.slack.fails("person", error)
    await stage.types("status first", who=CAROL)
    assert _author(stage) == "carol"
    await stage.types("status second", who=CAROL)
    assert _author(stage) == "Carol"


async def test_a_name_is_not_waited_for_longer_than_slack_waits_for_us(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(_user: str) -> Profile:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("bot.slack.directory.PATIENCE", 0.01)
    monkeypatch.setattr(stage.slack, "profile", slow)
    await stage.types("status fine", who=CAROL)
    assert _author(stage) == "carol"


def _author(stage: Stage) -> str:
    note = stage.board().item(1).status
    assert note is not None
    assert note.by is not None
    return note.by.name


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ({}, (False, False, False)),
        ({"is_bot": True}, (True, False, False)),
        ({"id": "USLACKBOT"}, (True, False, False)),
        ({"is_restricted": True}, (False, True, False)),
        ({"is_ultra_restricted": True}, (False, True, False)),
        ({"deleted": True}, (False, False, True)),
    ],
)
def test_bots_guests_and_those_who_left_are_told_apart(said: dict[str, Any], roles: tuple[bool, bool, bool]) -> None:
    profile = profile_of({"id": "U1", "name": "x", "profile": {"status_text": "Vacationing"}} | said)
    assert (profile.is_bot, profile.is_guest, profile.has_left) == roles
    assert profile.availability.status == "Vacationing"
