"""Who may, and where: asked of Slack at the click, and refused for their eyes only."""

import pytest

from bot.slack import directory as module
from bot.slack import membership
from bot.slack.client import Room, SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.layout import words
from bot.slack.layout.blocks import belonging
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Stage

SHARED = Room("C1", "standup", is_joined=True, is_shared=True)
ARCHIVED = Room("C1", "standup", is_joined=True, is_archived=True)
UNJOINED = Room("C1", "quiet", is_joined=False)
ROOMS = [
    (SHARED, "#standup is shared with another organisation. Onewip keeps no boards there yet."),
    (ARCHIVED, "#standup is archived, so its board stands still. Nothing was changed."),
    (UNJOINED, "I'm not in #quiet yet. Type `/invite @Onewip` there, then try again."),
]
ON_HOME = belonging([{"type": "actions"}], "C1")[0]["block_id"]


@pytest.mark.parametrize(("room", "said"), ROOMS)
async def test_where_there_can_be_no_board_it_says_why_and_changes_nothing(stage: Stage, room: Room, said: str) -> None:
    stage.slack.rooms["C1"] = room
    before = stage.board()
    for answer in (await stage.types("defer 2"), await stage.clicks("do:defer", "2"), await stage.types("")):
        assert answer.words == said
    assert stage.board() == before


async def test_somebody_outside_the_channel_is_refused_for_their_eyes_only(stage: Stage) -> None:
    stage.slack.outsiders.add(("C1", CAROL.id))
    before = stage.board()
    dialog = (await stage.types("status")).view
    for answer in (
        await stage.types("defer 2", who=CAROL),
        await stage.clicks("do:defer", "2", who=CAROL),
        await stage.clicks("do:defer", "2", who=CAROL, within=words.notice("C1", words.line("…"))),
        await stage.sends(dialog, who=CAROL, status="mine"),
    ):
        assert membership.STRANGER in answer.words
    assert stage.board() == before
    assert stage.slack.called("post") == []


async def test_a_private_channel_without_the_bot_is_one_that_it_does_not_see(stage: Stage) -> None:
    stage.slack.fails("room", SlackRefused("channel_not_found"))
    assert (await stage.types("add")).words == membership.UNSEEN


async def test_whoever_was_let_in_is_let_in_from_memory_and_whoever_was_not_is_asked_for_again(stage: Stage) -> None:
    for _ in range(3):
        await stage.types("show")
    assert (len(stage.slack.called("room")), len(stage.slack.called("members"))) == (1, 1)
    stage.slack.outsiders.add(("C1", BOB.id))
    stage.clock.forward(seconds=21)
    assert (await stage.types("show", who=BOB)).words == membership.STRANGER
    stage.slack.outsiders.clear()
    assert "#1 Payments" in (await stage.types("show", who=BOB)).words


async def test_an_invitation_helps_at_once(stage: Stage) -> None:
    stage.slack.rooms["C1"] = UNJOINED
    await stage.types("show")
    del stage.slack.rooms["C1"]
    assert "#1 Payments" in (await stage.types("show")).words


@pytest.mark.parametrize("error", [SlackBusy(30), SlackUnreachable("no answer"), SlackRefused("missing_scope")])
@pytest.mark.parametrize("method", ["room", "members"])
async def test_slack_being_ill_keeps_nobody_out_who_is_in_the_channel(
    stage: Stage, error: Exception, method: str
) -> None:
    stage.slack.fails(method, error, times=9)
    await stage.types("defer 2")
    assert stage.board().item(2).lane == "later"


@pytest.mark.parametrize("error", [SlackBusy(30), SlackUnreachable("no answer"), SlackRefused("missing_scope")])
async def test_from_elsewhere_nobody_is_let_in_on_a_guess(stage: Stage, error: Exception) -> None:
    stage.slack.fails("members", error)
    answer = await stage.clicks("do:defer", "2", block=ON_HOME, within={"type": "home", "blocks": []})
    assert membership.UNKNOWN in answer.words
    assert stage.board().item(2).lane == "next"


async def test_the_last_answer_stands_while_slack_is_ill(stage: Stage) -> None:
    await stage.types("show")
    stage.clock.forward(hours=5)
    stage.slack.fails("members", SlackUnreachable("no answer"))
    answer = await stage.clicks("do:defer", "2", block=ON_HOME, within={"type": "home", "blocks": []})
    assert "#2 Search* is in LATER" in answer.words


async def test_slack_being_slow_is_not_waited_for_and_its_answer_counts_when_it_comes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    gate = stage.slack.holds("members", after=False)
    assert "#1 Payments" in (await stage.types("show")).words
    gate.set()
    assert await stage.desk.directory.is_member("C1", ALICE.id)
    assert len(stage.slack.called("members")) == 1


async def test_admins_may_what_owners_may_and_nobody_is_one_for_longer_than_a_day(stage: Stage) -> None:
    dialog = "settings"
    assert "Only owners" in (await stage.types(dialog, who=BOB)).words
    stage.slack.admins.add(BOB.id)
    stage.clock.forward(hours=25)
    assert (await stage.types(dialog, who=BOB)).view["callback_id"] == "do:settings"


async def test_a_name_is_asked_for_again_after_a_day(stage: Stage) -> None:
    await stage.types("show")
    stage.clock.forward(hours=23)
    await stage.types("show")
    assert len(stage.slack.called("person")) == 1
    stage.clock.forward(hours=2)
    await stage.types("show")
    assert len(stage.slack.called("person")) == 2


async def test_help_is_for_everybody_everywhere(stage: Stage) -> None:
    stage.slack.rooms["C1"] = UNJOINED
    stage.slack.outsiders.add(("C1", CAROL.id))
    assert "`/board add`" in (await stage.types("help", who=CAROL)).words
