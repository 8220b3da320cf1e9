"""The log: what happened to a board or an item, newest first, a page at a time."""

from datetime import timedelta

import pytest

from bot.core.board.history import sentence
from bot.errors import BadInput, NotFound
from bot.services.board import history, items, moves
from bot.services.board.history import PAGE
from bot.services.digest import schedule
from bot.services.documents import importing
from bot.store.database import Database
from tests.people import BOB
from tests.services.stage import CHANNEL, NOW, add, ask, begin


def told(db: Database, number: int | None = None, page: int = 1) -> list[str]:
    return [sentence(event) for event in history.log(db, CHANNEL, number, page).events]


def test_a_board_s_log_tells_everything_newest_first(db: Database) -> None:
    begin(db, "Payments", "Search")
    moves.finish(db, ask(BOB), 1, then=2)
    schedule.set_zone(db, ask(), "Asia/Tokyo")
    history.undo(db, ask())
    assert told(db) == [
        "Alice undid: changed the settings: zone Asia/Tokyo",
        "Alice changed the settings: zone Asia/Tokyo",
        "Bob started #2",
        "Bob finished #1",
        "Alice ticked on #1: /one answers 200",
        "Alice started #1",
        "Alice added #2: Search",
        "Alice added #1: Payments",
    ]


def test_an_item_s_log_tells_what_happened_to_it_and_what_of_that_was_undone(db: Database) -> None:
    begin(db, "Payments", "Search", "Mail")
    moves.finish(db, ask(BOB), 1, then=2)
    history.undo(db, ask(BOB))
    assert told(db, 1) == [
        "Bob undid: finished #1; started #2",
        "Bob finished #1",
        "Alice ticked on #1: /one answers 200",
        "Alice started #1",
        "Alice added #1: Payments",
    ]
    assert told(db, 2) == ["Bob undid: finished #1; started #2", "Bob started #2", "Alice added #2: Search"]
    assert told(db, 3) == ["Alice added #3: Mail"]  # it only moved up and down in NEXT


def test_an_imported_item_s_log_begins_with_the_import(db: Database) -> None:
    importing.import_document(db, ask(), "# NEXT 7D\n\n## NEXT\n\n1. One\n2. Two\n")
    items.assign(db, ask(), 2, BOB)
    assert told(db, 1) == ["Alice imported 2 items"]
    assert told(db, 2) == ["Alice gave #2 to Bob", "Alice imported 2 items"]


@pytest.mark.parametrize(
    ("count", "pages"), [(0, [0]), (1, [1]), (PAGE, [PAGE]), (PAGE + 1, [PAGE, 1]), (2 * PAGE, [PAGE, PAGE])]
)
def test_it_is_paged(sqlite: Database, count: int, pages: list[int]) -> None:
    for k in range(count):
        items.set_status(sqlite, ask(at=NOW + timedelta(seconds=k)), 1, f"note {k}") if k else add(sqlite, "Payments")
    for number in (None, 1) if count else (None,):
        page = history.log(sqlite, CHANNEL, number)
        seen = [page]
        while page.older:
            page = history.log(sqlite, CHANNEL, number, page.older)
            seen.append(page)
        assert [len(each.events) for each in seen] == pages
        assert [event.change for each in seen for event in each.events] == list(range(count, 0, -1))


def test_a_page_that_is_not_there_is_refused(db: Database) -> None:
    """An empty one would say that nothing happened."""
    add(db, "Payments")
    with pytest.raises(BadInput, match="There is no page 7; the log goes from 1 to 1"):
        history.log(db, CHANNEL, None, 7)


def test_an_item_that_is_not_there_has_no_log(db: Database) -> None:
    add(db, "Payments")
    with pytest.raises(NotFound, match="There is no #9"):
        history.log(db, CHANNEL, 9)
    assert told(db) == ["Alice added #1: Payments"]


def test_a_channel_without_a_board_has_an_empty_log(db: Database) -> None:
    assert told(db) == []
