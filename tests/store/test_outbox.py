"""What is owed: once however often it is asked for, to one payer at a time, and never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import StatementError

from bot.services.board import joining
from bot.store import outbox
from bot.store.database import Database
from bot.store.ops import condition
from bot.store.outbox import BACK_OFF, LEASE, Debt, Owed, Turn
from tests.store.stage import NOW

SECOND = timedelta(seconds=1)


def owe(db: Database, key: str = "C1", at: datetime = NOW, kind: Owed = Owed.BOARD) -> None:
    with db.begin() as tx:
        outbox.owe(tx, kind, key, at)


def take(db: Database, at: datetime = NOW, room: int = 1) -> tuple[Debt, ...]:
    return db.write(outbox.take_turn, (), room, at).taken


def claim(db: Database, at: datetime = NOW) -> Debt:
    [debt] = take(db, at)
    return debt


def settle(db: Database, *debts: Debt) -> None:
    assert db.write(outbox.take_turn, debts, 0, NOW) == Turn((), ())


def dead(db: Database) -> tuple[str, ...]:
    with db.read() as tx:
        return tuple(map(str, outbox.dead(tx)))


def test_nothing_is_owed_at_first(db: Database) -> None:
    assert take(db, NOW) == ()
    assert not db.query(outbox.is_due, NOW)


def test_owed_ten_times_it_is_paid_once(db: Database) -> None:
    for k in range(10):
        owe(db, at=NOW + k * SECOND)
    debt = claim(db, NOW + 10 * SECOND)
    assert (debt.kind, debt.key, debt.asked, debt.tries) == (Owed.BOARD, "C1", 10, 0)
    assert take(db, NOW + 10 * SECOND) == ()
    settle(db, debt)
    assert not db.query(outbox.is_due, NOW + timedelta(days=1))


def test_every_kind_and_key_is_a_debt_of_its_own(db: Database) -> None:
    for kind in Owed:
        for key in ("C1", "C1/17"):
            owe(db, key, kind=kind)
    claimed = [claim(db) for _ in range(2 * len(Owed))]
    assert {(debt.kind, debt.key) for debt in claimed} == {(kind, key) for kind in Owed for key in ("C1", "C1/17")}
    assert take(db, NOW) == ()


def test_what_is_due_longest_comes_first_and_nothing_comes_early(db: Database) -> None:
    owe(db, "second", NOW - SECOND)
    owe(db, "first", NOW - 2 * SECOND)
    owe(db, "tomorrow", NOW + timedelta(days=1))
    assert [claim(db).key, claim(db).key] == ["first", "second"]
    assert not db.query(outbox.is_due, NOW)


def test_asked_for_again_while_it_is_paid_it_is_paid_again(db: Database) -> None:
    owe(db)
    debt = claim(db)
    owe(db, at=NOW + SECOND)
    assert take(db, NOW + SECOND) == ()  # one payer at a time
    settle(db, debt)
    again = claim(db, NOW + SECOND)
    assert again.asked == 2
    settle(db, again)
    assert not db.query(outbox.is_due, NOW + timedelta(days=1))


def test_a_turn_takes_as_much_as_there_is_room_for_and_no_more(db: Database) -> None:
    for k in range(5):
        owe(db, f"C{k}", NOW - k * SECOND)
    assert [debt.key for debt in take(db, room=3)] == ["C4", "C3", "C2"]
    assert take(db, room=0) == ()
    assert [debt.key for debt in take(db, room=3)] == ["C1", "C0"]


def test_a_turn_strikes_out_what_was_paid_and_takes_what_was_asked_for_again(db: Database) -> None:
    for key in ("C1", "C2", "C3"):
        owe(db, key)
    paid = take(db, room=3)
    owe(db, "C2", NOW + SECOND)
    owe(db, "C4", NOW + SECOND)
    turn = db.write(outbox.take_turn, paid, 5, NOW + SECOND)
    assert [(debt.key, debt.asked) for debt in turn.taken] == [("C2", 2), ("C4", 1)]
    settle(db, *turn.taken)
    assert not db.query(outbox.is_due, NOW + timedelta(days=1))


def test_a_debt_that_was_forgotten_with_its_board_while_it_was_paid_is_settled(db: Database) -> None:
    owe(db)
    paid = take(db)
    joining.forget(db, ("C1",))
    settle(db, *paid)


def test_who_strikes_out_waits_for_nobody_who_is_asking_for_it_right_now(postgresql: Database) -> None:
    for key in ("C1", "C2"):
        owe(postgresql, key)
    paid = take(postgresql, room=2)
    with postgresql.begin() as asking:
        outbox.owe(asking, Owed.BOARD, "C2", NOW)
        turn = postgresql.write(outbox.take_turn, paid, 5, NOW)
        assert turn == Turn((), paid[1:])
    assert postgresql.write(outbox.take_turn, turn.unsettled, 0, NOW) == Turn((), ())
    assert claim(postgresql).asked == 2


def test_what_is_due_is_found_without_reading_all_that_is_owed(sqlite: Database) -> None:
    asked: list[Any] = []
    with sqlite.read() as tx:
        event.listen(tx.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        outbox.is_due(tx, NOW)
        statement, given = asked[-1]
        [step] = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
    assert step.detail == "SEARCH outbox USING INDEX owed_due (due<?)"


def test_a_payer_that_dies_leaves_the_debt_to_another_when_its_lease_ends(db: Database) -> None:
    owe(db)
    dying = claim(db)
    assert not db.query(outbox.is_due, NOW + LEASE - SECOND)
    assert claim(db, NOW + LEASE) == dying


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_step_of_the_clocks_of_those_who_pay_ends_no_lease(
    postgresql: Database, server_clock: None, step: timedelta
) -> None:
    owe(postgresql, at=NOW - 2 * abs(step))
    debt = claim(postgresql)
    assert not postgresql.query(outbox.is_misdated, NOW + step)
    postgresql.write(outbox.set_right, NOW + step)
    assert take(postgresql, NOW + step) == ()
    postgresql.write(outbox.renew, debt, NOW + step)
    assert take(postgresql, NOW) == ()


def test_a_lease_that_is_renewed_holds(db: Database) -> None:
    owe(db)
    debt = claim(db)
    db.write(outbox.renew, debt, NOW + 10 * SECOND)
    assert take(db, NOW + LEASE) == ()
    assert take(db, NOW + LEASE + 10 * SECOND) != ()


def test_a_failing_debt_is_tried_after_1_5_30_and_300_seconds_and_then_given_up(db: Database) -> None:
    owe(db)
    now = NOW
    waits = []
    for _ in BACK_OFF:
        db.write(outbox.put_off, claim(db, now), "Slack is down", now)
        wait = next(s for s in (1, 5, 30, 300) if db.query(outbox.is_due, now + s * SECOND))
        assert not db.query(outbox.is_due, now + wait * SECOND - timedelta(microseconds=1))
        waits.append(wait)
        now += wait * SECOND
    assert waits == [1, 5, 30, 300]
    assert dead(db) == ()
    db.write(outbox.put_off, claim(db, now), "Slack is still down", now)
    assert not db.query(outbox.is_due, now + timedelta(days=365))
    assert dead(db) == ("board C1: Slack is still down",)


def test_a_wait_that_slack_asks_for_counts_as_no_try(db: Database) -> None:
    owe(db)
    now = NOW
    for _ in range(20):
        db.write(outbox.put_off, claim(db, now), "ratelimited", now, wait=30 * SECOND)
        assert not db.query(outbox.is_due, now + 29 * SECOND)
        now += 30 * SECOND
    assert claim(db, now).tries == 0


def test_asking_again_does_not_shorten_the_wait_that_slack_asks_for(db: Database) -> None:
    owe(db)
    db.write(outbox.put_off, claim(db), "ratelimited", NOW, wait=30 * SECOND)
    owe(db, at=NOW + SECOND)
    assert not db.query(outbox.is_due, NOW + 29 * SECOND)
    assert claim(db, NOW + 30 * SECOND).asked == 2


def test_asking_again_tries_what_was_put_off_at_once(db: Database) -> None:
    owe(db)
    db.write(outbox.put_off, claim(db), "Slack is down", NOW)
    owe(db, at=NOW)
    assert claim(db).tries == 0


@pytest.mark.parametrize("tries", [0, len(BACK_OFF)])
def test_a_debt_asked_for_again_while_it_failed_starts_its_tries_afresh(db: Database, tries: int) -> None:
    owe(db)
    now = NOW
    for _ in range(tries):
        db.write(outbox.put_off, claim(db, now), "Slack is down", now)
        now += timedelta(minutes=10)
    debt = claim(db, now)
    assert debt.tries == tries
    owe(db, at=now)
    db.write(outbox.put_off, debt, "Slack is down", now)
    assert claim(db, now).tries == 0
    assert dead(db) == ()


def test_what_can_not_be_paid_is_given_up_at_once_until_it_is_asked_for_again(db: Database) -> None:
    owe(db)
    owe(db, "C2")
    db.write(outbox.bury, claim(db), "channel_not_found")
    assert dead(db) == ("board C1: channel_not_found",)
    assert claim(db).key == "C2"
    assert not db.query(outbox.is_due, NOW)
    owe(db, at=NOW + SECOND)
    assert dead(db) == ()
    assert claim(db, NOW + SECOND).key == "C1"


def test_what_is_asked_for_again_while_it_is_being_given_up_is_paid(db: Database) -> None:
    """The bot was removed and invited again while Slack's refusal was on its way."""
    owe(db)
    debt = claim(db)
    owe(db)
    db.write(outbox.bury, debt, "not_in_channel")
    assert dead(db) == ()
    assert claim(db).key == "C1"


def test_a_settled_debt_can_be_owed_anew(db: Database) -> None:
    owe(db)
    settle(db, claim(db))
    owe(db)
    assert claim(db).asked == 1


def test_a_debt_of_a_change_that_failed_is_not_owed(db: Database) -> None:
    def fail_half_way() -> None:
        with db.begin() as tx:
            outbox.owe(tx, Owed.BOARD, "C1", NOW)
            outbox.owe(tx, Owed.DIGEST, "C1", NOW.replace(tzinfo=None))

    with pytest.raises(StatementError):
        fail_half_way()
    assert not db.query(outbox.is_due, NOW)


def test_two_claimers_inside_their_transactions_never_have_the_same_debt(postgresql: Database) -> None:
    owe(postgresql, "C1", NOW - SECOND)
    owe(postgresql, "C2")
    with postgresql.begin() as one, postgresql.begin() as two, postgresql.begin() as three:
        keys = [debt.key for tx in (one, two) for debt in outbox.claim(tx, NOW, 1)]
        assert outbox.claim(three, NOW, 1) == ()
    assert keys == ["C1", "C2"]


def test_claimers_that_race_share_the_debts_out(db: Database) -> None:
    for k in range(24):
        owe(db, f"C{k}")
    barrier = Barrier(4)

    def take_all() -> list[str]:
        barrier.wait()
        keys = []
        while db.query(outbox.is_due, NOW):
            keys += [debt.key for debt in take(db, room=3)]
        return keys

    with ThreadPoolExecutor(4) as pool:
        taken = [key for claimer in [pool.submit(take_all) for _ in range(4)] for key in claimer.result()]
    assert sorted(taken) == sorted(f"C{k}" for k in range(24))


def test_what_waits_for_slack_still_says_so_when_it_is_asked_for_again(db: Database) -> None:
    """Otherwise health is green from each change of a board to the next try, while Slack refuses every call."""
    db.write(outbox.owe, Owed.BOARD, "C1", NOW)
    (debt,) = db.write(outbox.claim, NOW, 1)
    db.write(outbox.pause, debt, "token_revoked", NOW, timedelta(seconds=30))
    db.write(outbox.owe, Owed.BOARD, "C1", NOW + timedelta(seconds=1))
    assert db.query(condition.paused) == "token_revoked"
    (again,) = db.write(outbox.claim, NOW + timedelta(seconds=31), 1)
    db.write(outbox.settle, [again])
    assert db.query(condition.paused) == ""
