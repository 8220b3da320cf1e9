"""One fetch over HTTP, in bounds: a time limit, a limit to what is read, and every redirect in sight."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from yarl import URL

from bot.facts.web.sessions import Response
from bot.facts.web.unreachable import NoAnswer, no_answer

BODY_LIMIT = 1024 * 1024  # bytes after unpacking; what is beyond is not read
HOPS_LIMIT = 10  # redirects; browsers give up at 20
CONNECT_LIMIT = 5.0  # seconds, and never more than half of a fact's own limit

_MOVED = frozenset({301, 302, 303, 307, 308})
_SAME_METHOD = frozenset({307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back at the end of `hops`, each the status and the address it led to. `cut`: there is more body."""

    status: int
    body: bytes
    cut: bool
    charset: str | None
    hops: tuple[str, ...]
    certificate_until: datetime | None


class Fetch:
    """One way through the redirects to an answer."""

    def __init__(self, session: aiohttp.ClientSession, limit: float, *, follow: bool, keep: bool) -> None:
        """Take `limit` seconds for all of it; `keep` the body, or read it only to see it arrive."""
        self._session = session
        self._limit = limit
        self._follow = follow
        self._keep = keep
        self._hops: list[str] = []
        self._answered = False

    async def run(self, method: str, url: URL) -> Answer:
        """Go there. Raises NoAnswer, whose words tell the redirects that led there."""
        try:
            async with asyncio.timeout(self._limit):
                return await self._go(method, url)
        except NoAnswer as reason:
            raise self._on_the_way(reason) from reason
        except (aiohttp.ClientError, OSError, UnicodeError) as error:  # UnicodeError: no name the DNS could have
            raise self._on_the_way(self._in_words(error)) from error

    async def _go(self, method: str, url: URL) -> Answer:
        been = {(method, url)}
        while True:
            async with self._ask(method, url) as response:
                self._answered = True
                target = self._target(response)
                if target is None:
                    return await self._read(response)
                self._hops.append(f"{response.status} → {target}")
                method, url = _method_after(method, response.status), target
            if (method, url) in been:
                raise NoAnswer("redirects in a circle")
            if len(self._hops) > HOPS_LIMIT:
                raise NoAnswer(f"more than {HOPS_LIMIT} redirects")
            been.add((method, url))
            self._answered = False

    @asynccontextmanager
    async def _ask(self, method: str, url: URL) -> AsyncIterator[Response]:
        connect = min(CONNECT_LIMIT, self._limit / 2)
        timeout = aiohttp.ClientTimeout(total=None, connect=connect, sock_read=self._limit)
        async with self._session.request(method, url, allow_redirects=False, timeout=timeout) as response:
            assert isinstance(response, Response)  # noqa: S101  (how `Web` makes its sessions)
            yield response

    def _target(self, response: Response) -> URL | None:
        place = response.headers.get("Location")
        if not self._follow or response.status not in _MOVED or place is None:
            return None
        try:
            target = response.url.join(URL(place))
        except ValueError as error:
            raise NoAnswer(f"{response.status} to something that is no address") from error
        if target.scheme not in ("http", "https") or not target.host:
            raise NoAnswer(f"{response.status} to something that is not on the web: {target.scheme}")
        return target.with_fragment(None)

    async def _read(self, response: Response) -> Answer:
        body, length = bytearray(), 0
        async for piece in response.content.iter_any():
            if self._keep:
                body += piece[: BODY_LIMIT - length]
            length += len(piece)
            if length > BODY_LIMIT:
                response.close()  # or it would be read to its end, which there may not be
                break
        cut = length > BODY_LIMIT
        return Answer(
            response.status, bytes(body), cut, response.charset, tuple(self._hops), response.certificate_until
        )

    def _in_words(self, error: Exception) -> NoAnswer:
        if isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ConnectionTimeoutError):
            return NoAnswer(f"{'no end of the answer' if self._answered else 'no answer'} in {self._limit:g} s")
        return no_answer(error)

    def _on_the_way(self, reason: NoAnswer) -> NoAnswer:
        return NoAnswer(" → ".join([*self._hops, str(reason)]), silent=reason.silent)


def _method_after(method: str, status: int) -> str:
    """What browsers do: only 307 and 308 repeat a POST."""
    return method if status in _SAME_METHOD or method == "HEAD" else "GET"
