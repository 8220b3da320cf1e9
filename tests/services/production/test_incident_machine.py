"""Incidents as they are kept, whatever happens in whatever order: never two open ones for a fact, and each one ends."""

import contextlib
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.core.production.readings import Health, Reading
from bot.errors import NotFound, RuleBroken
from bot.facts.scripts.script import Script
from bot.services.production import incidents, runs, watching
from bot.store import tables
from bot.store.board import boards
from bot.store.database import Database
from bot.store.production import facts
from bot.store.production import incidents as kept
from tests.depth import tried
from tests.services.stage import NOW, add, ask, everything

NAMES = ("API", "Cart", "Page")
CHANNELS = ("C0BOARD", "C0OTHER")


class Incidents(RuleBasedStateMachine):
    """Runs of any facts on two boards, buttons, maintenance, facts that come and go, and processes that restart."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{shutil.copy(self.template, Path(self.folder.name) / 'machine.db')}"
        self.db = Database(self.url)
        self.now: datetime = NOW
        self.recorded: dict[str, Health] = {}  # by fact, what was recorded of it last
        self.listed = tuple(Script(name=name, kind="script", command=("true",)) for name in NAMES)
        for channel in CHANNELS:
            add(self.db, "Payments", channel=channel)

    def teardown(self) -> None:
        self.db.close()
        self.folder.cleanup()

    @rule(healths=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Health), min_size=1), quietly=st.booleans())
    def a_run(self, healths: dict[str, Health], quietly: bool) -> None:
        listed = {fact.name for fact in self.listed}
        readings = [Reading(name, "script", health) for name, health in healths.items() if name in listed]
        runs.keep_run(self.db, self.now, 1, readings, self.listed, quietly=quietly)
        self.recorded |= {reading.name: reading.health for reading in readings}

    @rule(seconds=st.sampled_from([1, 61, 3600, 90_000]))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        for channel in incidents.due(self.db, self.now):
            incidents.follow_due(self.db, channel, self.now)

    @rule(seconds=st.sampled_from([-61, -3600, -400 * 86_400, 400 * 86_400]))
    def the_clock_is_set(self, seconds: int) -> None:
        self.time_goes_by(seconds)

    @rule()
    def restart(self) -> None:
        self.db.close()
        self.db = Database(self.url)

    @rule(names=st.frozensets(st.sampled_from(NAMES)))
    def the_file_changes(self, names: frozenset[str]) -> None:
        self.listed = tuple(Script(name=name, kind="script", command=("true",)) for name in sorted(names))
        watching.configure(self.db, self.listed, self.now)

    @rule(hours=st.integers(1, 5), channel=st.sampled_from(CHANNELS))
    def maintenance(self, hours: int, channel: str) -> None:
        incidents.pause(self.db, ask(at=self.now, channel=channel), timedelta(hours=hours))

    @rule(number=st.integers(1, 4), channel=st.sampled_from(CHANNELS), hours=st.integers(1, 30))
    def buttons(self, number: int, channel: str, hours: int) -> None:
        asked = ask(at=self.now, channel=channel)
        with contextlib.suppress(RuleBroken, NotFound):
            incidents.snooze(self.db, asked, number, timedelta(hours=hours))
            incidents.acknowledge(self.db, asked, number)

    @invariant()
    def what_is_shown_is_never_greener_than_what_was_recorded_last(self) -> None:
        for channel in CHANNELS:
            run = runs.latest(self.db, channel, self.now)
            shown = {reading.name: reading.health for reading in run.readings} if run else {}
            assert all(self.recorded[name] is Health.GREEN for name, health in shown.items() if health is Health.GREEN)

    @invariant()
    def one_open_incident_for_a_fact_of_a_board(self) -> None:
        with self.db.read() as tx:
            rows = tx.execute(select(tables.incident_facts).where(tables.incident_facts.c.is_open)).all()
        names = [(row.board_id, row.name) for row in rows]
        assert len(names) == len(set(names))

    @invariant()
    def what_is_red_is_told_and_what_recovered_is_over(self) -> None:
        with self.db.read() as tx:
            for channel, board_id in boards.numbers(tx):
                known = facts.known(tx, channel)
                found = kept.open_of(tx, board_id)
                pause = kept.pause_of(tx, board_id)
                for incident in found:
                    assert incident.red
                    assert all(known[name].standing.health is not Health.GREEN for name in incident.red)
                if pause is None:
                    red = {name for name, one in known.items() if one.standing.health is Health.RED}
                    assert red <= {name for incident in found for name in incident.red}

    @invariant()
    def every_incident_has_its_message_owed_and_its_story_begins_once(self) -> None:
        with self.db.read() as tx:
            owed = set(tx.scalars(select(tables.outbox.c.key).where(tables.outbox.c.kind == "incident")))
            for row in tx.execute(select(tables.incidents)):
                told = [entry.note.told for entry in kept.entries(tx, row.id)]
                assert (told[0], told.count(told[0])) == ("opened", 1)
                assert [k for k, one in enumerate(told, 1) if one == "closed"] == ([len(told)] if row.closed else [])
                assert any(key.endswith(f"/{row.id}") for key in owed)

    @invariant()
    def a_second_poster_finds_nothing_to_do(self) -> None:
        assert incidents.due(self.db, self.now) == ()
        before = everything(self.db)
        for channel in CHANNELS:  # nor on a board that nobody looked at
            incidents.follow_due(self.db, channel, self.now)
        assert everything(self.db) == before


def test_on_sqlite(sqlite_template: Path) -> None:
    Incidents.template = sqlite_template
    run_state_machine_as_test(
        Incidents, settings=settings(max_examples=tried(8, deep=100, quick=2), stateful_step_count=25, deadline=None)
    )


def test_of_two_people_one_is_second(db: Database) -> None:
    add(db, "Payments")
    runs.keep_run(db, NOW, 1, [Reading("API", "http", Health.RED)])
    incidents.acknowledge(db, ask(), 1)
    with pytest.raises(RuleBroken, match="Alice is already on it"):
        incidents.acknowledge(db, ask(), 1)
