"""A site that does everything bad, byte by byte, because a real web server would refuse to."""

import asyncio
import gzip
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from ssl import SSLContext
from typing import Any

import brotli

Writer = asyncio.StreamWriter

TLS_HELLO = b"\x16"
HEAD_ONLY = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGES = {
    "/ok": ("200 OK", "text/html; charset=utf-8", b"<h1>Olive oil</h1> <b>Organic</b>, 12 products"),
    "/bare": ("200 OK", "text/html", b""),
    "/empty": ("204 No Content", "text/plain", b""),
    "/down": ("503 Service Unavailable", "text/plain", b"try later"),
    "/ten": ("200 OK", "text/html", b"<p>10 results</p>"),
    "/json": (
        "200 OK",
        "application/json",
        b'{"status": "ok", "up": true, "data": {"items": [{"name": "Oil"}, {"name": "Honey", "price": 8.0}]}}',
    ),
    "/greek": ("200 OK", "text/html; charset=utf-8", "Βιολογικό".encode("windows-1253")),
    "/greek-declared": ("200 OK", "text/html; charset=windows-1253", "Βιολογικό".encode("windows-1253")),
    "/latin-declared": ("200 OK", "text/html; charset=iso-8859-1", "Βιολογικό".encode()),
    "/wide": ("200 OK", "text/html; charset=utf-16", "Organic".encode("utf-16")),
    "/klingon": ("200 OK", "text/html; charset=x-klingon", "Βιολογικό".encode()),
    "/secret": ("200 OK", "text/plain", b"token=correct-horse-battery and hunter2hunter2"),
    "/long-secret": ("200 OK", "text/plain", b"." * 50 + b"x" * 30 + b"y" * 30),
    "/escapes": ("200 OK", "text/plain", b"found: \x1b[31mred\x1b[0m\r\nand <!channel>"),
}


class BadSite:
    """Answers by path; `asked` are the requests it saw, `METHOD /path`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""
        self.fails_first = 0
        self._deeds: dict[str, Callable[[Writer], Awaitable[None]]] = {
            "/slow-head": _never,
            "/slow-body": _trickle,
            "/late": _late,
            "/endless": _endless,
            "/half": _half,
            "/reset": _reset,
            "/closed": _close,
            "/not-http": _not_http,
            "/bomb": _bomb,
            "/gzip": _gzip,
            "/brotli": _brotli,
            "/brotli-bomb": _brotli_bomb,
            "/zstd": _zstd,
            "/second-time": self._second_time,
        }

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    async def talk(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            first = await reader.readexactly(1)
            if first == TLS_HELLO:
                await _not_http(writer)
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode()
            method, target, _ = head.split(" ", 2)
            self.asked.append(f"{method} {target}")
            await self._answer(target, writer)

    async def _answer(self, target: str, writer: Writer) -> None:
        if target in PAGES:
            await send(writer, *PAGES[target])
        elif target in self._deeds:
            await self._deeds[target](writer)
        elif target.startswith("/moved/"):  # /moved/302/where/to
            _, _, status, place = target.split("/", 3)
            await send(writer, f"{status} Moved", "text/plain", b"", f"Location: {place}\r\n")
        elif target.startswith("/deeper/"):
            await send(writer, "302 Found", "text/plain", b"", f"Location: /deeper/{int(target[8:]) + 1}\r\n")
        else:
            await send(writer, "404 Not Found", "text/plain", b"")

    async def _second_time(self, writer: Writer) -> None:
        self.fails_first -= 1
        status = "503 Service Unavailable" if self.fails_first >= 0 else "200 OK"
        await send(writer, status, "text/plain", b"")


async def send(writer: Writer, status: str, kind: str, body: bytes, more: str = "") -> None:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    writer.write(head.encode("latin-1") + body)
    await writer.drain()


async def _never(writer: Writer) -> None:
    await asyncio.Event().wait()


async def _late(writer: Writer) -> None:
    await asyncio.sleep(0.05)
    await send(writer, *PAGES["/ok"])


async def _trickle(writer: Writer) -> None:
    writer.write(f"{HEAD_ONLY}\r\n".encode())
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.01)


async def _endless(writer: Writer) -> None:
    writer.write(f"{HEAD_ONLY}\r\n<b>Organic</b>".encode())
    while True:
        writer.write(b"." * 65536)
        await writer.drain()


async def _half(writer: Writer) -> None:
    writer.write(f"{HEAD_ONLY}Content-Length: 1000\r\n\r\nOrganic".encode())
    await writer.drain()


async def _reset(writer: Writer) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _close(writer: Writer) -> None:
    writer.close()


async def _not_http(writer: Writer) -> None:
    writer.write(b"220 mail.shop.example ESMTP\r\n")
    await writer.drain()


async def _gzip(writer: Writer) -> None:
    await send(writer, "200 OK", "text/html", gzip.compress(b"Organic"), "Content-Encoding: gzip\r\n")


async def _bomb(writer: Writer) -> None:
    """Send 64 MiB that pack into 64 KiB."""
    packed = gzip.compress(bytes(64 * 1024 * 1024))
    await send(writer, "200 OK", "text/html", packed, "Content-Encoding: gzip\r\n")


async def _brotli(writer: Writer) -> None:
    await send(writer, "200 OK", "text/html", brotli.compress(b"Organic"), "Content-Encoding: br\r\n")


async def _brotli_bomb(writer: Writer) -> None:
    """Send 64 MiB that pack into some hundred bytes."""
    packed = brotli.compress(bytes(64 * 1024 * 1024), quality=1)
    await send(writer, "200 OK", "text/html", packed, "Content-Encoding: br\r\n")


async def _zstd(writer: Writer) -> None:
    """Send what nobody asked for, packed as nobody can unpack it here."""
    await send(writer, "200 OK", "text/html", b"\x28\xb5\x2f\xfd", "Content-Encoding: zstd\r\n")


@asynccontextmanager
async def bad_site(host: str = "127.0.0.1", tls: SSLContext | None = None) -> AsyncIterator[BadSite]:
    """Run the site until the context is left, and end whatever it is still sending then."""
    site = BadSite()
    talks: set[asyncio.Task[Any]] = set()

    async def talk(reader: asyncio.StreamReader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task
        talks.add(task)
        try:
            await site.talk(reader, writer)
        finally:
            writer.transport.abort() if task.cancelling() else writer.close()
            with suppress(ConnectionError, TimeoutError, asyncio.CancelledError):
                await writer.wait_closed()

    server = await asyncio.start_server(talk, host, 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    site.address = f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"
    try:
        yield site
    finally:
        server.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
