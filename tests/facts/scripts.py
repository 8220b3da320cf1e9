"""Facts of kind script, made for one test from a line of shell or of Python."""

import sys
from collections.abc import Mapping
from pathlib import Path

from bot.facts.kind import Outside
from bot.facts.scripts.script import Script
from bot.facts.web.sessions import Web

ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/", "LANG": "C.UTF-8"}


def outside(environment: Mapping[str, str] = ENVIRONMENT) -> Outside:
    """Return what a script may use; it has no business on the web."""
    return Outside(environment, Web())


def shell(line: str, folder: Path, timeout: float = 10) -> Script:
    """Return the fact `Shop` that runs a line of shell in `folder`."""
    return command(["sh", "-c", line], folder, timeout)


def python(code: str, folder: Path, timeout: float = 10) -> Script:
    """Return the fact `Shop` that runs Python code in `folder`."""
    return command([sys.executable, "-I", "-S", "-c", code], folder, timeout)


def command(words: list[str], folder: Path, timeout: float = 10) -> Script:
    """Return the fact `Shop` that runs a command in `folder`."""
    table = {"name": "Shop", "kind": "script", "command": words, "timeout": timeout}
    return Script.model_validate(table, context=folder)
