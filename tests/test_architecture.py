"""The house stands as it was drawn: imports run one way, and nothing happens when a module is only imported."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))

# DESIGN: each room may import itself and what stands before it. Documents, facts, places and store do not know each
# other: a place holds files, whatever is in them.
ORDER = (
    ("errors",),
    ("core", "tomlfile"),
    ("documents", "facts", "places", "store"),
    ("services",),
    ("slack",),
    ("effects",),
    ("settings",),
    ("health",),
    ("app",),
    ("cli",),
    ("__main__",),
)
FLOORS = {"core", "services", "store", "slack", "effects"}
SUBJECTS = {"board", "digest", "production", "documents", "ops"}
STOREY = {room: storey for storey, rooms in enumerate(ORDER) for room in rooms}

# Libraries that only some places know, by name: a room, or a module of one.
KNOWN_BY = {
    "slack_bolt": {"slack"},
    "slack_sdk": {"slack"},
    "sqlmodel": {"store"},
    "alembic": {"store"},
    "sqlalchemy": {
        "store",
        "settings",  # make_url
        "cli.owner",  # make_url
        "services",  # the type Connection
    },
    "holidays": {"core.digest.holidays"},
    "typer": {"cli"},
    "rich": {"cli"},
    "markdown_it": {"documents"},
    "rapidfuzz": {"core", "slack"},
    "dotenv": {"__main__"},
    "pydantic": {
        "settings",
        "facts",
        "places",
        "documents.comment",
        "slack.incoming.dialogs",
        "slack.incoming.happened",
        "slack.incoming.parts",
        "slack.incoming.payload",
    },
    "aiohttp": {
        "slack",
        "app",
        "health",
        "sandbox",
        "facts",
        "effects.production.github",  # the session it is given
        "places",
        "cli.archive",
        "cli.doctor",  # asks Slack without a bot
        "cli.documents.owners",
    },
    "gidgethub": {"effects", "places"},
}
# DESIGN: these cost start-up time, so they are imported where they are used.
LATE = {"alembic", "gidgethub", "holidays"}
ARGUMENTS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"), ("os", "environ")}
PURE = {
    "abc", "bisect", "bot", "collections", "dataclasses", "datetime", "enum", "functools", "hashlib", "holidays",
    "itertools", "math", "operator", "rapidfuzz", "re", "statistics", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip


def test_imports_run_one_way() -> None:
    against = [f"{name} imports bot.{other}" for name, other in _inside() if not _may(_room(name), _room(other))]
    assert against == []


def test_a_subject_has_its_room_under_the_same_name_on_every_floor() -> None:
    rooms = {name.split(".")[1] for name in _modules() if _room(name) in FLOORS and _is_in_a_room(name)}
    assert rooms <= SUBJECTS | {"asked", "incoming", "layout", "migrations"}


def test_a_subject_is_tested_in_a_room_of_the_same_name() -> None:
    rooms = {path.parent.name for path in (ROOT / "tests").glob("*/*/test_*.py") if path.parts[-3] in FLOORS}
    assert rooms <= SUBJECTS


def test_no_two_modules_on_a_floor_have_the_same_name() -> None:
    names = Counter((_room(name), name.rpartition(".")[2]) for name in _modules() if _room(name) in FLOORS)
    assert [name for name, count in names.items() if count > 1] == []


def test_a_folder_fits_on_a_hand() -> None:
    files = Counter(name.rpartition(".")[0] for name in _modules())
    assert {folder: count for folder, count in files.items() if count > 12} == {}


def test_what_is_seen_and_said_comes_from_services_and_rules_and_not_from_rows() -> None:
    assert [(name, other) for name, other in _inside() if _room(name) == "slack" and _room(other) == "store"] == []


def test_the_order_names_every_room() -> None:
    assert {_room(_name(file)) for file in MODULES} - {"", "sandbox"} == STOREY.keys()


def test_the_sandbox_knows_nobody_and_only_one_file_knows_it() -> None:
    assert [(name, other) for name, other in _inside() if _room(name) == "sandbox" != _room(other)] == []
    assert {name for name, other in _inside() if _room(other) == "sandbox" != _room(name)} == {"cli.sandbox"}


def test_the_sandbox_speaks_slack_without_slacks_libraries() -> None:
    assert {"slack_bolt", "slack_sdk"} & set(_libraries("sandbox")) == set()


@pytest.mark.parametrize("library", KNOWN_BY)
def test_a_library_is_known_where_it_belongs(library: str) -> None:
    users = {_name(file) for file in MODULES if library in _imported(file)}
    assert {name for name in users if not {name, _room(name)} & KNOWN_BY[library]} == set()
    assert {place for place in KNOWN_BY[library] if not any(_within(name, place) for name in users)} == set()


def test_core_is_pure() -> None:
    assert set(_libraries("core")) <= PURE
    assert "settings" not in {other for name, other in _inside() if _room(name) == "core"}


def test_costly_libraries_are_imported_where_they_are_used() -> None:
    # The migrations are run by Alembic itself, so they may name it.
    files = [file for file in MODULES if "migrations" not in file.parts]
    early = {(_name(file), library) for file in files for library in _at_import(file) & LATE}
    assert early == set()


def test_the_clock_and_the_environment_are_arguments() -> None:
    asking = {_name(file) for file in MODULES for found in _attributes(file) if found in ARGUMENTS}
    assert asking == {"__main__"}
    assert {_name(file) for file in MODULES if "random" in _imported(file)} == set()


def test_every_module_is_imported_without_an_environment_and_without_sockets() -> None:
    names = [f"bot.{_name(file)}".rstrip(".") for file in MODULES if "migrations" not in file.parts]
    done = subprocess.run([sys.executable, "-c", ALONE, *names], env={}, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(done.stdout.split()) == set(), "imported too early"


# Creating a socket, starting a process or a thread at import would be work that nobody asked for.
ALONE = """
import importlib, socket, subprocess, sys, threading
def forbidden(*args, **kwargs):
    raise AssertionError("not at import")
socket.socket.connect = socket.socket.bind = socket.getaddrinfo = forbidden
subprocess.Popen.__init__ = threading.Thread.start = forbidden
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(name for name in ("alembic", "gidgethub", "holidays", "psycopg") if name in sys.modules))
"""


def _may(room: str, other: str) -> bool:
    """Whether a room may import another one: itself, what stands on a lower storey, or the sandbox from the cli."""
    if room == other or other == "":
        return True
    if "sandbox" in (room, other):
        return (room, other) == ("cli", "sandbox")
    return STOREY[other] < STOREY[room]


def _name(file: Path) -> str:
    """Return a module's name below `bot`: `core.moves`; of a package's own file the package's."""
    parts = file.relative_to(ROOT / "bot").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(name: str) -> str:
    return name.partition(".")[0]


def _modules() -> list[str]:
    """Return every module that is no package, beside the sandbox's and the migrations."""
    names = [_name(file) for file in MODULES if file.stem != "__init__" and "migrations" not in file.parts]
    return [name for name in names if _room(name) != "sandbox"]


def _is_in_a_room(name: str) -> bool:
    return name.count(".") > 1


def _within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def _inside() -> Iterator[tuple[str, str]]:
    """Return every import of ours: who, and whom, both below `bot`."""
    for file in MODULES:
        for node in ast.walk(_parsed(file)):
            for target in _targets(node):
                if target.startswith("bot."):
                    yield _name(file), target.removeprefix("bot.")


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_bytes())


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


@cache
def _imported(file: Path) -> set[str]:
    """Return the libraries that a module imports anywhere in it."""
    found = (target for node in ast.walk(_parsed(file)) for target in _targets(node))
    return {target.partition(".")[0] for target in found}


def _libraries(room: str) -> Iterator[str]:
    for file in MODULES:
        if _room(_name(file)) == room:
            yield from _imported(file)


def _at_import(file: Path) -> set[str]:
    """Return the libraries that a module imports when it is imported, outside of functions."""
    found: set[str] = set()
    waiting: list[ast.AST] = [_parsed(file)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue  # names for mypy, imported by nobody
        found |= {target.partition(".")[0] for target in _targets(node)}
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _attributes(file: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(_parsed(file)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
