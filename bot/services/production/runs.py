"""Keeping what prod facts found, and what that lets follow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.core.production.judgement import Known, after_run, believed, days_left, together, warning_due
from bot.core.production.readings import Health, Reading, Run
from bot.facts.kind import Fact
from bot.services.production import incidents
from bot.store import outbox
from bot.store.board import boards, finishes, homes
from bot.store.board.homes import STILL_OPEN
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import facts, runs
from bot.store.production.facts import Place

LINES = 1000  # places between two facts, for the lines that a script prints


def keep_run(
    db: Database,
    at: datetime,
    took_ms: int,
    readings: Sequence[Reading],
    listed: Sequence[Fact] = (),
    *,
    quietly: bool = False,
    reports: bool = False,
) -> Run:
    """Keep a run of some of the `listed` facts, and let incidents follow from it. Returns it as it may be told.

    Every board shows it, so every board message is owed; `quietly`, only if it would say something else than before.
    `reports`: the report is owed as well.
    """
    with db.begin() as tx:
        places = _places(listed)
        before = facts.lock(tx, {reading.part_of or reading.name for reading in readings})
        shown = _shown(reading.told(at) for reading in facts.seen(tx)) if quietly else {}
        after, gone = after_run(before, readings, at, {fact.name: fact.recover for fact in listed})
        judged = tuple(believed(reading, after[reading.name].standing) for reading in readings)
        run_id = runs.keep(tx, at, took_ms, judged)
        _keep_known(tx, after, judged, places, run_id)
        facts.drop(tx, gone)
        _warn_of_certificates(tx, judged, places, at)
        changed = bool(gone) or any(shown.get(name) != said for name, said in _shown(judged).items())
        incidents.follow_everywhere(tx, at)
        if changed or not quietly:
            for channel in boards.channels(tx):
                outbox.owe(tx, Owed.BOARD, channel, at)
            for person in homes.everybody(tx, at - STILL_OPEN):
                outbox.owe(tx, Owed.HOME, person, at)
        if reports:
            outbox.owe(tx, Owed.REPORT, "report", at)
    return Run(run_id, at, took_ms, judged)


def are_set_up(db: Database, channel: str) -> bool:
    """Tell whether a channel's board has prod facts."""
    with db.read() as tx:
        return facts.are_watched(tx, channel)


def ask_for_run(db: Database, channel: str, user: str, at: datetime, name: str = "") -> str:
    """Owe a run of prod facts, or of one fact, to somebody who asked; asked twice while it runs, it is told once.

    Returns the key of what is owed.
    """
    key = f"{channel}/{user}" + (f"/{name}" if name else "")
    with db.begin() as tx:
        outbox.owe(tx, Owed.FACTS, key, at)
    return key


def checked_after_finish(db: Database, channel: str, change: int, run: Run) -> None:
    """Write a run into the finish that owed it, and owe the finish post its last step."""
    with db.begin() as tx:
        record = boards.open_board(tx, channel)
        finishes.checked(tx, finishes.get(tx, record.id, change), run.id)
        outbox.owe(tx, Owed.FINISH, f"{channel}/{change}", run.at)


def check_again(db: Database, channel: str, change: int, at: datetime) -> bool:
    """Owe a finish another run of prod facts. False: that change of the board was no finish."""
    with db.begin() as tx:
        board_id = boards.id_of(tx, channel)
        if board_id is None or not finishes.check_again(tx, board_id, change):
            return False
        for kind in (Owed.CHECK, Owed.FINISH):
            outbox.owe(tx, kind, f"{channel}/{change}", at)
    return True


def checked_at_start(db: Database, channel: str, number: int, run: Run) -> None:
    """Keep a run as the one at an item's start, for whoever finishes it to compare with."""
    with db.begin() as tx:
        runs.set_baseline(tx, boards.lock(tx, channel), number, run.id)


def latest(db: Database, channel: str | None, now: datetime) -> Run | None:
    """Return the last readings of a channel's facts (None: of all) as one run; None: nothing was looked at yet."""
    with db.read() as tx:
        return together(facts.seen(tx, channel), now)


def _places(listed: Sequence[Fact]) -> dict[str, Place]:
    return {fact.name: Place(k * LINES, fact.channels, fact.every) for k, fact in enumerate(listed)}


def _keep_known(
    tx: Connection, after: Mapping[str, Known], readings: Sequence[Reading], places: Mapping[str, Place], run_id: int
) -> None:
    """Keep what is known of what was looked at; a line stands behind its fact, in the order it was printed."""
    heard = {reading.name: k for k, reading in enumerate(readings)}
    for known in after.values():
        own = places.get(known.part_of or known.name, Place())
        behind = heard.get(known.name, LINES - 1) + 1 if known.part_of else 0
        place = Place(own.position + min(behind, LINES - 1), own.channels, own.every)
        facts.keep(tx, known, place, run_id if known.name in heard else None)


def _warn_of_certificates(
    tx: Connection, readings: Sequence[Reading], places: Mapping[str, Place], at: datetime
) -> None:
    """Owe a warning to every board of a fact whose certificate ends soon, once for each number of days."""
    ends = {reading.name: reading.certificate_until for reading in readings if reading.certificate_until}
    certificates = facts.certificates(tx, ends)
    for name, until in ends.items():
        known_until, given = certificates.get(name, (until, ()))
        given = given if known_until == until else ()
        step = warning_due(days_left(until, at), given)
        facts.warned(tx, name, until, [*given, *([step] if step else [])])
        if step:
            for channel in places.get(name, Place()).channels or boards.channels(tx):
                outbox.owe(tx, Owed.EXPIRY, f"{channel}/{step}/{name}", at)


def _shown(readings: Iterable[Reading]) -> dict[str, tuple[Health, str]]:
    """What boards say of readings, without what changes at every look: the details of what is well."""
    return {
        reading.name: (reading.health, reading.detail if reading.warned or reading.health is not Health.GREEN else "")
        for reading in readings
    }
