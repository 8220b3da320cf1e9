"""Starting and leaving: wrong tokens end at once, an unreachable Slack is waited for, and a stop is in order."""

from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.store.database import Database
from bot.store.outbox import Owed
from tests.chaos.stage import Scene, clock, scene
from tests.effects.ledger import owed
from tests.sandbox.stage import Page
from tests.waiting import until


async def test_a_token_that_slack_refuses_is_named_and_ends_it(stage: Scene) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-wrong"}
    for name, token in wrong.items():
        bot = await stage.bot(waiting=False, **{name: token})
        assert await bot.ended() == 2
        assert f"Slack refuses {name} (invalid_auth)." in bot.said
        assert "Traceback" not in bot.said


async def test_a_facts_file_that_is_wrong_is_said_and_ends(stage: Scene) -> None:
    bot = await stage.bot(waiting=False, FACTS_FILE="nowhere.toml")
    assert await bot.ended() == 1
    assert "nowhere.toml" in bot.said
    assert "Traceback" not in bot.said


async def test_a_slack_out_of_reach_is_said_and_waited_for(database: Database, tmp_path: Path) -> None:
    async with scene(database, tmp_path) as stage:
        port = int(stage.sandbox.address.rpartition(":")[2])
        await stage.sandbox.stop()
        bot = await stage.bot(waiting=False)
        await until(lambda: "Slack can't be reached" in bot.said)
        assert "Trying again in 1 s." in bot.said
        stage.sandbox = Sandbox(tmp_path / "workspace.db", port, clock)
        await stage.sandbox.start()
        await until(lambda: bot.is_running)
        assert "Traceback" not in bot.said


async def test_a_bot_that_is_asked_to_stop_leaves_in_order(stage: Scene, page: Page) -> None:
    """Even while Slack takes its time with a message: that is waited for, and known to have arrived."""
    bot = await stage.bot()
    stage.meets("chat.postMessage", "delay", seconds=0.5)
    assert (await page.say("/board park waiting"))["ok"]
    await stage.fault_was_met()
    assert await bot.asked_to_stop() == 0
    assert len(stage.posted("board")) == 1
    assert owed(stage.db, Owed.BOARD) == []  # what follows it, its pin and its trail, is for the next start
    assert "Traceback" not in bot.said
    assert not stage.sandbox.box.sockets.online
