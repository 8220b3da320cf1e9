"""How the values of facts.toml's keys are written, where TOML alone leaves it open."""

import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from yarl import URL

from bot.facts.web.matching import flat

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(days=31)  # between two looks

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,7})\s*([smhd])")


def _listed(value: Any) -> Any:
    """Take one value for a list of one, as people write it."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _span(value: Any) -> Any:
    if isinstance(value, str) and (match := _SPAN.fullmatch(value.strip())):
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LONGEST.total_seconds():
        return timedelta(seconds=value)
    raise ValueError('should be a time like "5m" or "1h", or a number of seconds')


def _in_bounds(span: timedelta) -> timedelta:
    if not SHORTEST <= span <= LONGEST:
        raise ValueError("should be between 1 second and 31 days")
    return span


def _address(url: str) -> str:
    try:
        parsed = URL(url)
    except ValueError:
        parsed = URL()
    if parsed.scheme not in ("http", "https") or not parsed.host or re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError("should be an address like https://shop.example/products")
    return url


def _ip(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError as error:
        raise ValueError("should be an IP address like 192.0.2.1 or 2001:db8::1") from error


def _host(host: str) -> str:
    if not re.fullmatch(r"[^\s\x00-\x1f\x7f/@\[\]]{1,253}", host):
        raise ValueError("should be a name or an address, like mail.shop.example or 192.0.2.1")
    return host


def _pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    return pattern


def _paths(table: dict[str, Any]) -> dict[str, Any]:
    return dict(flat(table))


Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_listed)]  # text, or a list of it

Span = Annotated[timedelta, AfterValidator(_in_bounds), BeforeValidator(_span)]  # "5m", or seconds

Address = Annotated[str, Field(max_length=2000), AfterValidator(_address)]

Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_pattern)]

Statuses = Annotated[tuple[Annotated[int, Field(ge=100, le=599)], ...], Field(min_length=1), BeforeValidator(_listed)]

Paths = Annotated[dict[str, Any], AfterValidator(_paths)]  # path -> value

Host = Annotated[str, AfterValidator(_host)]

Port = Annotated[int, Field(ge=1, le=65535)]

Addresses = Annotated[tuple[Annotated[str, AfterValidator(_ip)], ...], BeforeValidator(_listed)]  # in their short form
