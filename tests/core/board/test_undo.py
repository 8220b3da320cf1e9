"""Which change may be undone, by whom, until when; and the board as it was."""

from datetime import timedelta

import pytest

from bot.core.board import moves, undo
from bot.core.board.edits import Draft
from bot.core.board.history import Event
from bot.core.board.model import Board, Lane, Outcome
from bot.core.board.undo import Step, difference
from bot.core.people import Asker, Person
from bot.errors import NotAllowed, NotFound, RuleBroken
from tests.core.board.test_history import happened
from tests.core.boards import MAKE, NOW, board, changed, shape
from tests.people import ALICE, BOB

LATER = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("story", "change"),
    [
        (["add 1"], 1),
        (["add 1", "add 2"], 2),
        (["add 1", "finish 2", "+start 3"], 2),
        (["add 1", "add 2", "undo - 2"], 1),
        (["add 1", "add 2", "undo - 2", "add 3"], 4),
        (["add 1", "add 2", "add 3", "undo - 3", "undo - 2"], 1),
        # what an undo puts back is a part of it, and no change to be undone itself
        (["add 1", "settings - zone UTC", "settings - as before", "+undo - 2"], 1),
    ],
)
def test_the_last_change_that_still_stands_is_undone(story: list[str], change: int) -> None:
    assert undo.last(happened(*story)) == change


@pytest.mark.parametrize("story", [[], ["add 1", "undo - 1"], ["settings - a", "settings - as before", "+undo - 1"]])
def test_when_nothing_is_left_that_is_said(story: list[str]) -> None:
    with pytest.raises(NotFound, match="There is nothing to undo on this board"):
        undo.last(happened(*story))


RENAMED = Person(BOB.id, "Robert")


@pytest.mark.parametrize(
    ("who", "asker", "is_owner"),
    [
        (BOB, Asker(BOB), False),
        (BOB, Asker(RENAMED), False),
        (BOB, Asker(ALICE), True),
        (None, Asker(ALICE), True),
        (BOB, Asker(None), True),
    ],
)
@pytest.mark.parametrize("seconds", [0, 600])
def test_who_made_it_or_an_owner_may_undo_it_for_ten_minutes(
    who: Person | None, asker: Asker, is_owner: bool, seconds: int
) -> None:
    event = Event(1, "add", 1, who, NOW)
    undo.check(event, asker, is_owner=is_owner, at=NOW + timedelta(seconds=seconds))
    with pytest.raises(RuleBroken, match="older than ten minutes, so it stands"):
        undo.check(event, asker, is_owner=is_owner, at=NOW + timedelta(seconds=601))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (BOB, "The last change is Bob's. They or an owner of the board can undo it."),
        (None, "The last change was made on the server. An owner or an admin of the workspace can undo it."),
    ],
)
def test_others_may_not(who: Person | None, words: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        undo.check(Event(1, "add", 1, who, NOW), Asker(ALICE), is_owner=False, at=NOW)
    assert str(caught.value) == words


def step(before: Board, after: Board) -> Step:
    """The event of a change, as the history keeps it."""
    return Step(Event(1, "edit", None, ALICE, NOW), difference(before, after)[0])


FULL = board(wip=[1], next=[2, 3, 4], later=[5, 6], blocked=[7], done=[8], dropped=[9])
ROOM = board(next=[2, 3], later=[5, 6], blocked=[7], done=[8], dropped=[9])
UNDONE = [
    (ROOM, "start", 3),
    (ROOM, "start", 6),
    (ROOM, "start", 7),
    (FULL, "finish", 1),
    (FULL, "park", 1),
    (ROOM, "unblock", 7),
    (FULL, "unblock", 7),
    (ROOM, "queue", 6),
    (FULL, "defer", 2),
    (FULL, "move", 4),
    (FULL, "move", 6),
    (FULL, "drop", 1),
    (FULL, "drop", 3),
    (FULL, "drop", 5),
    (FULL, "drop", 7),
    (ROOM, "reopen", 8),
    (FULL, "reopen", 8),
]


@pytest.mark.parametrize(("before", "verb", "number"), UNDONE)
def test_every_move_is_undone_to_the_last_field(before: Board, verb: str, number: int) -> None:
    after = MAKE[verb](before, number)
    assert after != before
    assert undo.undone(after, [step(before, after)], LATER) == before


def test_the_steps_of_a_change_are_undone_from_the_last_on() -> None:
    before = board(wip=[1], next=[2, 3])
    finished = moves.finish(before, 1, ALICE, NOW, Outcome.CLOSED)
    started = moves.start(finished, 2, ALICE, NOW)
    steps = [step(before, finished), step(finished, started)]
    assert undo.undone(started, steps, LATER) == before


@pytest.mark.parametrize("before", [board(next=[1]), board(next=[1, 2, 3]), board(next=[1, 2, 3], later=[4])])
def test_an_item_that_was_added_is_dropped_and_keeps_its_number(before: Board) -> None:
    after = moves.add(before, Draft("New", dod="/a answers 200"), ALICE, NOW)
    back = undo.undone(after, [step(before, after)], LATER)
    new = back.item(before.next_number)
    assert shape(back) == shape(before) | {"dropped": [new.number]}
    assert (new.title, new.result, new.finished, new.finished_by) == ("New", "Undone", LATER, None)
    assert back.next_number == after.next_number
    assert back.having([]).items[: len(before.items)] == before.items


def test_what_a_program_added_in_every_lane_is_dropped() -> None:
    after = changed(FULL, 1)
    back = undo.undone(after, [step(Board(), after)], LATER)
    assert {item.lane for item in back.items} == {Lane.DROPPED}
    assert {(item.position, item.outcome, item.blocked) for item in back.items} == {(0, None, None)}
