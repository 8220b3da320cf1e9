"""Nothing is lost and nothing is said twice, wherever a process dies between the commit and the record of its post."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import pytest

from bot.effects.post import Waiting
from bot.effects.table import EFFECTS
from bot.effects.worker import Worker
from bot.services.board import items, look, moves
from bot.services.digest import schedule
from bot.services.production import watching
from bot.slack.client import SlackUnreachable
from bot.store.ops import condition
from bot.store.outbox import LEASE, Owed
from tests.effects.ledger import dead, owed
from tests.effects.mortal import lives_and_dies
from tests.effects.stage import Works
from tests.fakes import FakeSlack
from tests.furnished import on_both
from tests.waiting import until

Another = Callable[[], Works]


def status(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "a note")


def finish(works: Works) -> None:
    watching.configure(works.db, (), works.clock())  # a run of prod facts would have the post edited
    items.tick(works.db, works.alice, 1, 1)
    items.tick(works.db, works.alice, 1, 3)
    moves.finish(works.db, works.alice, 1)


def digest(works: Works) -> None:
    schedule.post_now(works.db, works.alice)


def share(works: Works) -> None:
    look.share(works.db, works.alice)


DEEDS = {"board": status, "finish": finish, "digest": digest, "share": share}
every = pytest.mark.parametrize("kind", DEEDS)


def _posts(works: Works) -> int:
    """How many messages are to be posted into the channel; the trail waits for the board's."""
    return len(owed(works.db)) - len(owed(works.db, Owed.TRAIL))


async def die_while_posting(works: Works, *, after: bool) -> None:
    """Let a process post and hang, before Slack takes it or after, and end it there with its leases held."""
    works.slack.holds("post", after=after)
    running = asyncio.create_task(Worker(works.means).run())
    await until(lambda: works.slack.called("post") and (works.slack.in_channel() or not after))
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)
    works.door.close()  # the dead commit nothing once others go on


@every
async def test_it_dies_before_anything_is_taken(works: Works, another: Another, kind: str) -> None:
    DEEDS[kind](works)
    await another().pay()
    assert len(works.slack.in_channel(kind)) == 1
    assert owed(works.db) == []


@on_both
@every
@pytest.mark.parametrize("after", [False, True], ids=["before Slack has it", "after Slack has it"])
async def test_it_dies_while_it_posts(works: Works, another: Another, kind: str, after: bool) -> None:
    DEEDS[kind](works)
    await die_while_posting(works, after=after)
    survivor = another()
    works.clock.forward(seconds=LEASE.total_seconds() + 1)
    await survivor.pay()
    for _ in range(2):  # the trail waits until the board stands
        works.clock.forward(seconds=60)
        await survivor.pay()
    assert len(works.slack.in_channel(kind)) == 1
    assert (owed(works.db), dead(works.db)) == ([], [])


@on_both
async def test_wherever_a_process_dies_a_day_has_one_digest(works: Works, another: Another) -> None:
    for at in count(1):
        works.clock.forward(days=1)
        digest(works)
        fuse = await lives_and_dies(another(), at)
        survivor = another()
        for seconds in (LEASE.total_seconds() + 1, 60):
            works.clock.forward(seconds=seconds)
            await survivor.pay()
        today = f"digest:C1/{works.clock():%Y-%m-%d}"
        assert [message.key for message in works.slack.in_channel("digest")].count(today) == 1, fuse.points[-1:]
        assert (owed(works.db), dead(works.db)) == ([], [])
        if not fuse.is_burnt:
            break
    assert at > 10, "the points are planted"


@every
async def test_the_answer_is_lost(works: Works, another: Another, kind: str) -> None:
    """Slack has the message, and the connection broke before it could say so."""
    DEEDS[kind](works)
    works.slack.fails("post", SlackUnreachable("reset"), after=True, times=_posts(works))
    await works.pay()
    survivor = another()
    for _ in range(2):
        works.clock.forward(seconds=2)
        await survivor.pay()
    assert len(works.slack.in_channel(kind)) == 1
    [message] = works.slack.in_channel(kind)
    assert message.edits == 1  # it was found by its key, and brought up to date
    assert (owed(works.db), dead(works.db)) == ([], [])


@every
async def test_without_the_history_scope_a_second_one_is_better_than_none(works: Works, kind: str) -> None:
    works.slack.may_read_history = False
    DEEDS[kind](works)
    works.slack.fails("post", SlackUnreachable("reset"), after=True, times=_posts(works))
    for _ in range(3):
        await works.pay()
        works.clock.forward(seconds=2)
    assert len(works.slack.in_channel(kind)) == 2
    assert (owed(works.db), dead(works.db)) == ([], [])


async def test_an_answer_that_is_lost_for_a_new_one_after_the_old_one_was_gone(works: Works, another: Another) -> None:
    status(works)
    await works.pay()
    works.slack.messages.clear()
    works.clock.forward(hours=20)
    status(works)
    works.slack.fails("post", SlackUnreachable("reset"), after=True)
    await works.pay()
    works.clock.forward(seconds=2)
    await another().pay()
    assert len(works.slack.in_channel("board")) == 1


@on_both
async def test_a_finish_whose_undo_has_run_out_while_it_is_posted_is_posted_once(works: Works) -> None:
    finish(works)
    [key] = owed(works.db, Owed.FINISH)
    works.clock.forward(minutes=11)
    gate = works.slack.holds("post", after=False)
    posting = asyncio.ensure_future(EFFECTS[Owed.FINISH](works.means, key))
    await until(lambda: works.slack.called("post"))
    with suppress(Waiting):
        await EFFECTS[Owed.SEAL](works.means, key)
    gate.set()
    await posting
    assert len(works.slack.called("post")) == 1
    for _ in range(2):
        await works.pay()
        works.clock.forward(minutes=1)
    assert len(works.slack.in_channel("finish")) == 1
    assert works.db.query(condition.owed) == (None, 0)


@on_both
async def test_a_lease_keeps_a_second_process_away(works: Works, another: Another, slack: FakeSlack) -> None:
    digest(works)
    gate = slack.holds("post")
    first = asyncio.create_task(works.pay())
    await until(lambda: slack.in_channel())
    await another().pay()
    gate.set()
    await first
    assert len(slack.in_channel("digest")) == 1
    assert len(slack.in_channel("board", "C1")) == 1
