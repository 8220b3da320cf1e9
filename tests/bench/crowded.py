"""A sandbox with thousands of channels, in which every call takes as long as Slack is away."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.sandbox.state.people import BOT_ID, BOT_USER, new_channels

FOREVER = 10**9
ORDINARY = new_channels()["C0RANDOM"]  # with everybody and the bot in it


async def main(folder: Path, count: int, latency: float) -> None:
    """Each channel has its board message already, `ts` in `boards.txt`, as it has on any day but the first."""
    sandbox = Sandbox(folder / "crowd.db", 0, lambda: datetime.now(UTC))
    workspace = sandbox.box.workspace
    lines = []
    for number in range(count):
        key = f"C{number:05}"
        workspace.channels[key] = ORDINARY | {"id": key, "name": key.lower()}
        workspace.messages[key] = {}
        board = {"user": BOT_USER, "bot_id": BOT_ID, "text": "Board"}
        lines.append(f"{key} {workspace.post(workspace.channels[key], board)['ts']}")
    (folder / "boards.txt").write_text("\n".join(lines))
    sandbox.box.faults.plan({"method": "*", "kind": "delay", "times": FOREVER, "seconds": latency})
    sandbox.box.faults.one_a_second = True
    await sandbox.start()
    print(sandbox.address, flush=True)
    await asyncio.Event().wait()


asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
