"""A process that is killed between its commit and its post: nothing is lost, and nothing is said twice."""

from datetime import UTC, datetime

from bot.core.board.model import Lane
from bot.services.board import items, moves
from bot.services.change import Ask
from tests.chaos.stage import CHANNEL, Scene
from tests.people import ALICE
from tests.sandbox.stage import Page
from tests.waiting import until


async def test_killed_before_slack_has_the_message(stage: Scene, page: Page) -> None:
    bot = await stage.bot()
    stage.meets("chat.postMessage", "delay", seconds=3600)
    assert (await page.say("/board park waiting for the keys"))["ok"]
    await stage.fault_was_met()
    await bot.killed()
    stage.let_leases_end()
    await stage.bot()
    await stage.all_is_paid()
    assert stage.board().item(1).lane is Lane.BLOCKED
    [message] = stage.posted("board")
    assert "BLOCKED" in str(message["blocks"])


async def test_killed_after_slack_has_the_message(stage: Scene, page: Page) -> None:
    """The finish is committed, its post is on its way, and the process never hears that it arrived."""
    bot = await stage.bot()
    ask = Ask(CHANNEL, ALICE, datetime.now(UTC))
    items.tick(stage.db, ask, 1, 1)
    items.tick(stage.db, ask, 1, 3)
    await stage.all_is_paid()
    stage.meets("chat.postMessage", "delay", seconds=0.5)
    moves.finish(stage.db, ask, 1, then=2)
    await stage.fault_was_met()
    await bot.killed()
    stage.let_leases_end()
    await stage.bot()
    await stage.all_is_paid()
    assert len(stage.posted("finish")) == 1
    assert len(stage.posted("board")) == 1


async def test_slack_breaks_off(stage: Scene, page: Page) -> None:
    """Before it has the message, after it, with an error, and with a request to wait: each one stands once."""
    await stage.bot()
    for told, kind in enumerate(("reset_after", "reset_before", "500", "429"), 1):
        stage.meets("chat.postMessage", kind)
        assert (await page.say("/board share"))["ok"]
        await stage.fault_was_met()
        await stage.all_is_paid()
        assert len(stage.posted("share")) == told


async def test_the_connection_is_renewed_and_cut_and_comes_back(stage: Scene, page: Page) -> None:
    bot = await stage.bot()
    for action in ("refresh", "drop"):
        await page.do("socket", action=action)
        if action == "drop":
            await until(lambda: not stage.sandbox.box.sockets.online)
        # Slack's client closes the old connection before it opens the next: what is sent in between is lost.
        await until(lambda: stage.sandbox.box.sockets.settled)
        assert (await page.say(f"/board status after {action}"))["ok"]
        note = stage.board().item(1).status
        assert note is not None
        assert note.text == f"after {action}"
    assert "Traceback" not in bot.said
