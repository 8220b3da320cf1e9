"""Runs of prod facts, and what they belong to."""

from datetime import date, timedelta

import pytest

from bot.core.production.readings import Health, Reading, Run
from bot.store.board import boards, finishes
from bot.store.board.finishes import Finish
from bot.store.database import Database
from bot.store.digest import digests
from bot.store.digest.digests import Claim
from bot.store.production import runs
from tests.store.stage import CHANNEL, NOW

FOUND = (
    Reading("Shop", "script", Health.RED, "content check failed: «Organic» & <!channel>", 812, observed=Health.GREEN),
    Reading("Σελίδα", "script", Health.UNKNOWN, part_of="Shop", red_since=NOW),
    Reading("API", "script", Health.GREEN, "⚠️ slow", 0, part_of="Shop"),
)


@pytest.mark.parametrize("found", [(), FOUND, FOUND[::-1]])
def test_a_run_comes_back_as_it_was_found(db: Database, found: tuple[Reading, ...]) -> None:
    with db.begin() as tx:
        run_id = runs.keep(tx, NOW, 1234, found)
        assert runs.get(tx, run_id) == Run(run_id, NOW, 1234, found)


def test_a_finish_learns_what_production_said(db: Database) -> None:
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        finish = Finish(record.id, 7, 1, 2, "WIP is taken", "owed")
        finishes.keep(tx, finish)
        finishes.keep(tx, Finish(record.id, 8, 3, None, "", "none"))
        assert finishes.get(tx, record.id, 7) == finish
        run_id = runs.keep(tx, NOW, 1, FOUND)
        finishes.checked(tx, finish, run_id)
        assert finishes.get(tx, record.id, 7) == Finish(record.id, 7, 1, 2, "WIP is taken", "done", run_id)
        assert finishes.get(tx, record.id, 8).checks == "none"


def test_a_day_is_claimed_once_and_the_last_digest_is_the_last_that_was_posted(db: Database) -> None:
    days = [date(2026, 3, day) for day in (2, 3, 4)]
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        claims = [Claim(record.id, day, NOW, NOW, skipped=day == days[1]) for day in days]
        assert [digests.claim(tx, claim) for claim in claims] == [True, True, True]
        late = Claim(record.id, days[0], NOW + timedelta(hours=1), NOW + timedelta(hours=1), skipped=False)
        assert not digests.claim(tx, late)
        assert digests.get(tx, record.id, days[0]) == claims[0]
        assert digests.before(tx, record.id, days[0]) is None
        assert digests.before(tx, record.id, days[2]) == claims[0]  # the second was skipped
        run_id = runs.keep(tx, NOW, 1, ())
        digests.checked(tx, claims[0], run_id)
        assert digests.get(tx, record.id, days[0]).run_id == run_id
        assert digests.get(tx, record.id, days[2]).run_id is None
