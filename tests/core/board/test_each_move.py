"""What each move does to its item, and to what stands around it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.board import moves
from bot.core.board.edits import Draft
from bot.core.board.model import Block, Board, Criterion, CriterionState, Lane, Note, Outcome
from bot.errors import BadInput, RuleBroken
from tests.core.boards import MAKE, MET, NOW, OPEN, board, changed, item, numbers, shape
from tests.people import ALICE, BOB

# Adding


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (board(), {"next": [1]}),
        (board(next=[1, 2]), {"next": [1, 2, 3]}),
        (board(next=[1, 2, 3]), {"next": [1, 2, 3], "later": [4]}),
        (board(next=[1, 2, 3], later=[4]), {"next": [1, 2, 3], "later": [4, 5]}),
        (board(wip=[4], later=[2]), {"wip": [4], "next": [5], "later": [2]}),
    ],
)
def test_an_added_item_goes_to_the_end_of_next_or_of_later(before: Board, after: dict[str, list[int]]) -> None:
    added = moves.add(
        before, Draft("A title", dod=f"{OPEN.text}\n/b answers 404", scope="where", estimate="2 d"), ALICE, NOW
    )
    assert shape(added) == after
    new = added.item(before.next_number)
    assert (new.title, new.scope, new.estimate, new.created) == ("A title", "where", "2 d", NOW)
    assert new.dod == (OPEN, Criterion("/b answers 404"))
    assert new.owner is None
    assert added.next_number == before.next_number + 1


def test_a_draft_that_is_refused_takes_no_number() -> None:
    before = board()
    with pytest.raises(BadInput):
        moves.add(before, Draft(""), ALICE, NOW)
    assert before == Board()


# Starting and finishing


def test_who_starts_becomes_the_owner_where_there_is_none() -> None:
    assert moves.start(board(next=[1]), 1, ALICE, NOW).item(1).owner == ALICE
    assert moves.start(changed(board(next=[1]), 1, owner=BOB), 1, ALICE, NOW).item(1).owner == BOB
    assert moves.start(board(next=[1]), 1, None, NOW).item(1).owner is None


def test_an_item_that_starts_again_keeps_the_day_it_first_started() -> None:
    later = NOW + timedelta(days=3)
    parked = moves.park(moves.start(board(next=[1]), 1, ALICE, NOW), 1, NOW, "no keys yet")
    again = moves.start(parked, 1, BOB, later).item(1)
    assert again.started == NOW
    assert again.owner == ALICE
    assert again.blocked is None


def test_what_follows_in_next_closes_up_when_one_starts() -> None:
    after = moves.start(board(next=[1, 2, 3]), 2, ALICE, NOW)
    assert [(one.number, one.position) for one in after.next] == [(1, 1), (3, 2)]


@pytest.mark.parametrize("outcome", Outcome)
def test_a_finish_tells_who_when_and_how(outcome: Outcome) -> None:
    done = moves.finish(board(wip=[1]), 1, ALICE, NOW, outcome).item(1)
    assert (done.lane, done.finished, done.finished_by, done.outcome) == (Lane.DONE, NOW, ALICE, outcome)
    assert done.started == NOW - timedelta(days=1)
    assert done.owner == BOB


def test_a_finish_by_a_program_is_told_without_a_name() -> None:
    on = moves.finish(board(wip=[1]), 1, None, NOW - timedelta(hours=3), Outcome.CLOSED)
    with pytest.raises(RuleBroken) as caught:
        moves.finish(on, 1, ALICE, NOW, Outcome.CLOSED)
    assert str(caught.value) == "#1 Item 1 was already finished 3 h ago. Nothing was changed."


def test_done_is_in_the_order_of_finishing() -> None:
    on = Board(tuple(item(n, Lane.DONE, finished=NOW - timedelta(days=n)) for n in (1, 3, 2)))
    assert numbers(on, Lane.DONE) == [3, 2, 1]


# Parking and coming back


def test_a_parked_item_says_why_since_when_and_until_when() -> None:
    parked = moves.park(board(wip=[1]), 1, NOW, "  no keys yet\n", date(2026, 3, 9)).item(1)
    assert parked.blocked == Block("no keys yet", NOW, date(2026, 3, 9))


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_parking_and_going_back_need_a_reason(reason: str) -> None:
    with pytest.raises(BadInput, match="Why does it wait") as parking:
        moves.park(board(wip=[1]), 1, NOW, reason)
    with pytest.raises(BadInput, match="Say why it goes back, for example `/board queue 1 ") as queueing:
        moves.queue(board(wip=[1]), 1, NOW, None, reason)
    assert parking.value.field == queueing.value.field == "reason"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (board(blocked=[1]), {"next": [1]}),
        (board(next=[2, 3], blocked=[1]), {"next": [1, 2, 3]}),
        (board(next=[2, 3, 4], blocked=[1]), {"next": [2, 3, 4], "later": [1]}),
        (board(next=[2, 3, 4], later=[5, 6], blocked=[1]), {"next": [2, 3, 4], "later": [1, 5, 6]}),
    ],
)
def test_an_unblocked_item_comes_first(before: Board, after: dict[str, list[int]]) -> None:
    assert shape(moves.unblock(before, 1, NOW)) == after


@pytest.mark.parametrize(
    ("position", "order"),
    [(None, [1, 2, 9]), (1, [9, 1, 2]), (2, [1, 9, 2]), (3, [1, 2, 9])],
)
def test_an_item_is_queued_last_or_where_it_is_wanted(position: int | None, order: list[int]) -> None:
    after = moves.queue(board(next=[1, 2], later=[9]), 9, NOW, position)
    assert numbers(after, Lane.NEXT) == order
    assert [one.position for one in after.next] == [1, 2, 3]


@pytest.mark.parametrize("position", [0, -1, 3, 10**30])
def test_a_position_that_next_has_not_is_refused(position: int) -> None:
    with pytest.raises(BadInput, match="NEXT holds 1, so a position goes from 1 to 2"):
        moves.queue(board(next=[1], later=[9]), 9, NOW, position)


def test_a_deferred_item_comes_first_in_later_and_next_closes_up() -> None:
    after = moves.defer(moves.defer(board(next=[1, 2, 3], later=[8, 9]), 1, NOW), 2, NOW)
    assert shape(after) == {"next": [3], "later": [2, 1, 8, 9]}
    assert [one.position for one in after.next] == [1]


# Flagging what is in progress


def test_a_flagged_item_stays_in_progress_and_says_why() -> None:
    flagged = moves.block(board(wip=[1]), 1, NOW, " no keys yet ", date(2026, 3, 9)).item(1)
    assert (flagged.lane, flagged.flagged) == (Lane.WIP, True)
    assert flagged.blocked == Block("no keys yet", NOW, date(2026, 3, 9))


def test_a_flag_can_be_written_anew_and_is_taken_off_in_place() -> None:
    before = board(wip=[1], next=[2])
    on = moves.block(moves.block(before, 1, NOW, "no keys"), 1, NOW, "the keys are wrong")
    assert on.item(1).blocked == Block("the keys are wrong", NOW)
    assert moves.unblock(on, 1, NOW) == before


@pytest.mark.parametrize("verb", ["finish", "park", "queue", "drop"])
def test_a_flag_does_not_leave_wip_with_the_item(verb: str) -> None:
    after = MAKE[verb](moves.block(board(wip=[1]), 1, NOW, "a flag"), 1).item(1)
    assert after == MAKE[verb](board(wip=[1]), 1).item(1)


def test_a_flag_needs_a_reason() -> None:
    with pytest.raises(BadInput, match="What is in its way") as caught:
        moves.block(board(wip=[1]), 1, NOW, " ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize(
    ("lane", "place", "ways"),
    [
        ("next", "in NEXT", ["start", "defer", "drop"]),
        ("later", "in LATER", ["start", "queue", "drop"]),
        ("blocked", "parked in BLOCKED", ["start", "unblock", "queue", "drop"]),
        ("done", "done", ["reopen"]),
        ("dropped", "dropped", []),
    ],
)
def test_only_what_is_in_progress_is_flagged(lane: str, place: str, ways: list[str]) -> None:
    with pytest.raises(RuleBroken) as caught:
        moves.block(board(**{lane: [1]}), 1, NOW, "no keys yet")
    assert str(caught.value) == f"#1 Item 1 is {place}; only an item in progress can be flagged as blocked."
    assert [offer.verb for offer in caught.value.offers] == ways


# Dropping


def test_a_dropped_item_says_who_when_and_why() -> None:
    parked = changed(board(blocked=[1]), 1, result="half way")
    dropped = moves.drop(parked, 1, ALICE, NOW, " nobody asked for it ").item(1)
    assert (dropped.finished, dropped.finished_by, dropped.result) == (NOW, ALICE, "nobody asked for it")
    assert (dropped.outcome, dropped.blocked) == (None, None)
    assert dropped.dod == parked.item(1).dod


def test_next_closes_up_when_one_is_dropped() -> None:
    after = moves.drop(board(next=[1, 2, 3], later=[4]), 2, ALICE, NOW, "nobody asked for it")
    assert shape(after) == {"next": [1, 3], "later": [4], "dropped": [2]}
    assert [one.position for one in after.next] == [1, 2]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Why is it dropped? For example `/board drop 1 nobody asked for it in a year`."),
        (" \n", "Why is it dropped? For example `/board drop 1 nobody asked for it in a year`."),
        ("x" * 3001, "The reason is 3,001 characters long; 3,000 is the most. Shorten it and send it again."),
    ],
)
def test_dropping_needs_a_reason(reason: str, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        moves.drop(board(next=[1]), 1, ALICE, NOW, reason)
    assert (str(caught.value), caught.value.field) == (words, "reason")


# Reopening


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (board(done=[1]), {"next": [1]}),
        (board(next=[2, 3], done=[1]), {"next": [1, 2, 3]}),
        (board(next=[2, 3, 4], done=[1]), {"next": [2, 3, 4], "later": [1]}),
        (board(wip=[6], next=[2, 3, 4], later=[5], done=[1]), {"wip": [6], "next": [2, 3, 4], "later": [1, 5]}),
    ],
)
def test_a_reopened_item_comes_first(before: Board, after: dict[str, list[int]]) -> None:
    assert shape(moves.reopen(before, 1, ALICE, NOW, "it is red again")) == after


def test_a_reopened_item_says_why_and_begins_anew_with_what_it_knew() -> None:
    proven, waived = (
        replace(MET, evidence="https://ci/1"),
        replace(MET, state=CriterionState.WAIVED, evidence="no data"),
    )
    done = changed(board(done=[1]), 1, dod=(proven, waived), owner=BOB, started=NOW, result="it works", scope="where")
    back = moves.reopen(done, 1, ALICE, NOW, " https://ci/2 is red ").item(1)
    assert back.status == Note("Reopened: https://ci/2 is red", ALICE, NOW)
    assert back.dod == (replace(OPEN, evidence="https://ci/1"), OPEN)
    assert (back.started, back.finished, back.finished_by, back.outcome) == (None, None, None, None)
    assert (back.owner, back.result, back.scope, back.title) == (BOB, "it works", "where", "Item 1")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.CLOSED, "#1 is CLOSED. What fails now? Give a link or what you saw: `/board reopen 1 TEXT`."),
        (Outcome.STABLE, "Why does #1 come back? For example `/board reopen 1 the importer is slow again`."),
    ],
)
@pytest.mark.parametrize("proof", ["", " \n "])
def test_reopening_needs_a_proof_or_a_reason(outcome: Outcome, words: str, proof: str) -> None:
    with pytest.raises(BadInput) as caught:
        moves.reopen(changed(board(done=[1]), 1, outcome=outcome), 1, ALICE, NOW, proof)
    assert (str(caught.value), caught.value.field) == (words, "reason")


def test_what_was_reopened_can_be_finished_again() -> None:
    on = moves.start(moves.reopen(board(done=[1]), 1, ALICE, NOW, "it is red"), 1, ALICE, NOW)
    assert on.item(1).day(NOW, on.zone) == 1
    with pytest.raises(RuleBroken, match="stays in progress: 1 /health answers 200 is open"):
        moves.finish(on, 1, ALICE, NOW, Outcome.STABLE)
