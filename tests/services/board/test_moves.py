"""Each move as somebody asks for it: one change, its events, and what is owed for it; or nothing at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.board.dod import Boxes, Vague
from bot.core.board.edits import Draft, Edit
from bot.core.board.model import Lane, Outcome
from bot.core.digest.schedule import Plan
from bot.errors import BadInput, NotAllowed, NotFound, RuleBroken, UserError
from bot.services.board import finishes, history, items, look, moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.production import watching
from bot.store.database import Database
from tests.core.boards import shape
from tests.people import ALICE, BOB, CAROL
from tests.services.stage import (
    CHANNEL,
    NOW,
    ONE,
    THREE,
    add,
    as_told,
    ask,
    begin,
    debts,
    everything,
    owed,
    replayed,
    rows,
    set_up_facts,
    story,
    version,
)

LATER = NOW + timedelta(minutes=1)

# After two items were added, the first with criteria and the second in progress: what is asked for, and its events.
ASKED: list[tuple[Callable[[Database, Ask], object], list[str]]] = [
    (lambda db, by: moves.add(db, by, Draft("Third")), ["5 add 3"]),
    (lambda db, by: moves.defer(db, by, 1), ["5 defer 1"]),
    (lambda db, by: moves.park(db, by, 2, "no keys yet"), ["5 park 2 no keys yet"]),
    (lambda db, by: moves.park(db, by, None, "no keys yet"), ["5 park 2 no keys yet"]),
    (lambda db, by: moves.queue(db, by, 2, 1, "keys are missing"), ["5 queue 2 keys are missing"]),
    (lambda db, by: moves.finish(db, by, 2), ["5 finish 2"]),
    (lambda db, by: moves.finish(db, by, 2, then=1), ["5 finish 2", "5 start 1"]),
    (lambda db, by: items.write_dod(db, by, 1, THREE), ["5 dod 1"]),
    (lambda db, by: items.tick(db, by, 1, 2), ["5 tick 1 1"]),
    (lambda db, by: items.set_status(db, by, None, " Waiting & <!here> "), ["5 status 2 Waiting & <!here>"]),
    (lambda db, by: items.save_progress(db, by, 2, Boxes(set()), "so far"), ["5 tick 2 -1"]),
    (lambda db, by: moves.drop(db, by, 1, " nobody needs it "), ["5 drop 1 nobody needs it"]),
    (lambda db, by: moves.drop(db, by, 2, "nobody needs it"), ["5 drop 2 nobody needs it"]),
    (lambda db, by: items.untick(db, by, None, 1), ["5 untick 2 -1"]),
    (
        lambda db, by: items.show_evidence(db, by, 2, 1, "https://ci/1"),
        ["5 evidence 2 /one answers 200 — https://ci/1"],
    ),
    (lambda db, by: items.edit(db, by, 1, Edit(title="New")), ["5 edit 1"]),
    (lambda db, by: items.assign(db, by, 1, CAROL), ["5 assign 1 Carol"]),
    (lambda db, by: items.assign(db, by, 2, None), ["5 assign 2 nobody"]),
    (lambda db, by: items.block(db, by, None, " no keys "), ["5 block 2 no keys"]),
]


def stage(db: Database) -> None:
    add(db, "First")
    add(db, "Second", dod=ONE)
    moves.start(db, ask(), 2)
    items.tick(db, ask(), None, 1)


@pytest.mark.parametrize(("service", "events"), ASKED)
def test_what_is_asked_for_is_one_change_with_its_events(
    db: Database, service: Callable[[Database, Ask], object], events: list[str]
) -> None:
    stage(db)
    service(db, ask(BOB, LATER))
    assert version(db) == 5
    assert story(db) == ["1 add 1", "2 add 2", "3 start 2", "4 tick 2 1", *events]
    assert {(row.who, row.at) for row in rows(db)[4:]} == {(BOB.id, LATER)}
    assert replayed(db) == as_told(look.whole(db, CHANNEL))
    assert f"board {CHANNEL}" in owed(db)


# On the same board: what is refused.
REFUSED: list[tuple[Callable[[Database, Ask], object], type[UserError], str]] = [
    (lambda db, by: moves.add(db, by, Draft("x" * 5000)), BadInput, "The title is 5,000 characters long"),
    (lambda db, by: moves.add(db, by, Draft("Third", dod=ONE), and_start=True), RuleBroken, "WIP is taken: #2 Second"),
    (lambda db, by: moves.start(db, by, 999), NotFound, "There is no #999 on this board"),
    (lambda db, by: moves.start(db, by, 0), NotFound, "There is no #0 on this board"),
    (lambda db, by: moves.start(db, by, None), RuleBroken, "WIP is taken: #2 Second"),
    (lambda db, by: moves.finish(db, by, 1), RuleBroken, "#1 First is in NEXT"),
    (lambda db, by: moves.park(db, by, 2, " "), BadInput, "Why does it wait"),
    (lambda db, by: moves.park(db, by, None, "x" * 3001), BadInput, "The reason is 3,001 characters long"),
    (lambda db, by: moves.unblock(db, by, 1), RuleBroken, "#1 First is in NEXT"),
    (lambda db, by: moves.queue(db, by, 1, None, ""), RuleBroken, "#1 First is in NEXT"),
    (lambda db, by: moves.queue(db, by, 2, 9, "why"), BadInput, "a position goes from 1 to 2"),
    (lambda db, by: moves.defer(db, by, 2), RuleBroken, "#2 Second is in progress"),
    (lambda db, by: moves.move(db, by, 2, "up"), RuleBroken, "#2 Second is in progress"),
    (lambda db, by: moves.move(db, by, 1, "2"), BadInput, "a position from 1 to 1"),
    (lambda db, by: moves.drop(db, by, 1, " "), BadInput, "Why is it dropped"),
    (lambda db, by: moves.drop(db, by, 0, "why"), NotFound, "There is no #0"),
    (lambda db, by: moves.reopen(db, by, 2, "why"), RuleBroken, "#2 Second is in progress"),
    (lambda db, by: items.untick(db, by, 1, 1), RuleBroken, "1 /one answers 200 is open already"),
    (lambda db, by: items.waive(db, by, 2, 1, "no data"), NotAllowed, "Only owners of this board can waive"),
    (lambda db, by: items.waive(db, by, 2, 1, ""), BadInput, "Why need it not be met"),
    (lambda db, by: items.waive(db, by, 2, 2, "no data"), BadInput, "there is no 2"),
    (lambda db, by: items.show_evidence(db, by, 1, 1, "x" * 501), BadInput, "The evidence is 501 characters long"),
    (lambda db, by: items.edit(db, by, 1, Edit(title=" ")), BadInput, "An item needs a title"),
    (lambda db, by: items.assign(db, by, 99, BOB), NotFound, "There is no #99"),
    (lambda db, by: items.block(db, by, 1, "no keys"), RuleBroken, "only an item in progress can be flagged"),
    (lambda db, by: items.write_dod(db, by, 1, "it works"), Vague, "“it works” can't be checked"),
    (lambda db, by: moves.add(db, by, Draft("Third", dod="it works")), Vague, "“it works” can't be checked"),
    (lambda db, by: schedule.set_zone(db, by, "Europe/Athens"), NotAllowed, "can change its settings: Alice"),
    (lambda db, by: schedule.set_all(db, by, Plan(), (BOB,)), NotAllowed, "can change its settings: Alice"),
    (lambda db, by: history.undo(db, by), NotAllowed, "The last change is Alice's"),
    (lambda db, by: items.write_dod(db, by, 1, ""), BadInput, "Write at least one check"),
    (lambda db, by: items.tick(db, by, None, 1), RuleBroken, "1 /one answers 200 is already met"),
    (lambda db, by: items.tick(db, by, 1, 3), BadInput, "there is no 3"),
    (lambda db, by: items.set_status(db, by, None, "  "), BadInput, "What is the status"),
    (lambda db, by: items.set_status(db, by, 0, "text"), NotFound, "There is no #0"),
    (lambda db, by: items.set_status(db, by, 1, "x" * 3001), BadInput, "The note is 3,001 characters long"),
    (lambda db, by: items.save_progress(db, by, 1, Boxes(set()), ""), RuleBroken, "#1 First is in NEXT"),
    (
        lambda db, by: items.save_progress(db, by, 2, Boxes(set()), "x" * 3001),
        BadInput,
        "The result is 3,001 characters",
    ),
]


@pytest.mark.parametrize(
    ("service", "kind", "words"), REFUSED, ids=lambda value: value[:30] if isinstance(value, str) else ""
)
def test_what_is_refused_changes_nothing_and_owes_nothing(
    db: Database, service: Callable[[Database, Ask], object], kind: type[UserError], words: str
) -> None:
    stage(db)
    before = everything(db)
    with pytest.raises(kind) as caught:
        service(db, ask(CAROL, LATER))
    assert words in str(caught.value)
    assert everything(db) == before


def test_a_refusal_on_a_board_that_is_not_there_yet_makes_none(db: Database) -> None:
    with pytest.raises(NotFound, match="NEXT is empty"):
        moves.start(db, ask(), None)
    assert version(db) == 0
    assert look.whole(db, CHANNEL).items == ()
    assert debts(db) == []


def test_an_item_added_to_start_at_once_does_both_in_one_change(db: Database) -> None:
    item = moves.add(db, ask(), Draft("Payments", dod=ONE), and_start=True)
    assert (item.lane, item.owner, item.number) == (Lane.WIP, ALICE, 1)
    assert story(db) == ["1 add 1", "1 start 1"]


def test_an_item_that_could_not_start_at_once_is_not_added_and_takes_no_number(db: Database) -> None:
    with pytest.raises(RuleBroken, match="has no Definition of Done"):
        moves.add(db, ask(), Draft("Payments"), and_start=True)
    assert moves.add(db, ask(), Draft("Search")).number == 1


@pytest.mark.parametrize(
    ("outcome", "has_facts", "checks"), [(Outcome.CLOSED, False, "none"), (Outcome.STABLE, True, "owed")]
)
def test_a_finish_owes_its_post_and_the_prod_facts_that_are_set_up(
    db: Database, outcome: Outcome, has_facts: bool, checks: str
) -> None:
    change = begin(db, "Payments", "Search") + 1
    set_up_facts(db, CHANNEL if has_facts else "C0OTHER")
    done = moves.finish(db, ask(BOB, LATER), 1, outcome=outcome, then=2)
    assert (done.item.outcome, done.item.finished_by, done.item.finished) == (outcome, BOB, LATER)
    assert done.next is not None
    assert (done.next.number, done.next.lane, done.refused) == (2, Lane.WIP, "")
    facts = {f"check {CHANNEL}/{change}", f"baseline {CHANNEL}/2"} if has_facts else set()
    assert owed(db) == {f"board {CHANNEL}", f"finish {CHANNEL}/{change}", f"seal {CHANNEL}/{change}"} | facts
    ledger = finishes.read(db, CHANNEL, change)
    assert (ledger.item, ledger.next, ledger.refused, ledger.checks) == (done.item, done.next, "", checks)


def test_start_and_finish_ask_the_same_whether_facts_are_set_up(db: Database) -> None:
    """Before anybody asked production for the first time, and after the last fact was taken away."""
    add(db, "Payments", "Search", dod=ONE)
    set_up_facts(db)
    moves.start(db, ask(), 1)
    assert f"baseline {CHANNEL}/1" in owed(db)
    items.tick(db, ask(), 1, 1)
    watching.configure(db, (), NOW)
    moves.finish(db, ask(BOB, LATER), 1, then=2)
    assert {what.split()[0] for what in owed(db)} == {"board", "baseline", "finish", "seal"}
    assert f"baseline {CHANNEL}/2" not in owed(db)
    assert not look.look(db, CHANNEL, LATER).has_facts


# What became of the next item meanwhile, and why it does not start.
NOT_STARTED: list[tuple[Callable[[Database], object], str]] = [
    (
        lambda db: items.write_dod(db, ask(), 1, ONE),
        "#2 Search has no Definition of Done, so it can't start. Write 2–5 checks that someone else could verify.",
    ),
    (
        lambda db: done_meanwhile(db),
        "#2 Search can't be started: it was finished by Carol 1 min ago. Nothing was changed.",
    ),
]


def done_meanwhile(db: Database) -> None:
    moves.park(db, ask(), 1, "no keys yet")
    items.write_dod(db, ask(), 2, ONE)
    moves.start(db, ask(), 2)
    items.tick(db, ask(), 2, 1)
    moves.finish(db, ask(CAROL), 2)
    moves.start(db, ask(), 1)


@pytest.mark.parametrize(("meanwhile", "words"), NOT_STARTED)
def test_a_next_item_that_is_refused_leaves_the_finish_and_says_why(
    db: Database, meanwhile: Callable[[Database], object], words: str
) -> None:
    begin(db, "Payments")
    moves.add(db, ask(), Draft("Search"))
    meanwhile(db)
    change = version(db) + 1
    done = moves.finish(db, ask(BOB, LATER), 1, then=2)
    assert (done.item.lane, done.next, done.refused) == (Lane.DONE, None, words)
    assert story(db)[-1] == f"{change} finish 1"
    assert version(db) == change
    ledger = finishes.read(db, CHANNEL, change)
    assert (ledger.item.number, ledger.next, ledger.refused) == (1, None, words)


def test_a_next_item_that_is_not_there_leaves_the_finish(db: Database) -> None:
    begin(db, "Payments")
    assert "There is no #77" in moves.finish(db, ask(), 1, then=77).refused
    assert shape(look.whole(db, CHANNEL)) == {"done": [1]}


def test_a_second_finish_is_told_who_was_first_and_changes_nothing(db: Database) -> None:
    begin(db, "Payments", "Search")
    moves.finish(db, ask(BOB), 1, then=2)
    before = (look.whole(db, CHANNEL), story(db), owed(db))
    with pytest.raises(RuleBroken) as caught:
        moves.finish(db, ask(ALICE, NOW + timedelta(seconds=4)), 1, then=2)
    assert str(caught.value) == "#1 Payments was already finished by Bob 4 s ago. Nothing was changed."
    assert (look.whole(db, CHANNEL), story(db), owed(db)) == before


def test_a_program_is_nobody(db: Database) -> None:
    moves.add(db, ask(who=None), Draft("Payments", dod=ONE), and_start=True)
    assert look.show(db, CHANNEL, 1).owner is None
    assert {row.who for row in rows(db)} == {None}


TEXTS = ["Πληρωμές", "תשלומים", "🚀👩‍👩‍👧‍👦", "<!channel> & <@U0BOB>", "'; DROP TABLE item; --", "\u202eright to left"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_people_write_comes_back_as_they_wrote_it(db: Database, text: str) -> None:
    moves.add(db, ask(), Draft(text, scope=text, dod=text, estimate=text, keep=True), and_start=True)
    items.set_status(db, ask(), None, text)
    items.save_progress(db, ask(), 1, Boxes({1}), text)
    moves.park(db, ask(), None, text)
    item = look.show(db, CHANNEL, 1)
    assert item.status is not None
    assert item.blocked is not None
    written = [item.title, item.scope, item.dod[0].text, item.estimate, item.status.text, item.result]
    assert [*written, item.blocked.reason] == [text] * 7
    assert replayed(db) == as_told(look.whole(db, CHANNEL))
