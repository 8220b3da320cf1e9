"""Undo: every kind of change is walked back to the last field, as one more event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.board.dod import Boxes
from bot.core.board.edits import Draft, Edit
from bot.core.board.history import number_of
from bot.core.board.model import Board, Lane, Outcome
from bot.core.digest.schedule import Plan
from bot.core.people import Person
from bot.errors import RuleBroken
from bot.services.board import finishes, history, items, look, moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.documents import importing
from bot.store.board import boards
from bot.store.database import Database
from tests.core.boards import MET, OPEN, board, changed, shape
from tests.people import ALICE, BOB, CAROL
from tests.services.stage import CHANNEL, NOW, THREE, ask, debts, exported, owed, rows, set_up_facts, version
from tests.store.stage import keep, kept

LATER = NOW + timedelta(minutes=1)
AT_LAST = LATER + timedelta(minutes=10)  # what was changed at LATER can just be undone
TITLES = ["Payments", "Search", "Mail", "Images", "Backups", "Login", "Exports", "Invoices"]
DOCUMENT = """# NEXT 7D

## WIP

- In progress elsewhere

## NEXT

1. Brought in
2. Also brought in

## Rules

Nobody starts a second thing.
"""


@pytest.fixture
def full(db: Database) -> Database:
    """A board of alice's with something in every lane and room for one in NEXT; nothing has happened on it yet."""
    on = board(wip=[1], next=[2, 3], later=[4, 5], blocked=[6], done=[7, 8])
    for number, title in enumerate(TITLES, 1):
        on = changed(on, number, title=title)
    on = changed(changed(on, 2, dod=(OPEN, MET)), 8, outcome=Outcome.STABLE)
    record = keep(db, on)
    with db.begin() as tx:
        boards.set_owners(tx, record, (ALICE,))
    return db


Deed = Callable[[Database, Ask], object]


def park(db: Database, by: Ask) -> object:
    return moves.park(db, by, 1, "no keys", date(2026, 3, 9))


def add(db: Database, by: Ask) -> object:
    return moves.add(db, by, Draft("New", scope="where", dod=THREE, estimate="2 d"))


# Every verb on that board; where there are more, the last is undone.
CHANGES: dict[str, tuple[Deed, ...]] = {
    "add": (add,),
    "add to LATER": (add, add),
    "add and start": (park, lambda db, by: moves.add(db, by, Draft("New", dod=THREE), and_start=True)),
    "start from NEXT": (park, lambda db, by: moves.start(db, by, 2)),
    "start from LATER": (park, lambda db, by: moves.start(db, by, 5)),
    "start from BLOCKED": (park, lambda db, by: moves.start(db, by, 6)),
    "finish": (lambda db, by: moves.finish(db, by, 1),),
    "finish and start": (lambda db, by: moves.finish(db, by, 1, outcome=Outcome.STABLE, then=2),),
    "park": (park,),
    "unblock": (lambda db, by: moves.unblock(db, by, 6),),
    "unblock to LATER": (add, lambda db, by: moves.unblock(db, by, 6)),
    "queue": (lambda db, by: moves.queue(db, by, 5, 1, ""),),
    "queue from WIP": (lambda db, by: moves.queue(db, by, 1, 2, "no keys"),),
    "queue from BLOCKED": (lambda db, by: moves.queue(db, by, 6, None, ""),),
    "defer": (lambda db, by: moves.defer(db, by, 2),),
    "move in NEXT": (lambda db, by: moves.move(db, by, 2, "last"),),
    "move in LATER": (lambda db, by: moves.move(db, by, 5, "first"),),
    "move without room": (lambda db, by: moves.defer(db, by, 2), lambda db, by: moves.move(db, by, 5, "2")),
    "drop from WIP": (lambda db, by: moves.drop(db, by, 1, "nobody needs it"),),
    "drop from NEXT": (lambda db, by: moves.drop(db, by, 2, "nobody needs it"),),
    "drop from BLOCKED": (lambda db, by: moves.drop(db, by, 6, "nobody needs it"),),
    "reopen CLOSED": (lambda db, by: moves.reopen(db, by, 7, "https://ci/2 is red"),),
    "reopen STABLE": (add, lambda db, by: moves.reopen(db, by, 8, "it is slow again")),
    "dod": (lambda db, by: items.write_dod(db, by, 2, f"{THREE}\nit works", keep=True),),
    "tick": (lambda db, by: items.tick(db, by, 2, 1),),
    "untick": (lambda db, by: items.untick(db, by, 1, 1),),
    "tick in the dialog": (lambda db, by: items.save_progress(db, by, 1, Boxes(set()), "nearly"),),
    "waive": (lambda db, by: items.waive(db, by, 2, 2, "no data yet"),),
    "evidence": (lambda db, by: items.show_evidence(db, by, 1, 1, "https://ci/1"),),
    "edit": (lambda db, by: items.edit(db, by, 4, Edit("Ω", "s", "2 d", "high", "https://a/1", "n")),),
    "assign": (lambda db, by: items.assign(db, by, 2, CAROL),),
    "assign to nobody": (lambda db, by: items.assign(db, by, 1, None),),
    "block": (lambda db, by: items.block(db, by, None, "no keys", date(2026, 3, 9)),),
    "take the flag off": (
        lambda db, by: items.block(db, by, None, "no keys"),
        lambda db, by: moves.unblock(db, by, 1),
    ),
    "status": (lambda db, by: items.set_status(db, by, None, "waiting"),),
    "import": (lambda db, by: importing.import_document(db, by, DOCUMENT),),
    "settings": (lambda db, by: schedule.set_all(db, by, Plan(time(9), frozenset({0}), "Asia/Tokyo"), (BOB, ALICE)),),
    "time": (lambda db, by: schedule.set_time(db, by, time(8, 30)),),
}


def as_it_stands(db: Database) -> tuple[Plan, tuple[Person, ...], str | None, Board]:
    """Everything that a change can change."""
    record = kept(db)
    return record.plan, record.owners, record.document, record.board


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_walked_back_by_one_more(full: Database, change: str) -> None:
    *before_it, deed = CHANGES[change]
    for earlier in before_it:
        earlier(full, ask())
    *settings, on = as_it_stands(full)
    told = len(rows(full))
    deed(full, ask(at=LATER))
    done = rows(full)
    assert as_it_stands(full) != (*settings, on)

    undone = history.undo(full, ask(at=AT_LAST))

    *same_settings, back = as_it_stands(full)
    assert same_settings == settings
    assert back.items[: len(on.items)] == on.items
    assert {(item.lane, item.result) for item in back.items[len(on.items) :]} <= {(Lane.DROPPED, "Undone")}
    assert [(event.change, event.verb) for event in undone] == [(row.change, row.verb) for row in done[told:]]
    assert rows(full)[: len(done)] == done
    last = rows(full)[-1]
    assert (last.verb, number_of(last.note), last.who, last.at) == ("undo", done[-1].change, ALICE.id, AT_LAST)
    assert last.change == version(full) == done[-1].change + 1
    assert f"board {CHANNEL}" in owed(full)


def test_twice_walks_back_two_changes_and_a_new_one_is_undone_first(full: Database) -> None:
    stages = [kept(full).board]
    for change in ("park", "start from LATER", "defer", "settings", "drop from NEXT"):
        CHANGES[change][-1](full, ask(at=LATER))
        stages.append(kept(full).board)
    for stage in reversed(stages[2:-1]):
        history.undo(full, ask(at=LATER))
        assert kept(full).board == stage
    CHANGES["status"][0](full, ask(at=LATER))
    for stage in (stages[2], *reversed(stages[:2])):
        history.undo(full, ask(at=LATER))
        assert kept(full).board == stage
    assert [number_of(row.note) for row in rows(full) if row.verb == "undo"] == [5, 4, 3, 9, 2, 1]


def test_a_finish_and_the_start_of_the_next_are_one_change_and_its_post_says_that_it_is_undone(full: Database) -> None:
    set_up_facts(full)
    moves.finish(full, ask(at=LATER), 1, then=2)
    others = {"later": [4, 5], "blocked": [6]}
    assert shape(look.whole(full, CHANNEL)) == others | {"wip": [2], "next": [3], "done": [7, 8, 1]}
    with full.begin() as tx:
        tx.exec_driver_sql("DELETE FROM outbox")
    history.undo(full, ask(at=AT_LAST))
    after = look.whole(full, CHANNEL)
    assert shape(after) == others | {"wip": [1], "next": [2, 3], "done": [7, 8]}
    assert [item.position for item in after.next] == [1, 2]
    assert finishes.read(full, CHANNEL, 1).undone
    assert owed(full) == {f"board {CHANNEL}", f"finish {CHANNEL}/1"}


def test_a_change_that_was_no_finish_owes_no_post(full: Database) -> None:
    park(full, ask(at=LATER))
    history.undo(full, ask(at=LATER))
    assert owed(full) == {f"board {CHANNEL}"}


def test_what_is_finished_again_after_an_undo_has_a_post_of_its_own(full: Database) -> None:
    moves.finish(full, ask(at=LATER), 1)
    history.undo(full, ask(at=LATER))
    moves.finish(full, ask(at=LATER), 1)
    assert [finishes.read(full, CHANNEL, change).undone for change in (1, 3)] == [True, False]
    assert {what for what in owed(full) if what.startswith("finish")} == {f"finish {CHANNEL}/{n}" for n in (1, 3)}


def test_an_undone_import_can_be_imported_again(full: Database) -> None:
    importing.import_document(full, ask(at=LATER), DOCUMENT)
    history.undo(full, ask(at=LATER))
    again = importing.import_document(full, ask(at=LATER), DOCUMENT)
    assert (again.added, again.matched) == ((12, 13, 14), ())
    assert "Nobody starts a second thing." in exported(full)
    history.undo(full, ask(at=LATER))
    assert "Nobody starts a second thing." not in exported(full)


def test_a_digest_s_time_put_back_plans_the_next_one_anew(full: Database) -> None:
    schedule.set_time(full, ask(), time(9, 30))
    schedule.set_time(full, ask(at=LATER), time(15))
    history.undo(full, ask(at=AT_LAST))
    assert look.look(full, CHANNEL, NOW).digest_due == NOW + timedelta(minutes=30)
    history.undo(full, ask(at=LATER))
    assert look.look(full, CHANNEL, NOW).digest_due is None


def test_only_one_change_can_be_meant(full: Database) -> None:
    moves.finish(full, ask(at=LATER), 1)
    items.assign(full, ask(at=LATER), 2, BOB)
    before = rows(full), debts(full)
    with pytest.raises(RuleBroken, match="More has happened since"):
        history.undo(full, ask(at=LATER), only=1)
    assert (rows(full), debts(full)) == before
    history.undo(full, ask(at=LATER), only=2)
    history.undo(full, ask(at=LATER), only=1)
    assert look.whole(full, CHANNEL).wip == look.show(full, CHANNEL, 1)


def test_a_picture_is_nothing_that_is_undone(db: Database) -> None:
    """History has who it was; what they look like is of today."""
    pictured = replace(ALICE, picture="https://pictures.test/alice.png")
    moves.add(db, ask(pictured), Draft("Payments", dod=THREE))
    items.assign(db, ask(pictured), 1, pictured)
    items.assign(db, ask(BOB), 1, BOB)
    assert [row.after["1"]["owner"] for row in rows(db) if row.verb == "assign"] == [
        {"id": ALICE.id, "name": "Alice"},
        {"id": BOB.id, "name": "Bob"},
    ]
