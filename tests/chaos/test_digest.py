"""The digest at each point at which posting it can break, with two processes: never two, never none."""

import asyncio
from datetime import time

import pytest
from sqlalchemy import delete

from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from tests.chaos.stage import CHANNEL, Scene, clock
from tests.furnished import on_both
from tests.people import ALICE
from tests.sandbox.stage import Page
from tests.waiting import until

POST, UPDATE, HISTORY = "chat.postMessage", "chat.update", "conversations.history"
# What the next calls meet, one after another.
TROUBLES = (
    ((POST, "reset_before"),),
    ((POST, "reset_after"),),
    ((POST, "500"),),
    ((POST, "429"),),
    ((POST, "reset_after"), (HISTORY, "500")),
    ((POST, "reset_after"), (HISTORY, "429")),
    ((POST, "reset_after"), (HISTORY, "reset_before"), (UPDATE, "reset_after")),
    ((POST, "reset_before"), (POST, "500"), (POST, "reset_after")),
)


async def wanted(stage: Scene) -> None:
    """A digest is wanted, and the board message stands already: the troubles are for the digest."""
    schedule.set_time(stage.db, Ask(CHANNEL, ALICE, clock()), time(9, 30))
    await until(lambda: stage.posted("board"))
    await stage.all_is_paid()


@on_both
async def test_slack_breaks_off(stage: Scene, page: Page) -> None:
    await asyncio.gather(stage.bot(), stage.bot())
    await wanted(stage)
    for troubles in TROUBLES:
        let_it_be_another_day(stage)
        for method, kind in troubles:
            stage.meets(method, kind)
        stage.let_the_digest_be_due()
        schedule.claim_due(stage.db, CHANNEL, clock())
        await until(stage.hurry)
        await stage.fault_was_met()
        assert len(stage.posted("digest")) == 1, troubles


def let_it_be_another_day(stage: Scene) -> None:
    """Today's digest is forgotten, in Slack as well, so that today can have another."""
    with stage.db.begin() as tx:
        tx.execute(delete(tables.digests))
        tx.execute(delete(tables.posts).where(tables.posts.c.key.like("digest:%")))
    workspace = stage.sandbox.box.workspace
    for message in stage.posted("digest"):
        workspace.delete(workspace.channels[CHANNEL], message)


@pytest.mark.parametrize("seconds", [3600, 0.5], ids=["before Slack has it", "after Slack has it"])
async def test_a_process_is_killed_while_it_posts_and_the_other_one_finishes(
    stage: Scene, page: Page, seconds: float
) -> None:
    first = await stage.bot()
    await wanted(stage)
    stage.meets(POST, "delay", seconds=seconds)
    stage.let_the_digest_be_due()
    await stage.fault_was_met()
    await first.killed()
    stage.let_leases_end()
    await stage.bot()
    await until(lambda: stage.posted("digest"))
    await stage.all_is_paid()
    assert len(stage.posted("digest")) == 1


async def test_the_socket_drops_when_it_is_due(stage: Scene, page: Page) -> None:
    """Posting does not go through the socket, so nothing waits for it."""
    await stage.bot()
    await wanted(stage)
    stage.let_the_digest_be_due()
    await page.do("socket", action="drop")
    await until(lambda: stage.posted("digest"))
    await stage.all_is_paid()
    assert len(stage.posted("digest")) == 1
    await until(lambda: stage.sandbox.box.sockets.online)
