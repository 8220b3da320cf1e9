"""One account of a period: the digest's line, the week and the chart say the same of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.history import Event
from bot.core.board.model import Board, Lane
from bot.core.digest.account import Account, account
from bot.core.digest.schedule import Plan
from bot.core.digest.summary import Digest, compose
from bot.core.digest.week import look_back
from tests.core.board.test_history import happened
from tests.core.boards import NOW, board, changed
from tests.people import ALICE, BOB

BEFORE = NOW - timedelta(seconds=1)
DAY = timedelta(days=1)


def said(of: Account) -> tuple[str, ...]:
    return tuple(phrase.words for phrase in of.line)


def line(*story: str) -> tuple[str, ...]:
    """The line of a period in which all of a story happened."""
    return said(account(Board(), happened(*story), BEFORE))


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ([], ()),
        (["add 1"], ("Alice added #1",)),
        (["finish 12", "+start 13"], ("Alice finished #12", "Alice started #13")),
        (
            ["park 1", "queue 2", "unblock 3", "defer 4"],
            ("Alice parked #1", "Alice queued #2", "Alice unblocked #3", "Alice deferred #4"),
        ),
        (["drop 1", "reopen 2", "move 3 up"], ("Alice dropped #1", "Alice reopened #2", "Alice moved #3 up")),
        (["block 1 no keys", "unblock 1"], ("Alice flagged #1 as blocked: no keys", "Alice unblocked #1")),
        (["start 1", "park 1", "start 1"], ("Alice started #1", "Alice parked #1")),
        (["tick 1 1"], ("Alice ticked 1 criterion on #1",)),
        (
            ["tick 1 1", "tick 1 2", "finish 1", "tick 2 1"],
            ("Alice finished #1", "Alice ticked 3 criteria on #1", "Alice ticked 1 criterion on #2"),
        ),
        (["tick 1 2", "tick 1 -1"], ("Alice ticked 1 criterion on #1",)),
        (["tick 1 2", "untick 1 -1"], ("Alice ticked 1 criterion on #1",)),
        (["tick 1 1", "untick 1 -1"], ()),
        (["untick 1 -1", "tick 1 1"], ()),  # it was ticked before
        (["untick 1 -1"], ()),
        (["tick 1 0"], ()),
        (["status 1 waiting", "dod 1", "edit 1", "assign 1 Bob", "evidence 1 ci"], ()),
        (["import - 7 items", "settings - zone UTC"], ()),
        # a waiver is not a tick, and taking it back opens none
        (
            ["waive 1 no data", "waive 1 no keys", "tick 1 1"],
            ("Alice ticked 1 criterion on #1", "Alice waived 2 criteria on #1"),
        ),
        (["waive 1 no data", "tick 1 1", "untick 1 0"], ("Alice ticked 1 criterion on #1",)),
        # what was taken back did not stand
        (["finish 1", "reopen 1"], ("Alice finished #1, and it was reopened",)),
        (
            ["finish 1", "reopen 1", "start 1", "finish 1"],
            ("Alice finished #1, and it was reopened", "Alice started #1", "Alice finished #1"),
        ),
        (["reopen 1", "start 1", "finish 1"], ("Alice reopened #1", "Alice started #1", "Alice finished #1")),
        (
            ["tick 1 2", "finish 1", "reopen 1", "tick 1 1"],
            ("Alice finished #1, and it was reopened", "Alice ticked 1 criterion on #1"),
        ),
        # what was undone did not happen
        (["finish 1", "reopen 1", "undo - 2"], ("Alice finished #1",)),
        (["add 1", "undo - 1"], ()),
        (["add 1", "finish 2", "+start 3", "undo - 2"], ("Alice added #1",)),
        (["tick 1 2", "tick 1 1", "undo - 2"], ("Alice ticked 2 criteria on #1",)),
        (["add 1", "start 1", "undo - 2", "undo - 1", "add 2"], ("Alice added #2",)),
        (["settings - zone UTC", "settings - as before", "+undo - 1", "park 1"], ("Alice parked #1",)),
    ],
)
def test_each_item_and_verb_is_told_once_criteria_last(story: list[str], words: tuple[str, ...]) -> None:
    assert line(*story) == words


def test_what_was_before_the_moment_is_not_told_unless_it_was_undone_after_it() -> None:
    past = happened("add 7", "finish 8", "+start 9")
    later = [Event(3, "park", 9, ALICE, NOW + timedelta(minutes=1)), Event(3, "undo", None, ALICE, NOW, "2")]
    assert said(account(Board(), [*past, later[0]], NOW)) == ("Alice parked #9",)
    undo = Event(3, "undo", None, ALICE, NOW + timedelta(minutes=2), "2")
    assert said(account(Board(), [*past, undo], NOW)) == ("Alice undid the finish of #8", "Alice undid the start of #9")
    assert account(Board(), [*past, undo], NOW + timedelta(minutes=2)).line == ()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(1, "add", 4, BOB, NOW, "Item 4"), "Bob added #4 Item 4"),
        (Event(1, "park", 1, ALICE, NOW, "waits for staging"), "Alice parked #1 Item 1: waits for staging"),
        (Event(1, "park", 1, None, NOW, "no keys"), "Somebody on the server parked #1 Item 1: no keys"),
        (Event(1, "drop", 9, BOB, NOW, "nobody\nasked"), "Bob dropped #9 Login: nobody asked"),
        (Event(1, "drop", 8, BOB, NOW, "x" * 99), f"Bob dropped #8: {'x' * 79}…"),
        (Event(1, "block", 1, BOB, NOW, "no keys"), "Bob flagged #1 Item 1 as blocked: no keys"),
        (Event(1, "start", 4, BOB, NOW, "it fails again"), "Bob started #4 Item 4"),
        (Event(1, "move", 4, BOB, NOW, "to 2"), "Bob moved #4 Item 4 to 2"),
        (Event(1, "tick", 1, BOB, NOW, "2"), "Bob ticked 2 criteria on #1 Item 1"),
    ],
)
def test_a_change_says_who_what_and_why(event: Event, words: str) -> None:
    of = account(board(next=[4], blocked=[1]), [event], BEFORE, titles={9: "Login"})
    assert said(of) == (words,)


def test_criteria_that_several_people_ticked_are_nobodys() -> None:
    ticks = [Event(k, "tick", 1, who, NOW, "1") for k, who in enumerate((ALICE, BOB))]
    assert said(account(Board(), ticks, BEFORE)) == ("2 criteria ticked on #1",)


def test_what_is_open_again_without_a_reopen_was_not_left_finished() -> None:
    """A document that was taken by hand can bring an item back too."""
    on = board(next=[5], done=[1])
    of = account(on, happened("finish 5", "finish 1"), BEFORE)
    assert said(of) == ("Alice finished #5 Item 5, and it was reopened", "Alice finished #1 Item 1")
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
    assert [(change.verb, change.number) for change in digest.changes] == [
        ("finish and reopen", 1),
        ("finish and reopen", 2),
    ]
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
    assert {item.number for item in week.finished} == {
        change.number for change in digest.changes if change.verb == "finish"
    }
    assert sum(day.ticked for day in week.days) == sum(_counts(digest, "ticked"))
    assert week.waived == sum(_counts(digest, "waived"))


def _counts(digest: Digest, how: str) -> list[int]:
    """How many criteria each change tells: all of them are Alice's."""
    return [int(change.words.split()[2]) for change in digest.changes if change.verb == how]


def _lane(events: list[Event], number: int) -> Lane:
    """Where the item stands after what happened: as its last finish or reopen that was not undone left it."""
    undone = {int(event.note) for event in events if event.verb == "undo"}
    verbs = [e.verb for e in events if e.number == number and e.verb in ("finish", "reopen") and e.change not in undone]
    return Lane.NEXT if verbs[-1:] == ["reopen"] else Lane.DONE
