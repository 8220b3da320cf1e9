"""A git checkout on this machine: our file changes in a small commit of its own."""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.places import beneath
from bot.places.git import Git, reason
from bot.places.place import Moved, PlaceFailed

TRIES = 5  # at pushing, when others push at the same time
LINK, SUBMODULE, FOLDER = "120000", "160000", "040000"  # modes of what stands in a tree beside files
NEW_FILE = "100644"


class LocalCheckout:
    """Files in the working tree; each change is committed at once and pushed by nobody."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._git = Git(folder, environment)
        self._one_at_a_time = asyncio.Lock()  # git takes one commit at a time

    async def read(self, name: str) -> bytes | None:
        """Return a file of the working tree; None: there is no such file."""
        await asyncio.to_thread(beneath.require, self._folder)
        return await asyncio.to_thread(beneath.content, self._folder, name)

    async def check(self, name: str) -> None:
        """Look whether a file of the working tree can be read, or is not there."""
        await asyncio.to_thread(beneath.check, self._folder, name)

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Write the file and commit it alone: what others have staged or changed stays theirs."""
        async with self._one_at_a_time:
            await asyncio.to_thread(beneath.require, self._folder)
            await asyncio.to_thread(beneath.put, self._folder, name, before, after)
            if not await self._git.run("status", "--porcelain", "--untracked-files=all", "--", name):
                return  # committed by an earlier try
            await self._git.run("add", "--intent-to-add", "--", name)
            await self._git.run("commit", "--quiet", "--message", message, "--only", "--", name)


class PushedCheckout:
    """Files of a remote's branch. A commit is built on the newest one there and pushed, never by force.

    Nothing goes through the working tree, so what people have changed, staged or committed in the checkout is neither
    touched nor pushed. Afterwards the checkout follows the branch if it can do so without touching any of that.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], branch: str, remote: str) -> None:
        self._folder = folder
        self._git = Git(folder, environment)
        self._branch = branch
        self._remote = remote
        self._tip = f"refs/remotes/{remote}/{branch}"
        self._one_at_a_time = asyncio.Lock()

    async def read(self, name: str) -> bytes | None:
        """Return a file as it is on the remote's branch now; None: there is no such file."""
        async with self._one_at_a_time:
            await self._fetch()
            return await self._content(name)

    async def check(self, name: str) -> None:
        """Look at what stands on the branch as it was last fetched; before that nothing is known."""
        await asyncio.to_thread(beneath.require, self._folder)
        unknown, _, _ = await self._git.ask("rev-parse", "--quiet", "--verify", self._tip)
        if not unknown:
            await self._mode(await self._path(name))

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Commit the file on top of the branch and push; where others pushed first, build it anew on theirs."""
        async with self._one_at_a_time:
            for _ in range(TRIES):
                await self._fetch()
                current = await self._content(name)
                if current != after and current != before:
                    raise Moved(name)
                if current == after or await self._pushed(await self._commit(name, after, message)):
                    await self._follow()
                    return
        raise PlaceFailed(f"{self._remote} took no push in {TRIES} tries: others push all the time")

    async def _fetch(self) -> None:
        await asyncio.to_thread(beneath.require, self._folder)
        await self._git.run("fetch", "--quiet", self._remote, f"+refs/heads/{self._branch}:{self._tip}")

    async def _content(self, name: str) -> bytes | None:
        path = await self._path(name)
        if not await self._mode(path):
            return None
        return await self._git.run("cat-file", "blob", f"{self._tip}:{path}")

    async def _mode(self, path: str) -> str:
        """Return the mode of a file on the branch; "" for none. Raises PlaceFailed where a link leads to it."""
        file = PurePosixPath(path)
        steps = [str(step) for step in (file, *file.parents[:-1])]
        listed = (await self._git.run("ls-tree", "--full-tree", "-z", self._tip, "--", *steps)).decode()
        modes = {entry.partition("\t")[2]: entry[: len(LINK)] for entry in listed.split("\0") if entry}
        for step, mode in modes.items():
            if mode in (LINK, SUBMODULE):
                raise beneath.linked(PurePosixPath(step).name, "file" if step == path else "folder")
        if modes.get(path) == FOLDER:
            raise PlaceFailed(f"{file.name} is no file: put one in its place")
        return modes.get(path, "")

    async def _path(self, name: str) -> str:
        """Return the file's path in the repository, for a checkout that is named by a folder inside it."""
        prefix = (await self._git.run("rev-parse", "--show-prefix")).decode().strip()
        return prefix + name

    async def _commit(self, name: str, after: bytes, message: str) -> str:
        """Make the commit in an index of its own. Returns its id."""
        path = await self._path(name)
        mode = await self._mode(path) or NEW_FILE
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "index"
            await self._git.run("read-tree", self._tip, index=index)
            blob = (await self._git.run("hash-object", "-w", "--stdin", given=after)).decode().strip()
            await self._git.run("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", index=index)
            tree = (await self._git.run("write-tree", index=index)).decode().strip()
        commit = await self._git.run("commit-tree", tree, "-p", self._tip, "-m", message)
        return commit.decode().strip()

    async def _pushed(self, commit: str) -> bool:
        """Push one commit. False: somebody else pushed first."""
        words = ("push", "--porcelain", self._remote, f"{commit}:refs/heads/{self._branch}")
        code, out, err = await self._git.ask(*words)
        if code and any(why in out + err for why in (b"non-fast-forward", b"fetch first", b"cannot lock ref")):
            return False
        if code:
            raise PlaceFailed(f"git push failed: {reason(err or out)}")
        return True

    async def _follow(self) -> None:
        """Bring the checkout along where its branch can simply go forward; where it can't, it stays as it is."""
        _, head, _ = await self._git.ask("symbolic-ref", "--quiet", "HEAD")
        if head.decode().strip() == f"refs/heads/{self._branch}":
            await self._git.ask("merge", "--ff-only", "--quiet", self._tip)
