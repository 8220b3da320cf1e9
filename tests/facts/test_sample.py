"""The sample beside the sandbox, run against its demo shop."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.core.production.readings import Health, Reading, counted
from bot.facts.factsfile import KINDS, load
from bot.facts.running import run
from bot.sandbox.demo import DemoSite
from tests.facts.scripts import ENVIRONMENT
from tests.fakes import Clock

SAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "sample" / "facts.toml"
PYTHON = {**ENVIRONMENT, "PATH": f"{Path(sys.executable).parent}:{ENVIRONMENT['PATH']}"}


@pytest.fixture
def site() -> DemoSite:
    return DemoSite(broken=False)


@pytest.fixture
async def address(site: DemoSite) -> AsyncIterator[str]:
    application = web.Application()
    application.add_routes(site.routes())
    async with TestServer(application) as server:
        yield str(server.make_url("/demo"))


async def look(address: str, folder: Path) -> tuple[Reading, ...]:
    sample = SAMPLE.read_text().replace("http://127.0.0.1:8000/demo", address)
    (folder / "facts.toml").write_text(sample.replace('directory = "."', f"directory = '{SAMPLE.parent}'"))
    return await run(load(folder / "facts.toml"), PYTHON, clock=Clock(), pauses=())


async def test_the_shop_that_works_is_green(address: str, tmp_path: Path) -> None:
    found = await look(address, tmp_path)
    assert {reading.health for reading in found} == {Health.GREEN}
    assert [reading.name for reading in counted(found)] == [
        "Backend health",
        "Products API",
        "Products page",
        "Product detail",
        "Login page",
    ]


async def test_the_broken_shop_answers_200_and_is_red_all_the_same(
    site: DemoSite, address: str, tmp_path: Path
) -> None:
    site.broken = True
    red = [reading for reading in counted(await look(address, tmp_path)) if reading.health is Health.RED]
    assert [(reading.name, reading.detail) for reading in red] == [
        ("Products API", "200, but Content check FAILED: no products in the list"),
        ("Product detail", "200, but Content check FAILED: 'Organic' not found"),
    ]


async def test_a_shop_that_is_gone_is_red_five_times(unused_tcp_port: int, tmp_path: Path) -> None:
    found = counted(await look(f"http://127.0.0.1:{unused_tcp_port}/demo", tmp_path))
    assert [reading.health for reading in found] == [Health.RED] * 5
    assert "no answer" in found[0].detail


def test_the_examples_in_its_words_can_be_taken_as_they_stand(tmp_path: Path) -> None:
    _, examples = SAMPLE.read_text().split("An example of each; take the # away:\n")
    (tmp_path / "facts.toml").write_text(examples.replace("# ", "").replace("#\n", "\n"))
    kinds = [fact.kind for fact in load(tmp_path / "facts.toml")]
    assert kinds == ["http", "http", "http", "tcp", "dns", "http", "script"]


def test_every_key_is_explained() -> None:
    words = SAMPLE.read_text()
    keys = {field.alias or name for kind in KINDS.values() for name, field in kind.model_fields.items()}
    assert {key for key in keys if f"  {key} " not in words and f"`{key}`" not in words} == set()
