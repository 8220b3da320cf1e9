"""The worker: what fails is tried again, put off or given up; what is asked for again is paid again."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import Connection

from bot.effects import worker as module
from bot.effects.heartbeat import tick
from bot.effects.worker import Worker
from bot.services.board import items
from bot.services.change import Ask
from bot.services.digest import checkins, schedule
from bot.services.ops import doctor
from bot.services.production import runs
from bot.slack.client import LOCKED_OUT, PAYLOAD, PERMANENT, SlackBusy, SlackRefused, SlackUnreachable
from bot.store import outbox
from bot.store.outbox import LEASE, Debt, Owed, Turn
from tests.effects.ledger import dead, owed
from tests.effects.stage import Works
from tests.furnished import on_both
from tests.people import ALICE, BOB
from tests.waiting import until

Another = Callable[[], Works]


async def test_what_slack_asks_to_wait_for_is_put_off_that_long_and_nothing_else_is(works: Works) -> None:
    works.slack.fails("post", SlackBusy(40))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    assert owed(works.db, Owed.BOARD) == ["C1"]
    runs.ask_for_run(works.db, "C2", ALICE.id, works.clock())
    works.clock.forward(seconds=39)
    await works.pay()
    assert [message.channel for message in works.slack.in_channel("board")] == ["C2"]
    assert len(works.slack.called("whisper")) == 1
    works.clock.forward(seconds=1)
    await works.pay()
    assert sorted(message.channel for message in works.slack.in_channel("board")) == ["C1", "C2"]


async def test_being_asked_to_wait_is_not_a_failed_try(works: Works) -> None:
    works.slack.fails("post", SlackBusy(1), times=10)
    items.set_status(works.db, works.alice, None, "a note")
    for _ in range(11):
        await works.pay()
        works.clock.forward(seconds=1)
    assert len(works.slack.in_channel("board")) == 1


@pytest.mark.parametrize("code", sorted(PERMANENT - PAYLOAD))
async def test_what_can_never_be_paid_is_given_up_at_once_in_plain_sight(
    works: Works, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    works.slack.fails("post", SlackRefused(code))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    assert dead(works.db) == [("board", code)]
    assert f"board C1 is given up: {code}" in caplog.text
    works.clock.forward(days=1)
    await works.pay()
    assert len(works.slack.called("post")) == 1


@pytest.mark.parametrize("code", sorted(LOCKED_OUT))
@on_both
async def test_what_is_owed_waits_while_slack_takes_no_call_at_all(works: Works, code: str) -> None:
    """However long it takes, nothing is given up, no try is counted, and all of it is paid when the token is good."""
    works.slack.fails("post", SlackRefused(code), times=99)
    items.set_status(works.db, works.alice, None, "a note")
    for _ in range(20):
        await works.pay()
        works.clock.forward(seconds=30)
    assert len(works.slack.called("post")) == 20
    assert dead(works.db) == []
    assert doctor.examine(works.db, works.clock()).paused == code
    works.slack.mend()
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
    assert owed(works.db) == []
    assert doctor.examine(works.db, works.clock()).paused == ""


async def test_nothing_is_tried_in_between(works: Works) -> None:
    works.slack.fails("post", SlackRefused("token_revoked"))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    calls = len(works.slack.calls)
    works.clock.forward(seconds=29)
    await works.pay()
    assert len(works.slack.calls) == calls


async def test_a_pin_is_not_left_out_while_slack_takes_no_call(works: Works) -> None:
    works.slack.fails("pin", SlackRefused("token_revoked"))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    assert not works.slack.in_channel("board")[0].pinned
    works.clock.forward(seconds=30)
    await works.pay()
    assert works.slack.in_channel("board")[0].pinned


async def test_what_was_given_up_is_revived(works: Works) -> None:
    """Of one board, or of all."""
    works.slack.fails("post", SlackRefused("restricted_action"), times=9)
    items.set_status(works.db, works.alice, None, "a note")
    schedule.post_now(works.db, Ask("C2", ALICE, works.clock()))
    await works.pay()
    assert {kind for kind, _ in dead(works.db)} >= {"board", "digest"}
    works.slack.mend()
    doctor.revive(works.db, works.clock(), "C1")
    await works.pay()
    assert {message.channel for message in works.slack.in_channel("board")} == {"C1"}
    assert works.slack.in_channel("digest") == []
    assert doctor.revive(works.db, works.clock()) == len(["board", "digest"])
    await works.pay()
    assert dead(works.db) == []
    assert [message.channel for message in works.slack.in_channel("digest")] == ["C2"]


@pytest.mark.parametrize("code", sorted(PAYLOAD))
async def test_whose_words_slack_refuses_to_show_is_told(works: Works, code: str) -> None:
    works.slack.fails("post", SlackRefused(code))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    [told] = works.slack.in_channel("unshown")
    assert told.channel == f"D{ALICE.id[1:]}"
    assert f"Slack refuses to show the board message of <#C1> ({code})" in str(told.blocks)
    assert dead(works.db) == [("board", code)]


async def test_an_answer_to_a_digest_is_told_to_who_wrote_it_and_once_a_day(works: Works) -> None:
    schedule.post_now(works.db, works.alice)
    await works.pay()
    works.slack.fails("post_in_thread", SlackRefused("msg_too_long"), times=9)
    for word in ("long", "longer"):  # more than a line, so that the thread has it
        checkins.check_in(works.db, Ask("C1", BOB, works.clock()), BOB, f"{word} " * 30, "", "")
        await works.pay()
        works.clock.forward(minutes=1)
    mine = [told for told in works.slack.in_channel("unshown") if "an answer to a digest" in told.text]
    assert [told.channel for told in mine] == [f"D{BOB.id[1:]}"]


async def test_what_was_given_up_is_tried_again_when_it_is_asked_for_again(works: Works) -> None:
    """The bot was put out of the channel, and invited back."""
    works.slack.fails("post", SlackRefused("not_in_channel"))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    items.set_status(works.db, works.alice, None, "another")
    await works.pay()
    assert dead(works.db) == []
    assert len(works.slack.in_channel("board")) == 1


@pytest.mark.parametrize("error", [SlackUnreachable("no route"), SlackRefused("rollup_error"), KeyError("a bug")])
async def test_what_fails_is_tried_after_1_5_30_and_300_seconds_and_then_given_up(
    works: Works, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    works.slack.fails("post", error, times=99)
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    for tries, seconds in enumerate((1, 5, 30, 300), 1):
        works.clock.forward(seconds=seconds - 0.5)
        await works.pay()
        assert len(works.slack.called("post")) == tries
        works.clock.forward(seconds=0.5)
        await works.pay()
        assert len(works.slack.called("post")) == tries + 1
    [(board, why), (trail, because)] = dead(works.db)
    assert (board, trail) == ("board", "trail")
    assert str(error) in why
    assert because == "the board message of C1 is not posted yet"
    assert "board C1" in caplog.text


@on_both
async def test_what_is_asked_for_while_it_is_paid_is_paid_again(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "first")
    gate = works.slack.holds("post")
    paying = asyncio.create_task(works.pay())
    await until(lambda: works.slack.in_channel("board"))
    items.set_status(works.db, works.alice, None, "second")
    gate.set()
    await paying
    [message] = works.slack.in_channel("board")
    assert "second" in str(message.blocks)
    assert owed(works.db) == []


@on_both
async def test_two_workers_pay_each_debt_once(works: Works, another: Another) -> None:
    for k in range(12):
        runs.ask_for_run(works.db, f"C{k}", ALICE.id, works.clock())
    await asyncio.gather(works.pay(), another().pay())
    assert sorted(given["channel"] for given in works.slack.called("whisper")) == sorted(f"C{k}" for k in range(12))


async def test_slow_prod_facts_hold_up_nothing_else(works: Works) -> None:
    works.answers.clear()
    for k in range(4):
        runs.ask_for_run(works.db, "C1", f"U{k}", works.clock())
    items.set_status(works.db, works.alice, None, "a note")
    paying = asyncio.create_task(works.pay())
    await until(lambda: works.slack.in_channel("board"))
    works.answers.set()
    await paying
    assert len(works.slack.called("whisper")) == 4


async def test_a_worker_that_is_stopped_finishes_what_it_pays_and_takes_no_more(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "a note")
    gate = works.slack.holds("post")
    worker = Worker(works.means)
    running = asyncio.create_task(worker.run())
    await until(lambda: works.slack.in_channel("board"))
    worker.stop()
    schedule.post_now(works.db, works.alice)
    await works.calm()
    assert not running.done()
    gate.set()
    await running
    assert owed(works.db) == ["C1", "C1/2026-03-02", "C1"]  # the board was asked for again; the last one is its pin


async def test_a_database_that_does_not_answer_for_a_while_is_asked_again(
    works: Works, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, failures = outbox.is_due, iter(range(2))

    def is_due(*given: object) -> bool:
        if next(failures, None) is not None:
            raise ConnectionError("the database is restarting")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "is_due", is_due)
    monkeypatch.setattr(module, "POLL", 0.001)
    items.set_status(works.db, works.alice, None, "a note")
    worker = Worker(works.means)
    running = asyncio.create_task(worker.run())
    await until(lambda: works.slack.in_channel("board"))
    worker.stop()
    await running
    assert "what is owed can't be read" in caplog.text


async def test_a_debt_that_can_not_be_settled_is_settled_when_the_database_is_back(
    works: Works, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, failures = outbox.take_turn, iter(range(2))

    def take_turn(tx: Connection, paid: Sequence[Debt], room: int, now: datetime) -> Turn:
        if paid and next(failures, None) is not None:
            raise ConnectionError("the database is restarting")
        return real(tx, paid, room, now)

    monkeypatch.setattr(outbox, "take_turn", take_turn)
    monkeypatch.setattr(module, "POLL", 0.001)
    items.set_status(works.db, works.alice, None, "a note")
    worker = Worker(works.means)
    running = asyncio.create_task(worker.run())
    await until(lambda: not owed(works.db, Owed.BOARD))
    worker.stop()
    await running
    assert "what is owed can't be read or struck out" in caplog.text
    assert [message.edits for message in works.slack.in_channel("board")] == [0]  # paid once


async def test_a_debt_that_was_never_settled_is_paid_again_when_its_lease_ends(
    works: Works, another: Another, monkeypatch: pytest.MonkeyPatch
) -> None:
    items.set_status(works.db, works.alice, None, "a note")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "settle", lambda tx, debts: tuple(debts))
        await works.pay()
    works.clock.forward(seconds=16)
    await another().pay()
    assert owed(works.db) == []
    assert len(works.slack.in_channel("board")) == 1


@pytest.mark.parametrize("days", [400, 1])
async def test_what_was_put_off_by_a_clock_that_was_ahead_is_paid_when_it_is_set_right(works: Works, days: int) -> None:
    works.clock.forward(days=days)
    works.slack.fails("post", SlackUnreachable("no route"))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    works.clock.forward(days=-days)
    await tick(works.means)
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
    assert owed(works.db) == []


async def test_a_lease_that_a_clock_that_was_ahead_gave_is_over(works: Works) -> None:
    """It died while it paid."""
    works.clock.forward(days=400)
    items.set_status(works.db, works.alice, None, "a note")
    assert works.db.write(outbox.claim, works.clock(), 10)
    works.clock.forward(days=-400)
    await tick(works.means)
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1


async def test_a_lease_of_a_process_whose_clock_is_a_little_ahead_is_held(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "a note")
    assert works.db.write(outbox.claim, works.clock() + timedelta(minutes=4), 10)
    await tick(works.means)
    assert not works.db.query(outbox.is_due, works.clock())


async def test_slack_is_not_asked_at_once_again_however_long_it_asked_to_wait(works: Works) -> None:
    works.slack.fails("post", SlackBusy(10 * 86_400))
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    await tick(works.means)
    await works.pay()
    assert len(works.slack.called("post")) == 1


async def test_a_lease_is_renewed_while_it_is_paid(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEASE", LEASE / 10_000)
    items.set_status(works.db, works.alice, None, "a note")
    gate = works.slack.holds("post")
    worker = Worker(works.means)
    running = asyncio.create_task(worker.run())
    await until(lambda: works.slack.in_channel("board"))
    works.clock.forward(seconds=14)
    # When the first lease would have ended there is another one.
    await until(lambda: not works.db.query(outbox.is_due, works.clock() + timedelta(seconds=14)))
    gate.set()
    worker.stop()
    await running


async def test_a_clock_that_jumps_while_a_debt_is_paid_does_not_pay_it_twice(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "a note")
    gate = works.slack.holds("post")
    worker = Worker(works.means)
    running = asyncio.create_task(worker.run())
    await until(lambda: works.slack.in_channel("board"))
    works.clock.forward(hours=18)
    assert works.db.query(outbox.is_due, works.clock())
    works.door.changed.set()
    await until(lambda: not works.db.query(outbox.is_due, works.clock()))
    gate.set()
    worker.stop()
    await running
    assert [message.edits for message in works.slack.in_channel("board")] == [0]
    assert owed(works.db, Owed.BOARD) == []


async def test_a_clock_that_jumps_just_before_a_debt_is_paid_does_not_pay_it_twice(works: Works) -> None:
    """It is paid while the turn that takes it again is under way."""
    items.set_status(works.db, works.alice, None, "a note")
    gate, door = works.slack.holds("post"), works.door

    class Slow:
        changed = door.changed

        async def change(self, *args: Any, **kwargs: Any) -> Any:
            return await door.change(*args, **kwargs)

        async def query(self, *args: Any, **kwargs: Any) -> Any:
            return await door.query(*args, **kwargs)

        async def call(self, *args: Any, **kwargs: Any) -> Any:
            return await door.call(*args, **kwargs)

        async def write(self, act: Any, *args: Any, **kwargs: Any) -> Any:
            told = await door.write(act, *args, **kwargs)
            if act is outbox.take_turn and any(debt.kind is Owed.BOARD for debt in told.taken) and jumped:
                gate.set()
                await until(lambda: asyncio.all_tasks() <= {here, running})
            return told

    jumped, here = False, asyncio.current_task()
    worker = Worker(replace(works.means, door=cast("Any", Slow())))
    running = asyncio.create_task(worker.run())
    await until(lambda: works.slack.in_channel("board"))
    works.clock.forward(hours=18)
    jumped = True
    works.door.changed.set()
    await until(lambda: gate.is_set() and not works.db.query(outbox.is_due, works.clock()))
    worker.stop()
    await running
    assert [message.edits for message in works.slack.in_channel("board")] == [0]
    assert owed(works.db, Owed.BOARD) == []


async def test_a_worker_that_is_cancelled_the_moment_something_changes_ends(works: Works) -> None:
    """`asyncio.wait_for` of Python 3.11 forgets a cancellation that meets the end of what it waits for."""
    running = asyncio.create_task(Worker(works.means).run())
    await until(lambda: not works.door.changed.is_set())
    await works.calm()
    works.door.changed.set()
    running.cancel()
    await until(running.done)
    assert running.cancelled()
