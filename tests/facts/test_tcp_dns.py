"""Kinds tcp and dns: somebody answers, and a name leads where it should."""

import asyncio
import socket
from typing import Any

import pytest

from bot.core.production.readings import Health, Reading
from bot.facts.dns import Dns
from bot.facts.tcp import Tcp
from tests.facts.bad_site import bad_site
from tests.facts.scripts import outside

GREEN, RED = Health.GREEN, Health.RED


async def connect(host: str, port: int, **keys: Any) -> Reading:
    fact = Tcp.model_validate({"name": "Mail", "kind": "tcp", "host": host, "port": port, **keys})
    (reading,) = await fact.look(outside())
    return reading


async def resolve(host: str, **keys: Any) -> Reading:
    fact = Dns.model_validate({"name": "Name", "kind": "dns", "host": host, **keys})
    (reading,) = await fact.look(outside())
    return reading


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_somebody_answers(host: str) -> None:
    async with bad_site(host) as site:
        reading = await connect(host, site.port)
    assert (reading.health, reading.detail) == (GREEN, "answers")
    assert reading.latency_ms is not None


async def test_nobody_answers(unused_tcp_port: int) -> None:
    reading = await connect("127.0.0.1", unused_tcp_port)
    assert (reading.health, reading.detail, reading.silent) == (RED, "connection refused", False)


async def test_a_machine_that_says_nothing_could_be_our_own_connection() -> None:
    """A socket whose queue is full takes no connection and refuses none."""
    with socket.socket() as full, socket.socket() as first:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        first.connect(full.getsockname())
        waiting = [asyncio.open_connection(*full.getsockname()) for _ in range(2)]
        tasks = [asyncio.ensure_future(one) for one in waiting]
        reading = await connect(*full.getsockname(), timeout=0.3)
        for task in tasks:
            task.cancel()
        for opened in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(opened, tuple):
                opened[1].transport.abort()
    assert (reading.health, reading.detail, reading.silent) == (RED, "no connection in 0.3 s", True)


async def test_a_name_that_is_not_there() -> None:
    reading = await connect("shop.invalid", 443)
    assert (reading.health, reading.silent) == (RED, True)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "shop..example"])
async def test_a_name_that_can_not_be_written_in_the_dns(host: str) -> None:
    assert (await connect(host, 443)).health is RED
    assert (await resolve(host)).health is RED


@pytest.mark.parametrize(
    ("host", "expect", "health"),
    [
        ("localhost", [], GREEN),
        ("localhost", "127.0.0.1", GREEN),
        ("127.0.0.1", ["127.0.0.1"], GREEN),
        ("::1", ["0:0:0:0:0:0:0:1"], GREEN),
        ("127.0.0.1", ["192.0.2.1"], RED),
        ("127.0.0.1", ["127.0.0.1", "192.0.2.1"], RED),
    ],
)
async def test_a_name_leads_where_it_should(host: str, expect: list[str] | str, health: Health) -> None:
    reading = await resolve(host, expect=expect)
    assert reading.health is health
    assert ("but not 192.0.2.1" in reading.detail) == (health is RED)


async def test_no_such_name_is_red() -> None:
    reading = await resolve("shop.invalid")
    assert (reading.health, reading.silent) == (RED, True)
