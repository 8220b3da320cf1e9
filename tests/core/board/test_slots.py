"""One item in progress for the board, or for each person: who holds a slot, and the ways on where it is taken."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.board import edits, gate, moves
from bot.core.board.gate import Question
from bot.core.board.model import Board, Item, Lane, Outcome, Slots
from bot.core.board.slots import switched
from bot.core.board.ways import is_open
from bot.core.people import Person
from bot.errors import NotFound, RuleBroken, UserError
from tests.core.boards import MAKE, MET, NOW, OPEN, board, changed, numbers
from tests.people import ALICE, BOB, CAROL


def for_each(*owners: Person | None, **lanes: list[int]) -> Board:
    """A board with a slot for each person: these own what is in progress, from #1 on, each a day longer than the next.

    `lanes`: what stands elsewhere.
    """
    on = board(wip=[*range(1, len(owners) + 1)], **lanes)
    started = {k: NOW - timedelta(days=len(owners) - k + 1) for k in range(1, len(owners) + 1)}
    of = [replace(on.item(k), owner=owner, started=started[k]) for k, owner in enumerate(owners, 1)]
    return replace(on.having(of), slots=Slots.PERSON)


def ways(refused: UserError) -> list[str]:
    return [f"{offer.verb} {offer.argument}" for offer in refused.offers]


# What is in progress


def test_what_is_in_progress_stands_in_the_order_in_which_it_was_started() -> None:
    on = for_each(ALICE, BOB, CAROL)
    assert [item.number for item in on.in_progress] == [1, 2, 3]
    swapped = changed(on, 1, started=NOW)
    assert [item.number for item in swapped.in_progress] == [2, 3, 1]
    assert [item.number for item in changed(swapped, 2, started=None).in_progress] == [3, 1, 2]


def test_the_only_item_in_progress_is_the_board_s_and_of_several_none_is() -> None:
    assert board().wip is None
    assert board(wip=[1]).wip == board(wip=[1]).item(1)
    assert for_each(ALICE).wip == for_each(ALICE).item(1)
    assert for_each(ALICE, BOB).wip is None


def test_everybody_has_their_own_in_progress_by_their_id_whatever_they_are_called_now() -> None:
    on = for_each(ALICE, BOB)
    assert on.in_progress_of(ALICE.id) == on.item(1)
    assert on.in_progress_of(BOB.id) == on.item(2)
    assert on.in_progress_of(CAROL.id) is None
    assert on.holder(Person(BOB.id, "Robert")) == on.item(2)
    assert on.holder(CAROL) is None
    assert board(wip=[1]).holder(CAROL) == board(wip=[1]).item(1)  # the board's slot is anybody's
    assert board(wip=[1]).in_progress_of(CAROL.id) is None


# Starting


@pytest.mark.parametrize("owner", [None, ALICE, BOB, CAROL])
def test_who_starts_with_a_slot_of_their_own_becomes_the_owner(owner: Person | None) -> None:
    on = changed(for_each(ALICE, next=[5]), 5, owner=owner)
    started = moves.start(on, 5, BOB, NOW).item(5)
    assert (started.lane, started.owner) == (Lane.WIP, BOB)


def test_a_taken_slot_names_its_item_its_days_and_the_ways_on() -> None:
    on = changed(for_each(ALICE, next=[5], later=[6]), 1, title="Payments", dod=(MET, OPEN))
    with pytest.raises(RuleBroken) as refused:
        moves.start(on, 6, ALICE, NOW)
    assert str(refused.value) == "Your slot is taken: #1 Payments, 2 days, 1 of 2.\n#6 was not started."
    assert ways(refused.value) == ["finish 1", "park 1", "queue 6 1"]


def test_a_slot_taken_today_is_taken_for_one_day() -> None:
    on = changed(for_each(ALICE, next=[5]), 1, started=NOW)
    with pytest.raises(RuleBroken, match="Your slot is taken: #1 Item 1, 1 day, 1 of 1"):
        moves.start(on, 5, Person(ALICE.id, "Alice, married"), NOW)


def test_a_program_starts_for_the_owner_and_for_nobody_it_starts_nothing() -> None:
    on = for_each(ALICE, next=[5, 6, 7])
    on = changed(changed(on, 5, owner=BOB), 6, owner=ALICE)
    assert moves.start(on, 5, None, NOW).item(5).owner == BOB
    with pytest.raises(RuleBroken, match="Alice's slot is taken: #1 Item 1"):
        moves.start(on, 6, None, NOW)
    with pytest.raises(RuleBroken) as nobodys:
        moves.start(on, 7, None, NOW)
    assert str(nobodys.value) == (
        "#7 Item 7 needs an owner: on this board each person has one item in progress, so it can't start."
    )
    assert ways(nobodys.value) == ["assign 7"]


@pytest.mark.parametrize(("who", "may"), [(ALICE, False), (BOB, True), (None, False)])
def test_a_start_is_offered_to_those_whose_slot_is_free(who: Person | None, may: bool) -> None:
    on = for_each(ALICE, next=[5])
    assert is_open(on, "start", on.item(5), who) is may
    assert is_open(board(wip=[1], next=[5]), "start", board(wip=[1], next=[5]).item(5), who) is False
    with pytest.raises(RuleBroken) as refused:
        moves.park(on, 5, NOW, "no keys yet", by=who)
    assert ("start 5" in ways(refused.value)) is may


@pytest.mark.parametrize("verb", sorted(MAKE))
def test_every_move_of_one_leaves_what_others_have_in_progress(verb: str) -> None:
    on = for_each(BOB, CAROL, next=[5], later=[6], blocked=[7], done=[8])
    number = {"start": 5, "unblock": 7, "queue": 6, "defer": 5, "move": 5, "reopen": 8}.get(verb, 1)
    after = MAKE[verb](on, number)
    assert after.item(2) == on.item(2)
    assert (after.item(1) == on.item(1)) == (number != 1)


def test_the_finisher_s_next_item_is_their_own() -> None:
    on = moves.finish(for_each(ALICE, BOB, next=[5]), 1, ALICE, NOW, Outcome.CLOSED)
    assert moves.start(on, 5, ALICE, NOW).item(5).owner == ALICE
    with pytest.raises(RuleBroken, match="Your slot is taken: #2"):
        moves.start(on, 5, BOB, NOW)


# Owners


def test_an_item_in_progress_goes_to_whoever_has_a_free_slot() -> None:
    on = for_each(ALICE, BOB)
    assert edits.assign(on, 1, CAROL, NOW).item(1).owner == CAROL
    assert edits.assign(on, 1, ALICE, NOW) == on


def test_an_item_in_progress_does_not_go_to_whoever_has_one() -> None:
    on = for_each(ALICE, BOB)
    with pytest.raises(RuleBroken) as refused:
        edits.assign(on, 1, BOB, NOW, by=ALICE)
    assert str(refused.value) == "Bob's slot is taken: #2 Item 2, 2 days, 1 of 1.\n#1 was not given to Bob."
    assert ways(refused.value) == ["finish 2", "park 2", "assign 1", "park 1"]
    with pytest.raises(RuleBroken, match=r"Your slot is taken: #2 .*\n#1 was not given to you\."):
        edits.assign(on, 1, BOB, NOW, by=BOB)


def test_an_item_in_progress_stays_with_somebody() -> None:
    with pytest.raises(RuleBroken) as refused:
        edits.assign(for_each(ALICE), 1, None, NOW)
    assert str(refused.value) == (
        "#1 Item 1 needs an owner: on this board each person has one item in progress, so it stays with Alice."
    )
    assert ways(refused.value) == ["assign 1", "park 1"]


@pytest.mark.parametrize("lane", ["next", "later", "blocked"])
def test_what_is_not_in_progress_may_be_anybody_s_or_nobody_s(lane: str) -> None:
    on = for_each(ALICE, BOB, **{lane: [5]})
    assert edits.assign(on, 5, ALICE, NOW).item(5).owner == ALICE
    assert edits.assign(on, 5, None, NOW).item(5).owner is None


def test_on_a_board_with_one_slot_it_does_not_matter_whose_an_item_is() -> None:
    on = board(wip=[1], next=[2])
    assert edits.assign(on, 1, None, NOW).item(1).owner is None
    assert edits.assign(on, 1, ALICE, NOW).item(1).owner == ALICE


# Without a number


@pytest.mark.parametrize("verb", ["finish", "park", "block", "status", "show", "tick"])
def test_a_verb_without_a_number_means_one_s_own_item(verb: str) -> None:
    on = for_each(ALICE, BOB)
    assert [moves.obvious(on, verb, who) for who in (ALICE, BOB)] == [1, 2]


def test_without_one_of_their_own_it_means_the_board_s_only_one() -> None:
    assert moves.obvious(for_each(ALICE), "park", CAROL) == 1
    assert moves.obvious(for_each(ALICE), "park", None) == 1


@pytest.mark.parametrize(
    ("verb", "typed", "offered"),
    [
        ("park", "`/board park 12`", ["park 1", "park 2"]),
        ("tick", "`/board tick 12 1`", []),
        ("show", "`/board show 12`", []),
    ],
)
def test_of_several_others_it_asks_which(verb: str, typed: str, offered: list[str]) -> None:
    with pytest.raises(NotFound) as refused:
        moves.obvious(for_each(ALICE, BOB), verb, CAROL)
    assert str(refused.value) == (
        f"You have nothing in progress, and several others are: #1 Item 1, Alice; #2 Item 2, Bob. Say which: {typed}."
    )
    assert ways(refused.value) == offered


def test_of_many_the_first_are_named() -> None:
    people = [Person(f"U{k}", f"Person {k}") for k in range(60)]
    with pytest.raises(NotFound) as refused:
        moves.obvious(for_each(*people), "park", CAROL)
    assert "#5 Item 5, Person 4; and 55 more. Say which" in str(refused.value)
    assert len(refused.value.offers) == 5


def test_one_s_own_flag_is_taken_off_before_the_board_s_only_one_that_waits() -> None:
    on = for_each(ALICE, BOB, blocked=[5])
    for number in (1, 2):
        on = moves.block(on, number, NOW, "no keys yet")
    assert moves.obvious(on, "unblock", BOB) == 2
    with pytest.raises(NotFound, match="Several items wait") as refused:
        moves.obvious(on, "unblock", CAROL)
    assert ways(refused.value) == ["unblock 1", "unblock 2", "unblock 5"]
    assert moves.obvious(for_each(ALICE, blocked=[5]), "unblock", ALICE) == 5


def test_what_comes_next_is_one_queue_for_everybody() -> None:
    assert moves.obvious(for_each(ALICE, next=[5, 6]), "start", ALICE) == 5
    assert moves.obvious(for_each(ALICE, next=[5, 6]), "start", BOB) == 5


# The gate


@pytest.mark.parametrize(
    ("by", "blocks", "words"),
    [
        (ALICE, True, "Your slot is taken: *#1 Item 1*, 2 days, 1 of 1."),
        (BOB, False, "Your slot is free."),
        (None, True, "It has no owner, and an item in progress needs one on this board."),
    ],
)
def test_the_gate_asks_for_the_slot_of_whoever_asks(by: Person | None, blocks: bool, words: str) -> None:
    on = for_each(ALICE, next=[5])
    answer = _slot(on, on.item(5), by)
    assert (answer.blocks, answer.fine, answer.say()) == (blocks, not blocks, words)


def test_the_gate_asks_for_a_program_whether_the_owner_s_slot_is_free() -> None:
    on = changed(for_each(ALICE, next=[5]), 5, owner=BOB)
    assert _slot(on, on.item(5), None).say() == "Bob's slot is free."
    assert _slot(on, on.item(1), BOB).say() == "It is in progress."


def _slot(on: Board, item: Item, by: Person | None) -> gate.Answer:
    return next(a for a in gate.questions(on, item, (), None, NOW, by=by) if a.question is Question.WIP)


# Switching


def test_a_board_with_one_or_nothing_in_progress_is_switched_either_way() -> None:
    for on in (board(next=[1]), board(wip=[1], next=[2])):
        each = switched(on, Slots.PERSON)
        assert each == replace(on, slots=Slots.PERSON)
        assert switched(each, Slots.BOARD) == on


def test_several_in_progress_can_t_be_the_board_s_one_and_are_listed() -> None:
    with pytest.raises(RuleBroken) as refused:
        switched(for_each(ALICE, BOB, next=[5]), Slots.BOARD)
    assert str(refused.value) == (
        "2 items are in progress: #1 Item 1, Alice; #2 Item 2, Bob. "
        "For the board there is one: finish or park the others, then switch. Nothing was changed."
    )
    assert ways(refused.value) == ["park 1", "park 2"]


def test_what_nobody_owns_can_t_be_somebody_s_one() -> None:
    with pytest.raises(RuleBroken) as refused:
        switched(changed(board(wip=[1]), 1, owner=None), Slots.PERSON)
    assert str(refused.value) == (
        "In progress without an owner: #1 Item 1. With one item for each person, each is somebody's: "
        "assign it, then switch. Nothing was changed."
    )
    assert ways(refused.value) == ["assign 1"]


def test_next_is_one_queue_of_three_in_both() -> None:
    on = for_each(ALICE, BOB, next=[5, 6, 7], later=[8])
    with pytest.raises(RuleBroken, match="NEXT is full"):
        moves.queue(on, 8, NOW)
    assert numbers(moves.start(on, 6, CAROL, NOW), Lane.NEXT) == [5, 7]
