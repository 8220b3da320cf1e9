"""Check-ins: an answer to the last digest, kept in place, and what blocks somebody blocks their item."""

from datetime import datetime, time, timedelta

import pytest

from bot.core.board.model import Block
from bot.errors import BadInput, NotFound
from bot.services.board import items, look, moves
from bot.services.digest import checkins, schedule
from bot.services.digest.checkins import Place
from bot.store import posts
from bot.store.database import Database
from tests.people import ALICE, BOB
from tests.services.stage import CHANNEL, NOW, ask, begin, owed, story

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def posted(db: Database, at: datetime) -> None:
    """A digest that has landed."""
    schedule.claim_due(db, CHANNEL, at)
    key = f"digest:{CHANNEL}/{at:%Y-%m-%d}"
    db.write(posts.intend, key, CHANNEL, at)
    db.write(posts.landed, key, f"{at.timestamp():.6f}", at)


@pytest.fixture
def board(db: Database) -> Database:
    """#1 is Alice's, in progress; today's digest was posted at nine."""
    begin(db, "Payments", "Search")
    schedule.set_time(db, ask(at=NOW - HOUR), time(9))
    posted(db, NOW)
    return db


def says(db: Database, did: str = "", following: str = "", blockers: str = "", *, bob: bool = False) -> Place:
    who = BOB if bob else ALICE
    return checkins.check_in(db, ask(who, NOW + HOUR), who, did, following, blockers)


def blocked(db: Database) -> Block | None:
    return look.whole(db, CHANNEL).item(1).blocked


def test_it_goes_to_the_last_digest_and_its_message_is_owed(board: Database) -> None:
    place = says(board, "the page ", "  the tests")
    assert (place.day, place.thread) == (NOW.date(), f"{NOW.timestamp():.6f}")
    assert place.said is not None
    assert (place.said.did, place.said.next, place.said.blockers) == ("the page", "the tests", "")
    assert f"checkin {CHANNEL}/2026-03-02/{ALICE.id}" in owed(board)
    assert checkins.read(board, CHANNEL, NOW.date(), ALICE.id) == place


def test_an_answer_is_changed_in_place_until_the_next_digest(board: Database) -> None:
    says(board, "the page")
    assert says(board, "the page and the tests").day == NOW.date()
    assert checkins.place(board, CHANNEL, ALICE).said == checkins.read(board, CHANNEL, NOW.date(), ALICE.id).said
    assert checkins.place(board, CHANNEL, BOB).said is None
    posted(board, NOW + DAY)
    assert checkins.place(board, CHANNEL, ALICE).said is None
    assert says(board, "more").day == (NOW + DAY).date()
    assert checkins.read(board, CHANNEL, NOW.date(), ALICE.id).said is not None


def test_a_digest_that_is_skipped_or_on_its_way_is_none_to_answer_to(board: Database) -> None:
    schedule.claim_due(board, CHANNEL, NOW + DAY + 5 * HOUR)  # too late
    schedule.claim_due(board, CHANNEL, NOW + 2 * DAY)  # not posted yet
    assert checkins.place(board, CHANNEL, ALICE).day == NOW.date()


@pytest.mark.parametrize("channel", [CHANNEL, "C0NOWHERE"])
def test_without_a_digest_there_is_nothing_to_answer(db: Database, channel: str) -> None:
    begin(db, "Payments")
    with pytest.raises(NotFound, match="There is no digest to answer to yet"):
        checkins.place(db, channel, ALICE)


def test_an_answer_to_nothing_is_not_found(board: Database) -> None:
    for day, user in ((NOW.date(), BOB.id), ((NOW + DAY).date(), ALICE.id)):
        with pytest.raises(NotFound):
            checkins.read(board, CHANNEL, day, user)


def test_nothing_at_all_is_refused_and_too_much_too(board: Database) -> None:
    before = story(board)
    for given, field in ((("", " ", ""), "did"), (("", "x" * 3001, ""), "next"), (("", "", "x" * 3001), "blockers")):
        with pytest.raises(BadInput) as caught:
            says(board, *given)
        assert caught.value.field == field
    assert story(board) == before


def test_what_blocks_the_owner_blocks_the_item_in_progress_and_is_taken_back(board: Database) -> None:
    says(board, blockers="the keys are missing")
    assert blocked(board) == Block("the keys are missing", NOW + HOUR)
    says(board, did="more", blockers="the keys are missing")
    says(board, blockers="the keys are wrong")
    assert blocked(board) == Block("the keys are wrong", NOW + HOUR)
    says(board, did="the keys are here")
    assert blocked(board) is None
    assert [line.split()[1] for line in story(board)][-3:] == ["block", "block", "unblock"]


def test_what_blocks_somebody_else_is_only_told(board: Database) -> None:
    place = says(board, blockers="no time", bob=True)
    assert (place.item, blocked(board)) == (None, None)


def test_a_flag_that_was_put_on_otherwise_stays(board: Database) -> None:
    items.block(board, ask(BOB), 1, "the database is down")
    says(board, blockers="the keys are missing")
    assert blocked(board) == Block("the database is down", NOW)
    says(board, did="nothing")
    assert blocked(board) == Block("the database is down", NOW)


def test_a_flag_that_was_taken_off_stays_off_until_something_else_blocks(board: Database) -> None:
    says(board, blockers="the keys are missing")
    moves.unblock(board, ask(BOB), 1)
    says(board, did="more", blockers="the keys are missing")
    assert blocked(board) is None
    says(board, blockers="the tests are red")
    assert blocked(board) == Block("the tests are red", NOW + HOUR)
