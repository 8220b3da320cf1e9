"""Several at once, in threads and in processes: one is first, and the others are told so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.core.board.edits import Draft
from bot.core.board.model import Slots
from bot.core.digest.schedule import Coming, Plan
from bot.errors import UserError
from bot.services.board import items, look, moves
from bot.services.board.slots import set_slots
from bot.services.digest import schedule
from bot.store import tables
from bot.store.board import boards
from bot.store.database import Database
from tests.core.boards import shape
from tests.people import ALICE, BOB, CAROL
from tests.rivals import race
from tests.services.stage import CHANNEL, NOW, add, as_told, ask, begin, owed, replayed, story, version

AT_ONCE = 8
T = TypeVar("T")


def together(deed: Callable[[int], T], count: int = AT_ONCE) -> list[T | UserError]:
    """Let as many threads do the deed at the same moment, each with its number from 1. Gives what came of it."""
    barrier = Barrier(count)

    def one(number: int) -> T | UserError:
        barrier.wait()
        try:
            return deed(number)
        except UserError as refused:
            return refused

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(1, count + 1)))


def refusals(results: list[T | UserError]) -> list[str]:
    return [str(result) for result in results if isinstance(result, UserError)]


def test_eight_start_different_items_and_exactly_one_does(db: Database) -> None:
    add(db, *(f"Item {number}" for number in range(1, AT_ONCE + 1)))
    refused = refusals(together(lambda number: moves.start(db, ask(), number)))
    holder = look.whole(db, CHANNEL).wip
    assert holder is not None
    assert len(refused) == AT_ONCE - 1
    assert all(words.startswith(f"WIP is taken: #{holder.number} ") for words in refused)
    assert story(db)[AT_ONCE:] == [f"{AT_ONCE + 1} start {holder.number}"]
    assert replayed(db) == as_told(look.whole(db, CHANNEL))


def test_eight_finish_the_same_item_and_it_is_finished_once(db: Database) -> None:
    before = begin(db, "Payments", "Search")
    refused = refusals(together(lambda _: moves.finish(db, ask(), 1, then=2)))
    assert refused == ["#1 Payments was already finished by Alice 0 s ago. Nothing was changed."] * (AT_ONCE - 1)
    assert shape(look.whole(db, CHANNEL)) == {"done": [1], "wip": [2]}
    assert version(db) == before + 1
    assert owed(db) == {f"board {CHANNEL}", f"finish {CHANNEL}/{before + 1}", f"seal {CHANNEL}/{before + 1}"}


def test_eight_add_to_a_board_that_is_not_there_yet_and_none_is_lost(db: Database) -> None:
    together(lambda number: moves.add(db, ask(), Draft(f"Item {number}")))
    board = look.whole(db, CHANNEL)
    assert sorted(item.number for item in board.items) == list(range(1, AT_ONCE + 1))
    assert sorted(item.title for item in board.items) == [f"Item {number}" for number in range(1, AT_ONCE + 1)]
    assert [item.position for item in board.next] == [1, 2, 3]
    assert version(db) == AT_ONCE
    assert replayed(db) == as_told(board)


def test_eight_tick_different_criteria_and_none_is_lost(db: Database) -> None:
    moves.add(db, ask(), Draft("Payments", dod="\n".join(f"/{k} answers 200" for k in range(AT_ONCE))))
    together(lambda k: items.tick(db, ask(), 1, k))
    assert look.show(db, CHANNEL, 1).settled == AT_ONCE


def test_processes_that_start_different_items_are_told_who_was_first(db: Database) -> None:
    add(db, "Payments", "Search", "Mail")
    told = race(db, *(f"start {CHANNEL} {number}" for number in (1, 2, 3)))
    holder = look.whole(db, CHANNEL).wip
    assert holder is not None
    assert told[holder.number - 1] == "started"
    assert sum(words.startswith(f"WIP is taken: #{holder.number} ") for words in told) == 2
    assert version(db) == 4


WIP_TAKEN = "Somebody else just started an item. Nothing was changed; `/board` shows what holds."


def test_processes_that_start_items_of_their_own_all_do(db: Database) -> None:
    add(db, "Payments", "Search", "Mail")
    for_each(db)
    assert (
        race(db, *(f"start {CHANNEL} {k} {who.id}" for k, who in enumerate((ALICE, BOB, CAROL), 1))) == ["started"] * 3
    )
    assert [(item.number, item.owner) for item in look.whole(db, CHANNEL).in_progress] == [
        (1, ALICE), (2, BOB), (3, CAROL),
    ]  # fmt: skip


def test_processes_that_start_several_items_of_one_person_are_told_which_was_first(db: Database) -> None:
    add(db, "Payments", "Search", "Mail")
    for_each(db)
    answers = race(db, *(f"start {CHANNEL} {number} {BOB.id}" for number in (1, 2, 3)))
    holder = look.whole(db, CHANNEL).wip
    assert holder is not None
    assert answers[holder.number - 1] == "started"
    assert sum(words.startswith(f"Your slot is taken: #{holder.number} ") for words in answers) == 2


@pytest.mark.parametrize("slots", Slots)
def test_processes_that_go_past_the_board_s_lock_are_held_by_the_index(db: Database, slots: Slots) -> None:
    add(db, "Payments", "Search", "Mail")
    items.assign(db, ask(), 3, BOB)  # so that both are known
    items.assign(db, ask(), 2, ALICE)
    set_slots(db, ask(), slots)
    owner = "-" if slots is Slots.BOARD else ALICE.id
    answers = race(db, *(f"plant {CHANNEL} {number} {owner}" for number in (1, 2)))
    assert sorted(answers) == [WIP_TAKEN, "planted"]
    last = race(db, f"plant {CHANNEL} 3 {'-' if slots is Slots.BOARD else BOB.id}")
    assert last == [WIP_TAKEN if slots is Slots.BOARD else "planted"]


def for_each(db: Database) -> None:
    set_slots(db, ask(), Slots.PERSON)


def due_now(db: Database) -> None:
    with db.begin() as tx:
        record = boards.set_plan(tx, boards.open_board(tx, CHANNEL), Plan(NOW.time()))
        boards.set_coming(tx, record, Coming(NOW, None, NOW))


def claims(db: Database) -> int:
    with db.read() as tx:
        return len(tx.execute(select(tables.digests)).all())


def test_a_digest_that_eight_claim_is_claimed_once(db: Database) -> None:
    due_now(db)
    together(lambda _: schedule.claim_due(db, CHANNEL, NOW))
    assert claims(db) == 1
    assert owed(db) == {f"digest {CHANNEL}/2026-03-02", f"board {CHANNEL}"}


def test_a_digest_that_two_processes_claim_is_claimed_once(db: Database) -> None:
    due_now(db)
    race(db, f"claim {CHANNEL}", f"claim {CHANNEL}")
    assert claims(db) == 1
    assert schedule.due(db, NOW) == ()
