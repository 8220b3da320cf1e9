"""Kind http, looking at a site that does everything bad."""

import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.production.readings import WARNING, Health, Reading
from bot.facts.http import Http
from bot.facts.kind import Outside
from bot.facts.running import run
from bot.facts.web.fetching import BODY_LIMIT
from bot.facts.web.sessions import Web
from tests.facts.bad_site import BadSite, bad_site
from tests.facts.certificates import certificate
from tests.fakes import Clock

GREEN, RED, UNKNOWN = Health.GREEN, Health.RED, Health.UNKNOWN


@pytest.fixture
async def site() -> AsyncIterator[BadSite]:
    async with bad_site() as running:
        yield running


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web() as opened:
        yield opened


def now() -> datetime:
    """The real time, because openssl makes certificates by it."""
    return datetime.now(UTC)


def fact(url: str, **keys: Any) -> Http:
    return Http.model_validate({"name": "Shop", "kind": "http", "url": url, "allow_private": True, **keys})


async def look(web: Web, url: str, environment: dict[str, str] | None = None, **keys: Any) -> Reading:
    (reading,) = await fact(url, **keys).look(Outside(environment or {}, web, now))
    return reading


@pytest.mark.parametrize(
    ("path", "keys", "health", "detail"),
    [
        ("/ok", {}, GREEN, "200"),
        ("/bare", {"method": "HEAD"}, GREEN, "200"),
        ("/empty", {"status": [200, 204]}, GREEN, "204"),
        ("/down", {}, RED, "503 instead of 200"),
        ("/down", {"status": [200, 204]}, RED, "503 instead of 200 or 204"),
        ("/down", {"status": [503]}, GREEN, "503"),
        ("/nowhere", {"contains": "Organic"}, RED, "404 instead of 200"),
        ("/ok", {"contains": ["Organic", "Olive"]}, GREEN, "200"),
        ("/ok", {"contains": ["Organic", "Honey"]}, RED, "200, but “Honey” not found"),
        ("/ok", {"not_contains": "Honey"}, GREEN, "200"),
        ("/ok", {"not_contains": "Organic"}, RED, "200, but “Organic” is there"),
        ("/ten", {"not_contains": "0 results"}, RED, "200, but “0 results” is there"),
        ("/ten", {"not_contains": "0 results", "whole_words": True}, GREEN, "200"),
        ("/ten", {"contains": "0 results", "whole_words": True}, RED, "200, but “0 results” not found"),
        ("/ok", {"regex": r"\d+ products"}, GREEN, "200, found “12 products”"),
        ("/ok", {"regex": "[0-9]{3} products"}, RED, "200, but nothing matches “[0-9]{3} products”"),
        ("/json", {"json": {"status": "ok", "data.items[1].name": "Honey"}}, GREEN, "200"),
        ("/json", {"json": {"status": "down"}}, RED, '200, but status is “"ok"”'),
        ("/json", {"json": {"data": {"total": 2}}}, RED, "200, but data.total is not there"),
        ("/ok", {"json": {"status": "ok"}}, RED, "200, but it is not JSON"),
        ("/ok", {"max_latency_ms": 60_000}, GREEN, "200"),
        ("/greek-declared", {"contains": "Βιολογικό"}, GREEN, "200"),
        ("/latin-declared", {"contains": "Βιολογικό"}, GREEN, "200"),
        ("/klingon", {"contains": "Βιολογικό"}, GREEN, "200"),
        ("/wide", {"contains": "Organic"}, GREEN, "200"),
        ("/greek", {"contains": "Βιολογικό"}, RED, "200, but “Βιολογικό” not found"),
        ("/gzip", {"contains": "Organic"}, GREEN, "200"),
        ("/brotli", {"contains": "Organic"}, GREEN, "200"),
        ("/half", {}, RED, "the answer broke off"),
        ("/reset", {}, RED, "the connection was broken off"),
        ("/closed", {}, RED, "the connection was closed without an answer"),
        ("/endless", {}, GREEN, "200"),
        ("/endless", {"contains": "Organic"}, GREEN, "200"),
        ("/endless", {"contains": "Honey"}, UNKNOWN, "200, but “Honey” not found (read to 1024 KiB)"),
        ("/endless", {"not_contains": "Honey"}, UNKNOWN, "200, but “Honey” may come later (read to 1024 KiB)"),
        ("/endless", {"not_contains": "Organic"}, RED, "200, but “Organic” is there (read to 1024 KiB)"),
        ("/slow-head", {"timeout": 0.8}, RED, "no answer in 0.8 s"),
        ("/slow-body", {"timeout": 0.8}, RED, "no end of the answer in 0.8 s"),
    ],
)
async def test_what_an_answer_means(
    site: BadSite, web: Web, path: str, keys: dict[str, Any], health: Health, detail: str
) -> None:
    reading = await look(web, site.address + path, **keys)
    assert (reading.health, reading.detail) == (health, detail)
    assert not reading.silent


@pytest.mark.parametrize("path", ["/not-http", "/zstd"])
async def test_an_answer_that_can_not_be_read_is_red(site: BadSite, web: Web, path: str) -> None:
    reading = await look(web, site.address + path, contains="Organic")
    assert reading.health is RED
    assert "\n" not in reading.detail


async def test_slower_than_its_budget_is_red(site: BadSite, web: Web) -> None:
    reading = await look(web, f"{site.address}/late", max_latency_ms=10)
    assert (reading.health, reading.detail) == (RED, "200, but it took more than 10 ms")
    assert reading.latency_ms
    assert reading.latency_ms >= 50


async def test_nobody_at_the_port_is_red_but_not_silence(web: Web, unused_tcp_port: int) -> None:
    reading = await look(web, f"http://127.0.0.1:{unused_tcp_port}/")
    assert reading == Reading("Shop", "http", RED, "connection refused")


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "shop..example", "shop.invalid"])
async def test_a_name_that_leads_nowhere_is_red(web: Web, host: str) -> None:
    assert (await look(web, f"http://{host}/")).health is RED


async def test_half_a_secret_is_not_shown_either(site: BadSite, web: Web) -> None:
    """The quotation is trimmed in the middle of what is secret."""
    reading = await look(web, f"{site.address}/long-secret", {"SHOP_PASSWORD": "x" * 30 + "y" * 30}, regex=".*")
    assert reading.detail == f"200, found “{'.' * 50}•••”"


async def test_ipv6(web: Web) -> None:
    async with bad_site("::1") as site:
        assert (await look(web, f"{site.address}/ok", contains="Organic")).health is GREEN


@pytest.mark.parametrize(
    ("path", "keys", "health", "detail"),
    [
        ("/moved/302//ok", {}, GREEN, "302 → {site}/ok → 200"),
        ("/moved/301//moved/302//ok", {}, GREEN, "301 → {site}/moved/302//ok → 302 → {site}/ok → 200"),
        ("/moved/302//ok", {"follow_redirects": False}, RED, "302 instead of 200"),
        ("/moved/302//ok", {"follow_redirects": False, "status": [302]}, GREEN, "302"),
        (
            "/moved/302//moved/302//nowhere",
            {},
            RED,
            "302 → {site}/moved/302//nowhere → 302 → {site}/nowhere → 404 instead of 200",
        ),
        ("/moved/302/ftp://shop.example/", {}, RED, "302 to something that is not on the web: ftp"),
        ("/moved/302/http://shop.example:port/", {}, RED, "302 to something that is no address"),
    ],
)
async def test_redirects(site: BadSite, web: Web, path: str, keys: dict[str, Any], health: Health, detail: str) -> None:
    reading = await look(web, site.address + path, **keys)
    assert (reading.health, reading.detail) == (health, detail.format(site=site.address))


async def test_a_redirect_loop_is_red(site: BadSite, web: Web) -> None:
    reading = await look(web, f"{site.address}/moved/302/")
    assert (reading.health, reading.detail.rpartition(" → ")[2]) == (RED, "redirects in a circle")
    assert len(site.asked) == 1


async def test_a_way_without_end_is_red_after_ten_redirects(site: BadSite, web: Web) -> None:
    assert (await look(web, f"{site.address}/deeper/1")).health is RED
    assert len(site.asked) == 11


@pytest.mark.parametrize(("status", "then"), [(301, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
async def test_only_307_and_308_repeat_a_post(site: BadSite, web: Web, status: int, then: str) -> None:
    await look(web, f"{site.address}/moved/{status}//ok", method="POST")
    assert site.asked == [f"POST /moved/{status}//ok", f"{then} /ok"]


async def test_what_came_back_is_masked_and_plain(site: BadSite, web: Web) -> None:
    environment = {"SHOP_PASSWORD": "hunter2hunter2"}
    secret = await look(web, f"{site.address}/secret", environment, regex=".*")
    assert secret.detail == "200, found “token=••• and •••”"
    assert (
        await look(web, f"{site.address}/escapes", regex="(?s)found.*")
    ).detail == "200, found “found: red and <!channel>”"
    moved = await look(web, f"{site.address}/moved/302//ok?token=correct-horse")
    assert "correct-horse" not in moved.detail


@pytest.mark.parametrize("path", ["/bomb", "/brotli-bomb"])
async def test_a_small_file_that_unpacks_without_end_is_read_no_further_than_any_other(
    site: BadSite, web: Web, path: str
) -> None:
    tracemalloc.start()
    reading = await look(web, site.address + path, contains="Organic")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reading.health is UNKNOWN
    assert peak < 64 * 1024 * 1024 + 8 * BODY_LIMIT  # the site itself packs 64 MiB


@pytest.mark.parametrize(
    ("days", "keys", "health", "detail"),
    [
        (400, {}, GREEN, "200"),
        (400, {"certificate_days": 14}, GREEN, "200"),
        (10, {}, GREEN, f"{WARNING} 200, the certificate ends in 9 days"),
        (10, {"certificate_days": 14}, RED, "200, but the certificate ends in 9 days"),
        (-1, {}, RED, "certificate refused: certificate has expired"),
    ],
)
async def test_certificates(tmp_path: Path, days: int, keys: dict[str, Any], health: Health, detail: str) -> None:
    made = certificate(tmp_path, days)
    async with bad_site(tls=made.server) as site, Web(trust=made.trust) as web:
        reading = await look(web, f"{site.address}/empty", status=[204], **keys)
    assert (reading.health, reading.detail.replace("204", "200")) == (health, detail)
    if days > 0:
        assert reading.certificate_until
        assert abs(reading.certificate_until - now() - timedelta(days=days)) < timedelta(minutes=5)


async def test_a_certificate_that_nobody_vouches_for_is_red(tmp_path: Path, web: Web) -> None:
    async with bad_site(tls=certificate(tmp_path, 30).server) as site:
        reading = await look(web, f"{site.address}/ok")
    assert (reading.health, reading.detail) == (RED, "certificate refused: self-signed certificate")


async def test_certificate_days_without_a_certificate_are_not_green(site: BadSite, web: Web) -> None:
    reading = await look(web, f"{site.address}/ok", certificate_days=14)
    assert (reading.health, reading.detail) == (UNKNOWN, "200, but it had no certificate to look at")


async def test_encrypted_where_nobody_encrypts_is_red(site: BadSite, web: Web) -> None:
    reading = await look(web, f"https://127.0.0.1:{site.port}/ok")
    assert (reading.health, reading.detail.partition(":")[0]) == (RED, "no encrypted connection")


@pytest.mark.parametrize(
    ("tries", "fails", "health", "asked"), [(3, 2, GREEN, 3), (3, 3, RED, 3), (1, 1, RED, 1), (3, 0, GREEN, 1)]
)
async def test_three_tries_before_red(site: BadSite, tries: int, fails: int, health: Health, asked: int) -> None:
    site.fails_first = fails
    (reading,) = await run([fact(f"{site.address}/second-time", tries=tries)], {}, clock=Clock(), pauses=())
    assert (reading.health, len(site.asked)) == (health, asked)


async def test_a_slow_site_is_left_at_its_time_limit(site: BadSite, web: Web) -> None:
    reading = await look(web, f"{site.address}/moved/302//slow-head", timeout=0.8)
    assert (reading.health, reading.detail) == (RED, f"302 → {site.address}/slow-head → no answer in 0.8 s")
