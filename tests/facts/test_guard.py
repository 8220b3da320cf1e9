"""The guard: nobody reaches the host's own network through a fact from Slack, in whatever way they write it."""

import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.core.production.readings import Health, Reading
from bot.facts.http import Http
from bot.facts.kind import Outside
from bot.facts.web import guard
from bot.facts.web.sessions import Web
from tests.facts.bad_site import BadSite, bad_site

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # metadata of most clouds
    "100.100.100.200",  # carrier-grade NAT; Alibaba's metadata
    "168.63.129.16",  # Azure
    "192.0.0.192",  # Oracle
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.88.99.1",
    "::1",
    "::",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",  # 169.254.169.254 through NAT64
    "64:ff9b:1::1",
    "2002:7f00:1::",  # 127.0.0.1 through 6to4
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo, client 127.0.0.1
    "fe80::1",
    "fe80::1%1",
    "fc00::1",
    "fd00:ec2::254",  # AWS metadata
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address: str) -> None:
    assert not guard.is_public(address)
    with pytest.raises(guard.Refused):
        guard.public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001", "0"),
        *(
            "[::1]",
            "::ffff:10.0.0.1",
            "localhost",
            "LOCALHOST.",
            "shop.localhost",
            "nas.local",
            "metadata.google.internal",
        ),
    ],
)
def test_a_host_that_is_private_by_how_it_is_written(host: str) -> None:
    assert guard.is_surely_private(host)


@pytest.mark.parametrize(
    "host", ["shop.example", "8.8.8.8", "134744072", "localhost.example", "[2606:4700:4700::1111]"]
)
def test_a_host_that_may_be_public(host: str) -> None:
    assert not guard.is_surely_private(host)


class Changing(AbstractResolver):
    """A name server that gives its answers one after the other, and the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@pytest.fixture
async def site() -> AsyncIterator[BadSite]:
    async with bad_site() as running:
        yield running


async def look(url: str, *answers: str, **keys: Any) -> Reading:
    fact = Http.model_validate({"name": "Shop", "kind": "http", "url": url, **keys})
    async with Web(Changing(*answers) if answers else None) as web:
        (reading,) = await fact.look(Outside({}, web))
    return reading


def assert_refused(reading: Reading) -> None:
    assert reading.health is Health.RED
    assert guard.REFUSED in reading.detail
    assert not reading.silent


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]", "127.0.0.1.", "①②⑦.0.0.1"])
async def test_no_way_of_writing_it_reaches_the_site(site: BadSite, host: str) -> None:
    reading = await look(f"http://{host}:{site.port}/ok")
    assert reading.health is Health.RED
    assert site.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_refusal_names_the_way_on(site: BadSite, host: str) -> None:
    reading = await look(f"http://{host}:{site.port}/ok")
    assert_refused(reading)
    assert reading.detail.startswith(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_servers_file_may_allow_it(site: BadSite, host: str) -> None:
    assert (await look(f"http://{host}:{site.port}/ok", allow_private=True)).health is Health.GREEN


async def test_a_name_that_leads_to_a_private_address(site: BadSite) -> None:
    assert_refused(await look(f"http://shop.example:{site.port}/ok", "127.0.0.1"))
    assert site.asked == []


@pytest.fixture
def _second_loopback_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.2 stand for the public internet: the site listens there as well."""
    really = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.2" or really(address))


@pytest.mark.usefixtures("_second_loopback_is_public")
class TestFromThePublicSide:
    @pytest.fixture
    async def public(self) -> AsyncIterator[BadSite]:
        async with bad_site("127.0.0.2") as running:
            yield running

    async def test_a_public_address_is_reached(self, public: BadSite) -> None:
        assert (await look(f"{public.address}/ok")).health is Health.GREEN

    async def test_a_redirect_to_a_private_address_is_not_followed(self, public: BadSite, site: BadSite) -> None:
        reading = await look(f"{public.address}/moved/302/{site.address}/ok")
        assert_refused(reading)
        assert reading.detail.startswith(f"302 → {site.address}/ok → 127.0.0.1")
        assert site.asked == []

    async def test_a_name_that_changes_its_answer_on_the_way(self, public: BadSite, site: BadSite) -> None:
        """The first look finds it public; at the redirect, as at the next try, it is private."""
        shop = f"http://shop.example:{public.port}"
        reading = await look(f"{shop}/moved/302/http://again.example:{site.port}/ok", "127.0.0.2", "127.0.0.1")
        assert_refused(reading)
        assert site.asked == []

    async def test_an_allowed_fact_opens_no_connection_for_others(self, site: BadSite) -> None:
        allowed, not_allowed = (
            Http.model_validate(
                {"name": "Shop", "kind": "http", "url": f"{site.address}/ok", "allow_private": allow_private}
            )
            for allow_private in (True, False)
        )
        async with Web() as web:
            (first,) = await allowed.look(Outside({}, web))
            (second,) = await not_allowed.look(Outside({}, web))
        assert first.health is Health.GREEN
        assert_refused(second)
        assert len(site.asked) == 1
