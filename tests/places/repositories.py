"""A bare repository, and clones of it, made by git itself."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Maria",
    "GIT_AUTHOR_EMAIL": "maria@example.com", "GIT_COMMITTER_NAME": "Maria",
    "GIT_COMMITTER_EMAIL": "maria@example.com",
}  # fmt: skip


def git(folder: Path, *words: str, when: str = "") -> str:
    dated = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when} if when else {}
    done = subprocess.run(["git", "-C", folder, *words], env=ENVIRONMENT | dated, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def commit(folder: Path, name: str, text: str, message: str = "by hand", when: str = "") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    git(folder, "add", name)
    git(folder, "commit", "-q", "-m", message, "--", name, when=when)


def made(folder: Path) -> Path:
    """A repository with one commit."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "README.md", "hello\n", "the first")
    return folder


def bare(folder: Path) -> Path:
    """A bare repository with one commit."""
    source = made(folder / "source")
    git(folder, "clone", "-q", "--bare", str(source), "remote.git")
    return folder / "remote.git"


def cloned(remote: Path, name: str) -> Path:
    git(remote.parent, "clone", "-q", str(remote), name)
    return remote.parent / name


def history(folder: Path, branch: str = "main") -> list[str]:
    """The commits, newest first: who, what, and which files."""
    told = git(folder, "log", "--format=%x00%an: %s", "--name-only", branch).split("\0")[1:]
    return [" ".join(line.split()) for line in told]
