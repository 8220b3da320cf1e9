"""Prod facts of kind `script`: a command of the server's own, judged by its exit code and by the lines it prints."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from bot.core.production.readings import Health, Reading
from bot.facts.kind import Fact, Outside
from bot.facts.masking import DETAIL_LIMIT, one_line, secret_values
from bot.facts.scripts.printed import Printed, last_words, read_printed
from bot.facts.scripts.process import KEPT, Ended, NotStarted, execute

TIMEOUT = 60.0  # seconds; PRODUCT 4: every fact has a limit
LONGEST = 3600.0  # seconds; a look at production that takes longer says nothing about now

# What a script gets of the bot's environment: the bot's tokens and addresses are none of its business. A script that
# needs more says so in its command: ["env", "BASE_URL=https://shop.example", "sh", "prod-facts.sh"].
CLEAN = {"PATH": os.defpath, "HOME": "/", "LANG": "C.UTF-8"}


class Script(Fact):
    """A command (a list that never meets a shell), its directory (relative to the file), its time limit in seconds."""

    kind: Literal["script"]
    command: Annotated[tuple[str, ...], Field(strict=False)]
    directory: Annotated[Path, Field(strict=False, validate_default=True)] = Path()
    timeout: Annotated[float, Field(gt=0, le=LONGEST, allow_inf_nan=False)] = TIMEOUT

    @field_validator("command")
    @classmethod
    def _names_a_program(cls, command: tuple[str, ...]) -> tuple[str, ...]:
        if not command or not command[0].strip():
            raise ValueError("should name a program")
        if "\0" in "".join(command):
            raise ValueError("should have no NUL in it")
        return command

    @field_validator("directory")
    @classmethod
    def _beside_the_file(cls, directory: Path, info: ValidationInfo) -> Path:
        if "\0" in str(directory):
            raise ValueError("should have no NUL in it")
        return Path(info.context or "") / directory

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        """Run it once; see `Fact.look`."""
        secrets = secret_values(outside.environment)
        clean = {name: outside.environment.get(name) or default for name, default in CLEAN.items()}
        try:
            ended = await execute(self.command, self.directory, clean, self.timeout)
        except NotStarted as reason:
            return (Reading(self.name, self.kind, Health.UNKNOWN, one_line(f"can't start: {reason}", DETAIL_LIMIT)),)
        whole = ended.exit_code is not None and ended.exit_code >= 0 and not ended.cut
        printed = read_printed(ended.output, self.name, self.kind, whole=whole, secrets=secrets)
        health, detail = judge(ended, printed, secrets)
        own = Reading(self.name, self.kind, health, one_line(detail, DETAIL_LIMIT), round(ended.seconds * 1000))
        return (own, *printed.readings)


def judge(ended: Ended, printed: Printed, secrets: Sequence[str] = ()) -> tuple[Health, str]:
    """Say what the run means for the fact itself, and why. Its red lines speak for themselves."""
    explained = any(reading.health is Health.RED for reading in printed.readings)
    if ended.exit_code is None:
        return Health.UNKNOWN, ended.stopped
    if ended.exit_code < 0:
        return Health.UNKNOWN, f"ended by {_signal_name(-ended.exit_code)}"
    if ended.exit_code > 0:
        reason = "" if explained else printed.failure or last_words(ended.output, secrets)
        return Health.RED, f"exit {ended.exit_code}: {reason}".removesuffix(": ")
    if printed.failure and not explained:
        return Health.RED, f"exit 0, but it says: {printed.failure}"
    if ended.cut:
        return Health.UNKNOWN, f"exit 0, but it printed more than the {KEPT // 1024} KiB that are read"
    return Health.GREEN, "exit 0"


def _signal_name(number: int) -> str:
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
