"""A little chaos in the suite, `make chaos` has more of it; and what it would say if something were wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Owed
from tests.chaos.run import run
from tests.chaos.stage import CHANNEL
from tests.chaos.truth import Truth
from tests.chaos.users import Account, Told
from tests.chaos.verdict import verdict
from tests.depth import tried
from tests.furnished import furnish

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "kills"), tried([("sqlite", 3)], deep=[("sqlite", 30), ("postgresql", 60)]))
async def test_everything_holds(request: pytest.FixtureRequest, tmp_path: Path, kind: str, kills: int) -> None:
    db: Database = request.getfixturevalue(kind)
    summary = await run(1, kills, db, tmp_path, seconds=200, say=lambda _line: None)
    assert summary.violations == [], summary.lines
    assert summary.kills == kills


async def test_what_stands_still_is_said_with_the_place_where_it_waits(sqlite: Database, tmp_path: Path) -> None:
    summary = await run(1, 3, sqlite, tmp_path, seconds=0.05, say=lambda _line: None)
    [violation] = summary.violations
    assert violation.startswith("0 of 3 kills, and then it stood still: ")
    assert "in _befall" in violation


def test_nobody_may_say_that_all_is_well_from_the_beginning_of_an_illness_to_its_end() -> None:
    truth = Truth()
    asked_before = truth.now
    with truth.known("the disk is full"):
        truth.heard_well("health", asked_before)  # it may have looked before
        asked_during = truth.now
    truth.heard_well("health", asked_during)  # it may have looked after
    assert truth.violations == []
    with truth.known("the disk is full"):
        truth.heard_well("health", truth.now)
    assert truth.violations == ["health said that all is well during: the disk is full"]


def test_what_is_not_as_people_were_told_is_said(sqlite: Database, tmp_path: Path) -> None:
    furnish(sqlite, lambda: NOW, CHANNEL)
    account = Account(
        added={"Payments": Told.REFUSED, "Search": Told.DONE, "Lost": Told.DONE, "Perhaps": Told.NOTHING},
        noted={"said": Told.DONE},
    )
    account.moved["finish", 6] += 1
    account.moved["finish", 1] += 1
    sqlite.write(outbox.owe, Owed.PIN, CHANNEL, NOW)
    sandbox = Sandbox(tmp_path / "workspace.db", 0, lambda: NOW)
    for _ in range(2):
        metadata = {"event_type": "onewip", "event_payload": {"kind": "board", "key": f"board:{CHANNEL}"}}
        sandbox.box.workspace.post(sandbox.box.workspace.channels[CHANNEL], {"text": "Board", "metadata": metadata})
    said = verdict(sqlite, sandbox, account)
    sandbox.box.storage.close()
    assert said == [
        "the item “Payments” was refused and is there",
        "the item “Lost” was acknowledged and is lost",
        "the note “said” was acknowledged and is lost",
        "finish #1 was acknowledged 1 times and happened 0 times",
        "board:C0STANDUP is posted 2 times",
        "pin C0STANDUP is owed still: nothing failed",
    ]
