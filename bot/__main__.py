"""Starts the program: loads .env, reads the environment and the real clock, and hands both to the command line."""

import gc
import os
from datetime import UTC, datetime
from pathlib import Path

from dotenv import dotenv_values

from bot.cli.main import run
from bot.cli.program import Program

gc.disable()  # while modules load nothing is garbage, and looking for it took a tenth of the start

gc.freeze()  # what is loaded stays
gc.enable()


def clock() -> datetime:
    """Return the time it is, in UTC."""
    return datetime.now(UTC)


if __name__ == "__main__":
    from_file = {name: value for name, value in dotenv_values(Path(".env")).items() if value is not None}
    run(Program(environment=from_file | dict(os.environ), clock=clock))
