"""The few things we ask of GitHub: an issue with a mark by which we know it again, its comments, its end."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp


@dataclass(frozen=True, slots=True)
class GitHub:
    """A repository's issues. Calls raise gidgethub.GitHubException, aiohttp.ClientError or TimeoutError."""

    session: aiohttp.ClientSession
    repository: str  # owner/name
    token: str
    base_url: str

    async def open(self, title: str, body: str) -> int:
        """Open an issue. Returns its number."""
        issue = await self._api().post(f"{self._issues}", data={"title": title, "body": body})
        return int(issue["number"])

    async def find(self, mark: str, since: datetime) -> int | None:
        """Look for an issue by the mark in its body, among those that changed since a moment. Returns its number."""
        issues = self._api().getiter(f"{self._issues}?state=all&since={_moment(since)}&per_page=100")
        return await _marked(issues, mark, "number")

    async def comment(self, issue: int, body: str) -> int:
        """Comment on an issue. Returns the comment's id."""
        posted = await self._api().post(f"{self._issues}/{issue}/comments", data={"body": body})
        return int(posted["id"])

    async def find_comment(self, issue: int, mark: str, since: datetime) -> int | None:
        """Look for a comment by its mark, among those since a moment. Returns its id."""
        comments = self._api().getiter(f"{self._issues}/{issue}/comments?since={_moment(since)}&per_page=100")
        return await _marked(comments, mark, "id")

    async def close(self, issue: int, reason: str) -> None:
        """Close an issue as `completed` or `not_planned`; closed twice it is closed."""
        await self._api().patch(f"{self._issues}/{issue}", data={"state": "closed", "state_reason": reason})

    @property
    def _issues(self) -> str:
        return f"/repos/{self.repository}/issues"

    def _api(self) -> Any:
        from gidgethub.aiohttp import GitHubAPI  # costs start-up time, and most have no need of it

        return GitHubAPI(self.session, "onewip", oauth_token=self.token, base_url=self.base_url)


async def _marked(entries: AsyncIterator[Any], mark: str, name: str) -> int | None:
    async for entry in entries:
        if mark in (entry.get("body") or ""):
            return int(entry[name])
    return None


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
