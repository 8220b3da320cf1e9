"""All facts together: concurrent, bounded, and never an exception."""

import asyncio
import logging
from typing import ClassVar

import pytest

from bot.core.production.readings import Health, Reading
from bot.facts.kind import Fact, Outside
from bot.facts.running import run
from tests.facts.bad_site import bad_site
from tests.fakes import Clock


class Meeting(Fact):
    """A fact that is green once `party` facts look at the same time."""

    party: ClassVar[asyncio.Barrier]

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        await self.party.wait()
        return (Reading(self.name, self.kind, Health.GREEN),)


class Crowd(Fact):
    """A fact that counts how many look with it, and lets all others have a turn meanwhile."""

    inside: ClassVar[int] = 0
    most: ClassVar[int] = 0

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        Crowd.inside += 1
        Crowd.most = max(Crowd.most, Crowd.inside)
        for _ in range(10):
            await asyncio.sleep(0)
        Crowd.inside -= 1
        return (Reading(self.name, self.kind, Health.GREEN),)


class Broken(Fact):
    """A fact with a bug."""

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        raise ZeroDivisionError


class Lines(Fact):
    """A fact that gives the lines it was made with."""

    lines: tuple[str, ...]

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        own = Reading(self.name, self.kind, Health.GREEN)
        return (own, *(Reading(line, self.kind, Health.GREEN, part_of=self.name) for line in self.lines))


async def test_facts_run_at_the_same_time_and_answer_in_their_order() -> None:
    Meeting.party = asyncio.Barrier(5)
    facts = [Meeting(name=f"fact {number}", kind="meeting") for number in range(5)]
    assert [reading.name for reading in await run(facts, {}, clock=Clock(), pauses=())] == [fact.name for fact in facts]


async def test_no_more_than_the_cap_run_at_once() -> None:
    await run([Crowd(name=f"fact {number}", kind="crowd") for number in range(20)], {}, clock=Clock(), at_once=3)
    assert Crowd.most == 3


async def test_a_broken_fact_is_unknown_and_the_others_stand(caplog: pytest.LogCaptureFixture) -> None:
    facts = [Broken(name="Broken", kind="broken"), Lines(name="Shop", kind="lines", lines=())]
    with caplog.at_level(logging.CRITICAL + 1, logger="bot.facts.running"):
        broken, shop = await run(facts, {}, clock=Clock(), pauses=())
    assert (broken.health, shop.health) == (Health.UNKNOWN, Health.GREEN)


async def test_no_facts_are_no_readings() -> None:
    assert await run([], {}, clock=Clock()) == ()


async def test_no_two_readings_have_the_same_name() -> None:
    facts = [
        Lines(name="Shop", kind="lines", lines=("API", "API", "Backend")),
        Lines(name="Backend", kind="lines", lines=("API",)),
    ]
    names = [reading.name for reading in await run(facts, {}, clock=Clock(), pauses=())]
    assert names == ["Shop", "API", "API (2)", "Backend (2)", "Backend", "API (3)"]


class Silent(Fact):
    """A fact that hears nothing."""

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        return (Reading(self.name, self.kind, Health.RED, "no connection", silent=True),)


class Refused(Fact):
    """A fact that is told no."""

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        return (Reading(self.name, self.kind, Health.RED, "connection refused"),)


SILENT, REFUSED = Silent(name="Silent", kind="silent"), Refused(name="Refused", kind="refused")


async def test_silence_is_red_while_the_reference_answers() -> None:
    async with bad_site() as site:
        (reading,) = await run([SILENT], {}, clock=Clock(), reference=("127.0.0.1", site.port), pauses=())
    assert (reading.health, reading.detail) == (Health.RED, "no connection")


async def test_a_reference_that_refuses_is_there_as_well(unused_tcp_port: int) -> None:
    (reading,) = await run([SILENT], {}, clock=Clock(), reference=("127.0.0.1", unused_tcp_port), pauses=())
    assert reading.health is Health.RED


async def test_silence_is_unknown_when_the_reference_is_silent_too() -> None:
    readings = await run([SILENT, REFUSED], {}, clock=Clock(), reference=("reference.invalid", 443), pauses=())
    assert [(reading.health, reading.detail) for reading in readings] == [
        (Health.UNKNOWN, "our own connection is down: no connection"),
        (Health.RED, "connection refused"),
    ]


async def test_the_reference_is_left_alone_unless_there_is_silence() -> None:
    async with bad_site() as site:
        called: list[object] = []
        site.talk = called.append  # type: ignore[assignment,method-assign]
        await run([REFUSED], {}, clock=Clock(), reference=("127.0.0.1", site.port), pauses=())
        assert called == []


class Unsteady(Fact):
    """A fact that gives its healths one after the other."""

    healths: ClassVar[list[Health]]

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        return (Reading(self.name, self.kind, self.healths.pop(0)),)


@pytest.mark.parametrize(
    ("healths", "tries", "outcome", "left"),
    [
        ("RRRG", 3, Health.RED, 1),
        ("RRG", 3, Health.GREEN, 0),
        ("RUG", 3, Health.UNKNOWN, 1),
        ("UG", 3, Health.UNKNOWN, 1),
        ("GR", 3, Health.GREEN, 1),
        ("RG", 1, Health.RED, 1),
    ],
)
async def test_red_is_tried_again(healths: str, tries: int, outcome: Health, left: int) -> None:
    Unsteady.healths = [{"R": Health.RED, "G": Health.GREEN, "U": Health.UNKNOWN}[letter] for letter in healths]
    (reading,) = await run([Unsteady(name="Shop", kind="unsteady", tries=tries)], {}, clock=Clock(), pauses=(0,))
    assert (reading.health, len(Unsteady.healths)) == (outcome, left)
