"""Whoever works for the harness ends when the harness does, however it ends."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from tests.chaos.stage import ROOT
from tests.waiting import until

# Nobody answers at port 9, so the worker tries to reach Slack until it is ended.
HARNESS = """
import asyncio, sys
from pathlib import Path
from tests.chaos.crew import Worker

async def main():
    folder = Path(sys.argv[1])
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "DATABASE_URL": f"sqlite:///{folder}/onewip.db",
    }
    worker = Worker(folder, environment, 1, "run")
    while "Slack can't be reached" not in worker.said:
        await asyncio.sleep(0.01)
    print(worker.pid, flush=True)
    await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


async def test_a_worker_ends_when_the_harness_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "harness.py"
    script.write_text(HARNESS)
    harness = await asyncio.create_subprocess_exec(
        sys.executable, script, tmp_path, env={"PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE
    )
    assert harness.stdout is not None
    async with asyncio.timeout(60):
        worker = int(await harness.stdout.readline())
    try:
        assert _is_alive(worker)
        harness.kill()
        await until(lambda: not _is_alive(worker), 30)
    finally:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    await harness.communicate()  # until nobody holds its output any more, so that a pipe behind it ends too


def _is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
