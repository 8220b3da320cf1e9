"""Socket Mode: the bot's WebSockets, what is sent over them, and the acks that come back."""

import asyncio
import contextlib
import json
import secrets
from collections import deque

from aiohttp import WSMessage, WSMsgType, web

from bot.sandbox.live import Live
from bot.sandbox.state.people import APP_ID
from bot.sandbox.wire import Json, Refused


class Sockets:
    """The bot's connections (docs.slack.dev/apis/events-api/using-socket-mode).

    Each envelope goes to one of them in turn; a connection that was asked to refresh gets none while
    there is another.
    """

    # docs.slack.dev/interactivity/handling-user-interaction: an ack must come within 3 seconds.
    ack_seconds = 3.0

    def __init__(self, live: Live) -> None:
        self._live = live
        self._tickets: set[str] = set()
        self._open: deque[web.WebSocketResponse] = deque()
        self._retiring: set[web.WebSocketResponse] = set()
        self._requests: dict[web.WebSocketResponse, web.Request] = {}
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    @property
    def online(self) -> bool:
        """Return whether the bot is connected."""
        return bool(self._open)

    @property
    def settled(self) -> bool:
        """Return whether the bot is connected, and none of its connections is being replaced."""
        return self.online and not self._retiring

    def ticket(self) -> str:
        """Return a ticket that opens one connection, once."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /socket/?ticket=…`: hello, then acks are heard until the bot leaves."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=30, timeout=1)
        await socket.prepare(request)
        self._open.append(socket)
        self._requests[socket] = request
        try:
            await socket.send_json(self._hello())
            self._live.tell({"type": "bot", "online": True})
            async for message in socket:
                self._hear(message)
        finally:
            self._open.remove(socket)
            self._retiring.discard(socket)
            del self._requests[socket]
            self._live.tell({"type": "bot", "online": self.online})
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
        }

    def _hear(self, message: WSMessage) -> None:
        if message.type is not WSMsgType.TEXT:
            return
        try:
            ack = json.loads(message.data)
            waiting = self._waiting[ack["envelope_id"]]
            payload = dict(ack.get("payload") or {})
        except (ValueError, TypeError, KeyError):
            return  # not an ack, or one that came too late
        if not waiting.done():
            waiting.set_result(payload)

    async def carry(self, envelope: Json) -> Json:
        """Send one envelope over one connection; see Carrier."""
        socket = self._next()
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            # A connection that just broke loses the envelope; Slack too only finds out by the missing ack.
            with contextlib.suppress(ConnectionError):
                await socket.send_str(json.dumps(envelope))
            async with asyncio.timeout(self.ack_seconds):
                return await waiting
        except TimeoutError:
            raise Refused("operation_timeout") from None
        finally:
            del self._waiting[envelope["envelope_id"]]

    def _next(self) -> web.WebSocketResponse:
        for _ in range(len(self._open)):
            self._open.rotate(-1)
            if self._open[-1] not in self._retiring:
                return self._open[-1]
        if not self._open:
            raise Refused("dispatch_failed")
        return self._open[-1]

    async def refresh(self) -> None:
        """Ask every connection to be replaced, as Slack does every few hours."""
        for socket in list(self._open):
            self._retiring.add(socket)
            notice = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "sandbox"}}
            with contextlib.suppress(ConnectionError):
                await socket.send_json(notice)

    def drop(self) -> None:
        """Cut every connection without a word."""
        for request in self._requests.values():
            if request.transport is not None:
                request.transport.abort()

    async def close(self) -> None:
        """Close every connection in order; whoever waits for an ack waits no longer."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(Refused("dispatch_failed"))
        for socket in list(self._open):
            await socket.close()
