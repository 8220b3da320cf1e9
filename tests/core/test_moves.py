"""Every move from every lane: what it does, or the words of its refusal and the ways on."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.core import moves
from bot.core.board import Block, Board, Lane, Outcome
from bot.core.drafts import Draft
from bot.core.ways import MOVES
from bot.errors import BadInput, NotFound, RuleBroken, UserError
from tests.core.boards import MAKE, MET, NOW, OPEN, board, changed, follow, item, numbers, shape
from tests.people import ALICE, BOB

WIP, NEXT, LATER, BLOCKED, DONE = Lane

# From a lane, by a move, to a lane; everything else is refused in these words.
LEGAL = {
    (NEXT, "start"): WIP,
    (LATER, "start"): WIP,
    (BLOCKED, "start"): WIP,
    (WIP, "finish"): DONE,
    (WIP, "park"): BLOCKED,
    (BLOCKED, "unblock"): NEXT,
    (LATER, "queue"): NEXT,
    (BLOCKED, "queue"): NEXT,
    (WIP, "queue"): NEXT,
    (NEXT, "defer"): LATER,
}
REFUSED = {
    (WIP, "start"): "#1 Item 1 is in progress, and only an item in NEXT or LATER or BLOCKED can be started.",
    (WIP, "unblock"): "#1 Item 1 is in progress, and only an item in BLOCKED can be unblocked.",
    (WIP, "defer"): "#1 Item 1 is in progress, and only an item in NEXT can be deferred.",
    (NEXT, "finish"): "#1 Item 1 is in NEXT, and only an item in WIP can be finished.",
    (NEXT, "park"): "#1 Item 1 is in NEXT, and only an item in WIP can be parked.",
    (NEXT, "unblock"): "#1 Item 1 is in NEXT, and only an item in BLOCKED can be unblocked.",
    (NEXT, "queue"): "#1 Item 1 is in NEXT, and only an item in WIP or LATER or BLOCKED can be queued.",
    (LATER, "finish"): "#1 Item 1 is in LATER, and only an item in WIP can be finished.",
    (LATER, "park"): "#1 Item 1 is in LATER, and only an item in WIP can be parked.",
    (LATER, "unblock"): "#1 Item 1 is in LATER, and only an item in BLOCKED can be unblocked.",
    (LATER, "defer"): "#1 Item 1 is in LATER, and only an item in NEXT can be deferred.",
    (BLOCKED, "finish"): "#1 Item 1 is parked in BLOCKED, and only an item in WIP can be finished.",
    (BLOCKED, "park"): "#1 Item 1 is parked in BLOCKED, and only an item in WIP can be parked.",
    (BLOCKED, "defer"): "#1 Item 1 is parked in BLOCKED, and only an item in NEXT can be deferred.",
    (DONE, "start"): "#1 Item 1 can't be started: it was finished by Bob 4 s ago.",
    (DONE, "finish"): "#1 Item 1 was already finished by Bob 4 s ago.",
    (DONE, "park"): "#1 Item 1 can't be parked: it was finished by Bob 4 s ago.",
    (DONE, "unblock"): "#1 Item 1 can't be unblocked: it was finished by Bob 4 s ago.",
    (DONE, "queue"): "#1 Item 1 can't be queued: it was finished by Bob 4 s ago.",
    (DONE, "defer"): "#1 Item 1 can't be deferred: it was finished by Bob 4 s ago.",
}
WAYS_ON = {
    WIP: ["finish 1", "park 1", "queue 1"],
    NEXT: ["start 1", "defer 1"],
    LATER: ["start 1", "queue 1"],
    BLOCKED: ["start 1", "unblock 1", "queue 1"],
    DONE: [],
}


def alone(lane: Lane) -> Board:
    """A board with nothing but #1, in that lane: only the lane can stand in a move's way."""
    return board(**{lane.value: [1]})


def refusal(on: Board, verb: str, number: int) -> UserError:
    """What the move is refused with. Whatever it is, the board is as it was."""
    before = shape(on)
    with pytest.raises(UserError) as caught:
        MAKE[verb](on, number)
    assert shape(on) == before
    return caught.value


def ways(refused: UserError) -> list[str]:
    return [f"{offer.verb} {offer.argument}" for offer in refused.offers]


def test_the_tables_name_every_lane_and_move_once() -> None:
    every = set(product(Lane, MOVES)) - {(lane, "add") for lane in Lane}
    assert LEGAL.keys() | REFUSED.keys() == every
    assert not LEGAL.keys() & REFUSED.keys()


@pytest.mark.parametrize(("lane", "verb"), LEGAL)
def test_a_legal_move_moves_the_item_and_nothing_else(lane: Lane, verb: str) -> None:
    after = MAKE[verb](alone(lane), 1)
    assert shape(after) == {LEGAL[lane, verb].value: [1]}
    moved = after.item(1)
    assert moved.title == "Item 1"
    assert moved.dod == (MET,)
    assert (moved.blocked is not None) == (moved.lane is BLOCKED)


@pytest.mark.parametrize(("lane", "verb"), REFUSED)
def test_any_other_move_is_refused_in_words_with_the_moves_that_are_legal(lane: Lane, verb: str) -> None:
    refused = refusal(alone(lane), verb, 1)
    assert isinstance(refused, RuleBroken)
    assert str(refused) == REFUSED[lane, verb] + " Nothing was changed."
    assert ways(refused) == WAYS_ON[lane]


# Boards on which a move from the right lane is refused all the same.
IN_THE_WAY = [
    (
        board(wip=[1], next=[2]),
        "start 2",
        "WIP is taken: #1 Item 1, Bob, day 2, 1 of 1.\n#2 was not started.",
        ["finish 1", "park 1"],
    ),
    (
        board(wip=[1], later=[2]),
        "start 2",
        "WIP is taken: #1 Item 1, Bob, day 2, 1 of 1.\n#2 was not started.",
        ["finish 1", "park 1", "queue 2 1"],
    ),
    (
        changed(board(wip=[1], next=[2, 3, 4], blocked=[5]), 1, owner=None, dod=(MET, OPEN)),
        "start 5",
        "WIP is taken: #1 Item 1, day 2, 1 of 2.\n#5 was not started.",
        ["finish 1", "park 1"],
    ),
    (
        changed(board(wip=[1], next=[2]), 1, dod=()),
        "start 2",
        "WIP is taken: #1 Item 1, Bob, day 2, 0 of 0.\n#2 was not started.",
        ["dod 1", "park 1"],
    ),
    (
        changed(board(next=[2]), 2, dod=()),
        "start 2",
        "#2 Item 2 has no Definition of Done, so it can't start.\nWrite 2–5 checks that someone else could verify.",
        ["dod 2"],
    ),
    (
        changed(board(wip=[1]), 1, dod=()),
        "finish 1",
        "#1 Item 1 has no Definition of Done, so nobody can tell that it is done.\n"
        "Write 2–5 checks that someone else could verify.",
        ["dod 1"],
    ),
    (
        changed(board(wip=[1]), 1, dod=(OPEN,)),
        "finish 1",
        "#1 Item 1 stays in progress: 1 /health answers 200 is open.",
        ["finish 1"],
    ),
    (
        changed(board(wip=[1]), 1, dod=(OPEN, MET, OPEN)),
        "finish 1",
        "#1 Item 1 stays in progress: 1 /health answers 200, 3 /health answers 200 are open.",
        ["finish 1"],
    ),
    (
        board(next=[2, 3, 4], later=[5]),
        "queue 5",
        "NEXT is full: #2, #3, #4. #5 Item 5 was not queued.",
        ["defer 4"],
    ),
    (
        board(wip=[1], next=[4, 3, 2]),
        "queue 1",
        "NEXT is full: #4, #3, #2. #1 Item 1 was not queued.",
        ["defer 2"],
    ),
]


@pytest.mark.parametrize(("on", "move", "words", "on_from_here"), IN_THE_WAY)
def test_what_else_stands_in_the_way_is_said_with_what_to_do(
    on: Board, move: str, words: str, on_from_here: list[str]
) -> None:
    verb, number = move.split()
    refused = refusal(on, verb, int(number))
    assert isinstance(refused, RuleBroken)
    assert str(refused) == words
    assert ways(refused) == on_from_here
    for offer in refused.offers:
        follow(on, offer)


@pytest.mark.parametrize("verb", MAKE)
def test_a_number_that_is_not_on_the_board_is_not_found(verb: str) -> None:
    with pytest.raises(NotFound, match="There is no #999 on this board"):
        MAKE[verb](board(wip=[1]), 999)


def test_what_people_wrote_stays_apart_from_our_words() -> None:
    on = changed(board(done=[1]), 1, title="<!channel> {who} & *bold*")
    refused = refusal(on, "start", 1)
    assert refused.say(str.upper).startswith("*#1 <!CHANNEL> {WHO} & *BOLD** can't be started")


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
    added = moves.add(before, Draft("A title", dod="one\ntwo", scope="where", estimate="2 d"), ALICE, NOW)
    assert shape(added) == after
    new = added.item(before.next_number)
    assert (new.title, new.scope, new.estimate, new.created) == ("A title", "where", "2 d", NOW)
    assert [criterion.text for criterion in new.dod] == ["one", "two"]
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
    assert (done.lane, done.finished, done.finished_by, done.outcome) == (DONE, NOW, ALICE, outcome)
    assert done.started == NOW - timedelta(days=1)
    assert done.owner == BOB


def test_a_finish_by_a_program_is_told_without_a_name() -> None:
    on = moves.finish(board(wip=[1]), 1, None, NOW - timedelta(hours=3), Outcome.CLOSED)
    assert str(refusal(on, "finish", 1)) == "#1 Item 1 was already finished 3 h ago. Nothing was changed."


def test_done_is_in_the_order_of_finishing() -> None:
    on = Board(tuple(item(n, DONE, finished=NOW - timedelta(days=n)) for n in (1, 3, 2)))
    assert numbers(on, DONE) == [3, 2, 1]


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
    assert numbers(after, NEXT) == order
    assert [one.position for one in after.next] == [1, 2, 3]


@pytest.mark.parametrize("position", [0, -1, 3, 10**30])
def test_a_position_that_next_has_not_is_refused(position: int) -> None:
    with pytest.raises(BadInput, match="NEXT holds 1, so a position goes from 1 to 2"):
        moves.queue(board(next=[1], later=[9]), 9, NOW, position)


def test_a_deferred_item_comes_first_in_later_and_next_closes_up() -> None:
    after = moves.defer(moves.defer(board(next=[1, 2, 3], later=[8, 9]), 1, NOW), 2, NOW)
    assert shape(after) == {"next": [3], "later": [2, 1, 8, 9]}
    assert [one.position for one in after.next] == [1]


# Without a number


@pytest.mark.parametrize(
    ("on", "verb", "number"),
    [
        (board(wip=[1], next=[2, 3]), "start", 2),
        (board(wip=[1], next=[2, 3]), "finish", 1),
        (board(wip=[1], next=[2, 3]), "park", 1),
        (board(wip=[1], next=[2, 3]), "tick", 1),
    ],
)
def test_a_verb_without_a_number_means_the_obvious_item(on: Board, verb: str, number: int) -> None:
    assert moves.obvious(on, verb) == number


def test_without_an_obvious_item_a_verb_asks_which() -> None:
    with pytest.raises(NotFound, match="NEXT is empty, so there is nothing to start") as nothing:
        moves.obvious(board(later=[1]), "start")
    assert ways(nothing.value) == []
    with pytest.raises(NotFound, match=r"Nothing is in progress\. Say which item: `/board finish 12`") as which:
        moves.obvious(board(next=[4]), "finish")
    assert ways(which.value) == ["start 4"]
    with pytest.raises(NotFound) as undefined:
        moves.obvious(changed(board(next=[4]), 4, dod=()), "finish")
    assert ways(undefined.value) == []


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s ago"),
        (0, "0 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86399, "23 h ago"),
        (86400, "1 day ago"),
        (172800, "2 days ago"),
    ],
)
def test_ago_is_told_in_the_largest_unit_that_fits(seconds: int, words: str) -> None:
    assert moves.ago(NOW, NOW + timedelta(seconds=seconds)) == words
