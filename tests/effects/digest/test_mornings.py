"""The morning: production within its budget, a digest that Slack's trouble delays, nudges and check-ins."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.digest.nudging import Availability
from bot.core.production.readings import Run
from bot.effects import digest as module
from bot.effects.heartbeat import tick
from bot.services.board import items
from bot.services.change import Ask
from bot.services.digest import checkins, content, nudges, schedule
from bot.services.production import runs
from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable
from bot.store.faults import State, illness
from bot.store.outbox import Owed
from tests.effects.ledger import dead, owed
from tests.effects.stage import GREEN, RED, Works
from tests.fakes import MONDAY
from tests.furnished import on_both
from tests.people import ALICE, BOB
from tests.slack.stage import buttons, written

Another = Callable[[], Works]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def words(message: Any) -> str:
    return written(message.blocks)


async def at(works: Works, moment: timedelta) -> None:
    """Let it be some time after Monday, nine; what is due is claimed and paid."""
    works.clock.time = MONDAY + moment
    await tick(works.means)
    await works.pay()


# Production


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FACTS_BUDGET", timedelta(milliseconds=50))


async def test_a_digest_whose_readings_can_not_be_kept_waits_and_shows_no_old_green(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Run:
        raise illness(State.FULL, "database or disk is full")

    runs.keep_run(works.db, MONDAY - 3 * HOUR, 5, (GREEN,))
    works.production = (RED,)
    schedule.post_now(works.db, works.alice)
    monkeypatch.setattr(runs, "keep_run", refuse)
    await works.pay()
    assert works.slack.in_channel("digest") == []
    monkeypatch.undo()
    works.clock.forward(seconds=10)
    await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "🔴 0 of 1" in words(message)


@pytest.mark.usefixtures("short")
async def test_production_that_does_not_answer_in_time_does_not_hold_up_the_digest(
    works: Works, caplog: pytest.LogCaptureFixture
) -> None:
    runs.keep_run(works.db, MONDAY - 3 * HOUR, 5, (RED,))
    works.answers.clear()
    schedule.post_now(works.db, works.alice)
    await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "🔴 0 of 1" in words(message)
    assert "🟡 3 h old" in words(message)
    assert "production did not answer in time" in caplog.text


async def test_a_bug_in_asking_production_does_not_hold_up_the_digest(
    works: Works, caplog: pytest.LogCaptureFixture
) -> None:
    works.production = None  # type: ignore[assignment]
    schedule.post_now(works.db, works.alice)
    await works.pay()
    assert "not checked yet" in words(works.slack.in_channel("digest")[0])
    assert "production could not be asked for a digest" in caplog.text


async def test_boards_that_are_due_together_share_one_run(works: Works) -> None:
    channels = [f"C{k}" for k in range(10, 20)]
    for channel in channels:
        schedule.post_now(works.db, Ask(channel, ALICE, works.clock()))
    await works.pay()
    assert works.asked == 1
    posts = works.slack.in_channel("digest")
    assert sorted(message.channel for message in posts) == channels
    assert all("🟢 1 of 1" in words(message) and "old" not in words(message) for message in posts)


async def test_a_shared_run_shows_each_board_its_own_facts(works: Works) -> None:
    [shop] = works.file.listed
    works.file.listed = (shop, shop.model_copy(update={"name": "Search", "channels": ("C11",)}))
    works.production = (GREEN, replace(RED, name="Search"))
    for channel in ("C10", "C11"):
        schedule.post_now(works.db, Ask(channel, ALICE, works.clock()))
    await works.pay()
    assert works.asked == 1
    told = {message.channel: words(message) for message in works.slack.in_channel("digest")}
    assert "🟢 1 of 1" in told["C10"]
    assert "🔴 1 of 2" in told["C11"]


async def test_readings_from_before_it_was_due_are_not_for_it(works: Works) -> None:
    runs.keep_run(works.db, MONDAY - MINUTE, 5, (GREEN,))
    works.production = (RED,)
    schedule.post_now(works.db, works.alice)
    await works.pay()
    assert "🔴 0 of 1" in words(works.slack.in_channel("digest")[0])


async def test_readings_that_are_dated_after_now_are_from_before_the_clock_was_set_back(works: Works) -> None:
    runs.keep_run(works.db, MONDAY + HOUR, 5, (GREEN,))
    works.production = (RED,)
    schedule.post_now(works.db, works.alice)
    await works.pay()
    assert "🔴 0 of 1" in words(works.slack.in_channel("digest")[0])


@pytest.mark.usefixtures("short")
async def test_production_has_no_longer_when_the_clock_is_set_back_after_the_claim(works: Works) -> None:
    works.clock.forward(hours=1)
    schedule.post_now(works.db, works.alice)
    works.answers.clear()
    await at(works, timedelta())
    assert len(works.slack.in_channel("digest")) == 1


# Slack in trouble


async def test_an_outage_of_an_hour_makes_it_late_and_not_lost(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    works.slack.fails("post", SlackUnreachable("no route"), times=99)
    for _ in range(13):
        await works.pay()
        works.clock.forward(minutes=5)
    works.slack.mend()
    await works.pay()
    works.clock.forward(minutes=5)
    await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "late by 1 h" in words(message)
    assert (Owed.DIGEST.value, "no route") not in dead(works.db)


async def test_an_outage_of_more_than_four_hours_is_noted(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    works.slack.fails("post", SlackUnreachable("no route"), times=999)
    for _ in range(50):
        await works.pay()
        works.clock.forward(minutes=5)
    works.slack.mend()
    await works.pay()
    assert works.slack.in_channel("digest") == []
    assert owed(works.db, Owed.DIGEST) == []
    claim = content.read(works.db, "C1", works.clock(), MONDAY.date()).claim
    assert claim is not None
    assert claim.skipped


async def test_a_digest_that_stands_is_brought_up_to_date_however_late(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    works.slack.fails("post", SlackUnreachable("reset"), after=True)
    await works.pay()
    works.clock.forward(seconds=2)
    await works.pay()
    assert len(works.slack.in_channel("digest")) == 1
    assert not [post for post in works.slack.in_channel("digest") if "late" in words(post)]


# Asking for a note


async def wanted(works: Works) -> None:
    """The digest comes at half past nine, from Tuesday on; #1 is Alice's, and nobody has written a note."""
    works.clock.time = MONDAY + HOUR
    schedule.set_time(works.db, works.alice, (MONDAY + 30 * MINUTE).time())
    await works.pay()


@on_both
async def test_the_owner_is_asked_once_in_a_direct_message(works: Works, another: Another) -> None:
    await wanted(works)
    others = [another() for _ in range(2)]
    works.clock.time = MONDAY + DAY
    await asyncio.gather(*(tick(one.means) for one in (works, *others)))
    await asyncio.gather(*(one.pay() for one in (works, *others)))
    await at(works, DAY + MINUTE)
    [message] = works.slack.in_channel("nudge")
    assert message.channel == "D0ALICE"
    assert "*#1 Payments* is yours, and the digest of <#C1> comes at" in words(message)
    assert [(button["action_id"], button["value"]) for button in buttons(list(message.blocks))] == [
        ("do:status", "#1"), ("do:nudge", "snooze"), ("do:nudge:2", "stop"),
    ]  # fmt: skip
    assert all(block["block_id"].startswith("board:C1:") for block in message.blocks)
    assert message.text == "Where does #1 Payments stand? The digest comes in half an hour."


@pytest.mark.parametrize(
    "away",
    [
        Availability(status="On vacation"),
        Availability(quiet_from=MONDAY, quiet_until=MONDAY + 2 * DAY),
        Availability(zone="Pacific/Niue", status="", emoji=":palm_tree:"),
    ],
)
async def test_who_is_away_is_not_asked_not_even_later_that_day(works: Works, away: Availability) -> None:
    await wanted(works)
    works.slack.available["U0ALICE"] = away
    await at(works, DAY)
    works.slack.available.clear()
    for later in (5, 29, 30, 40):
        await at(works, DAY + later * MINUTE)
    assert works.slack.in_channel("nudge") == []
    await at(works, 2 * DAY)
    assert len(works.slack.in_channel("nudge")) == 1


async def test_who_does_not_want_to_be_asked_is_not(works: Works) -> None:
    await wanted(works)
    nudges.snooze(works.db, works.alice, ALICE)
    await at(works, DAY)
    assert works.slack.in_channel("nudge") == []
    assert works.slack.called("availability") == []


async def test_an_answer_that_is_lost_is_looked_for_and_nobody_is_asked_twice(works: Works) -> None:
    await wanted(works)
    works.slack.fails("post", SlackUnreachable("reset"), after=True, times=3)
    await at(works, DAY)
    await at(works, DAY + MINUTE)
    assert len(works.slack.in_channel("nudge")) == 1
    assert owed(works.db, Owed.NUDGE) == []


async def test_where_nobody_can_look_a_nudge_is_sent_once_at_most(works: Works) -> None:
    await wanted(works)
    works.slack.may_read_history = False
    works.slack.fails("post", SlackUnreachable("reset"), times=3)
    await at(works, DAY)
    await at(works, DAY + MINUTE)
    assert works.slack.in_channel("nudge") == []
    assert owed(works.db, Owed.NUDGE) == []


@pytest.mark.parametrize("error", [SlackBusy(30), SlackRefused("rollup_error")])
async def test_a_nudge_that_slack_did_not_take_is_sent_again(works: Works, error: Exception) -> None:
    await wanted(works)
    works.slack.may_read_history = False
    works.slack.fails("post", error, times=1)
    works.clock.time = MONDAY + DAY
    await tick(works.means)
    await works.pay()
    await at(works, DAY + MINUTE)
    assert len(works.slack.in_channel("nudge")) == 1


async def test_the_question_says_what_was_noted_wherever_it_was_written(works: Works) -> None:
    await wanted(works)
    await at(works, DAY)
    items.set_status(works.db, works.alice, None, "waiting for *the keys*")
    await works.pay()
    [message] = works.slack.in_channel("nudge")
    assert (message.channel, message.edits) == ("D0ALICE", 1)
    assert words(message) == "Noted on *#1 Payments*: › waiting for *the keys*"
    assert list(buttons(list(message.blocks))) == []
    assert message.text == "Noted on #1 Payments: waiting for *the keys*"


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (nudges.snooze, "I won't ask you for status notes until"),
        (nudges.stop, "I won't ask you for status notes any more."),
    ],
)
async def test_the_question_says_that_its_reader_is_left_in_peace(works: Works, deed: Any, told: str) -> None:
    await wanted(works)
    await at(works, DAY)
    deed(works.db, works.alice, ALICE)
    await works.pay()
    [message] = works.slack.in_channel("nudge")
    assert told in words(message)
    assert [button["text"]["text"] for button in buttons(list(message.blocks))] == ["Ask me again", "Update status"]
    nudges.resume(works.db, works.alice, ALICE)
    await works.pay()
    assert "I ask you for a status note" in words(message)
    assert [button["text"]["text"] for button in buttons(list(message.blocks))] == ["Update status"]


async def test_a_question_that_is_gone_or_a_day_old_is_left_at_that(works: Works) -> None:
    await wanted(works)
    await at(works, DAY)
    works.slack.messages.clear()
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    assert works.slack.in_channel("nudge") == []
    await at(works, DAY + 30 * MINUTE)
    await at(works, 2 * DAY + MINUTE)
    assert len(works.slack.in_channel("nudge")) == 1
    works.clock.forward(days=2)
    items.set_status(works.db, works.alice, None, "another")
    await works.pay()
    assert [message.edits for message in works.slack.in_channel("nudge")] == [0]
    assert owed(works.db, Owed.NUDGE) == []


# Checking in


LONG = "the page " * 12


async def test_answers_come_into_the_digest_one_line_a_person(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    await works.pay()
    [digest] = works.slack.in_channel("digest")
    assert "*Standup*  0 of 3 answered" in words(digest)
    checkins.check_in(works.db, works.alice, ALICE, "the page", "#14", "")
    checkins.check_in(works.db, Ask("C1", BOB, works.clock()), BOB, "", "", "no time <!channel>")
    await works.pay()
    assert works.slack.in_channel("digest") == [digest]
    assert "*Standup*  2 of 3 answered\n*Alice*: did: the page · next: #14\n*Bob*: ⛔ no time <!channel>" in words(
        digest
    )
    assert "Not yet: Carol" in words(digest)
    assert "2 of 3 answered. Alice, did: the page; next: #14. Bob, in the way: no time <!channel>." in digest.text
    assert works.slack.in_threads("checkin") == []


async def test_a_long_answer_stands_in_the_thread_and_is_edited_in_place(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    await works.pay()
    [digest] = works.slack.in_channel("digest")
    for did in (LONG, "the page and the tests"):
        checkins.check_in(works.db, works.alice, ALICE, did, "the docs", "")
        await works.pay()
    [mine] = works.slack.in_threads("checkin")
    assert (mine.thread, mine.edits) == (digest.ts, 1)
    assert words(mine) == "*Alice*\n*Did*  the page and the tests\n*Next*  the docs"
    assert mine.text == "Alice, did: the page and the tests; next: the docs"


async def test_what_blocks_the_owner_is_said_to_be_flagged_and_shows_on_the_board(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    await works.pay()
    checkins.check_in(works.db, works.alice, ALICE, LONG, "", "the keys are missing")
    await works.pay()
    [mine] = works.slack.in_threads("checkin")
    assert words(mine).endswith("\n⛔ the keys are missing · #1 Payments is flagged")
    assert "⛔ blocked: the keys are missing" in words(works.slack.in_channel("board", "C1")[0])


async def test_the_next_day_has_an_answer_of_its_own(works: Works) -> None:
    schedule.set_time(works.db, works.alice, (MONDAY + 30 * MINUTE).time())
    await at(works, 30 * MINUTE)
    checkins.check_in(works.db, works.alice, ALICE, "the page", "", "")
    await works.pay()
    await at(works, DAY + 30 * MINUTE)
    checkins.check_in(works.db, works.alice, ALICE, "the tests", "", "")
    await works.pay()
    monday, tuesday = works.slack.in_channel("digest")
    assert ("did: the page" in words(monday), "did: the tests" in words(monday)) == (True, False)
    assert ("did: the page" in words(tuesday), "did: the tests" in words(tuesday)) == (False, True)


async def test_a_digest_that_answers_change_hours_later_is_not_late(works: Works) -> None:
    schedule.set_time(works.db, works.alice, (MONDAY + 30 * MINUTE).time())
    await at(works, 30 * MINUTE)
    works.clock.time = MONDAY + 7 * HOUR
    checkins.check_in(works.db, Ask("C1", BOB, works.clock()), BOB, "the page", "", "")
    await works.pay()
    [digest] = works.slack.in_channel("digest")
    assert digest.edits >= 1
    assert "late" not in words(digest)


async def test_who_belongs_is_asked_of_slack_again_when_it_did_not_answer(works: Works) -> None:
    works.slack.fails("members", SlackUnreachable("no route"))
    schedule.post_now(works.db, works.alice)
    await works.pay()
    [digest] = works.slack.in_channel("digest")
    assert "Standup" not in words(digest)
    works.clock.forward(minutes=1)
    await works.pay()
    assert works.slack.in_channel("digest") == [digest]
    assert "0 of 3 answered" in words(digest)
