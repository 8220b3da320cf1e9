"""Looking: what is seen of a board, and of a channel that has none."""

from datetime import timedelta

import pytest

from bot.core.board.model import Board
from bot.core.digest.schedule import Plan
from bot.core.production.readings import Health, Reading
from bot.errors import NotFound, RuleBroken
from bot.services.board import finishes, joining, look, moves
from bot.services.production import runs
from bot.store.database import Database
from tests.core.boards import shape
from tests.people import BOB, CAROL
from tests.services.stage import CHANNEL, NOW, add, ask, begin, owed, rows, set_up_facts, version

WEEK = timedelta(days=7)
FOUND = [Reading("Shop", "script", Health.GREEN, "⚠️ slow & <!here>", 12)]


def test_a_channel_without_a_board_shows_an_empty_one_and_gets_none_by_it(db: Database) -> None:
    sight = look.look(db, CHANNEL, NOW)
    assert (sight.board, sight.version, sight.plan, sight.digest_due, sight.run) == (Board(), 0, Plan(), None, None)
    assert look.whole(db, CHANNEL) == Board()
    with pytest.raises(NotFound, match="Nothing is in progress"):
        look.show(db, CHANNEL, None)
    with pytest.raises(NotFound, match="There is no #1"):
        look.show(db, CHANNEL, 1)
    assert version(db) == 0


def test_it_shows_what_is_open_and_what_was_finished_within_seven_days(db: Database) -> None:
    begin(db, "Payments", "Search")
    moves.finish(db, ask(BOB), 1, then=2)
    assert shape(look.look(db, CHANNEL, NOW + WEEK).board) == {"wip": [2], "done": [1]}
    assert shape(look.look(db, CHANNEL, NOW + WEEK + timedelta(seconds=1)).board) == {"wip": [2]}
    assert look.show(db, CHANNEL, 1).finished_by == BOB
    assert shape(look.whole(db, CHANNEL)) == {"wip": [2], "done": [1]}


def test_what_could_be_finished_is_the_item_in_progress(db: Database) -> None:
    begin(db, "Payments", "Search")
    assert look.finishable(db, ask(), None).number == 1
    with pytest.raises(RuleBroken, match="#2 Search is in NEXT"):
        look.finishable(db, ask(), 2)
    with pytest.raises(NotFound):
        look.finishable(db, ask(), 0)


def test_the_last_prod_facts_are_seen_and_every_board_message_is_owed(db: Database) -> None:
    add(db, "Payments")
    add(db, "Search", channel="C0OTHER")
    assert runs.latest(db, CHANNEL, NOW) is None
    run = runs.keep_run(db, NOW, 1234, FOUND)
    seen = runs.latest(db, CHANNEL, NOW)
    assert look.look(db, CHANNEL, NOW).run == seen
    assert seen is not None
    assert (seen.at, seen.readings) == (run.at, run.readings)
    assert owed(db) == {f"board {CHANNEL}", "board C0OTHER"}


def test_a_run_is_owed_to_each_who_asked_once(db: Database) -> None:
    for user in (BOB.id, BOB.id, CAROL.id):
        runs.ask_for_run(db, CHANNEL, user, NOW)
    assert owed(db) == {f"facts {CHANNEL}/{BOB.id}", f"facts {CHANNEL}/{CAROL.id}"}


def test_a_finish_learns_what_production_said_and_its_post_is_owed_again(db: Database) -> None:
    change = begin(db, "Payments") + 1
    set_up_facts(db)
    moves.finish(db, ask(), 1)
    run = runs.keep_run(db, NOW, 1, FOUND)
    runs.checked_after_finish(db, CHANNEL, change, run)
    ledger = finishes.read(db, CHANNEL, change)
    assert (ledger.item.number, ledger.next, ledger.checks, ledger.run) == (1, None, "done", run)
    assert f"finish {CHANNEL}/{change}" in owed(db)


def test_a_copy_of_the_board_is_shared_once_a_second(db: Database) -> None:
    look.share(db, ask(BOB))
    look.share(db, ask(BOB, NOW + timedelta(milliseconds=900)))
    assert len(owed(db)) == 1
    look.share(db, ask(BOB, NOW + timedelta(seconds=1)))
    look.share(db, ask(None))
    assert len(owed(db)) == 3


def test_a_forgotten_board_leaves_nothing_and_others_as_they_were(db: Database) -> None:
    set_up_facts(db)
    for channel in (CHANNEL, "C0OTHER"):
        begin(db, "Payments", "Search", channel=channel)
        moves.finish(db, ask(channel=channel), 1, then=2)
    before = look.whole(db, "C0OTHER")
    joining.forget(db, (CHANNEL, "C0NONE"))
    assert (look.whole(db, CHANNEL), rows(db)) == (Board(), [])
    assert {what.split()[1].split("/")[0] for what in owed(db)} == {"C0OTHER"}
    assert look.whole(db, "C0OTHER") == before
    add(db, "Again")
    assert look.show(db, CHANNEL, 1).title == "Again"
