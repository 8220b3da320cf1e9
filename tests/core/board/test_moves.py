"""Every move from every lane: what it does, or the words of its refusal and the ways on."""

from itertools import product

import pytest

from bot.core.board import moves
from bot.core.board.model import Board, Lane
from bot.core.board.ways import MOVES
from bot.errors import NotFound, RuleBroken, UserError
from tests.core.boards import MAKE, MET, OPEN, board, changed, follow, shape
from tests.people import ALICE

WIP, NEXT, LATER, BLOCKED, DONE, DROPPED = Lane

# From a lane, by a move, to a lane; everything else is refused.
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
    (NEXT, "move"): NEXT,
    (LATER, "move"): LATER,
    (WIP, "drop"): DROPPED,
    (NEXT, "drop"): DROPPED,
    (LATER, "drop"): DROPPED,
    (BLOCKED, "drop"): DROPPED,
    (DONE, "reopen"): NEXT,
}
REFUSED = sorted(set(product(Lane, MAKE)) - LEGAL.keys())

# The words of a refusal: where the item is, and which one the move is for, or why it is for none any more.
HERE = {WIP: "is in progress", NEXT: "is in NEXT", LATER: "is in LATER", BLOCKED: "is parked in BLOCKED"}
ONLY = {
    "start": "an item in NEXT, LATER or BLOCKED can be started",
    "finish": "an item in WIP can be finished",
    "park": "an item in WIP can be parked",
    "unblock": "an item in BLOCKED can be unblocked",
    "queue": "an item in WIP, LATER or BLOCKED can be queued",
    "defer": "an item in NEXT can be deferred",
    "move": "an item in NEXT or LATER can be moved",
    "reopen": "an item in DONE can be reopened",
}
OVER = {
    "start": "can't be started: it was",
    "finish": "can't be finished: it was",
    "park": "can't be parked: it was",
    "unblock": "can't be unblocked: it was",
    "queue": "can't be queued: it was",
    "defer": "can't be deferred: it was",
    "move": "can't be moved: it was",
    "drop": "can't be dropped: it was",
    "reopen": "can't be reopened: it was",
}
TWICE = {(DONE, "finish"), (DROPPED, "drop")}
GONE = {DONE: "finished by Bob 4 s ago", DROPPED: "dropped by Bob 4 s ago"}

WAYS_ON = {
    WIP: ["finish 1", "park 1", "queue 1", "drop 1"],
    NEXT: ["start 1", "defer 1", "drop 1"],
    LATER: ["start 1", "queue 1", "drop 1"],
    BLOCKED: ["start 1", "unblock 1", "queue 1", "drop 1"],
    DONE: ["reopen 1"],
    DROPPED: ["copy 1"],
}


def words(lane: Lane, verb: str) -> str:
    """What the refusal says."""
    if lane in HERE:
        return f"#1 Item 1 {HERE[lane]}, and only {ONLY[verb]}. Nothing was changed."
    why = "was already" if (lane, verb) in TWICE else OVER[verb]
    return f"#1 Item 1 {why} {GONE[lane]}. Nothing was changed."


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
    assert MAKE.keys() | {"add"} == MOVES.keys()
    assert len(LEGAL) == sum(len(move.sources) for move in MOVES.values())
    assert len(LEGAL) + len(REFUSED) == 6 * 9


@pytest.mark.parametrize(("lane", "verb"), LEGAL)
def test_a_legal_move_moves_the_item_and_nothing_else(lane: Lane, verb: str) -> None:
    after = MAKE[verb](alone(lane), 1)
    assert shape(after) == {LEGAL[lane, verb].value: [1]}
    moved = after.item(1)
    assert moved.title == "Item 1"
    assert moved.dod == ((OPEN,) if verb == "reopen" else (MET,))
    assert (moved.blocked is not None) == (moved.lane is BLOCKED)


@pytest.mark.parametrize(("lane", "verb"), LEGAL)
def test_a_move_ends_where_its_row_says(lane: Lane, verb: str) -> None:
    full = board(**{"next": [2, 3, 4], "later": [5], lane.value: [1]} | ({"next": [1, 3, 4]} if lane is NEXT else {}))
    to = MOVES[verb].to or (lane,)
    assert LEGAL[lane, verb] is to[0]
    if verb == "queue":
        assert "NEXT is full" in str(refusal(full, verb, 1))
        return
    after = MAKE[verb](full, 1)
    assert after.item(1).lane is to[-1]
    if MOVES[verb].at == "front":
        assert after.lane(to[-1])[0].number == 1


@pytest.mark.parametrize(("lane", "verb"), REFUSED)
def test_any_other_move_is_refused_in_words_with_the_moves_that_are_legal(lane: Lane, verb: str) -> None:
    refused = refusal(alone(lane), verb, 1)
    assert isinstance(refused, RuleBroken)
    assert str(refused) == words(lane, verb)
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
        "WIP is taken: #1 Item 1, Bob, day 2, no DoD yet.\n#2 was not started.",
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


@pytest.mark.parametrize(("on", "move", "said", "on_from_here"), IN_THE_WAY)
def test_what_else_stands_in_the_way_is_said_with_what_to_do(
    on: Board, move: str, said: str, on_from_here: list[str]
) -> None:
    verb, number = move.split()
    refused = refusal(on, verb, int(number))
    assert isinstance(refused, RuleBroken)
    assert str(refused) == said
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
    assert moves.obvious(on, verb, ALICE) == number


def test_without_an_obvious_item_a_verb_asks_which() -> None:
    with pytest.raises(NotFound, match="NEXT is empty, so there is nothing to start") as nothing:
        moves.obvious(board(later=[1]), "start", ALICE)
    assert ways(nothing.value) == ["start 1"]
    with pytest.raises(NotFound, match=r"Nothing is in progress\. Say which item: `/board finish 12`") as which:
        moves.obvious(board(next=[4]), "finish", ALICE)
    assert ways(which.value) == ["start 4"]
    with pytest.raises(NotFound) as undefined:
        moves.obvious(changed(board(next=[4]), 4, dod=()), "finish", ALICE)
    assert ways(undefined.value) == ["dod 4"]
