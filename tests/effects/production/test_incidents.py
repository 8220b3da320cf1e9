"""Incidents in channels: one message each, edited in place, its thread for what happens, over crashes and replicas."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.production.readings import Health, Reading
from bot.effects.heartbeat import tick
from bot.effects.worker import Worker
from bot.errors import RuleBroken
from bot.services.board import history, items, moves
from bot.services.production import incidents, runs, watching
from bot.slack.client import SlackUnreachable
from bot.store.outbox import LEASE
from tests.effects.ledger import dead, owed
from tests.effects.stage import GREEN, RED, Works
from tests.fakes import Message
from tests.furnished import on_both
from tests.slack.stage import buttons, written
from tests.waiting import until

Another = Callable[[], Works]


async def look(works: Works, *readings: Reading) -> None:
    """Let production say this, and everything that follows be paid."""
    works.production = readings
    await works.means.run_facts(works.means.listed.facts())
    await works.pay()


def incident(works: Works, channel: str = "C1") -> Message:
    [message] = [one for one in works.slack.in_channel("incident") if one.channel == channel]
    return message


def thread(works: Works) -> list[str]:
    return [words(one) for one in works.slack.in_thread(incident(works).ts)]


def words(message: Message) -> str:
    return written(message.blocks)


async def test_red_is_one_message_and_green_again_ends_it_in_place(works: Works) -> None:
    await look(works, GREEN)
    await look(works, RED)
    await look(works, RED)
    first = incident(works)
    assert "🔴 *Shop* is red since" in words(first)
    assert "“Organic” is missing" in words(first)
    works.clock.forward(minutes=20)
    await look(works, GREEN)
    assert "🔴 *Shop* is red since" in words(incident(works))  # one good look is not believed yet
    await look(works, GREEN)
    assert incident(works).ts == first.ts
    assert "🟢 *Shop* is green again, after 20 min" in words(incident(works))
    assert [line.split("\n")[0] for line in thread(works)] == [
        "🔴 Shop is red.",
        "🟢 All of it is green again, after 20 min.",
    ]
    assert (owed(works.db), dead(works.db)) == ([], [])


async def test_every_board_of_a_fact_has_its_own_message(works: Works) -> None:
    await look(works, RED)
    assert {message.channel for message in works.slack.in_channel("incident")} == {"C1", "C2"}


async def test_reminders_come_at_growing_intervals_in_the_thread(works: Works) -> None:
    await look(works, RED)
    for _ in range(50):
        works.clock.forward(minutes=30)
        await tick(works.means)
        await works.pay()
    still = [line.split("\n")[0] for line in thread(works) if "Still" in line]
    assert still == ["Still red, 1 h.", "Still red, 3 h.", "Still red, 8 h.", "Still red, 1 day."]
    assert len(works.slack.in_channel("incident")) == 2


async def test_somebody_is_on_it(works: Works) -> None:
    await look(works, RED)
    number = int(incident(works).key.rpartition("/")[2])
    incidents.acknowledge(works.db, works.alice, number)
    incidents.snooze(works.db, works.alice, number, timedelta(hours=4))
    await works.pay()
    assert "Alice is on it" in words(incident(works))
    labels = [button["text"]["text"] for button in buttons(list(incident(works).blocks))]
    assert labels == ["Snooze 4 h", "Run again"]
    assert thread(works)[1:] == ["Alice is on it.", thread(works)[2]]
    assert "Alice wants no reminder until" in thread(works)[2]
    works.clock.forward(hours=5)
    await tick(works.means)
    await works.pay()
    assert "Still red, 5 h." in thread(works)[-1]


async def test_maintenance_is_quiet_and_what_is_red_when_it_ends_is_told(works: Works) -> None:
    incidents.pause(works.db, works.alice, timedelta(hours=1))
    await look(works, RED)
    assert {message.channel for message in works.slack.in_channel("incident")} == {"C2"}
    assert "🟡 maintenance until" in words(works.slack.in_channel("board")[0])
    works.clock.forward(hours=1)
    await tick(works.means)
    await works.pay()
    assert "🔴 *Shop* is red since" in words(incident(works))


async def test_a_fact_that_is_taken_out_ends_its_incident(works: Works) -> None:
    await tick(works.means)
    await look(works, RED)
    works.file.listed = ()
    await tick(works.means)
    await works.pay()
    assert "⚪ *Shop* is no longer watched" in words(incident(works))
    assert incident(works).text == "No longer watched: Shop."
    assert thread(works)[1:] == [
        "⚪ Shop is no longer watched.",
        "This is over, after 0 min: nothing of it that is still watched is red.",
    ]
    assert "green" not in str(works.slack.in_thread(incident(works).ts)[1:])


async def test_a_fact_of_the_file_that_was_red_from_the_start_is_told_and_announces_no_recovery(works: Works) -> None:
    await look(works, RED)
    assert "› Shop: never green yet: “Organic” is missing" in words(incident(works))
    for _ in range(2):
        works.clock.forward(minutes=10)
        await look(works, GREEN)
    assert "🟢 *Shop* is green for the first time, after 20 min" in words(incident(works))
    assert incident(works).text == "Green after 20 min: Shop."
    assert thread(works)[1:] == ["🟢 All of it is green, after 20 min."]


# Facts that are added from Slack


@pytest.fixture
def mistyped(works: Works) -> str:
    """The name of a fact that somebody added a moment ago, and mistyped; the first look is owed to them."""
    fact = watching.add(works.db, works.alice, {"url": "https://shpo.example/"}, works.means.listed.facts())
    runs.ask_for_run(works.db, "C1", works.alice.who.id if works.alice.who else "", works.clock(), fact.name)
    works.production = (Reading(fact.name, "http", Health.RED, "no such host"),)
    return fact.name


async def test_a_mistyped_fact_is_told_to_whoever_added_it_and_to_nobody_else(works: Works, mistyped: str) -> None:
    await works.pay()
    [whisper] = works.slack.called("whisper")
    assert f"🔴 {mistyped}   never green yet: no such host" in str(whisper["blocks"])
    ways = [button["text"]["text"] for button in buttons(list(whisper["blocks"]))]
    assert ways == ["Look again", "Remove it", "Watch it as it is"]
    watching.remove(works.db, works.alice, mistyped)
    await tick(works.means)
    await works.pay()
    assert works.slack.in_channel("incident") == []


async def test_a_fact_that_was_green_once_opens_incidents(works: Works, mistyped: str) -> None:
    await works.pay()
    works.clock.forward(minutes=1)
    for _ in range(2):
        await look(works, Reading(mistyped, "http", Health.GREEN))
    assert works.slack.in_channel("incident") == []
    await look(works, Reading(mistyped, "http", Health.RED, "503"))
    assert f"› {mistyped}: 503" in words(incident(works))


async def test_a_fact_that_is_watched_as_it_is_opens_an_incident_at_once(works: Works, mistyped: str) -> None:
    await works.pay()
    assert watching.vouch(works.db, works.alice, mistyped.upper()) == mistyped
    await works.pay()
    assert f"› {mistyped}: never green yet: no such host" in words(incident(works))
    with pytest.raises(RuleBroken, match="is watched already"):
        watching.vouch(works.db, works.alice, mistyped)
    watching.remove(works.db, works.alice, mistyped)
    await tick(works.means)
    await works.pay()
    assert f"⚪ *{mistyped}* is no longer watched" in words(incident(works))


async def die_while_posting(works: Works, *, thread: bool, after: bool) -> None:
    """Let a process post and hang, before Slack takes it or after, and end it there with its leases held."""
    method = "post_in_thread" if thread else "post"
    works.slack.holds(method, after=after)
    running = asyncio.create_task(Worker(works.means).run())
    await until(lambda: works.slack.called(method))
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)


@on_both
@pytest.mark.parametrize("thread", [False, True], ids=["message", "thread"])
@pytest.mark.parametrize("after", [False, True], ids=["before Slack has it", "after Slack has it"])
async def test_it_dies_while_it_posts(works: Works, another: Another, thread: bool, after: bool) -> None:
    works.production = (RED,)
    await works.means.run_facts(works.means.listed.facts())
    await die_while_posting(works, thread=thread, after=after)
    survivor = another()
    works.clock.forward(seconds=LEASE.total_seconds() + 1)
    await survivor.pay()
    works.clock.forward(seconds=60)
    await survivor.pay()
    assert len([one for one in works.slack.in_channel("incident") if one.channel == "C1"]) == 1
    assert len(works.slack.in_thread(incident(works).ts)) == 1
    assert (owed(works.db), dead(works.db)) == ([], [])


async def test_the_answer_to_its_post_is_lost(works: Works, another: Another) -> None:
    works.production = (RED,)
    await works.means.run_facts(works.means.listed.facts())
    works.slack.fails("post", SlackUnreachable("reset"), after=True, times=4)
    await works.pay()
    works.clock.forward(seconds=2)
    await another().pay()
    assert len(works.slack.in_channel("incident")) == 2  # one a board
    assert len(thread(works)) == 1


@on_both
async def test_two_processes_see_it_and_one_message_is_posted(works: Works, another: Another) -> None:
    both = (works, another())
    for one in both:
        one.production = (RED,)
    await asyncio.gather(*(one.means.run_facts(one.means.listed.facts()) for one in both))
    await asyncio.gather(*(one.pay() for one in both))
    assert len([one for one in works.slack.in_channel("incident") if one.channel == "C1"]) == 1
    assert len(thread(works)) == 1


def finish(works: Works) -> None:
    for k in (1, 3):
        items.tick(works.db, works.alice, 1, k)
    moves.finish(works.db, works.alice, 1, then=2)


async def test_a_finish_says_what_it_broke_and_offers_to_reopen_with_the_evidence(works: Works) -> None:
    await look(works, GREEN)
    moves.park(works.db, works.alice, 1, "a while")
    moves.start(works.db, works.alice, 1)
    await works.pay()
    works.production = (Reading("Shop", "script", Health.RED, "200, but “Organic” not found"),)
    finish(works)
    await works.pay()
    [post] = works.slack.in_channel("finish")
    assert "🔴 prod facts 1/1 → 0/1: *Shop* lost “Organic”" in words(post)
    pressed = {button["text"]["text"]: button for button in buttons(list(post.blocks))}
    reopen = pressed["Reopen #1 with this evidence"]
    assert (reopen["action_id"], reopen["value"]) == ("do:reopen", "1 prod facts 1/1 → 0/1: Shop lost “Organic”")
    assert pressed["Run again"]["value"].startswith("check ")
    assert "✅ #2 started" in words(post)  # the next item stays started


async def test_a_finish_whose_item_is_open_again_says_so_until_that_is_undone(works: Works) -> None:
    finish(works)
    await works.pay()
    moves.reopen(works.db, works.alice, 1, "it fails again: https://ci.example/17")
    await works.pay()
    [post] = works.slack.in_channel("finish")
    assert "was finished, and is open again" in words(post)
    assert "DONE" not in words(post)
    history.undo(works.db, works.alice)
    await works.pay()
    [post] = works.slack.in_channel("finish")
    assert "✅ DONE (CLOSED)" in words(post)


async def test_what_was_red_at_the_start_is_not_blamed_on_the_item(works: Works) -> None:
    await look(works, RED)
    moves.park(works.db, works.alice, 1, "a while")
    moves.start(works.db, works.alice, 1)
    await works.pay()
    finish(works)
    await works.pay()
    [post] = works.slack.in_channel("finish")
    assert "Shop was red at the start too" in words(post)
    assert not any("Reopen" in button["text"]["text"] for button in buttons(list(post.blocks)))
