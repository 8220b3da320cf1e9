"""`run --sandbox`: what a first start finds there, what a second one keeps, and where it refuses to run."""

import socket
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.cli.program import Program
from bot.cli.sandbox import CHANNEL, running_sandbox
from bot.core.production.readings import Health, Reading
from bot.facts import factsfile
from bot.services.board import items, look
from bot.services.change import Ask
from bot.services.digest import content, nudges, schedule
from bot.services.production import runs, sheet, watching
from bot.settings import SettingsError
from bot.slack.table import COMMANDS
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import runs as production_runs
from tests.effects.ledger import owed
from tests.fakes import MONDAY, Clock


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program({"DATABASE_URL": f"sqlite:///{tmp_path}/sandbox.db", "PORT": "0"}, Clock())


@pytest.fixture(autouse=True)
def _log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is set up once for a whole program, and this one is pytest's."""
    monkeypatch.setattr("bot.cli.sandbox.log_to_stderr", lambda _level: None)


async def test_a_first_start_finds_the_sample_as_if_it_were_from_yesterday(program: Program) -> None:
    async with running_sandbox(program) as box:
        db = Database(box.settings.database_url)
        sight = look.look(db, CHANNEL, MONDAY)
        assert sight.board.wip is not None
        assert (sight.board.wip.number, len(look.whole(db, CHANNEL).items)) == (1, 22)
        assert sight.board.wip.day(MONDAY, sight.board.zone) == 2
        assert sight.plan.at is not None
        assert f"{sight.plan.at:%H:%M}" == "09:00"
        assert len(owed(db, Owed.DIGEST)) == 1
        assert sight.board.wip.owner is not None
        assert (sight.board.wip.owner.name, sight.board.wip.owner.picture[: len(box.address)]) == ("Alice", box.address)
        assert box.settings.slack_api_url == f"{box.address}/api/"
        assert box.settings.facts_file is not None
        assert [fact.kind for fact in factsfile.load(box.settings.facts_file)] == ["script", "http"]
        db.close()


async def test_the_first_digest_says_in_a_line_what_the_board_says_at_length(program: Program) -> None:
    async with running_sandbox(program) as box:
        db = Database(box.settings.database_url)
        assert content.read(db, CHANNEL, MONDAY, MONDAY.date()).digest.unchanged
        db.close()


async def test_who_owns_what_is_in_progress_is_asked_how_it_goes_a_day_later(program: Program) -> None:
    async with running_sandbox(program) as box:
        db = Database(box.settings.database_url)
        asked_at = MONDAY.replace(hour=8, minute=30, second=5) + timedelta(days=1)
        schedule.claim_due(db, CHANNEL, asked_at)
        asked = nudges.read(db, CHANNEL, "U0ALICE", asked_at)
        assert asked is not None
        assert asked.owner.id == "U0ALICE"
        db.close()


async def test_every_verb_is_completed(program: Program) -> None:
    async with (
        running_sandbox(program) as box,
        aiohttp.ClientSession() as page,
        page.get(f"{box.address}/sandbox/state") as answer,
    ):
        command, *_ = (await answer.json())["commands"]
    assert {verb["usage"].split()[0] for verb in command["verbs"]} == {one.verb for one in COMMANDS if one.usage}


async def test_a_second_start_keeps_what_was_done(program: Program) -> None:
    async with running_sandbox(program) as box:
        db = Database(box.settings.database_url)
        items.tick(db, Ask(CHANNEL, None, MONDAY), 1, 1)
    async with running_sandbox(program):
        assert look.whole(db, CHANNEL).item(1).settled == 1
        assert len(look.whole(db, CHANNEL).items) == 22
        db.close()


async def test_a_reset_forgets_what_production_said_also_on_later_days(program: Program) -> None:
    async with running_sandbox(program) as box, aiohttp.ClientSession() as page:
        assert box.settings.facts_file is not None
        db, listed = Database(box.settings.database_url), factsfile.load(box.settings.facts_file)
        watching.configure(db, listed, MONDAY)
        for later in (timedelta(), timedelta(days=400)):
            watching.claim_looks(db, listed, MONDAY + later)
            line = Reading("Cart", "script", Health.RED, part_of=listed[0].name)
            runs.keep_run(db, MONDAY + later, 5, (Reading(listed[0].name, "script", Health.RED), line), listed)
        async with page.post(f"{box.address}/sandbox/reset", json={"person": "U0ALICE"}) as answer:
            assert (await answer.json())["ok"]
        past = sheet.look(db, CHANNEL, MONDAY)
        assert (past.run, past.lines, past.incidents) == (None, (), ())
        assert not any(db.query(production_runs.counts, MONDAY - timedelta(days=1)).values())
        assert runs.are_set_up(db, CHANNEL)
        assert watching.are_due(db, listed, MONDAY) == listed
        watching.claim_looks(db, listed, MONDAY)
        assert watching.claimed(db, MONDAY) == {fact.name for fact in listed}
        db.close()


async def test_tokens_of_a_real_slack_are_not_used(program: Program) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-real", "SLACK_API_URL": "https://slack.com/api/"}
    async with running_sandbox(Program({**program.environment, **tokens}, Clock())) as box:
        assert box.settings.slack_bot_token != "xoxb-real"
        assert box.settings.slack_api_url.startswith("http://127.0.0.1:")


async def test_a_port_that_is_taken_is_said_with_a_way_out(program: Program) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = Program({**program.environment, "PORT": str(other.getsockname()[1])}, Clock())
        with pytest.raises(SettingsError, match="PORT=8001 make run"):
            async with running_sandbox(taken):
                pass


async def test_every_fault_of_the_settings_is_told_here_too(program: Program) -> None:
    with pytest.raises(SettingsError, match="PORT should be"):
        async with running_sandbox(Program({"PORT": "x"}, Clock())):
            pass
