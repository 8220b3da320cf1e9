"""Writing on an item: criteria, ticks, progress, status."""

from datetime import timedelta

import pytest

from bot.core.board import Criterion, CriterionState, Lane, Note
from bot.errors import RuleBroken
from bot.services import items, look, moves
from bot.store.database import Database
from tests.people import ALICE, BOB
from tests.services.stage import CHANNEL, NOW, add, ask, begin, story, version

LATER = NOW + timedelta(minutes=1)


def test_a_rewritten_dod_keeps_what_was_ticked(db: Database) -> None:
    add(db, "Payments", dod="one\ntwo")
    items.tick(db, ask(BOB), 1, 2)
    item = items.write_dod(db, ask(at=LATER), 1, "- two\n- three")
    assert item.dod == (Criterion("two", CriterionState.MET, by=BOB, at=NOW), Criterion("three"))
    assert look.show(db, CHANNEL, 1) == item


def test_a_tick_without_a_number_is_of_the_item_in_progress(db: Database) -> None:
    add(db, "Payments", "Search")
    moves.start(db, ask(), 2)
    assert items.tick(db, ask(), None, 1).number == 2


def test_progress_is_saved_exactly_and_tells_how_many_more_were_met(db: Database) -> None:
    add(db, "Payments", dod="one\ntwo\nthree")
    moves.start(db, ask(), 1)
    items.save_progress(db, ask(BOB), 1, {1, 3}, " half way ")
    item = items.save_progress(db, ask(ALICE, LATER), 1, {2}, "half way")
    assert [criterion.state for criterion in item.dod] == ["open", "met", "open"]
    assert (item.dod[1].by, item.dod[1].at, item.result) == (ALICE, LATER, "half way")
    assert item.lane is Lane.WIP
    assert story(db)[2:] == ["3 tick 1 2", "4 tick 1 -1"]


def test_progress_that_is_none_is_no_change(db: Database) -> None:
    before = begin(db, "Payments")
    items.save_progress(db, ask(BOB, LATER), 1, {1}, "")
    assert version(db) == before
    items.save_progress(db, ask(BOB, LATER), 1, {1}, "a result")
    assert version(db) == before + 1


def test_a_status_note_says_who_and_when_and_the_last_one_stands(db: Database) -> None:
    add(db, "Payments", "Search")
    moves.start(db, ask(), 1)
    items.set_status(db, ask(BOB), None, "waiting")
    items.set_status(db, ask(ALICE, LATER), 1, "  reviewed ")
    items.set_status(db, ask(BOB), 2, "soon")
    assert look.show(db, CHANNEL, None).status == Note("reviewed", ALICE, LATER)
    assert look.show(db, CHANNEL, 2).status == Note("soon", BOB, NOW)


def test_what_is_done_has_no_status_and_no_ticks_any_more(db: Database) -> None:
    begin(db, "Payments")
    moves.finish(db, ask(), 1)
    with pytest.raises(RuleBroken, match="#1 Payments is done, so it has no status any more"):
        items.set_status(db, ask(), 1, "more")
    with pytest.raises(RuleBroken, match="#1 Payments is done, so its criteria stay as they are"):
        items.tick(db, ask(), 1, 1)
    with pytest.raises(RuleBroken, match="#1 Payments was already finished by Alice 1 min ago"):
        items.save_progress(db, ask(at=LATER), 1, set(), "")


def test_a_renamed_person_goes_by_the_new_name_everywhere(db: Database) -> None:
    begin(db, "Payments")
    renamed = type(ALICE)(ALICE.id, "Alicia Ω")
    items.set_status(db, ask(renamed), None, "hello")
    item = look.show(db, CHANNEL, 1)
    assert item.owner == item.dod[0].by == renamed
    assert item.status == Note("hello", renamed, NOW)
