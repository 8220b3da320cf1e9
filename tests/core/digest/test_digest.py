"""What a digest says: changes since the last one, and whether it is late, stale or without news."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.core.board.history import Event
from bot.core.board.model import Block, Board, Note
from bot.core.digest.summary import Digest, compose
from tests.core.boards import MET, NOW, OPEN, board, changed
from tests.people import BOB

TODAY = date(2026, 3, 2)
YESTERDAY = NOW - timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def event(verb: str, ago: timedelta, number: int = 1, note: str = "") -> Event:
    return Event(1, verb, number, BOB, NOW - ago, note)


def made(
    *events: Event,
    on: Board | None = None,
    first: bool = False,
    due_ago: timedelta | None = None,
    last_moved: datetime | None = None,
) -> Digest:
    return compose(
        board(wip=[1]) if on is None else on,
        events,
        TODAY,
        NOW,
        since=None if first else YESTERDAY,
        due=None if due_ago is None else NOW - due_ago,
        moved={1: last_moved} if last_moved else {},
        last_moved=last_moved,
    )


def test_it_tells_what_happened_since_the_last_one_in_the_order_it_happened() -> None:
    digest = made(
        event("start", 2 * HOUR, 2),
        event("finish", 3 * HOUR, 1),
        event("tick", HOUR, 2, "2"),
        event("add", 30 * HOUR, 9),
        on=board(wip=[2], done=[1]),
    )
    assert [change.words for change in digest.changes] == [
        "Bob finished #1 Item 1",
        "Bob started #2 Item 2",
        "Bob ticked 2 criteria on #2 Item 2",
    ]


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
        (made(event("add", 30 * HOUR), on=board(next=[1])), True),
    ],
    ids=["nothing new", "only a note", "a tick", "a start", "nothing in progress"],
)
def test_one_line_says_it_all_when_nothing_happened_and_something_is_in_progress(
    digest: Digest, unchanged: bool
) -> None:
    assert digest.unchanged == unchanged


def at_work(**fields: Any) -> Board:
    """A board with #1 in progress for nine days, in which nothing happened since but for `fields`."""
    unticked = {"dod": (OPEN,), "started": NOW - 9 * DAY}
    return changed(board(wip=[1], next=[2]), 1, **{**unticked, **fields})


@pytest.mark.parametrize(
    ("digest", "is_stale"),
    [
        (made(on=at_work()), True),
        (made(on=at_work(started=NOW - DAY)), True),  # on Sunday, at nine
        (made(on=at_work(started=NOW - DAY + HOUR)), False),
        # from Friday morning to Monday morning is a day, and from Friday noon it is less
        (made(on=at_work(started=NOW - 3 * DAY)), True),
        (made(on=at_work(started=NOW - 3 * DAY + HOUR)), False),
        (made(on=at_work(dod=(replace(MET, at=NOW - HOUR),))), False),
        (made(on=at_work(status=Note("waiting", BOB, NOW - HOUR))), False),
        (made(on=at_work(blocked=Block("no keys", NOW - HOUR))), False),
        (made(event("edit", HOUR), on=at_work()), False),
        (made(event("edit", HOUR, 2), on=at_work()), True),  # another item
        (made(on=board(next=[2])), False),
    ],
)
def test_it_is_stale_when_nothing_moved_on_the_item_in_progress_for_a_working_day(
    digest: Digest, is_stale: bool
) -> None:
    assert any(each.is_stale for each in digest.progress) == is_stale


@pytest.mark.parametrize(
    ("digest", "ago"),
    [
        (made(on=at_work(started=NOW - 4 * DAY)), 4 * DAY),
        (made(on=at_work(dod=(replace(MET, at=NOW - 3 * DAY),))), 3 * DAY),
        (made(on=at_work(status=Note("waiting", BOB, NOW - 2 * DAY))), 2 * DAY),
        (made(on=at_work(), last_moved=NOW - 5 * DAY), 5 * DAY),  # edited, long before the last digest
        (made(event("edit", HOUR), on=at_work(), last_moved=NOW - HOUR), HOUR),
        (made(event("edit", HOUR, 2), on=at_work(), last_moved=NOW - 5 * DAY), 5 * DAY),  # another item
        (made(on=board(next=[2]), last_moved=NOW - 6 * DAY), 6 * DAY),
        (made(on=board(next=[2])), DAY),  # nobody knows more than that it was before the last digest
    ],
)
def test_it_counts_from_when_something_last_moved_and_not_from_the_last_digest(digest: Digest, ago: timedelta) -> None:
    assert digest.still_since == NOW - ago


def test_a_new_note_is_news_and_an_old_one_is_none() -> None:
    fresh, old = (at_work(status=Note("waiting", BOB, NOW - ago)) for ago in (HOUR, 30 * HOUR))
    assert made(on=fresh).has_new_note
    assert not made(on=fresh).unchanged
    assert made(on=old).unchanged


def test_what_was_finished_since_is_told_by_name_unless_it_was_undone_or_reopened_or_imported() -> None:
    on = board(done=[1, 2, 3, 4], next=[5])
    finishes = [event("finish", HOUR, number) for number in (1, 2, 5)]
    digest = made(*finishes, event("finish", 30 * HOUR, 3), on=on)
    assert [item.number for item in digest.done] == [1, 2]
    assert [(change.verb, change.number) for change in digest.beside_done] == [("finish and reopen", 5)]
    undone = [replace(event("finish", 2 * HOUR, 1), change=7), Event(8, "undo", None, BOB, NOW - HOUR, "7")]
    assert made(*undone, on=on).done == ()


HELD = [
    # parked how long ago, whether something happened to it, and what is told
    (timedelta(hours=2), False, ("new", False)),
    (timedelta(hours=2), True, ("new", False)),
    (timedelta(days=3), False, ("unchanged", False)),
    (timedelta(days=3), True, ("changed", False)),
    (timedelta(days=7) - timedelta(seconds=1), False, ("unchanged", False)),
    (timedelta(days=7), False, ("unchanged", True)),
    (timedelta(days=8) - timedelta(seconds=1), False, ("unchanged", True)),
    (timedelta(days=8), False, ("unchanged", False)),  # it was told yesterday
]


@pytest.mark.parametrize(("ago", "is_touched", "told"), HELD)
def test_a_parked_item_is_new_changed_or_unchanged_and_escalates_once(
    ago: timedelta, is_touched: bool, told: tuple[str, bool]
) -> None:
    on = changed(board(blocked=[4]), 4, blocked=Block("no keys", NOW - ago))
    [held] = made(*([event("edit", HOUR, 4)] if is_touched else []), on=on).held
    assert (held.became, held.is_escalated) == told


@pytest.mark.parametrize(("back_on", "is_back"), [(None, False), (date(2026, 3, 3), False), (TODAY, True)])
def test_the_day_to_look_again_comes(back_on: date | None, is_back: bool) -> None:
    on = changed(board(blocked=[4]), 4, blocked=Block("no keys", NOW - 3 * DAY, back_on))
    digest = made(on=on)
    assert [held.is_back for held in digest.held] == [is_back]
    assert digest.unchanged == (not is_back)


def test_what_somebody_must_decide_comes_first() -> None:
    on = board(blocked=[4, 5, 6, 7])
    for number, ago, back_on in ((4, 20, None), (5, 3, TODAY), (6, 7, None), (7, 0.1, None)):
        on = changed(on, number, blocked=Block("no keys", NOW - ago * DAY, back_on))
    assert [held.item.number for held in made(on=on).held] == [6, 5, 7, 4]


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
