"""The database does what the pure year of `tests.core.digest.test_year` does: the same steps, held against it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from bot.core.digest.schedule import NO_PAST, Plan, plan_next
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from bot.store.board import boards
from bot.store.database import Database
from tests.core.digest.test_year import Life, plans, steps
from tests.depth import tried
from tests.people import ALICE
from tests.services.stage import CHANNEL

START = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)


@contextmanager
def copied(template: Path) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{shutil.copy(template, Path(folder) / 'onewip.db')}")
        yield db
        db.close()


def want(db: Database, plan: Plan, now: datetime) -> None:
    schedule.set_all(db, Ask(CHANNEL, ALICE, now), plan, (ALICE,))


def claims(db: Database) -> tuple[set[date], set[date]]:
    """The days that were posted and those that were skipped."""
    with db.read() as tx:
        rows = list(tx.execute(select(tables.digests)))
    return {row.day for row in rows if not row.skipped}, {row.day for row in rows if row.skipped}


@settings(
    max_examples=tried(20, deep=200, quick=5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(plan=plans, steps=steps)
def test_settings_that_change_and_clocks_that_jump_leave_what_the_model_says(
    sqlite_template: Path, plan: Plan, steps: list[tuple[int, Plan | None]]
) -> None:
    with copied(sqlite_template) as db:
        now, known = START, Plan()
        life = Life(known, plan_next(known, now, now, NO_PAST))
        for minutes, changed in [(0, plan), *steps]:
            now += timedelta(minutes=minutes)
            if changed is not None:
                want(db, changed, now)
            if changed is not None and changed != life.plan:
                life.plan = changed
                life.coming = plan_next(changed, now, now, life.past())
            for _ in range(2):
                for channel in schedule.due(db, now):
                    schedule.claim_due(db, channel, now)
                life.tick(now)
                now += timedelta(minutes=20)
            assert claims(db) == (set(life.posted), set(life.skipped))
            with db.read() as tx:
                record = boards.look(tx, CHANNEL)
            assert record is not None
            assert (record.coming.digest, record.coming.nudge) == (life.coming.digest, life.coming.nudge)
    assert all(len(times) == 1 for times in life.posted.values())
