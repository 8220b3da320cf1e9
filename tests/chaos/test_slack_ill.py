"""People work while Slack is ill in every way: each request is answered, and each that comes twice is done once."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.chaos.stage import CHANNEL, Scene
from tests.depth import tried
from tests.effects.ledger import dead
from tests.furnished import on_both
from tests.sandbox.stage import Page
from tests.waiting import until

MOVES = tried(60, deep=400)
PEOPLE = ("U0ALICE", "U0BOB", "U0CAROL")
METHODS = (
    "*", "views.open", "views.open", "chat.postMessage", "chat.update", "chat.postEphemeral", "users.info",
    "conversations.info", "conversations.members",
)  # fmt: skip
KINDS = ("429", "500", "reset_before", "reset_after", "delay")
TYPED = (
    "", "status all is {n}", "status {n}", "tick 1 1", "untick 1 1", "defer 2", "queue 2", "move 2 first", "show 1",
    "doctor", "help", "log", "facts", "mine", "assign 2 me", "evidence 1 1 PR {n}", "finish", "edit 1", "no such word",
)  # fmt: skip


class Office:
    """People who type, click and send forms, and what they were told."""

    def __init__(self, page: Page, random: Random) -> None:
        self.page, self.random = page, random
        self.added: dict[str, bool] = {}  # by title: whether the form went through
        self.unanswered: list[str] = []
        self.twice = 0

    async def move(self, n: int) -> None:
        person = self.random.choice(PEOPLE)
        if self.random.random() < 0.35:
            await self._add(person, f"Work number {n}")
        elif self.random.random() < 0.1:
            self._heard(f"direct message {n}", await self.page.do("say", person, channel=direct(person), text="mine"))
        else:
            text = "/board " + self.random.choice(TYPED).format(n=n)
            self._heard(text, await self.page.do("say", person, channel=CHANNEL, text=text))
            await self._close_all(person)

    async def _add(self, person: str, title: str) -> None:
        """Ask for the form; where Slack opens it, fill it in and send it, often over a line that loses the ack."""
        self._heard(f"add {title}", await self.page.do("say", person, channel=CHANNEL, text="/board add"))
        views = (await self.page.state(person))["views"]
        if views:
            values = {"title": {"value": {"type": "plain_text_input", "value": title}}}
            is_twice = self.random.random() < 0.6
            await self.page.do("faults", envelopes_twice=is_twice)
            answer = await self.page.do("submit", person, view_id=views[-1]["id"], values=values)
            await self.page.do("faults", envelopes_twice=False)
            self._heard(f"form {title}", answer)
            shown = str((await self.page.state(person))["views"])
            self.added[title] = bool(answer["ok"]) and "Nothing was changed" not in shown
            self.twice += is_twice
        await self._close_all(person)

    async def _close_all(self, person: str) -> None:
        while views := (await self.page.state(person))["views"]:
            await self.page.do("close", person, view_id=views[-1]["id"])

    def _heard(self, what: str, answer: dict[str, Any]) -> None:
        if not answer["ok"]:
            self.unanswered.append(f"{what}: {answer}")


def direct(person: str) -> str:
    return person.replace("U0", "D0")


@on_both
@pytest.mark.timeout(1800)  # a move takes up to three seconds, as Slack waits
@pytest.mark.parametrize("seed", tried((1,), deep=(1, 2)))
async def test_every_request_is_answered_and_what_comes_twice_is_done_once(stage: Scene, page: Page, seed: int) -> None:
    """The faults are those of the sandbox, by a seed; two processes share the requests."""
    random = Random(seed)
    office, bots = Office(page, random), [await stage.bot(), await stage.bot()]
    for n in range(MOVES):
        if random.random() < 0.4:
            fault(stage, random)
        if random.random() < 0.02:
            await page.do("socket", action="drop")
            await until(lambda: not stage.sandbox.box.sockets.online)
            await until(lambda: stage.sandbox.box.sockets.settled)
        await office.move(n)
    assert office.unanswered == []
    await page.do("faults", clear=True)
    await until(stage.hurry)
    titles = Counter(item.title for item in stage.board().items)
    assert {title: titles[title] for title in office.added} == {t: int(done) for t, done in office.added.items()}
    assert office.twice > MOVES / 20
    assert [lost for lost in dead(stage.db) if lost[0] != "trail"] == []
    assert len(stage.posted("board")) == 1
    assert not any("Traceback" in bot.said for bot in bots)


def fault(stage: Scene, random: Random) -> None:
    """Plan one trouble; a delay is longer than Slack waits for an ack, where it is rare enough for a test."""
    kind = random.choice(KINDS)
    seconds = random.choice((0.2, 0.5, 10.0)) if kind == "delay" else random.choice((1, 2))
    order = {"method": random.choice(METHODS), "kind": kind, "times": random.choice((1, 1, 2)), "seconds": seconds}
    stage.sandbox.box.faults.plan(order)
