"""A repository on GitHub, through its API: no checkout needed."""

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import aiohttp

from bot.places.place import Moved, PlaceFailed

if TYPE_CHECKING:
    from gidgethub.aiohttp import GitHubAPI

API = "https://api.github.com"
NOT_FOUND, CONFLICT, UNPROCESSABLE = 404, 409, 422
TIME_LIMIT = aiohttp.ClientTimeout(total=30)


def is_repository(name: str) -> bool:
    """Return whether a name is owner/name, and leads nowhere else in an address that it stands in."""
    return bool(re.fullmatch(r"[\w.-]+/[\w.-]+", name, re.ASCII)) and not {".", ".."} & set(name.split("/"))


class Repository:
    """Files on a branch. Every write is a commit of its own; a file that moved on is told by its hash."""

    def __init__(self, session: aiohttp.ClientSession, name: str, branch: str, token: str, api: str = API) -> None:
        self._session = session
        self._url = f"/repos/{name}"
        self._name = name
        self._branch = branch
        self._token = token
        self.api = api.rstrip("/")

    async def read(self, name: str) -> bytes | None:
        """Return a file as it is on the branch; None: there is no such file."""
        url = f"{self._url}/contents/{quote(name)}?ref={quote(self._branch, safe='')}"
        answer = await self._call("read", "GET", url)
        if answer is None:
            return None
        if not isinstance(answer, dict) or answer.get("type") != "file":
            raise PlaceFailed(f"{name} is no file in {self._name}: put one in its place")
        if answer.get("encoding") != "base64":  # larger than a megabyte: only as a blob
            answer = await self._call("read", "GET", f"{self._url}/git/blobs/{answer['sha']}") or {}
        return base64.b64decode(answer["content"])

    async def write(self, name: str, before: bytes | None, after: bytes, message: str) -> None:
        """Commit the file if its hash is still that of `before`."""
        if before == after:
            return
        body = {"message": message, "branch": self._branch, "content": base64.b64encode(after).decode()}
        body |= {"sha": blob_hash(before)} if before is not None else {}
        if await self._call("write", "PUT", f"{self._url}/contents/{quote(name)}", body) is not None:
            return
        if await self.read(name) != after:  # it may be there from an earlier try whose answer was lost
            raise Moved(name)

    async def check(self, name: str) -> None:
        """Of what is there GitHub alone knows; it is asked when the file is read."""

    async def _call(self, deed: str, method: str, url: str, body: Any = None) -> dict[str, Any] | None:
        """Call GitHub; None: there is no such file, or it is no longer what it was. Raises PlaceFailed."""
        import gidgethub

        try:
            github = self._github()
            answer: dict[str, Any] = await (github.getitem(url) if method == "GET" else github.put(url, data=body))
        except gidgethub.RateLimitExceeded as error:
            raise PlaceFailed("GitHub asks to wait: its rate limit is used up") from error
        except gidgethub.HTTPException as error:
            status = int(error.status_code)
            if (deed, status) in (("read", NOT_FOUND), ("write", CONFLICT)) or _misses_hash(status, error):
                return None
            raise PlaceFailed(f"GitHub answers {status} for {self._name}: {error}") from error
        except (aiohttp.ClientError, TimeoutError, gidgethub.GitHubException) as error:
            raise PlaceFailed(f"GitHub can't be reached: {error or type(error).__name__}") from error
        return answer

    def _github(self) -> "GitHubAPI":
        from gidgethub.aiohttp import GitHubAPI

        return GitHubAPI(self._session, "onewip", oauth_token=self._token, base_url=self.api)


def blob_hash(content: bytes) -> str:
    """Return the hash by which git knows a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _misses_hash(status: int, error: Exception) -> bool:
    """Return whether GitHub says that the file is there, though it was not when it was read."""
    return status == UNPROCESSABLE and "sha" in str(error)
