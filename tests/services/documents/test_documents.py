"""Documents in and out of a database: all or nothing, nothing twice, nothing by a trial."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.board.model import Board, Lane, Slots
from bot.errors import BadInput, NotFound
from bot.services.board import history, items, look, moves
from bot.services.board.slots import set_slots
from bot.services.documents import importing
from bot.services.documents.exporting import Form
from bot.store.database import Database
from tests.core.boards import shape
from tests.people import ALICE, BOB
from tests.services.stage import CHANNEL, add, as_told, ask, exported, owed, replayed, story, version

SAMPLES = sorted((Path(__file__).parents[2] / "documents" / "samples").glob("*.md"))
DOCUMENT = """# NEXT 7D

**Last Updated:** 2026-02-27

## WIP (limit 1)

- Payments <!channel> & Ω
- A second one in progress

## NEXT

1. One
2. Two
3. Three
4. Four
5. Five

## Rules

Nobody starts a second thing.
"""


def test_an_import_is_one_change_that_names_its_items(db: Database) -> None:
    imported = importing.import_document(db, ask(), DOCUMENT)
    assert imported.added == (1, 2, 3, 4, 5, 6, 7)
    assert [imported.count(lane) for lane in (Lane.WIP, Lane.NEXT, Lane.LATER)] == [1, 3, 3]
    assert sum("went to LATER" in doubt.why for doubt in imported.doubts) == 3
    assert story(db) == ["1 import 7 items"]
    assert owed(db) == {f"board {CHANNEL}"}
    board = look.whole(db, CHANNEL)
    assert board.items == imported.board.items
    assert replayed(db) == as_told(board)
    assert board.item(1).title == "Payments <!channel> & Ω"
    assert board.item(1).source == "import"


def test_a_trial_says_the_same_and_does_nothing(db: Database) -> None:
    tried = importing.try_import(db, ask(), DOCUMENT)
    assert look.whole(db, CHANNEL) == Board()
    assert (version(db), owed(db)) == (0, set())
    done = importing.import_document(db, ask(), DOCUMENT)
    assert (tried.added, tried.matched, tried.warnings) == (done.added, done.matched, done.warnings)
    assert tried.doubts == done.doubts
    again = importing.try_import(db, ask(), DOCUMENT)
    assert (again.added, again.matched) == ((), done.added)


def test_imported_again_nothing_is_new(db: Database) -> None:
    importing.import_document(db, ask(), DOCUMENT)
    before = look.whole(db, CHANNEL)
    again = importing.import_document(db, ask(), DOCUMENT)
    assert (again.added, again.matched) == ((), (1, 2, 3, 4, 5, 6, 7))
    assert look.whole(db, CHANNEL) == before
    assert version(db) == 1


def test_another_version_without_new_items_is_kept_and_turns_no_date_back(db: Database) -> None:
    importing.import_document(db, ask(), DOCUMENT)
    moves.defer(db, ask(), 3)
    edited = DOCUMENT.replace("Nobody starts a second thing.", "One thing at a time.")
    assert importing.import_document(db, ask(), edited).added == ()
    assert story(db)[-1] == "3 import the document, with no new items"
    assert json.loads(exported(db, Form.JSON))["updated"] == ask().at.isoformat()
    assert "One thing at a time." in exported(db)
    history.undo(db, ask())
    assert "Nobody starts a second thing." in exported(db)


def test_items_that_are_here_already_stay_and_new_ones_find_room(db: Database) -> None:
    add(db, "Two", "Mine")
    imported = importing.import_document(db, ask(), DOCUMENT)
    assert imported.matched == (1,)
    assert shape(look.whole(db, CHANNEL)) == {"wip": [3], "next": [1, 2, 5], "later": [4, 6, 7, 8]}


@pytest.mark.parametrize("text", ["", "\n\n", "GIF89a nothing of a board"])
def test_what_is_no_board_changes_nothing(db: Database, text: str) -> None:
    add(db, "Mine")
    with pytest.raises(BadInput):
        importing.import_document(db, ask(), text)
    assert shape(look.whole(db, CHANNEL)) == {"next": [1]}
    assert version(db) == 1


def test_a_board_is_given_as_data_and_as_its_document(db: Database) -> None:
    importing.import_document(db, ask(), DOCUMENT)
    given = json.loads(exported(db, Form.JSON))
    assert given["wip"]["title"] == "Payments <!channel> & Ω"
    assert [item["title"] for item in given["next"]] == ["One", "Two", "Three"]
    assert [len(given[lane]) for lane in ("later", "blocked", "done")] == [3, 0, 0]
    assert datetime.fromisoformat(given["updated"]).date() == datetime(2026, 2, 27, tzinfo=UTC).date()
    assert any("Nobody starts a second thing." in section["text"] for section in given["sections"])
    written = exported(db)
    assert "Nobody starts a second thing." in written
    assert all(title in written for title in ("One", "Two", "Three", "Four", "Five"))


def test_a_channel_without_a_board_has_none_to_give(db: Database) -> None:
    for form in Form:
        with pytest.raises(NotFound, match="There is no board for channel C0BOARD"):
            exported(db, form)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_real_documents_are_kept_as_they_were_read(sqlite: Database, file: Path) -> None:
    imported = importing.import_document(sqlite, ask(), file.read_text("utf-8"))
    board = look.whole(sqlite, CHANNEL)
    assert board.items == imported.board.items
    assert len(board.items) == len(imported.added)
    assert len(board.lane(Lane.WIP)) <= 1
    assert len(board.next) <= 3
    assert replayed(sqlite) == as_told(board)


# With a slot for each person


def test_several_in_progress_go_out_and_come_in_with_their_owners(db: Database) -> None:
    add(db, "Payments", "Search", "Mail")
    set_slots(db, ask(), Slots.PERSON)
    for who, number in ((ALICE, 1), (BOB, 2)):
        moves.start(db, ask(who), number)
    given = json.loads(exported(db, Form.JSON))
    assert [(item["number"], item["owner"]) for item in given["in_progress"]] == [(1, "Alice"), (2, "Bob")]
    assert given["wip"] is None
    text = exported(db)
    other = "C0OTHER"
    set_slots(db, ask(channel=other), Slots.PERSON)
    imported = importing.import_document(db, ask(channel=other), text)
    assert not imported.warnings
    assert not imported.doubts
    assert [(item.title, item.owner) for item in look.whole(db, other).in_progress] == [
        ("Payments", ALICE),
        ("Search", BOB),
    ]
    assert exported(db, channel=other).splitlines()[4:] == text.splitlines()[4:]


def test_the_only_one_in_progress_is_wip_in_both(db: Database) -> None:
    add(db, "Payments", "Search")
    for slots in Slots:
        set_slots(db, ask(), slots)
        given = json.loads(exported(db, Form.JSON))
        assert (given["in_progress"], given["wip"]) == ([], None)
    moves.start(db, ask(), 1)
    for slots in Slots:
        set_slots(db, ask(), slots)
        given = json.loads(exported(db, Form.JSON))
        assert given["in_progress"] == [given["wip"]]
        assert given["wip"]["owner"] == "Alice"


def test_a_board_with_one_slot_takes_the_first_and_names_the_setting(db: Database) -> None:
    add(db, "Payments", "Search")
    set_slots(db, ask(), Slots.PERSON)
    for who, number in ((ALICE, 1), (BOB, 2)):
        moves.start(db, ask(who), number)
    imported = importing.import_document(db, ask(channel="C0OTHER"), exported(db))
    assert shape(look.whole(db, "C0OTHER")) == {"wip": [1], "later": [2]}
    assert ["“One item in progress: for each person”" in doubt.why for doubt in imported.doubts] == [True]


BY_HAND = """# Board

## WIP

**Login**
- **Owner**: Bob
- **DoD**:
  - [ ] /login answers 200

**Mail**
- **Owner**: Nobody We Know
"""


def test_an_owner_who_is_written_by_hand_is_whoever_goes_by_that_name(db: Database) -> None:
    add(db, "Payments")
    items.assign(db, ask(), 1, BOB)  # so that Bob is known
    set_slots(db, ask(), Slots.PERSON)
    tried = importing.try_import(db, ask(), BY_HAND)
    imported = importing.import_document(db, ask(), BY_HAND)
    assert (
        tried.warnings
        == imported.warnings
        == ("#3 Mail: it has no owner, and each person has one item in progress, so it went to LATER",)
    )
    assert [(item.title, item.owner) for item in look.whole(db, CHANNEL).in_progress] == [("Login", BOB)]
