"""The morning of ten thousand boards, and what a heartbeat costs however many there are."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import func, insert, select

from bot.effects.means import CALLS
from bot.sandbox.server import Sandbox
from bot.services.digest import schedule
from bot.services.production import incidents, watching
from bot.store import tables
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.bench.figures import verdict
from tests.stack import ROOT, memory_mb, running

BOARDS = 10_000
LATENCY = 0.15  # seconds
TARGET = 1.3  # times the floor
TICKS = 200
FEW, MANY = 100, 100_000
SAME_ORDER = 10  # times


async def morning() -> None:
    """Ten thousand boards are due in the same minute, each with an item in progress and its board message there."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        arguments = ("-m", "tests.bench.crowded", name, str(BOARDS), str(LATENCY))
        async with running(folder, *arguments) as slack:
            db = Database(f"sqlite:///{folder}/onewip.db")
            migrate(db)
            due = full_minute(datetime.now(UTC) + timedelta(seconds=20))
            fill(db, BOARDS, due, dict(line.split() for line in (folder / "boards.txt").read_text().splitlines()))
            async with bot(folder, slack.address) as pid:
                idle = memory_mb(pid)
                await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
                took, peak = await last_post(db, pid, due)
            db.close()
    floor = BOARDS * LATENCY / CALLS
    ratio = took / floor
    print(
        f"{BOARDS:,} digests in one minute   last after {took:.0f} s, {BOARDS / took:.0f} a second   "
        f"floor of {LATENCY * 1000:.0f} ms and {CALLS} at once: {floor:.0f} s   ratio {ratio:.2f} "
        f"(target ≤ {TARGET}: {verdict(ratio <= TARGET)})   memory {idle:.0f} → {peak:.0f} MB"
    )


async def ticks() -> None:
    """Ask what is due when nothing is, with a hundred boards and with a hundred thousand."""
    few, many = await asyncio.to_thread(_tick, FEW), await asyncio.to_thread(_tick, MANY)
    ratio = many / few
    print(
        f"heartbeat with nothing due     {few:.3f} ms at {FEW} boards, {many:.3f} ms at {MANY:,}   "
        f"ratio {ratio:.1f} (target: same order: {verdict(ratio < SAME_ORDER)})"
    )


def _tick(count: int) -> float:
    """Return the median time of a heartbeat's look, in milliseconds."""
    with TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/onewip.db")
        migrate(db)
        now = datetime.now(UTC)
        fill(db, count, now + timedelta(hours=1), {})
        took = []
        for _ in range(TICKS):
            began = time.perf_counter()
            assert (schedule.due(db, now), watching.added_facts(db), incidents.due(db, now)) == ((), (), ())
            took.append((time.perf_counter() - began) * 1000)
        db.close()
    return median(took)


def full_minute(after: datetime) -> datetime:
    """Return the next full minute: a digest is set for one."""
    return after.replace(second=0, microsecond=0) + timedelta(minutes=1)


def fill(db: Database, count: int, due: datetime, messages: dict[str, str]) -> None:
    """Boards as rows: each with a digest that is due, an item in progress, and its board message where there is one."""
    ids = range(1, count + 1)
    started = due - timedelta(days=1)
    board = {"version": 1, "next_number": 2, "zone": "UTC", "digest_days": "0123456", "owners": []}
    when = {"digest_at": f"{due:%H:%M}", "digest_due": due, "digest_planned": started, "nudge_due": None}
    item = {"number": 1, "lane": "wip", "position": 0, "title": "Payments", "links": [], "created": started}
    criterion = {"position": 1, "text": "CI is green", "state": "open"}
    with db.begin() as tx:
        tx.execute(insert(tables.people), [{"id": f"U{k:05}", "name": f"Owner {k}"} for k in ids])
        tx.execute(insert(tables.boards), [{"id": k, "channel": f"C{k - 1:05}", **board, **when} for k in ids])
        tx.execute(
            insert(tables.items),
            [{"id": k, "board_id": k, "owner": f"U{k:05}", "started": started, **item} for k in ids],
        )
        tx.execute(insert(tables.criteria), [{"item_id": k, **criterion} for k in ids])
        rows = [{"key": f"board:{c}", "channel": c, "ts": ts, "intent_at": started} for c, ts in messages.items()]
        if rows:
            tx.execute(insert(tables.posts), rows)


@asynccontextmanager
async def bot(folder: Path, slack: str) -> AsyncIterator[int]:
    """`python -m bot run` on that database and that Slack. Gives its process id once it is connected."""
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": Sandbox.bot_token,
        "SLACK_APP_TOKEN": Sandbox.app_token,
        "SLACK_API_URL": f"{slack}/api/",
        "DATABASE_URL": f"sqlite:///{folder}/onewip.db",
    }
    with (folder / "bot.log").open("ab") as log:
        command = (sys.executable, "-u", "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    try:
        while b"running" not in (line := await process.stdout.readline()):
            assert line, (folder / "bot.log").read_text()
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def last_post(db: Database, pid: int, due: datetime) -> tuple[float, float]:
    """Wait until every digest stands. Gives the seconds since it was due, and the most memory seen, in MB."""
    peak = 0.0
    while await asyncio.to_thread(_standing, db) < BOARDS:
        peak = max(peak, memory_mb(pid))
        await asyncio.sleep(0.5)
    return (datetime.now(UTC) - due).total_seconds(), peak


def _standing(db: Database) -> int:
    posts = tables.posts.c
    with db.read() as tx:
        return tx.scalar(select(func.count()).where(posts.key.like("digest:%"), posts.ts.is_not(None))) or 0
