"""Two processes on one server: everything is done once. A file has one owner, and the second process is refused."""

import asyncio
from datetime import time

import pytest

from bot.services.change import Ask
from bot.services.digest import schedule
from tests.chaos.stage import CHANNEL, Scene, clock
from tests.people import ALICE
from tests.sandbox.stage import Page
from tests.waiting import until

PEOPLE = ("U0ALICE", "U0BOB", "U0CAROL")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_two_processes_are_as_good_as_one(stage: Scene, page: Page) -> None:
    await asyncio.gather(stage.bot(), stage.bot())
    await _a_digest_is_posted_once(stage)
    await _wip_is_never_two(stage, page)
    await _every_click_is_answered_once(stage, page)


async def test_a_second_process_on_one_file_is_refused_until_the_first_one_has_ended(stage: Scene) -> None:
    first = await stage.bot()
    second = await stage.bot(waiting=False)
    assert await second.ended() == 1
    assert "Another bot is running on the same files" in second.said
    assert "DATABASE_URL=sqlite:///data/second.db" in second.said
    assert "Traceback" not in second.said
    assert not first.has_ended
    await first.killed()
    await stage.bot()  # the lock ended with its process


async def _a_digest_is_posted_once(stage: Scene) -> None:
    schedule.set_time(stage.db, Ask(CHANNEL, ALICE, clock()), time(9, 30))
    stage.let_the_digest_be_due()
    await until(lambda: stage.posted("digest"))
    await stage.all_is_paid()
    assert len(stage.posted("digest")) == 1
    assert len(stage.posted("board")) == 1


async def _wip_is_never_two(stage: Scene, page: Page) -> None:
    """Three people start three items at the same moment, through both processes."""
    assert (await page.say("/board park waiting"))["ok"]
    before = {person: len(await _whispers(page, person)) for person in PEOPLE}
    wanted = zip(PEOPLE, (2, 4, 5), strict=True)
    starts = (page.do("say", person, channel=CHANNEL, text=f"/board start {n}") for person, n in wanted)
    assert all(answer["ok"] for answer in await asyncio.gather(*starts))
    told = [text for person in PEOPLE for text in (await _whispers(page, person))[before[person] :]]
    assert len(told) == len(PEOPLE)
    assert sum("is in progress" in text for text in told) == 1
    assert sum("WIP is taken" in text for text in told) == 2


async def _every_click_is_answered_once(stage: Scene, page: Page) -> None:
    """Each click comes twice, as over a shaky connection, and the second one to the other process."""
    await stage.all_is_paid()
    [message] = stage.posted("board")
    started = stage.board().wip
    assert started is not None
    await page.do("faults", clicks_twice=True)
    for person in PEOPLE:
        assert (await page.click(message, "do:status", person=person))["ok"]
    await page.do("faults", clicks_twice=False)
    for person in PEOPLE:
        assert len((await page.state(person))["views"]) == 1
    views = (await page.state(PEOPLE[0]))["views"]
    note = {"status": {"value": {"type": "plain_text_input", "value": "said once"}}}
    assert (await page.do("submit", PEOPLE[0], view_id=views[0]["id"], values=note))["ok"]
    await stage.all_is_paid()
    wip = stage.board().wip
    assert wip is not None
    assert wip.status is not None
    assert (wip.number, wip.status.text) == (started.number, "said once")
    assert len(stage.posted("board")) == 1


async def _whispers(page: Page, person: str) -> list[str]:
    messages = await page.messages(person, CHANNEL)
    return [str(message["blocks"]) for message in messages if message.get("ephemeral")]
