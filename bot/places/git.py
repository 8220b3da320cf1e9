"""Git, run as a program: what it says, and why it did not."""

import asyncio
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.places.place import PlaceFailed

CREDENTIALS = re.compile(r"://[^/@\s]+@")
TIME_LIMIT = 60.0  # seconds; a remote that does not answer is given up
OURS = {"GIT_AUTHOR_NAME": "Onewip", "GIT_COMMITTER_NAME": "Onewip"}
MAIL = "onewip@localhost"
SECRETS = ("SLACK_", "DATABASE_URL", "GITHUB_TOKEN")  # none of git's business, nor of what it starts
# No hooks, no remotes that are commands, and no signing: our commit is not to run other people's programs, nor to ask
# for a passphrase.
QUIET = (
    "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "-c", "commit.gpgsign=false",
    "-c", "core.quotePath=false",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Git:
    """Git in a folder. `environment` is where it gets its PATH, its HOME and its keys from."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)

    async def run(self, *words: str, given: bytes | None = None, index: Path | None = None) -> bytes:
        """Run `git WORDS` and give what it printed. Raises PlaceFailed with git's own last words."""
        code, out, err = await self.ask(*words, given=given, index=index)
        if code:
            raise PlaceFailed(f"git {words[0]} failed: {reason(err or out)}")
        return out

    async def ask(self, *words: str, given: bytes | None = None, index: Path | None = None) -> tuple[int, bytes, bytes]:
        """Run `git WORDS`; give its exit code and what it printed, whatever the code.

        In a thread: git is never ended half way because somebody stopped waiting for it, and leaves no lock behind.
        """
        return await asyncio.to_thread(self._ask, words, given, index)

    def _ask(self, words: Sequence[str], given: bytes | None, index: Path | None) -> tuple[int, bytes, bytes]:
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(  # noqa: S603  no shell, and the words are ours
                ["git", "-C", self.folder, *QUIET, *words],  # noqa: S607  wherever PATH finds git
                env=self._environment(index),
                start_new_session=True,
                stdin=pipe if given is not None else subprocess.DEVNULL, stdout=pipe, stderr=pipe,
            )  # fmt: skip
        except OSError as error:
            raise PlaceFailed(f"git can't be run: {error.strerror}") from error
        with process:
            try:
                out, err = process.communicate(given, TIME_LIMIT)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # and whatever git started: ssh, a helper for passwords
                raise PlaceFailed(f"git {words[0]} did not end within {TIME_LIMIT:.0f} s") from None
        return process.returncode, out, err

    def _environment(self, index: Path | None) -> dict[str, str]:
        environment = {name: value for name, value in self.environment.items() if not name.startswith(SECRETS)}
        environment |= OURS | {"GIT_AUTHOR_EMAIL": MAIL, "GIT_COMMITTER_EMAIL": MAIL}
        environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        return environment | ({"GIT_INDEX_FILE": str(index)} if index else {})


def reason(said: bytes) -> str:
    """Return the line of git's output that says why: the last that is an error, or the last of all.

    It is shown in a channel, so a name or a password in an address is left out.
    """
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("error:", "fatal:", "remote:", "!"))]
    why = (errors or lines or ["it did not say why"])[-1]
    return CREDENTIALS.sub("://", why.removeprefix("fatal: ").removeprefix("error: ").rstrip("."))
