"""The sessions that all http facts share."""

import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.connector import Connection

from bot.facts.web.guard import public_socket

USER_AGENT = "Onewip (prod facts)"


class Response(aiohttp.ClientResponse):
    """A response that remembers the end of its certificate: an answer without a body has let go of the connection."""

    certificate_until: datetime | None = None

    async def start(self, connection: Connection) -> Self:
        """Read the head of the response."""
        tls = connection.transport.get_extra_info("ssl_object") if connection.transport else None
        self.certificate_until = _end(tls.getpeercert()) if tls else None
        await super().start(connection)
        return self


class Web:
    """One session that goes anywhere and one that goes to public addresses only; open while the context is.

    They share no connections, and none is used twice: a fact asks whether somebody new would get an answer.
    `resolver` and `trust` (whose certificates are believed) are the system's unless given.
    """

    def __init__(self, resolver: AbstractResolver | None = None, trust: ssl.SSLContext | None = None) -> None:
        self._resolver = resolver
        self._trust = trust
        self._stack = AsyncExitStack()
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        for private in (False, True):
            self._sessions[private] = await self._stack.enter_async_context(self._session(private))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def session(self, *, allow_private: bool) -> aiohttp.ClientSession:
        """Return the session for facts that may, or may not, reach the host's own network."""
        return self._sessions[allow_private]

    def _session(self, allow_private: bool) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # `running.run` has the cap
            force_close=True,
            resolver=self._resolver,
            ssl=self._trust or True,
            socket_factory=None if allow_private else public_socket,
        )
        return aiohttp.ClientSession(
            connector=connector,
            response_class=Response,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": USER_AGENT},
            trust_env=False,  # a proxy would be asked for addresses that the guard never sees
        )


def _end(certificate: Mapping[str, Any]) -> datetime | None:
    until = certificate.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC) if until else None
