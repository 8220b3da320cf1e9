"""What the ten commonest acts cost: clicks, words that are typed, and private messages that are left standing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from bot.core.board.model import Lane
from bot.slack.layout.blocks import View
from tests.slack.stage import Answer, Stage, buttons


class Cost(NamedTuple):
    clicks: int
    words: int
    left: int  # private messages in the channel


@dataclass
class Person:
    """Alice, who counts. The list of a dialog or a message takes two clicks: on it, and on the choice."""

    stage: Stage
    clicks: int = 0
    words: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def cost(self) -> Cost:
        return Cost(self.clicks, self.words, len(self.left))

    async def types(self, text: str) -> Answer:
        self.words += len(f"/board {text}".split())
        return self._seen(await self.stage.types(text))

    async def presses(self, answer: Answer, label: str, *, own: bool = True) -> Answer:
        self.clicks += 1
        [(row, button)] = [(b, e) for b in answer.blocks for e in buttons([b]) if e["text"]["text"] == label]
        value, block = button.get("value", ""), row.get("block_id", "b")
        return self._seen(await self.stage.clicks(button["action_id"], value, own=own, block=block))

    async def finds(self, words: str, label: str) -> Answer:
        """Take something from the list of the board's message in the channel."""
        self.clicks += 2
        self.words += len(words.split())
        place = {"channel": {"id": "C1"}, "action_id": "do:menu", "block_id": "b"}
        groups = (await self.stage.searches(words, place)).ack["option_groups"]
        [value] = [o["value"] for group in groups for o in group["options"] if o["text"]["text"].startswith(label)]
        verb, _, argument = value.partition(" ")
        return self._seen(await self.stage.clicks(f"do:{verb}", argument))

    async def sends(self, view: View, **fields: Any) -> Answer:
        self.clicks += 1 + sum(len(given) for given in fields.values() if isinstance(given, list))
        self.words += sum(len(given.split()) for given in fields.values() if isinstance(given, str))
        return self._seen(await self.stage.sends(view, **fields))

    def _seen(self, answer: Answer) -> Answer:
        for call in answer.calls:
            if call.method == "whisper" or (call.method == "answer" and not call.given["replace"]):
                self.left.append(call.given["text"])
            elif call.method == "take_back":
                self.left.pop()
        self.left += [answer.ack["text"]] if answer.ack.get("response_type") == "ephemeral" else []
        return answer


async def add(alice: Person) -> None:
    form = await alice.presses(await channels_board(alice), "Add item", own=False)
    await alice.sends(form.view, title="Refunds", dod="GET /refunds is 200")


async def start(alice: Person) -> None:
    await alice.stage.types("park waiting")
    await alice.finds("", "Start #5")
    assert alice.stage.board().item(5).lane is Lane.WIP


async def start_while_taken(alice: Person) -> None:
    refused = await alice.types("start 2")
    parked = await alice.sends((await alice.presses(refused, "Park #1…")).view, reason="no keys")
    await alice.presses(parked, "Start #2")
    assert alice.stage.board().item(2).lane is Lane.WIP


async def tick_two(alice: Person) -> None:
    await alice.types("tick 1, 3")
    assert alice.stage.board().item(1).open_criteria == ()


async def finish(alice: Person) -> None:
    dialog = await alice.presses(await channels_board(alice), "Mark DoD done", own=False)
    confirm = await alice.sends(dialog.view, met0=["1", "2", "3"])
    alice.clicks -= 1  # 2 was ticked before
    await alice.sends(confirm.view)
    assert alice.stage.board().item(1).lane is Lane.DONE


async def park(alice: Person) -> None:
    await alice.sends((await alice.finds("", "Park #1")).view, reason="no keys")
    assert alice.stage.board().item(1).lane is Lane.BLOCKED


async def look_and_change(alice: Person) -> None:
    card = await alice.types("2")
    saved = await alice.sends((await alice.presses(card, "Edit #2…")).view, estimate="2 days")
    await alice.presses(saved, "Defer #2")


async def ask_production(alice: Person) -> None:
    await alice.presses(await channels_board(alice), "Run prod facts", own=False)


async def mistype(alice: Person) -> None:
    await alice.presses(await alice.types("finsh 1"), "/board finish 1")


async def set_the_zone(alice: Person) -> None:
    dialog = await alice.types("settings")
    alice.clicks += 2  # on the field, and on the zone
    alice.words += 1  # a piece of it
    alice._seen(await alice.stage.sends(dialog.view, zone="Europe/Athens"))
    alice.clicks += 1


async def channels_board(alice: Person) -> Answer:
    """The board's message as it stands in the channel: seen by everybody, and no answer to anybody."""
    return await alice.stage.types("")


# Before: counted by hand on the commit before this table, by the shortest way there was.
ACTS: list[tuple[Callable[[Person], Awaitable[None]], Cost, Cost]] = [
    (add, Cost(2, 5, 1), Cost(2, 5, 1)),
    (start, Cost(0, 3, 1), Cost(2, 0, 1)),
    (start_while_taken, Cost(3, 5, 2), Cost(3, 5, 1)),
    (tick_two, Cost(0, 6, 2), Cost(0, 4, 1)),
    (finish, Cost(5, 0, 0), Cost(5, 0, 0)),
    (park, Cost(0, 4, 1), Cost(3, 2, 1)),
    (look_and_change, Cost(3, 5, 2), Cost(3, 4, 1)),
    (ask_production, Cost(1, 0, 2), Cost(1, 0, 0)),
    (mistype, Cost(0, 6, 1), Cost(1, 3, 1)),
    (set_the_zone, Cost(1, 3, 1), Cost(3, 3, 1)),
]


@pytest.mark.parametrize(("act", "before", "now"), ACTS, ids=[act.__name__ for act, _, _ in ACTS])
async def test_an_act_costs_what_the_table_says_and_leaves_no_more_behind_than_it_did(
    stage: Stage, act: Callable[[Person], Awaitable[None]], before: Cost, now: Cost
) -> None:
    alice = Person(stage)
    await act(alice)
    assert alice.cost == now
    assert (now.words, now.left) <= (before.words, before.left) or now.left < before.left
