"""How long an item took is said in the same words wherever it is said."""

from bot.core.board.measure import took
from bot.services.board import look
from bot.services.board.finishes import Ledger
from bot.services.change import Ask
from bot.services.digest import content, schedule
from bot.slack.board import finish_post
from bot.slack.digest import message
from tests.people import ALICE
from tests.slack.stage import CHANNEL, Stage, written


async def test_the_finish_post_the_digest_and_the_week_say_the_same(stage: Stage) -> None:
    await stage.types("digest weekly on")
    schedule.post_now(stage.db, Ask(CHANNEL, ALICE, stage.clock()))
    stage.clock.forward(days=4, hours=3)  # to Friday, on which the week comes too
    for k in (1, 2, 3):
        await stage.types(f"tick {k}")
    second = await stage.sends((await stage.types("finish")).view, met0=["1", "2", "3"])
    await stage.sends(second.view)
    now = stage.clock()
    done = stage.board().item(1)
    zone = look.look(stage.db, CHANNEL, now).board.zone
    words = took(done, zone)
    assert words.endswith(" days")
    told = message.digest(content.read(stage.db, CHANNEL, now).digest)
    assert "*The week*" in written(told)
    shown = {
        "finish post": finish_post.post(Ledger(done, None, "", "none", None, zone), now),
        "digest": [block for block in told if "*Done*" in written([block])],
        "week": [block for block in told if "*The week*" in written([block])],
    }
    assert {place for place, blocks in shown.items() if words not in str(blocks)} == set()
