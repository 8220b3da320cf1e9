"""A settings file in TOML that is one list of tables: facts.toml, documents.toml."""

import tomllib
from pathlib import Path
from typing import Any

from bot.errors import BadInput


def tables(path: Path, name: str) -> list[Any]:
    """Read the file's [[name]] tables; none is a legal number. Raises BadInput, whose words name the file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput("{file} can't be read: {reason}.", file=str(path), reason=str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("{file} is not TOML: {reason}.", file=str(path), reason=str(error)) from error
    rows = content.pop(name, [])
    if content:
        key = ", ".join(content)
        refusal = f"{{file}} has a key that is not known: {{key}}. Each {name} is a [[{name}]]."
        raise BadInput(refusal, file=str(path), key=key)
    if not isinstance(rows, list):
        raise BadInput(f"{{file}} has one `{name}` where a list is meant. Write [[{name}]].", file=str(path))
    return rows
