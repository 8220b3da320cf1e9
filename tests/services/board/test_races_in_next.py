"""Several shuffle one board at once, in threads and in processes: NEXT stays dense, WIP one, and nothing is lost."""

from itertools import count

import pytest

from bot.core.board.edits import Draft
from bot.core.board.history import number_of
from bot.core.board.model import Board, Lane
from bot.errors import UserError
from bot.services.board import finishes, history, look, moves
from bot.store.database import Database
from tests.core.boards import board, changed, numbers, shape
from tests.rivals import race, shuffle
from tests.services.board.test_races import AT_ONCE, refusals, together
from tests.services.stage import CHANNEL, add, as_told, ask, begin, replayed, rows, story, version
from tests.store.stage import keep

TITLES = ["Payments", "Search", "Mail", "Images", "Backups", "Login", "Exports", "Invoices"]


def planted(db: Database, **lanes: list[int]) -> None:
    """A board with items in these lanes, on which nothing has happened yet."""
    on = board(**lanes)
    for item, title in zip(on.items, TITLES, strict=False):
        on = changed(on, item.number, title=title)
    keep(db, on)


def whole(db: Database) -> Board:
    """The board, which keeps its limits and every item, and whose changes are numbered without a gap."""
    on = look.whole(db, CHANNEL)
    assert [item.position for item in on.next] == list(range(1, len(on.next) + 1))
    assert len(on.next) <= 3
    assert len(on.lane(Lane.WIP)) <= 1
    assert len({item.position for item in on.later}) == len(on.later)
    assert sorted(item.number for item in on.items) == list(range(1, on.next_number))
    assert sorted({row.change for row in rows(db)}) == list(range(1, version(db) + 1))
    return on


def test_eight_queue_different_items_and_three_find_room(db: Database) -> None:
    planted(db, later=[1, 2, 3, 4, 5, 6, 7, 8])
    results = together(lambda number: moves.queue(db, ask(), number, 1, ""))
    on = whole(db)
    assert len(on.next) == 3
    assert len(refusals(results)) == AT_ONCE - 3
    assert all(words.startswith("NEXT is full: #") for words in refusals(results))
    moved = [number for number, result in enumerate(results, 1) if not isinstance(result, UserError)]
    assert sorted(numbers(on, Lane.NEXT)) == moved


def test_eight_move_items_inside_next_and_all_do(db: Database) -> None:
    planted(db, next=[1, 2, 3], later=[4, 5])
    results = together(lambda number: moves.move(db, ask(), number % 3 + 1, "first" if number % 2 else "last"))
    assert refusals(results) == []
    on = whole(db)
    assert sorted(numbers(on, Lane.NEXT)) == [1, 2, 3]
    assert numbers(on, Lane.LATER) == [4, 5]


def test_eight_move_items_into_one_gap_of_later_and_all_find_a_place(db: Database) -> None:
    planted(db, later=[1, 2, 3, 4, 5, 6, 7, 8])
    for _ in range(2):
        assert refusals(together(lambda number: moves.move(db, ask(), number, "2"))) == []
    assert sorted(numbers(whole(db), Lane.LATER)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_eight_defer_the_same_item_and_one_does(db: Database) -> None:
    planted(db, next=[1, 2, 3])
    refused = refusals(together(lambda _: moves.defer(db, ask(), 2)))
    assert shape(whole(db)) == {"next": [1, 3], "later": [2]}
    assert refused == ["#2 Search is in LATER, and only an item in NEXT can be deferred. Nothing was changed."] * (
        AT_ONCE - 1
    )


def test_eight_defer_and_queue_across_each_other_and_next_stays_dense(db: Database) -> None:
    planted(db, next=[1, 2, 3], later=[4, 5, 6, 7, 8])

    def one(number: int) -> object:
        return moves.defer(db, ask(), number) if number <= 3 else moves.queue(db, ask(), number, 2, "")

    assert all(words.startswith(("NEXT is full: ", "NEXT holds ")) for words in refusals(together(one)))
    assert not {1, 2, 3} & set(numbers(whole(db), Lane.NEXT))


# Undo


def test_eight_undo_eight_changes_and_each_is_undone_once(db: Database) -> None:
    add(db, *TITLES)
    undone = together(lambda _: history.undo(db, ask()))
    assert refusals(undone) == []
    assert {number_of(row.note) for row in rows(db) if row.verb == "undo"} == set(range(1, AT_ONCE + 1))
    assert shape(whole(db)) == {"dropped": [1, 2, 3, 4, 5, 6, 7, 8]}
    assert replayed(db) == as_told(look.whole(db, CHANNEL))


def test_when_five_are_left_three_are_told_so(db: Database) -> None:
    add(db, *TITLES[:5])
    refused = refusals(together(lambda _: history.undo(db, ask())))
    assert refused == ["There is nothing to undo on this board."] * 3
    assert version(db) == 10


def test_a_finish_that_eight_undo_is_undone_once(db: Database) -> None:
    change = begin(db, "Payments", "Search") + 1
    moves.finish(db, ask(), 1, then=2)
    refused = refusals(together(lambda _: history.undo(db, ask(), only=change)))
    assert len(refused) == AT_ONCE - 1
    assert all(words.startswith("More has happened since") for words in refused)
    assert shape(whole(db)) == {"wip": [1], "next": [2]}
    assert story(db)[-1] == f"{change + 1} undo {change}"
    assert finishes.read(db, CHANNEL, change).undone


def test_undos_and_new_changes_at_once_leave_a_board_that_its_history_tells(db: Database) -> None:
    add(db, *TITLES[:4])

    def one(number: int) -> object:
        return history.undo(db, ask()) if number % 2 else moves.add(db, ask(), Draft(f"New {number}"))

    assert refusals(together(one)) == []
    on = whole(db)
    assert len(on.items) == 8
    assert len(on.lane(Lane.DROPPED)) == 4
    assert replayed(db) == as_told(on)


# Everything at once


def refused_in_our_words(words: str) -> bool:
    """Whether a refusal is one of the board's rules, not a constraint that had to catch what the lock let through."""
    return bool(words) and "Somebody else" not in words


def test_eight_shuffle_a_board_at_once(db: Database) -> None:
    add(db, *TITLES)
    seeds = count(1)
    told = [words for each in together(lambda _: shuffle(db, CHANNEL, next(seeds), 12)) for words in as_list(each)]
    assert all(refused_in_our_words(words) for words in told if words)
    on = whole(db)
    assert replayed(db) == as_told(on)
    assert version(db) > 8


@pytest.mark.parametrize("seed", [1, 2])
def test_two_processes_shuffle_a_board_at_once(db: Database, seed: int) -> None:
    add(db, *TITLES)
    for told in race(db, f"shuffle {CHANNEL} {seed}", f"shuffle {CHANNEL} {seed + 10}"):
        assert all(refused_in_our_words(line) for line in told.splitlines())
    on = whole(db)
    assert replayed(db) == as_told(on)
    assert version(db) > 8


def as_list(result: list[str] | UserError) -> list[str]:
    """What the moves of a shuffle were answered; none of them comes out as an error."""
    assert isinstance(result, list)
    return result
