"""The versions of a file in a git repository, oldest first."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BadInput
from bot.places.git import Git
from bot.places.place import PlaceFailed

MARK = "\x1e"  # before each commit; no name of a file holds it


async def commits(repository: Path, name: str, environment: Mapping[str, str]) -> tuple[tuple[str, datetime, str], ...]:
    """Return the commits that changed a file, oldest first: id, time, and the file's name then (it is followed).

    Raises BadInput when there is no such repository, or no such file in its history.
    """
    git = Git(repository, environment)
    try:
        out = await git.run("log", "--follow", f"--format={MARK}%H %ct", "--name-only", "--", name)
    except PlaceFailed as failed:
        raise BadInput("{why}.", why=str(failed)) from failed
    history = []
    for entry in out.decode(errors="replace").split(MARK)[1:]:
        head, *names = [line for line in entry.splitlines() if line.strip()]
        commit, seconds = head.split()
        if names:
            history.append((commit, datetime.fromtimestamp(int(seconds), UTC), names[-1]))
    if not history:
        raise BadInput("{name} is nowhere in the history of {repository}.", name=name, repository=str(repository))
    return tuple(reversed(history))  # git itself follows no renames from the old end


async def contents(
    repository: Path, listed: tuple[tuple[str, datetime, str], ...], environment: Mapping[str, str]
) -> AsyncIterator[tuple[datetime, bytes | None]]:
    """Return the file as each commit has it; None: that commit deleted it."""
    git = Git(repository, environment)
    for commit, at, name in listed:
        code, out, _ = await git.ask("cat-file", "blob", f"{commit}:{name}")
        yield at, None if code else out
