"""Messages that stand once: the intent first, then where they stand."""

from datetime import timedelta

from bot.store import outbox, posts
from bot.store.database import Database
from bot.store.outbox import Owed
from tests.store.stage import NOW

LATER = NOW + timedelta(minutes=3)


def test_an_intent_is_new_once_and_keeps_its_moment(db: Database) -> None:
    first = db.write(posts.intend, "board:C1", "C1", NOW)
    assert (first.key, first.channel, first.ts, first.intent_at, first.is_new) == ("board:C1", "C1", None, NOW, True)
    again = db.write(posts.intend, "board:C1", "C1", LATER)
    assert (again.ts, again.intent_at, again.is_new) == (None, NOW, False)
    assert db.write(posts.intend, "board:C2", "C2", LATER).is_new


def test_a_message_that_landed_is_found_again(db: Database) -> None:
    db.write(posts.intend, "board:C1", "C1", NOW)
    db.write(posts.landed, "board:C1", "1772442000.000100", NOW)
    assert db.query(posts.where, "board:C1") == "1772442000.000100"
    again = db.write(posts.intend, "board:C1", "C1", LATER)
    assert (again.ts, again.is_new) == ("1772442000.000100", False)


def test_a_message_that_is_gone_is_looked_for_from_the_new_intent_on(db: Database) -> None:
    db.write(posts.intend, "board:C1", "C1", NOW)
    db.write(posts.landed, "board:C1", "1.0", NOW)
    db.write(posts.gone, "board:C1", LATER)
    again = db.write(posts.intend, "board:C1", "C1", LATER + timedelta(minutes=1))
    assert (again.ts, again.intent_at, again.is_new) == (None, LATER, False)
    db.write(posts.landed, "board:C1", "2.0", NOW)
    assert db.query(posts.where, "board:C1") == "2.0"


def test_a_board_message_that_landed_is_owed_its_pin_in_the_same_transaction(db: Database) -> None:
    db.write(posts.intend, "board:C1", "C1", NOW)
    db.write(posts.landed, "board:C1", "1.0", NOW, pin_in="C1")
    [debt] = db.write(outbox.take_turn, (), 2, NOW).taken
    assert (debt.kind, debt.key) == (Owed.PIN, "C1")
