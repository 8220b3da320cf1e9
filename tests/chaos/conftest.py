"""A scene with a board in #standup."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.store.database import Database
from tests.chaos.stage import CHANNEL, Scene, clock, scene
from tests.furnished import furnish
from tests.sandbox.stage import Page


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """SQLite, and PostgreSQL too in a test that is marked `on_both`."""
    db: Database = request.getfixturevalue(getattr(request, "param", "sqlite"))
    furnish(db, clock, CHANNEL)
    return db


@pytest.fixture
async def stage(database: Database, tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene(database, tmp_path) as made:
        yield made


@pytest.fixture
async def page(stage: Scene) -> AsyncIterator[Page]:
    """The people's side of the sandbox."""
    async with aiohttp.ClientSession() as session:
        yield Page(stage.sandbox.address, session)
