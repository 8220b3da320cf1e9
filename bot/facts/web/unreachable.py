"""Why there is no answer, in words for people."""

import socket
import ssl
from errno import ECONNREFUSED, ECONNRESET, EHOSTUNREACH, ENETUNREACH, EPIPE

import aiohttp

from bot.facts.web.guard import REFUSED, Refused

NO_ROUTE = frozenset({ENETUNREACH, EHOSTUNREACH})
BROKEN_OFF = frozenset({ECONNRESET, EPIPE})

WORDS = {
    aiohttp.ClientPayloadError: "the answer broke off",
    aiohttp.InvalidURL: "that is no address",
    aiohttp.ServerConnectionError: "the connection was closed without an answer",
}


class NoAnswer(Exception):
    """Production did not answer; the text says why.

    `silent` means that nobody answered at all, neither the service nor its machine nor the name server, so that it
    could be our own connection.
    """

    def __init__(self, words: str, *, silent: bool = False) -> None:
        super().__init__(words)
        self.silent = silent


def no_answer(error: Exception) -> NoAnswer:
    """Put what aiohttp or a socket raised into words."""
    match error:
        case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as refused):
            return NoAnswer(f"certificate refused: {refused.verify_message}")
        case aiohttp.ClientSSLError():
            return NoAnswer(f"no encrypted connection: {_reason(error.os_error)}")
        case aiohttp.ClientConnectorError(os_error=Refused()):
            return NoAnswer(f"{error.host} {REFUSED}")
        case aiohttp.ClientConnectorError():
            return _unconnected(error.os_error)
        case aiohttp.ConnectionTimeoutError():
            return NoAnswer("no connection in time", silent=True)
        case aiohttp.ClientResponseError():
            return NoAnswer(f"the answer is not HTTP as it should be: {error.message}")
    words = [words for kind, words in WORDS.items() if isinstance(error, kind)]
    if words:
        return NoAnswer(words[0])
    return _unconnected(error) if isinstance(error, OSError) else NoAnswer(str(error) or type(error).__name__)


def _unconnected(error: OSError) -> NoAnswer:
    match error:
        case socket.gaierror(errno=socket.EAI_NONAME):
            return NoAnswer("there is no such name", silent=True)
        case socket.gaierror():
            return NoAnswer(f"its name can't be looked up: {error.strerror}", silent=True)
    if error.errno == ECONNREFUSED:
        return NoAnswer("connection refused")
    if error.errno in BROKEN_OFF:
        return NoAnswer("the connection was broken off")
    return NoAnswer(error.strerror or str(error), silent=error.errno in NO_ROUTE)


def _reason(error: OSError) -> str:
    return (error.reason or "").replace("_", " ").casefold() if isinstance(error, ssl.SSLError) else str(error)
