"""A line to PostgreSQL that breaks where a test wants it to: a proxy that reads what goes through it."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

from sqlalchemy.engine import URL

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"  # postgresql.org/docs/current/protocol-message-formats.html: Query


class Break(Enum):
    """Where the line breaks at the next COMMIT."""

    BEFORE = "the server never hears of it"
    AFTER = "the server does it, and its answer is lost"


class Line:
    """Passes on what client and server say, until it is to break."""

    def __init__(self) -> None:
        self.breaks: Break | None = None
        self.stays_broken = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.stays_broken and self.breaks is None:
                    client.close()
                    continue
                server = _server()
                threading.Thread(target=self._to_server, args=(client, server), daemon=True).start()
                threading.Thread(target=_pass_on, args=(server, client), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while sent := client.recv(65536):
                if self.breaks and COMMIT in sent:
                    self._break(sent, client, server)
                    return
                server.sendall(sent)
        _hang_up(server)

    def _break(self, sent: bytes, client: socket.socket, server: socket.socket) -> None:
        where, self.breaks = self.breaks, None
        _hang_up(client)  # nothing that the server answers from here on is heard
        if where is Break.AFTER:
            server.sendall(sent)
        _hang_up(server)

    def close(self) -> None:
        _hang_up(self._listening)


@contextmanager
def line_to(url: URL) -> Iterator[tuple[Line, str]]:
    """A line to a database, and the URL that goes through it."""
    line = Line()
    through = url.set(host="127.0.0.1", port=line.port).update_query_dict({"sslmode": "disable"})
    yield line, through.render_as_string(hide_password=False)
    line.close()


def _server() -> socket.socket:
    host, port = os.environ.get("PGHOST", "localhost"), os.environ.get("PGPORT", "5432")
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def _pass_on(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while answered := server.recv(65536):
            client.sendall(answered)
    _hang_up(client)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
