"""Chaos until something breaks or everything held: `make chaos SEED=7 KILLS=100 DATABASE=postgresql`."""

import argparse
import asyncio
import contextlib
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.store.database import Database
from bot.store.migrate import migrate
from tests import postgresql
from tests.chaos import crew
from tests.chaos.run import Summary, run
from tests.chaos.standstill import noticed, still_alive

SHOWN = 20  # violations
A_KILL = 15.0  # seconds that one may take, with everything that happens beside it


def main() -> int:
    """Run, and say what came of it. Gives the exit code: 1 where something was not as it must be."""
    chosen = _arguments()
    crew.preload()
    folder = Path(tempfile.mkdtemp(prefix="onewip-chaos-"))
    began = time.monotonic()
    print(f"seed {chosen.seed} · {chosen.kills} kills on {chosen.database} · {folder}", flush=True)

    def say(line: str) -> None:
        still_alive()
        print(f"{time.monotonic() - began:5.0f} s  {line}", flush=True)

    with noticed(), _database(chosen.database, folder) as db:
        limit = chosen.seconds or 60 + A_KILL * chosen.kills
        summary = asyncio.run(run(chosen.seed, chosen.kills, db, folder, seconds=limit, say=say))
    _tell(summary)
    if summary.violations:
        again = f"make chaos SEED={chosen.seed} KILLS={chosen.kills} DATABASE={chosen.database}"
        print(f"Not as it must be. To see it again: {again}\nThe sandbox and the database are left in {folder}")
        return 1
    shutil.rmtree(folder)
    print("Everything held.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument(
        "--seed", type=int, default=None, help="draws what happens, and when; printed for the next time"
    )
    parser.add_argument("--kills", type=int, default=20, help="workers that are killed")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite", help="PG* name the server")
    parser.add_argument("--seconds", type=float, default=0, help="the run ends after so long at the latest")
    chosen = parser.parse_args()
    chosen.seed = secrets.randbelow(10_000) if chosen.seed is None else chosen.seed
    return chosen


@contextlib.contextmanager
def _database(kind: str, folder: Path) -> Iterator[Database]:
    if kind == "postgresql":
        with postgresql.migrated() as db:
            yield db
        return
    db = Database(f"sqlite:///{folder}/onewip.db")
    migrate(db)
    yield db
    db.close()


def _tell(summary: Summary) -> None:
    print(*summary.lines, sep="\n")
    for violation in summary.violations[:SHOWN]:
        print(f"VIOLATION {violation}")
    if len(summary.violations) > SHOWN:
        print(f"and {len(summary.violations) - SHOWN} more")


if __name__ == "__main__":
    sys.exit(main())
