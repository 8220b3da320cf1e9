"""The command line, and its database."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from bot.cli.main import app
from bot.cli.program import Program
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.fakes import Clock

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "bot" / "sandbox" / "sample" / "NEXT-7D.md"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """Where commands are typed: an empty folder, with a database that is not there yet."""

    folder: Path
    database_url: str

    def run(self, *words: str | Path, **environment: str) -> Done:
        """`python -m bot WORDS`, without the cost of a process."""
        program = Program({"DATABASE_URL": self.database_url, "PATH": os.environ["PATH"]} | environment, Clock())
        result = CliRunner().invoke(app, list(map(str, words)), obj=program, prog_name="python -m bot")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout, result.stderr)

    def run_alone(self, *words: str | Path, **environment: str) -> Done:
        """`python -m bot WORDS` in a process of its own, in this folder."""
        told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": self.database_url}
        command = [sys.executable, "-m", "bot", *map(str, words)]
        done = subprocess.run(command, env=told | environment, cwd=self.folder, capture_output=True, timeout=60)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def board(self, channel: str = "C1") -> Any:
        """The board as `export` gives it."""
        return self.run("export", "--channel", channel, "--format", "json").data

    def database(self) -> Database:
        """The database itself, with its schema."""
        db = Database(self.database_url)
        migrate(db)
        return db

    def write(self, name: str, content: str | bytes) -> Path:
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file
