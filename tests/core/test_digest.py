"""What a digest says: changes since the last one, and whether it is late, stale or without news."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.board import Board
from bot.core.digest import Digest, compose
from bot.core.history import Event
from tests.core.boards import NOW, board
from tests.people import BOB

TODAY = date(2026, 3, 2)
YESTERDAY = NOW - timedelta(days=1)
HOUR = timedelta(hours=1)


def event(verb: str, ago: timedelta, number: int = 1, note: str = "") -> Event:
    return Event(1, verb, number, BOB, NOW - ago, note)


def made(*events: Event, on: Board | None = None, first: bool = False, due_ago: timedelta | None = None) -> Digest:
    return compose(
        board(wip=[1]) if on is None else on,
        events,
        TODAY,
        NOW,
        since=None if first else YESTERDAY,
        due=None if due_ago is None else NOW - due_ago,
    )


def test_it_tells_what_happened_since_the_last_one_in_the_order_it_happened() -> None:
    digest = made(
        event("start", 2 * HOUR, 2),
        event("finish", 3 * HOUR, 1),
        event("tick", HOUR, 2, "2"),
        event("add", 30 * HOUR, 9),
    )
    assert digest.changes == ("#1 finished", "#2 started", "2 criteria ticked on #2")


@pytest.mark.parametrize(
    ("ago", "is_told"),
    [(timedelta(days=1), False), (timedelta(days=1) - timedelta(microseconds=1), True), (timedelta(0), True)],
)
def test_the_moment_of_the_last_digest_belongs_to_it(ago: timedelta, is_told: bool) -> None:
    assert bool(made(event("finish", ago)).changes) == is_told


def test_the_first_digest_tells_no_changes_and_is_not_without_news() -> None:
    digest = made(event("add", HOUR), first=True)
    assert digest.changes == ()
    assert not digest.unchanged


@pytest.mark.parametrize(
    ("digest", "unchanged"),
    [
        (made(event("add", 30 * HOUR)), True),
        (made(event("status", HOUR)), True),
        (made(event("tick", HOUR, note="1")), False),
        (made(event("start", HOUR)), False),
        (made(event("add", 30 * HOUR), on=board(next=[1])), False),
    ],
    ids=["nothing new", "only a note", "a tick", "a start", "nothing in progress"],
)
def test_one_line_says_it_all_when_nothing_happened_and_something_is_in_progress(
    digest: Digest, unchanged: bool
) -> None:
    assert digest.unchanged == unchanged


@pytest.mark.parametrize(
    ("agos", "stale"),
    [
        ([], False),
        ([timedelta(days=1)], True),
        ([timedelta(days=1) - timedelta(seconds=1)], False),
        ([timedelta(days=5), timedelta(hours=1), timedelta(days=3)], False),
        ([timedelta(days=5), timedelta(days=2)], True),
    ],
)
def test_it_is_stale_when_nothing_moved_for_a_day(agos: list[timedelta], stale: bool) -> None:
    digest = made(*(event("tick", ago, note="1") for ago in agos))
    assert digest.stale == stale
    assert digest.last_moved == (NOW - min(agos) if agos else None)


def test_a_setting_moves_nothing() -> None:
    digest = made(event("tick", timedelta(days=2), note="1"), event("settings", HOUR, note="zone UTC"))
    assert digest.stale
    assert digest.unchanged


def test_what_was_undone_is_no_change_and_an_undoing_of_what_was_told_is_one() -> None:
    started, undone = event("start", 2 * HOUR, 3), replace(event("undo", HOUR, note="1"), change=2)
    assert made(started, undone).unchanged
    told_before = replace(started, at=NOW - 25 * HOUR)
    assert made(told_before, undone).changes == ("start of #3 undone",)


@pytest.mark.parametrize(
    ("due_ago", "late_by"),
    [
        (None, None),
        (timedelta(0), None),
        (timedelta(minutes=5), None),
        (timedelta(minutes=5, seconds=1), timedelta(minutes=5, seconds=1)),
        (timedelta(hours=3), timedelta(hours=3)),
    ],
)
def test_it_says_that_it_is_late_beyond_five_minutes(due_ago: timedelta | None, late_by: timedelta | None) -> None:
    assert made(due_ago=due_ago).late_by == late_by


def test_it_shows_the_day_the_board_and_the_run_it_was_given() -> None:
    on = board(wip=[1], next=[2])
    digest = made(on=on)
    assert (digest.day, digest.now, digest.board, digest.run) == (TODAY, NOW, on, None)
