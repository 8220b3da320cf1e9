"""Certificates made for one test by the openssl that every Debian has."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

SUBJECT = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True)
class Certificate:
    """What the server shows, and what a client needs to believe it."""

    server: ssl.SSLContext
    trust: ssl.SSLContext


def certificate(folder: Path, days: int) -> Certificate:
    """Make a certificate for 127.0.0.1 that signs itself and ends in so many days; -1 is yesterday."""
    key, request, made = folder / "key.pem", folder / "request.pem", folder / "made.pem"
    _openssl("req", "-new", *NEW_KEY, *SUBJECT, "-keyout", key, "-out", request)
    _openssl(
        *("x509", "-req", "-in", request, "-signkey", key, "-days", str(days)),
        *("-copy_extensions", "copy", "-out", made),
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made, key)
    return Certificate(server, ssl.create_default_context(cafile=str(made)))


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
