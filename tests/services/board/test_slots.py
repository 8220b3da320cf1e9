"""One item in progress for the board or for each person, stored: each item has its own gate, log, undo and finish."""

from datetime import time, timedelta

import pytest

from bot.core.board.dod import Boxes
from bot.core.board.edits import Draft, Edit
from bot.core.board.gate import Question
from bot.core.board.history import sentence
from bot.core.board.model import Lane, Outcome, Slots
from bot.core.people import Person
from bot.core.production.readings import Health, Reading
from bot.errors import NotAllowed, NotFound, RuleBroken
from bot.services.board import finishes, history, items, look, moves
from bot.services.board.items import NewOwner
from bot.services.board.slots import set_slots
from bot.services.digest import checkins, nudges, schedule
from bot.services.production import runs
from bot.store import posts
from bot.store.database import Database
from tests.core.boards import shape
from tests.people import ALICE, BOB, CAROL
from tests.services.stage import CHANNEL, NOW, ONE, add, ask, everything, owed, set_up_facts, story, version

LATER = NOW + timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
def each(db: Database) -> Database:
    """Each person has a slot; #1 is Alice's in progress, #2 Bob's, #3 and #4 wait in NEXT. Alice owns the board."""
    add(db, "Payments", "Search", "Mail", dod=ONE)
    set_slots(db, ask(), Slots.PERSON)
    moves.start(db, ask(ALICE), 1)
    moves.start(db, ask(BOB), 2)
    add(db, "Images", dod=ONE)
    return db


@pytest.fixture(params=Slots)
def either(request: pytest.FixtureRequest, db: Database) -> Database:
    """#1 is Alice's in progress, in either mode; #2 and #3 wait in NEXT."""
    add(db, "Payments", "Search", "Mail", dod=ONE)
    set_slots(db, ask(), request.param)
    moves.start(db, ask(ALICE), 1)
    return db


def finish(db: Database, who: Person, number: int, then: int | None = None) -> moves.Finished:
    items.save_progress(db, ask(who, LATER), number, Boxes({1}), "it works")
    return moves.finish(db, ask(who, LATER), number, outcome=Outcome.CLOSED, then=then)


# Switching


def test_a_switch_is_told_and_can_be_undone(db: Database) -> None:
    add(db, "Payments")
    set_slots(db, ask(), Slots.PERSON)
    set_slots(db, ask(), Slots.PERSON)  # it is so already
    assert story(db)[1:] == ["2 settings one item in progress for each person"]
    assert look.whole(db, CHANNEL).slots is Slots.PERSON
    history.undo(db, ask(at=LATER))
    assert look.whole(db, CHANNEL).slots is Slots.BOARD
    assert story(db)[2:] == ["3 settings as before", "3 undo 2"]
    told = [sentence(event) for event in history.log(db, CHANNEL, None).events]
    assert told[0] == "Alice undid: changed the settings: one item in progress for each person"


def test_a_switch_is_for_owners(db: Database) -> None:
    add(db, "Payments")
    with pytest.raises(NotAllowed, match="Only owners of this board can change its settings"):
        set_slots(db, ask(BOB), Slots.PERSON)


def test_several_in_progress_are_listed_and_nothing_is_switched(each: Database) -> None:
    before = everything(each)
    with pytest.raises(RuleBroken, match="2 items are in progress: #1 Payments, Alice; #2 Search, Bob"):
        set_slots(each, ask(), Slots.BOARD)
    plan, owners = look.look(each, CHANNEL, NOW).plan, (ALICE,)
    with pytest.raises(RuleBroken, match="2 items are in progress"):  # in the dialog all or nothing
        schedule.set_all(each, ask(), plan, (*owners, BOB), Slots.BOARD)
    assert everything(each) == before
    moves.park(each, ask(BOB), None, "no keys yet")
    set_slots(each, ask(), Slots.BOARD)
    assert look.whole(each, CHANNEL).slots is Slots.BOARD


def test_all_settings_are_one_change(db: Database) -> None:
    add(db, "Payments")
    plan = look.look(db, CHANNEL, NOW).plan
    schedule.set_all(db, ask(), plan, (ALICE, BOB), Slots.PERSON)
    assert story(db)[1:] == ["2 settings one item in progress for each person", "2 settings owners Alice, Bob"]
    schedule.set_all(db, ask(), plan, (ALICE, BOB))
    assert look.whole(db, CHANNEL).slots is Slots.PERSON


# Starting, each their own


def test_everybody_starts_one_and_nobody_two(each: Database) -> None:
    with pytest.raises(RuleBroken) as refused:
        moves.start(each, ask(ALICE, NOW + DAY), 3)
    assert str(refused.value) == "Your slot is taken: #1 Payments, 2 days, 0 of 1.\n#3 was not started."
    assert moves.start(each, ask(CAROL), None).owner == CAROL
    assert shape(look.whole(each, CHANNEL)) == {"wip": [1, 2, 3], "next": [4]}


def test_what_is_added_starts_in_one_s_own_slot(each: Database) -> None:
    with pytest.raises(RuleBroken, match="Your slot is taken"):
        moves.add(each, ask(BOB), Draft("Login", dod=ONE), and_start=True)
    started = moves.add(each, ask(CAROL), Draft("Login", dod=ONE), and_start=True)
    assert (started.number, started.lane, started.owner) == (5, Lane.WIP, CAROL)


@pytest.mark.parametrize(("who", "fine"), [(ALICE, False), (CAROL, True)])
def test_the_gate_is_asked_for_whoever_asks(each: Database, who: Person, fine: bool) -> None:
    answers = {answer.question: answer for answer in look.ask_gate(each, ask(who), 3).answers}
    assert answers[Question.WIP].fine is fine


# Finishing


def test_the_next_one_starts_for_whoever_finishes(each: Database) -> None:
    finished = finish(each, ALICE, 1, then=3)
    assert finished.next is not None
    assert (finished.next.number, finished.next.owner) == (3, ALICE)
    assert shape(look.whole(each, CHANNEL)) == {"done": [1], "wip": [2, 3], "next": [4]}


def test_who_finishes_another_s_item_has_still_their_own(each: Database) -> None:
    finished = finish(each, ALICE, 2, then=3)
    assert finished.next is None
    # It stands in the post of the finish, for all to read.
    assert finished.refused == "Alice's slot is taken: #1 Payments, 1 day, 0 of 1. #3 was not started."
    ledger = finishes.read(each, CHANNEL, version(each))
    assert (ledger.item.number, ledger.next, ledger.wanted) == (2, None, 3)


def test_the_next_one_starts_for_the_finisher_whoever_tries_again(each: Database) -> None:
    finish(each, ALICE, 2, then=3)
    moves.park(each, ask(ALICE), None, "no keys yet")
    assert finishes.retry(each, ask(CAROL, LATER), 2) == ("next",)
    assert look.whole(each, CHANNEL).item(3).owner == ALICE


def test_each_finish_is_compared_with_its_own_start(each: Database) -> None:
    set_up_facts(each)
    was, now = (
        runs.keep_run(each, NOW + k * DAY, 5, [Reading("Shop", "script", health)])
        for k, health in enumerate((Health.RED, Health.GREEN))
    )
    runs.checked_at_start(each, CHANNEL, 1, was)
    runs.checked_at_start(each, CHANNEL, 2, now)
    for number, who, start in ((1, ALICE, was), (2, BOB, now)):
        finish(each, who, number)
        change = version(each)
        assert {f"check {CHANNEL}/{change}", f"finish {CHANNEL}/{change}"} <= owed(each)
        runs.checked_after_finish(each, CHANNEL, change, now)
        ledger = finishes.read(each, CHANNEL, change)
        assert ledger.item.number == number
        assert ledger.baseline is not None
        assert ledger.baseline.health == start.health
        assert ledger.comparison is not None


@pytest.mark.parametrize("number", [1, 2])
def test_an_undone_finish_gives_the_slot_back_and_leaves_the_other(each: Database, number: int) -> None:
    who = {1: ALICE, 2: BOB}[number]
    items.save_progress(each, ask(who, LATER), number, Boxes({1}), "it works")
    before = look.whole(each, CHANNEL)
    moves.finish(each, ask(who, LATER), number, then=3)
    history.undo(each, ask(who, LATER))
    assert look.whole(each, CHANNEL) == before


def test_what_is_reopened_waits_for_a_free_slot(each: Database) -> None:
    finish(each, BOB, 2, then=3)
    moves.reopen(each, ask(ALICE), 2, "https://ci/1 is red")
    assert shape(look.whole(each, CHANNEL)) == {"wip": [1, 3], "next": [2, 4]}
    with pytest.raises(RuleBroken, match="Your slot is taken: #3 Mail"):
        moves.start(each, ask(BOB), 2, "it is red")
    assert moves.start(each, ask(CAROL), 2, "it is red").owner == CAROL


# Owners


def test_an_item_in_progress_changes_hands_only_to_a_free_slot(each: Database) -> None:
    before = everything(each)
    with pytest.raises(RuleBroken, match="Bob's slot is taken: #2 Search"):
        items.assign(each, ask(), 1, BOB)
    with pytest.raises(RuleBroken, match="needs an owner"):
        items.assign(each, ask(), 1, None)
    assert everything(each) == before
    assert items.assign(each, ask(), 1, CAROL).owner == CAROL


def test_an_edit_whose_owner_is_refused_changes_no_word(each: Database) -> None:
    before = everything(each)
    with pytest.raises(RuleBroken, match="Bob's slot is taken"):
        items.edit(each, ask(), 1, Edit(title="Refunds"), owner=NewOwner(BOB))
    assert everything(each) == before
    edited = items.edit(each, ask(), 1, Edit(title="Refunds"), owner=NewOwner(CAROL))
    assert (edited.title, edited.owner) == ("Refunds", CAROL)
    assert story(each)[-2:] == [f"{version(each)} edit 1", f"{version(each)} assign 1 Carol"]


# Without a number, in both modes


def test_one_s_own_item_is_meant_and_the_board_s_only_one_where_there_is_none(either: Database) -> None:
    for who in (ALICE, BOB):
        assert items.set_status(either, ask(who), None, f"seen by {who.name}").number == 1
        assert look.finishable(either, ask(who), None).number == 1
        assert look.show(either, CHANNEL, None, "status", who).number == 1
    assert items.tick(either, ask(BOB), None, 1).number == 1
    assert items.block(either, ask(BOB), None, "no keys").flagged
    assert not moves.unblock(either, ask(BOB), None).flagged
    assert moves.park(either, ask(BOB), None, "no keys").lane is Lane.BLOCKED


def test_of_several_others_it_is_asked_which(each: Database) -> None:
    assert [items.set_status(each, ask(who), None, "half way").number for who in (ALICE, BOB)] == [1, 2]
    before = everything(each)
    with pytest.raises(NotFound, match="#1 Payments, Alice; #2 Search, Bob"):
        items.set_status(each, ask(CAROL), None, "half way")
    with pytest.raises(NotFound, match="Say which: `/board park 12`"):
        moves.park(each, ask(CAROL), None, "no keys yet")
    assert everything(each) == before


def test_the_log_of_an_item_is_its_own(each: Database) -> None:
    moves.park(each, ask(BOB), None, "no keys yet")
    told = {number: [event.verb for event in history.log(each, CHANNEL, number).events] for number in (1, 2)}
    assert told == {1: ["start", "add"], 2: ["park", "start", "add"]}


# Check-ins and notes


def test_what_blocks_somebody_flags_their_own_item(each: Database) -> None:
    schedule.set_time(each, ask(at=NOW - DAY), time(9))
    schedule.claim_due(each, CHANNEL, NOW)
    key = f"digest:{CHANNEL}/{NOW:%Y-%m-%d}"
    each.write(posts.intend, key, CHANNEL, NOW)
    each.write(posts.landed, key, "1.000000", NOW)
    for who, number in ((ALICE, 1), (BOB, 2)):
        place = checkins.check_in(each, ask(who, LATER), who, "", "", f"{who.name} waits")
        assert place.item is not None
        assert place.item.number == number
    reasons = {item.number: item.blocked and item.blocked.reason for item in look.whole(each, CHANNEL).in_progress}
    assert reasons == {1: "Alice waits", 2: "Bob waits"}
    assert checkins.check_in(each, ask(CAROL, LATER), CAROL, "", "", "Carol waits").item is None


def test_each_owner_is_asked_for_a_note_of_their_own(each: Database) -> None:
    schedule.set_time(each, ask(at=NOW + timedelta(hours=2)), time(9, 30))  # from tomorrow on
    at = NOW + DAY
    items.set_status(each, ask(CAROL, NOW), 1, "waiting")  # old by tomorrow
    schedule.claim_due(each, CHANNEL, at)
    assert {what for what in owed(each) if what.startswith("nudge")} == {
        f"nudge {CHANNEL}/{at:%Y-%m-%d}/{who.id}" for who in (ALICE, BOB)
    }
    asked = {who: nudges.read(each, CHANNEL, who.id, at) for who in (ALICE, BOB, CAROL)}
    assert {who: nudge and nudge.item.number for who, nudge in asked.items()} == {ALICE: 1, BOB: 2, CAROL: None}
    items.set_status(each, ask(BOB, at), None, "nearly")
    assert nudges.read(each, CHANNEL, BOB.id, at) is None
    assert nudges.read(each, CHANNEL, ALICE.id, at) is not None


def test_only_who_has_an_old_note_is_asked(each: Database) -> None:
    schedule.set_time(each, ask(at=NOW + timedelta(hours=2)), time(9, 30))  # from tomorrow on
    at = NOW + DAY
    items.set_status(each, ask(BOB, at - timedelta(hours=1)), None, "nearly")
    schedule.claim_due(each, CHANNEL, at)
    assert {what for what in owed(each) if what.startswith("nudge")} == {f"nudge {CHANNEL}/{at:%Y-%m-%d}/{ALICE.id}"}


def test_an_answer_of_anybody_s_stands_under_the_owner_s_question(each: Database) -> None:
    schedule.set_time(each, ask(at=NOW + timedelta(hours=2)), time(9, 30))  # from tomorrow on
    at = NOW + DAY
    schedule.claim_due(each, CHANNEL, at)
    each.write(posts.intend, nudges.key(CHANNEL, f"{at:%Y-%m-%d}", BOB.id), "D0BOB", at)
    items.set_status(each, ask(CAROL, at), 2, "nearly, says Bob")
    assert f"nudge {CHANNEL}/{at:%Y-%m-%d}/{BOB.id}/answered" in owed(each)
    answer = nudges.answer(each, CHANNEL, BOB.id, at, at)
    assert answer.item is not None
    assert answer.note is not None
    assert (answer.item.number, answer.note.text) == (2, "nearly, says Bob")
