"""Prod facts by the clock: due looks are claimed once, quiet ones edit nothing, and old readings say their age."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.production.readings import Reading
from bot.effects import digest as digest_effect
from bot.effects.heartbeat import tick
from bot.effects.production.facts import take_note
from bot.facts.scripts.script import Script
from bot.services.board import items, look
from bot.services.digest import schedule
from bot.services.production import runs, sheet, watching
from bot.slack.asked.awaited import Place
from bot.slack.client import SlackRefused
from bot.store.outbox import Owed
from tests.effects.ledger import dead, owed
from tests.effects.production.test_incidents import words
from tests.effects.stage import GREEN, RED, Works
from tests.furnished import on_both
from tests.people import ALICE
from tests.waiting import until

Another = Callable[[], Works]
EVERY_MINUTE = Script(name="Shop", kind="script", command=("true",), every="1m")  # type: ignore[arg-type]


def by_clock(works: Works) -> Works:
    works.file.listed = (EVERY_MINUTE,)
    return works


async def beat(works: Works) -> None:
    await tick(works.means)
    await works.pay()


async def test_a_fact_is_looked_at_when_it_is_due(works: Works) -> None:
    by_clock(works)
    for _ in range(24):
        await beat(works)
        works.clock.forward(seconds=10)
    assert works.asked == 4


async def test_a_fact_without_an_interval_is_left_alone(works: Works) -> None:
    await beat(works)
    assert works.asked == 0


@on_both
async def test_of_two_processes_one_looks(works: Works, another: Another) -> None:
    both = [by_clock(works), by_clock(another())]
    for _ in range(3):
        await asyncio.gather(*(tick(one.means) for one in both))
        await asyncio.gather(*(one.pay() for one in both))
        works.clock.forward(minutes=1)
    assert sum(one.asked for one in both) == 3


async def test_a_look_that_says_nothing_new_edits_no_board(works: Works) -> None:
    by_clock(works)
    await beat(works)
    before = len(works.slack.calls)
    works.clock.forward(minutes=1)
    await beat(works)
    assert (works.asked, len(works.slack.calls)) == (2, before)
    works.production = (RED,)
    works.clock.forward(minutes=1)
    await beat(works)
    assert "🔴 *Production is red: Shop*" in words(works.slack.in_channel("board")[0])


async def test_a_green_fact_that_nobody_looks_at_any_more_is_unknown(works: Works) -> None:
    by_clock(works)
    await beat(works)
    works.clock.forward(minutes=5)
    found = sheet.look(works.db, "C1", works.clock())
    assert [line.reading.health for line in found.lines] == ["unknown"]


async def test_a_digest_whose_run_does_not_end_shows_what_was_seen_with_its_age(
    works: Works, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(digest_effect, "FACTS_BUDGET", timedelta(milliseconds=250))
    works.production = (GREEN,)
    await works.means.run_facts(works.means.listed.facts())
    works.clock.forward(hours=3)
    works.answers.clear()
    schedule.post_now(works.db, works.alice)
    with caplog.at_level(logging.ERROR):
        await works.pay()
    [message] = works.slack.in_channel("digest")
    assert "🟢 1 of 1" in words(message)
    assert "🟡 3 h old" in words(message)
    works.answers.set()
    await until(lambda: sheet.look(works.db, "C1", works.clock()).lines[0].at == works.clock())  # it was kept


async def test_a_certificate_is_warned_of_once_in_the_thread_of_the_board(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "a note")
    await works.pay()
    ends = works.clock() + timedelta(days=13)
    works.production = (replace(GREEN, certificate_until=ends),)
    for _ in range(3):
        await works.means.run_facts(works.means.listed.facts())
        await works.pay()
    board = works.slack.in_channel("board")[0]
    warnings = [words(one) for one in works.slack.in_thread(board.ts) if "certificate" in one.text]
    assert warnings == ["🟡 The certificate of *Shop* ends in 14 days or less."]
    works.clock.forward(days=7)
    await works.means.run_facts(works.means.listed.facts())
    await works.pay()
    assert "7 days" in works.slack.in_thread(board.ts)[-1].text


async def test_the_report_is_written_after_a_run(works: Works, tmp_path: Path) -> None:
    works.means = replace(works.means, report=tmp_path / "docs" / "PROD-FACTS-LAST.md")
    works.production = (RED,)
    await works.means.run_facts(works.means.listed.facts())
    await works.pay()
    assert "❌ **Shop**" in (tmp_path / "docs" / "PROD-FACTS-LAST.md").read_text()
    assert [file.name for file in (tmp_path / "docs").iterdir()] == ["PROD-FACTS-LAST.md"]


@pytest.mark.parametrize("link", ["docs", "docs/PROD-FACTS-LAST.md", "docs/.PROD-FACTS-LAST.md.new"])
async def test_the_report_is_not_written_through_a_link_in_the_checkout(
    works: Works, tmp_path: Path, link: str
) -> None:
    outside, checkout = tmp_path / "outside", tmp_path / "app"
    outside.mkdir()
    (outside / ".env").write_text("TOKEN=1")
    (checkout / ".git").mkdir(parents=True)
    (checkout / link).parent.mkdir(exist_ok=True)
    (checkout / link).symlink_to(outside if link == "docs" else outside / ".env")
    works.means = replace(works.means, report=checkout / "docs" / "PROD-FACTS-LAST.md")
    await works.means.run_facts(works.means.listed.facts())
    await works.pay()
    assert {file.name: file.read_text() for file in outside.iterdir()} == {".env": "TOKEN=1"}
    refused = owed(works.db, Owed.REPORT)
    assert len(refused) == (0 if link.endswith(".new") else 1)


async def test_without_a_report_none_is_owed(works: Works) -> None:
    await works.means.run_facts(works.means.listed.facts())
    assert owed(works.db, Owed.REPORT) == []


def reading(name: str) -> Reading:
    return replace(GREEN, name=name)


def waits(works: Works, place: Place, name: str = "") -> None:
    """Alice asks, and waits for the answer in a place."""
    works.means.awaited.expect(runs.ask_for_run(works.db, "C1", ALICE.id, works.clock(), name)).set_result(place)


async def test_an_answer_takes_the_place_where_it_is_waited_for(works: Works) -> None:
    waits(works, Place("C1", view_id="V7"))
    waits(works, Place("C1", response_url="https://hooks.slack.test/1"))
    await works.pay()
    assert works.asked == 1  # twice asked while it runs, and told in both places
    [changed], [answered] = works.slack.called("change"), works.slack.called("answer")
    assert (changed["view_id"], answered["response_url"], answered["replace"]) == (
        "V7",
        "https://hooks.slack.test/1",
        True,
    )
    assert "🟢 Shop" in str(changed["view"]["blocks"])
    assert "🟢 Shop" in str(answered["blocks"])
    assert works.slack.called("whisper") == []


@pytest.mark.parametrize(
    ("place", "method", "code"),
    [
        (Place("C1", view_id="V7"), "change", "not_found"),  # they closed it
        (Place("C1", response_url="https://hooks.slack.test/1"), "answer", "http_404"),  # half an hour is over
    ],
)
async def test_an_answer_whose_place_is_gone_comes_as_a_message(
    works: Works, place: Place, method: str, code: str
) -> None:
    works.slack.fails(method, SlackRefused(code))
    waits(works, place)
    await works.pay()
    assert "🟢 Shop" in str(works.slack.called("whisper")[0]["blocks"])


async def test_whoever_waits_for_a_fact_that_was_taken_away_is_told(works: Works) -> None:
    fact = watching.add(works.db, works.alice, {"url": "https://shop.example/"}, works.means.listed.facts())
    waits(works, Place("C1", view_id="V7"), fact.name)
    watching.remove(works.db, works.alice, fact.name)
    await works.pay()
    assert "There is no fact called" in str(works.slack.called("change")[0]["view"])


async def test_a_fact_that_was_added_a_moment_ago_is_asked_and_one_that_is_gone_is_not(works: Works) -> None:
    fact = watching.add(works.db, works.alice, {"url": "https://shop.example/"}, works.means.listed.facts())
    works.production = (reading(fact.name),)
    runs.ask_for_run(works.db, "C1", ALICE.id, works.clock(), fact.name)
    await works.pay()
    assert "🟢 shop.example" in str(works.slack.called("whisper")[0]["blocks"])
    watching.remove(works.db, works.alice, fact.name)
    runs.ask_for_run(works.db, "C1", ALICE.id, works.clock(), fact.name)
    await works.pay()
    assert (works.asked, dead(works.db)) == (1, [])


async def test_a_fact_that_was_removed_while_it_was_asked_is_not_there_again(works: Works) -> None:
    works.answers.clear()
    running = asyncio.create_task(works.means.run_facts(works.means.listed.facts()))
    await until(lambda: works.asked)
    works.file.listed = ()
    await take_note(works.means)
    works.answers.set()
    await running
    assert not look.look(works.db, "C1", works.clock()).has_facts


async def test_a_run_of_one_fact_leaves_the_others_as_they_were_seen(works: Works) -> None:
    other = Script(name="Mail", kind="script", command=("true",))
    works.file.listed = (*works.file.listed, other)
    works.production = (GREEN, reading("Mail"))
    await works.means.run_facts(works.means.listed.facts())
    works.clock.forward(minutes=10)
    await works.means.run_facts([other])
    found = sheet.look(works.db, "C1", works.clock())
    assert [line.reading.name for line in found.lines] == ["Shop", "Mail"]
    assert found.run is not None
    assert found.run.at == works.clock() - timedelta(minutes=10)  # no fresher than the oldest of them
