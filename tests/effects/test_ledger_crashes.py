"""Wherever a process dies in a finish, it ends in the same files, one post and one next item."""

from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import pytest

from bot.core.board.model import Lane
from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.library import Shelf
from bot.services.board import history, moves
from bot.store.database import Database
from bot.store.outbox import LEASE
from tests import rows
from tests.depth import tried
from tests.effects.ledger import dead, owed
from tests.effects.mortal import lives_and_dies
from tests.effects.shelves import BOTH, NAMES, Kept, alice, ready
from tests.effects.stage import Works
from tests.fakes import Clock, FakeSlack
from tests.furnished import on_both
from tests.places.repositories import ENVIRONMENT, bare, cloned, made
from tests.places.repositories import history as commits
from tests.slack.stage import written

Outcome = tuple[dict[str, str | None], list[str], list[str], list[int]]
Deed = Callable[["Story", int], Awaitable[list[str]]]
AFTER = LEASE.total_seconds() + 1


class Story:
    """One finish on a board as it was at the beginning, in a folder of its own."""

    def __init__(self, db: Database, beginning: rows.Rows, folder: Path) -> None:
        rows.put(db, beginning)
        self.clock = Clock()
        self.slack = FakeSlack(self.clock)
        self.db, self.folder = db, folder
        folder.mkdir(exist_ok=True)
        self.kept = self.process()

    def process(self) -> Kept:
        return Kept(self.db, self.clock, self.slack, self.folder)

    async def survive(self) -> None:
        """The leases of the dead end, and another process pays."""
        works = self.process()
        for seconds in (AFTER, 60, 60):
            self.clock.forward(seconds=seconds)
            await works.pay()
        works.door.close()

    def outcome(self) -> Outcome:
        told = {name: self.kept.read(name) if (self.folder / name).exists() else None for name in BOTH}
        posts = [written(m.blocks) for m in self.slack.in_channel("finish")]
        left = owed(self.db) + [kind for kind, _ in dead(self.db)]
        return told, posts, left, self.kept.lanes()[Lane.WIP]


async def _finish(story: Story, at: int) -> list[str]:
    moves.finish(story.db, story.kept.alice, 1, then=2)
    fuse = await lives_and_dies(story.kept, at)
    return fuse.points if fuse.is_burnt else []


async def _undo(story: Story, at: int) -> list[str]:
    moves.finish(story.db, story.kept.alice, 1, then=2)
    await story.kept.pay()
    history.undo(story.db, story.kept.alice)
    fuse = await lives_and_dies(story.kept, at)
    return fuse.points if fuse.is_burnt else []


@pytest.fixture
def beginning(database: Database) -> rows.Rows:
    """A board whose item in progress can be finished."""
    ready(database, alice(Clock()))
    return rows.taken(database)


@on_both
@pytest.mark.parametrize("deed", [_finish, _undo], ids=["finish", "undo"])
async def test_a_crash_at_every_point_ends_the_same(
    database: Database, beginning: rows.Rows, tmp_path: Path, deed: Deed
) -> None:
    expected = (await _told(Story(database, beginning, tmp_path / "whole"), deed, at=0))[0]
    told, posts, left, wip = expected
    assert (len(posts), left, wip) == (1, [], [2] if deed is _finish else [1])
    assert all(told.values())
    for at in count(1, tried(3 if database.is_sqlite else 7, deep=1)):
        outcome, points = await _told(Story(database, beginning, tmp_path / f"{at}"), deed, at)
        assert outcome == expected, f"it died {points[-1:]}"
        if not points:
            break
    assert at > 30, "the points are planted"


async def _told(story: Story, deed: Deed, at: int) -> tuple[Outcome, list[str]]:
    """What comes of the deed when a process dies at that point of it, and the points up to there; none: it lived."""
    points = await deed(story, at)
    await story.survive()
    story.kept.door.close()
    return story.outcome(), points


@pytest.mark.parametrize("push", [False, True], ids=["local", "pushed"])
async def test_a_crash_makes_no_second_commit(
    database: Database, beginning: rows.Rows, tmp_path: Path, push: bool
) -> None:
    for at in range(1, 300, 7 if push else 4):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        remote = bare(folder) if push else made(folder / "repo")
        where = cloned(remote, "ours") if push else remote
        place = PushedCheckout(where, ENVIRONMENT, "main", "origin") if push else LocalCheckout(where, ENVIRONMENT)
        story = Story(database, beginning, folder / "unused")
        library = {"C1": Shelf("C1", place, NAMES)}
        works = Works(database, story.clock, story.slack, library=library)
        moves.finish(story.db, story.kept.alice, 1, then=2)
        fuse = await lives_and_dies(works, at)
        story.clock.forward(seconds=AFTER)
        survivor = Works(database, story.clock, story.slack, library=library)
        await survivor.pay()
        lines = sorted(line.split(":")[1].strip() for line in commits(remote) if line.startswith("Onewip"))
        assert lines == ["NEXT-7D.md", "STATE.md"], fuse.points[-1:]
        for each in (works, survivor, story.kept):
            each.door.close()
        if not fuse.is_burnt:
            return
    pytest.fail("the fuse always burnt")
