"""documents.toml, read into the places where each board's documents live, with every fault named at once."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import aiohttp
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from bot.errors import BadInput
from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.directory import Directory
from bot.places.github import API, Repository, is_repository
from bot.places.place import Place, PlaceFailed
from bot.tomlfile import tables

NEXT7D, STATE = "next7d", "state"  # what a board's documents are called everywhere but on people's screens

# What git itself forbids in the name of a branch (git-check-ref-format), and what would make a refspec of it.
NO_BRANCH = re.compile(r"^[-+./]|[\s~^:?*\[\\\x00-\x1f\x7f]|\.\.|@\{|//|/\.|\.lock(/|$)|[./]$|^@?$")
GITS_OWN = {".git", "git~1"}  # the latter is what Windows' file systems also call it


def _inside(name: str) -> str:
    parts = PurePosixPath(name).parts
    gits = any(part.casefold().rstrip(". ") in GITS_OWN for part in parts)  # some file systems know no case
    if not parts or parts[0] == "/" or ".." in parts or gits or not name.isprintable():
        raise ValueError("is no good name: it must lead to a file inside the place, with / between folders")
    return str(PurePosixPath(*parts))


def _branch(name: str) -> str:
    if NO_BRANCH.search(name):
        raise ValueError("is no good name: it must be a branch as `git branch` lists it")
    return name


def _remote(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_][\w.-]*", name, re.ASCII) or ".." in name:
        raise ValueError("is no good name: it must be a remote as `git remote` lists it, not an address or a command")
    return name


def _repository(name: str) -> str:
    if not is_repository(name):
        raise ValueError("is no good name: it must look like owner/name")
    return name


Name = Annotated[str, AfterValidator(_inside)]  # of a file in its place
Branch = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_branch)]


class _Kept(BaseModel):
    """What every kind has: whose board it is, and what its files are called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: Annotated[str, StringConstraints(pattern=r"^[CG][A-Z0-9]+$")]
    next7d: Name | None = None
    state: Name | None = None

    @model_validator(mode="after")
    def _names_a_file(self) -> "_Kept":
        if not (self.next7d or self.state):
            raise ValueError("names no file: set `next7d`, `state` or both")
        return self


class InDirectory(_Kept):
    """In a directory of this machine."""

    kind: Literal["directory"]
    path: Path


class InCheckout(_Kept):
    """In a git checkout on this machine; `push` sends each commit to the remote's branch."""

    kind: Literal["git"]
    path: Path
    push: bool = False
    branch: Branch = "main"
    remote: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_remote)] = "origin"


class OnGitHub(_Kept):
    """In a repository on GitHub, through its API with GITHUB_TOKEN; `api` is GITHUB_API_URL where it is not said."""

    kind: Literal["github"]
    repository: Annotated[str, AfterValidator(_repository)]
    branch: Branch = "main"
    api: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None


Kept = InDirectory | InCheckout | OnGitHub

_ADAPTER: TypeAdapter[Kept] = TypeAdapter(Annotated[Kept, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one board's documents live: the place, and the names of the files there that are kept."""

    channel: str
    place: Place
    names: Mapping[str, str]  # by NEXT7D and STATE


Library = Mapping[str, Shelf]  # by channel


def load(path: Path) -> tuple[Kept, ...]:
    """Read documents.toml. Raises BadInput, whose words name the file and every fault in it."""
    faults: list[str] = []
    entries: list[Kept] = []
    for place, table in enumerate(tables(path, "board"), 1):
        try:
            entries.append(_ADAPTER.validate_python(table))
        except ValidationError as error:
            faults += [f"board {place}, {_fault(fault)}" for fault in error.errors()]
    channels = [each.channel for each in entries]
    faults += [f"{channel} is there twice" for channel in sorted({c for c in channels if channels.count(c) > 1})]
    if faults:
        raise BadInput("{file} has faults:\n{faults}", file=str(path), faults="\n".join(faults))
    return tuple(each if isinstance(each, OnGitHub) else _beside(each, path.parent) for each in entries)


def opened(
    entries: Sequence[Kept], environment: Mapping[str, str], session: Callable[[], aiohttp.ClientSession]
) -> Library:
    """Return the places themselves. `session` is asked for only where something lives on GitHub."""
    return {each.channel: Shelf(each.channel, _place(each, environment, session), _names(each)) for each in entries}


async def refusals(library: Library, patience: float) -> dict[tuple[str, str], str]:
    """Return why files can't be reached, by channel and kind, as far as is known here; a place has `patience` seconds.

    What nobody has tried to write yet is refused only here, before it is in anybody's way.
    """
    files = [(shelf, kind, name) for shelf in library.values() for kind, name in shelf.names.items()]
    reasons = await asyncio.gather(*(_refusal(shelf.place, name, patience) for shelf, _, name in files))
    return {(shelf.channel, kind): reason for (shelf, kind, _), reason in zip(files, reasons, strict=True) if reason}


async def _refusal(place: Place, name: str, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            await place.check(name)
    except PlaceFailed as failed:
        return str(failed)
    except TimeoutError:
        return f"its place does not answer within {patience:g} s"
    return ""


def _place(entry: Kept, environment: Mapping[str, str], session: Callable[[], aiohttp.ClientSession]) -> Place:
    if isinstance(entry, OnGitHub):
        api = entry.api or environment.get("GITHUB_API_URL", "").strip() or API
        return Repository(session(), entry.repository, entry.branch, environment.get("GITHUB_TOKEN", ""), api)
    if isinstance(entry, InDirectory):
        return Directory(entry.path)
    if entry.push:
        return PushedCheckout(entry.path, environment, entry.branch, entry.remote)
    return LocalCheckout(entry.path, environment)


def _names(entry: Kept) -> Mapping[str, str]:
    return {kind: name for kind, name in ((STATE, entry.state), (NEXT7D, entry.next7d)) if name}


def _beside(entry: InDirectory | InCheckout, folder: Path) -> Kept:
    """Return the entry with its path from the folder of the file that names it, where a relative one is meant."""
    return entry.model_copy(update={"path": (folder / entry.path).absolute()})


def _fault(fault: Any) -> str:
    key = ".".join(str(part) for part in fault["loc"] if part not in ("directory", "git", "github"))
    words = {"missing": "is missing", "extra_forbidden": "is not a key of this kind", "string_pattern_mismatch": "is no"
             " good name", "union_tag_not_found": "kind is missing: directory, git or github",
             "union_tag_invalid": "kind is not known: it is directory, git or github"}  # fmt: skip
    why = str(fault["ctx"]["error"]) if fault["type"] == "value_error" else words.get(fault["type"], fault["msg"])
    return f"{key}: {why}" if key else why
