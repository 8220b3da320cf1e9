"""Which addresses a fact that anybody may have added can reach: the public internet, and nothing of the host's own."""

import socket
from errno import EACCES
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

REFUSED = "is inside the host's own network, which only the server's file can allow (allow_private)"

# Public by their number, and yet part of where the host lives.
_OWN = (
    ip_network("168.63.129.16/32"),  # Azure's metadata and DNS, the same in every network
    ip_network("192.0.0.0/24"),  # protocol assignments; Oracle's metadata
    ip_network("192.88.99.0/24"),  # the former 6to4 relays
)
_UNICAST = IPv6Network("2000::/3")  # the only IPv6 that IANA has given out
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as IPv6-only networks see it


class Refused(OSError):
    """The connection was not even tried; the text says why."""

    def __init__(self) -> None:
        super().__init__(EACCES, REFUSED)


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet, also when it is an IPv4 address wrapped in IPv6."""
    ip = ip_address(address)
    inner = _inner(ip) if isinstance(ip, IPv6Address) else ip
    if isinstance(inner, IPv6Address):
        return inner in _UNICAST and inner.is_global
    return inner.is_global and not inner.is_multicast and not any(inner in network for network in _OWN)


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """Make the socket for one entry of `getaddrinfo`. Raises Refused if its address is not public.

    As the socket factory of a connector this sees the very address that is then connected to: whatever the host is
    written like, whoever redirected there, and however often its name changes its answer.
    """
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise Refused
    return socket.socket(family, kind, protocol)


def is_surely_private(host: str) -> bool:
    """Say whether a host can be refused by how it is written, so that whoever adds a fact is told at once.

    Names that only turn out to be private when they are looked up are refused by `public_socket`.
    """
    name = host.casefold().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        return True
    address = _written(name)
    return address is not None and not is_public(address)


def _inner(address: IPv6Address) -> IPv4Address | IPv6Address:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _written(host: str) -> str | None:
    """Read an address as the C library would, which knows `127.1`, `0x7f.1` and `2130706433` too."""
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
