"""One account of a period: the digest's line, the week and the chart say the same of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.history import Event
from bot.core.board.model import Board, Lane
from bot.core.digest.account import account
from bot.core.digest.schedule import Plan
from bot.core.digest.summary import compose
from bot.core.digest.week import look_back
from tests.core.board.test_history import happened
from tests.core.boards import NOW, board, changed
from tests.people import ALICE

BEFORE = NOW - timedelta(seconds=1)
DAY = timedelta(days=1)


def line(*story: str) -> tuple[str, ...]:
    """The line of a period in which all of a story happened."""
    return account(Board(), happened(*story), BEFORE).line


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ([], ()),
        (["add 1"], ("#1 added",)),
        (["finish 12", "+start 13"], ("#12 finished", "#13 started")),
        (["park 1", "queue 2", "unblock 3", "defer 4"], ("#1 parked", "#2 queued", "#3 unblocked", "#4 deferred")),
        (["drop 1", "reopen 2", "move 3 up"], ("#1 dropped", "#2 reopened", "#3 moved")),
        (["block 1 no keys", "unblock 1"], ("#1 flagged as blocked", "#1 unblocked")),
        (["start 1", "park 1", "start 1"], ("#1 started", "#1 parked")),
        (["tick 1 1"], ("1 criterion ticked on #1",)),
        (
            ["tick 1 1", "tick 1 2", "finish 1", "tick 2 1"],
            ("#1 finished", "3 criteria ticked on #1", "1 criterion ticked on #2"),
        ),
        (["tick 1 2", "tick 1 -1"], ("1 criterion ticked on #1",)),
        (["tick 1 2", "untick 1 -1"], ("1 criterion ticked on #1",)),
        (["tick 1 1", "untick 1 -1"], ()),
        (["untick 1 -1", "tick 1 1"], ()),  # it was ticked before
        (["untick 1 -1"], ()),
        (["tick 1 0"], ()),
        (["status 1 waiting", "dod 1", "edit 1", "assign 1 Bob", "evidence 1 ci"], ()),
        (["import - 7 items", "settings - zone UTC"], ()),
        # a waiver is not a tick, and taking it back opens none
        (["waive 1 no data", "waive 1 no keys", "tick 1 1"], ("1 criterion ticked on #1", "2 criteria waived on #1")),
        (["waive 1 no data", "tick 1 1", "untick 1 0"], ("1 criterion ticked on #1",)),
        # what was taken back did not stand
        (["finish 1", "reopen 1"], ("#1 finished and reopened",)),
        (["finish 1", "reopen 1", "start 1", "finish 1"], ("#1 finished and reopened", "#1 started", "#1 finished")),
        (["reopen 1", "start 1", "finish 1"], ("#1 reopened", "#1 started", "#1 finished")),
        (["tick 1 2", "finish 1", "reopen 1", "tick 1 1"], ("#1 finished and reopened", "1 criterion ticked on #1")),
        # what was undone did not happen
        (["finish 1", "reopen 1", "undo - 2"], ("#1 finished",)),
        (["add 1", "undo - 1"], ()),
        (["add 1", "finish 2", "+start 3", "undo - 2"], ("#1 added",)),
        (["tick 1 2", "tick 1 1", "undo - 2"], ("2 criteria ticked on #1",)),
        (["add 1", "start 1", "undo - 2", "undo - 1", "add 2"], ("#2 added",)),
        (["settings - zone UTC", "settings - as before", "+undo - 1", "park 1"], ("#1 parked",)),
    ],
)
def test_each_item_and_verb_is_told_once_criteria_last(story: list[str], words: tuple[str, ...]) -> None:
    assert line(*story) == words


def test_what_was_before_the_moment_is_not_told_unless_it_was_undone_after_it() -> None:
    past = happened("add 7", "finish 8", "+start 9")
    later = [Event(3, "park", 9, ALICE, NOW + timedelta(minutes=1)), Event(3, "undo", None, ALICE, NOW, "2")]
    assert account(Board(), [*past, later[0]], NOW).line == ("#9 parked",)
    undo = Event(3, "undo", None, ALICE, NOW + timedelta(minutes=2), "2")
    assert account(Board(), [*past, undo], NOW).line == ("finish of #8 undone", "start of #9 undone")
    assert account(Board(), [*past, undo], NOW + timedelta(minutes=2)).line == ()


def test_what_is_open_again_without_a_reopen_was_not_left_finished() -> None:
    """A document that was taken by hand can bring an item back too."""
    on = board(next=[5], done=[1])
    of = account(on, happened("finish 5", "finish 1"), BEFORE)
    assert of.line == ("#5 finished and reopened", "#1 finished")
    assert [finish.item.number for finish in of.finished] == [1]


def test_a_digest_its_week_and_its_chart_tell_one_story() -> None:
    """Two items were finished on Tuesday, and reopened: nothing was finished, says every part of the digest."""
    tuesday = NOW + DAY
    events = [
        Event(1, "tick", 1, ALICE, tuesday, "2"),
        Event(2, "finish", 1, ALICE, tuesday),
        Event(3, "finish", 2, ALICE, tuesday),
        Event(4, "reopen", 1, ALICE, tuesday + timedelta(hours=2)),
        Event(5, "reopen", 2, ALICE, tuesday + timedelta(hours=3)),
    ]
    on, now = board(next=[1, 2]), tuesday + timedelta(hours=23)
    week = look_back(on, events, Plan(), NOW - 3 * DAY, now)
    digest = compose(on, events, date(2026, 3, 4), now, since=NOW + timedelta(hours=1), week=week)
    assert digest.changes == ("#1 finished and reopened", "#2 finished and reopened")
    assert (digest.done, week.finished, week.reopened) == ((), (), (1, 2))
    assert [(day.finished, day.ticked) for day in week.days] == [(0, 0)] * len(week.days)


VERBS = st.sampled_from(["finish", "reopen", "tick", "untick", "waive", "undo"])
STEPS = st.lists(st.tuples(VERBS, st.integers(1, 3), st.integers(1, 6)), max_size=30)


@given(STEPS)
def test_the_same_counts_stand_in_line_week_and_chart(steps: list[tuple[str, int, int]]) -> None:
    notes = {"tick": "1", "untick": "-1"}
    events = [
        Event(
            change,
            verb,
            None if verb == "undo" else number,
            ALICE,
            NOW + change * timedelta(hours=5),
            str(back) if verb == "undo" else notes.get(verb, ""),
        )
        for change, (verb, number, back) in enumerate(steps, 1)
    ]
    on = board(done=[1, 2, 3])
    for number in (1, 2, 3):
        on = changed(on, number, lane=_lane(events, number))
    since, now = NOW, NOW + 7 * DAY
    week = look_back(on, events, Plan(), since, now)
    digest = compose(on, events, now.date(), now, since=since, week=week)
    assert digest.done == week.finished
    assert sum(day.finished for day in week.days) == len(week.finished)
    assert {f"#{item.number} finished" for item in week.finished} == {
        change for change in digest.changes if change.endswith(" finished")
    }
    counted = [int(change.split()[0]) for change in digest.changes if " ticked on " in change]
    assert sum(day.ticked for day in week.days) == sum(counted)
    waived = [int(change.split()[0]) for change in digest.changes if " waived on " in change]
    assert week.waived == sum(waived)


def _lane(events: list[Event], number: int) -> Lane:
    """Where the item stands after what happened: as its last finish or reopen that was not undone left it."""
    undone = {int(event.note) for event in events if event.verb == "undo"}
    verbs = [e.verb for e in events if e.number == number and e.verb in ("finish", "reopen") and e.change not in undone]
    return Lane.NEXT if verbs[-1:] == ["reopen"] else Lane.DONE
