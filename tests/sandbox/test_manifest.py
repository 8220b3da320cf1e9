"""The sandbox grants what manifests/socket-mode.yaml asks for, and nothing else."""

import re
from pathlib import Path

from bot.sandbox.state.manifest import SOCKET_MODE

FILE = Path(__file__).parents[2] / "manifests" / "socket-mode.yaml"


def test_the_manifest_and_the_sandbox_are_twins() -> None:
    text = FILE.read_text()
    assert sorted(listed(text, "bot") + listed(text, "bot_optional")) == sorted(SOCKET_MODE.scopes)
    assert listed(text, "bot_events") == sorted(SOCKET_MODE.events)
    commands = re.findall(r"^ *- command: *(\S+)", text, re.MULTILINE)
    assert commands == [command["command"] for command in SOCKET_MODE.commands]
    for key in ("name", "type", "callback_id", "description"):
        found = re.findall(rf"^    (?:- |  ){key}: *(\S.*)$", part(text, "shortcuts"), re.MULTILINE)
        assert found == [shortcut[key] for shortcut in SOCKET_MODE.shortcuts]


def part(text: str, key: str) -> str:
    """Return what stands indented under a key of `features`."""
    found = re.search(rf"^  {key}:\n((?:    [^\n]*\n)+)", text, re.MULTILINE)
    return found[1] if found else ""


def listed(text: str, key: str) -> list[str]:
    """Return the items of a YAML list of words under `key`, sorted."""
    found = re.search(rf"^ *{key}:[^\n]*\n((?: *(?:- [^\n]*|#[^\n]*)?\n)+)", text, re.MULTILINE)
    return sorted(re.findall(r"^ *- ([\w.:]+)", found[1], re.MULTILINE)) if found else []
