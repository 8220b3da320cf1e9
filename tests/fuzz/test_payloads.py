"""Whatever Slack delivers, right or wrong, is answered: no traceback, and no change that history does not tell of."""

from pathlib import Path
from random import Random

import pytest

from bot.store.database import Database
from tests.depth import tried
from tests.furnished import furnish
from tests.fuzz.people import People
from tests.fuzz.world import CHANNEL, State, World, world

PAYLOADS = 100  # of one world, which a seed brings back
SEEDS = range(tried(3, deep=20_000 // PAYLOADS, quick=1))
# Slack's words for an answer of the bot's that Slack can't show.
UNFIT = {"invalid_blocks", "invalid_arguments", "invalid_response_action", "invalid_response_errors"}


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_payload_is_answered(seed: int, sqlite: Database, tmp_path: Path) -> None:
    random = Random(seed)
    async with world(sqlite, tmp_path, random) as made:
        furnish(sqlite, made.clock, CHANNEL)
        await deliver(made, People(made.sandbox.box, random), seed)


async def deliver(made: World, people: People, seed: int) -> None:
    for _ in range(PAYLOADS):
        made.line.sent, was = None, made.state()
        made.clock.forward(seconds=7)
        came_to = await people.act()
        assert made.complaints.tracebacks == [], f"seed {seed}: {made.line.sent}"
        assert made.line.is_bent or made.complaints.errors == [], f"seed {seed}: {made.line.sent}"
        assert made.line.is_bent or came_to not in UNFIT, f"seed {seed}: {came_to} to {made.line.sent}"
        assert made.line.unanswered == [], f"seed {seed}: {made.line.unanswered}"
        made.complaints.errors.clear()
        assert untold(made, was) == set(), f"seed {seed}: {made.line.sent}"
        await made.pay()


def untold(made: World, was: State) -> set[int]:
    """The boards that changed without an event of that change."""
    now, told = made.state(), made.told()
    changed = {board for board, (_, standing) in now.items() if board in was and was[board][1] != standing}
    return {board for board in changed if now[board][0] == was[board][0] or (board, now[board][0]) not in told}
