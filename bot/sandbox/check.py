"""Says whether Slack would take a payload: `python -m bot.sandbox.check --kind blocks|modal|home FILE`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from bot.sandbox import rules


class Unreadable(Exception):
    """The file holds no JSON, or is not there; the message says why."""


def read(path: Path) -> object:
    """Return the JSON value in a file. Raises Unreadable."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not text in UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path} is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} is not JSON that Slack could read: {error}.") from error


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a JSON number")


def _printable(message: str) -> str:
    # JSON may hold half a surrogate pair, which no terminal takes.
    return message.encode("utf-8", "backslashreplace").decode()


def main(arguments: Sequence[str], out: TextIO, complaints: TextIO) -> int:
    """Check one file. Returns 0 when Slack would take it, and 1 with the reasons when not; argparse exits with 2."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox.check", description="Would Slack take this payload?")
    parser.add_argument("--kind", required=True, choices=["blocks", "modal", "home"], help="what the file holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="JSON: a list of blocks, or a view")
    options = parser.parse_args(arguments)
    try:
        payload = read(options.file)
    except Unreadable as error:
        print(error, file=complaints)
        return 1
    messages = rules.check(options.kind, payload)
    for message in messages:
        print(_printable(message), file=out)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
