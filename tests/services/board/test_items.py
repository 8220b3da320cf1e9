"""Writing on an item: its words, criteria, ticks, progress, status, owner and flag."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.core.board.dod import Boxes, Vague
from bot.core.board.edits import Draft, Edit
from bot.core.board.model import Block, Criterion, CriterionState, Lane, Note
from bot.core.digest.schedule import Plan
from bot.errors import RuleBroken
from bot.services.board import items, look, moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store.database import Database
from tests.people import ALICE, BOB, CAROL
from tests.services.stage import (
    CHANNEL,
    NOW,
    ONE,
    THREE,
    TWO,
    add,
    ask,
    begin,
    everything,
    story,
    version,
)

LATER = NOW + timedelta(minutes=1)


def test_a_rewritten_dod_keeps_what_was_ticked(db: Database) -> None:
    add(db, "Payments")
    items.tick(db, ask(BOB), 1, 2)
    item = items.write_dod(db, ask(at=LATER), 1, f"- {TWO}\n- {THREE}")
    assert item.dod == (Criterion(TWO, CriterionState.MET, by=BOB, at=NOW), Criterion(THREE))
    assert look.show(db, CHANNEL, 1) == item


def test_a_tick_without_a_number_is_of_the_item_in_progress(db: Database) -> None:
    add(db, "Payments", "Search")
    moves.start(db, ask(), 2)
    assert items.tick(db, ask(), None, 1).number == 2


def test_progress_is_saved_exactly_and_tells_how_many_more_were_met(db: Database) -> None:
    add(db, "Payments", dod=f"{ONE}\n{TWO}\n{THREE}")
    moves.start(db, ask(), 1)
    items.save_progress(db, ask(BOB), 1, Boxes({1, 3}), " half way ")
    item = items.save_progress(db, ask(ALICE, LATER), 1, Boxes({2}), "half way")
    assert [criterion.state for criterion in item.dod] == ["open", "met", "open"]
    assert (item.dod[1].by, item.dod[1].at, item.result) == (ALICE, LATER, "half way")
    assert item.lane is Lane.WIP
    assert story(db)[2:] == ["3 tick 1 2", "4 tick 1 -1"]


def test_progress_that_is_none_is_no_change(db: Database) -> None:
    before = begin(db, "Payments")
    items.save_progress(db, ask(BOB, LATER), 1, Boxes({1}), "")
    assert version(db) == before
    items.save_progress(db, ask(BOB, LATER), 1, Boxes({1}), "a result")
    assert version(db) == before + 1


def test_a_status_note_says_who_and_when_and_the_last_one_stands(db: Database) -> None:
    add(db, "Payments", "Search")
    moves.start(db, ask(), 1)
    items.set_status(db, ask(BOB), None, "waiting")
    items.set_status(db, ask(ALICE, LATER), 1, "  reviewed ")
    items.set_status(db, ask(BOB), 2, "soon")
    assert look.show(db, CHANNEL, None).status == Note("reviewed", ALICE, LATER)
    assert look.show(db, CHANNEL, 2).status == Note("soon", BOB, NOW)


# Everything that can be written on an item.
WRITE: dict[str, Callable[[Database, Ask], object]] = {
    "dod": lambda db, by: items.write_dod(db, by, 1, THREE),
    "tick": lambda db, by: items.tick(db, by, 1, 1),
    "untick": lambda db, by: items.untick(db, by, 1, 1),
    "waive": lambda db, by: items.waive(db, by, 1, 1, "no data yet"),
    "evidence": lambda db, by: items.show_evidence(db, by, 1, 1, "https://ci/1"),
    "edit": lambda db, by: items.edit(db, by, 1, Edit(title="New")),
    "assign": lambda db, by: items.assign(db, by, 1, BOB),
    "status": lambda db, by: items.set_status(db, by, 1, "more"),
}


@pytest.mark.parametrize("verb", WRITE)
def test_on_what_is_done_nothing_is_written_any_more(db: Database, verb: str) -> None:
    begin(db, "Payments")
    moves.finish(db, ask(), 1)
    before = everything(db)
    with pytest.raises(RuleBroken, match="#1 Payments is done, so it stays as it is"):
        WRITE[verb](db, ask())
    assert everything(db) == before


def test_a_finish_dialog_that_comes_too_late_is_told_who_was_first(db: Database) -> None:
    begin(db, "Payments")
    moves.finish(db, ask(), 1)
    with pytest.raises(RuleBroken, match="#1 Payments was already finished by Alice 1 min ago"):
        items.save_progress(db, ask(at=LATER), 1, Boxes(set()), "")


# What is asked for a second time, when it holds already.
AGAIN: list[Callable[[Database, Ask], object]] = [
    lambda db, by: items.write_dod(db, by, 1, f"{ONE}\n{TWO}"),
    lambda db, by: items.show_evidence(db, by, 1, 1, " https://ci/1 "),
    lambda db, by: items.show_evidence(db, by, 1, 2, ""),
    lambda db, by: items.edit(db, by, 1, Edit(title="Payments", scope="", links="")),
    lambda db, by: items.edit(db, by, 1, Edit()),
    lambda db, by: items.assign(db, by, 1, BOB),
    lambda db, by: moves.move(db, by, 1, "first"),
    lambda db, by: moves.move(db, by, 1, "up"),
    lambda db, by: moves.move(db, by, 3, "last"),
    lambda db, by: schedule.set_zone(db, by, "UTC"),
    lambda db, by: schedule.set_all(db, by, Plan(), (ALICE,)),
]


@pytest.mark.parametrize("service", AGAIN)
def test_what_holds_already_is_no_change(db: Database, service: Callable[[Database, Ask], object]) -> None:
    add(db, "Payments", "Search", "Mail")
    items.assign(db, ask(), 1, BOB)
    items.show_evidence(db, ask(), 1, 1, "https://ci/1")
    before = everything(db)
    service(db, ask(at=LATER))
    assert everything(db) == before


def test_a_flag_is_put_up_and_taken_off_in_place(db: Database) -> None:
    begin(db, "Payments", "Search")
    flagged = items.block(db, ask(BOB, LATER), None, " no keys yet ", date(2026, 3, 9))
    assert (flagged.lane, flagged.blocked) == (Lane.WIP, Block("no keys yet", LATER, date(2026, 3, 9)))
    assert moves.unblock(db, ask(BOB, LATER), 1).blocked is None
    assert look.look(db, CHANNEL, NOW).board.wip == look.show(db, CHANNEL, 1)
    assert story(db)[-2:] == ["5 block 1 no keys yet", "6 unblock 1"]


def test_a_criterion_is_waived_for_a_reason_that_is_kept(db: Database) -> None:
    begin(db, "Payments")
    items.untick(db, ask(), None, 1)
    waived = items.waive(db, ask(at=LATER), 1, 1, " no data yet ")
    assert waived.dod == (Criterion(ONE, CriterionState.WAIVED, "no data yet", ALICE, LATER),)
    assert moves.finish(db, ask(at=LATER), 1).item.lane is Lane.DONE
    assert story(db)[3:5] == ["4 untick 1 -1", f"5 waive 1 {ONE} — no data yet"]


def test_evidence_is_told_with_its_criterion(db: Database) -> None:
    add(db, "Payments")
    items.show_evidence(db, ask(), 1, 2, "https://ci/1")
    assert items.show_evidence(db, ask(), 1, 2, " ").dod[1] == Criterion(TWO)
    assert story(db)[1:] == [f"2 evidence 1 {TWO} — https://ci/1", f"3 evidence 1 {TWO} — none any more"]


def test_vague_criteria_are_refused_until_somebody_says_that_they_judge_them(db: Database) -> None:
    add(db, "Payments")
    with pytest.raises(Vague):
        items.write_dod(db, ask(), 1, "it works")
    assert items.write_dod(db, ask(), 1, "it works", keep=True).dod == (Criterion("it works", judged=True),)
    assert look.show(db, CHANNEL, 1).dod[0].judged
    with pytest.raises(Vague):
        moves.add(db, ask(), Draft("Search", dod="good UX"))
    assert moves.add(db, ask(), Draft("Search", dod="good UX", keep=True)).number == 2


def test_every_word_of_an_item_is_edited_and_kept(db: Database) -> None:
    add(db, "Payments")
    words = Edit("Πληρωμές", "where & <!here>", "2 d", "high", "https://a/1\nPR 12", "noted 🚀")
    edited = items.edit(db, ask(BOB, LATER), 1, words)
    assert look.show(db, CHANNEL, 1) == edited
    assert (edited.title, edited.scope, edited.estimate) == ("Πληρωμές", "where & <!here>", "2 d")
    assert (edited.priority, edited.links, edited.notes) == ("high", ("https://a/1", "PR 12"), "noted 🚀")
    assert story(db)[1:] == ["2 edit 1"]


def test_an_item_is_given_to_somebody_who_was_never_here(db: Database) -> None:
    add(db, "Payments")
    assert items.assign(db, ask(), 1, CAROL).owner == CAROL
    assert look.show(db, CHANNEL, 1).owner == CAROL
    assert items.assign(db, ask(), 1, None).owner is None
    assert story(db)[1:] == ["2 assign 1 Carol", "3 assign 1 nobody"]


def test_a_renamed_person_goes_by_the_new_name_everywhere(db: Database) -> None:
    begin(db, "Payments")
    renamed = type(ALICE)(ALICE.id, "Alicia Ω")
    items.set_status(db, ask(renamed), None, "hello")
    item = look.show(db, CHANNEL, 1)
    assert item.owner == item.dod[0].by == renamed
    assert item.status == Note("hello", renamed, NOW)
