"""What is owed: effects that follow a change, claimed for a while and settled when they are paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, delete, func, select, tuple_, update
from sqlalchemy.sql.elements import ColumnElement

from bot.core.board.undo import LIMIT
from bot.core.times import CLOCKS_DIFFER
from bot.store import tables
from bot.store.upsert import Insert, upsert

LEASE = timedelta(seconds=15)  # renewed while it is being paid; after a crash somebody else tries when it ends
BACK_OFF = tuple(timedelta(seconds=s) for s in (1, 5, 30, 300))  # law 5; after these it is dead
# What is due or leased further ahead than this was dated by a clock that was ahead; see `set_right`.
LONGEST_WAIT = max(*BACK_OFF, LIMIT) + CLOCKS_DIFFER
LONGEST_LEASE = LEASE + CLOCKS_DIFFER  # of other processes, too, whose clocks are not quite ours
# Where several processes lease by the server's clock: a step of theirs would end what the others hold. SQLite has none,
# and one process, which knows what it has in hand.
SERVERS_WITH_A_CLOCK = frozenset({"postgresql"})

Lease = datetime | ColumnElement[datetime]  # a moment of the clock that leases go by


class Owed(StrEnum):
    """Everything that can be owed. The key names what it is about; the content is read when it is paid."""

    BOARD = "board"  # the living board message of a channel; key: channel
    PIN = "pin"  # the pin of a board message that was just posted; key: channel
    FINISH = "finish"  # the post of a finish; key: channel/change
    SEAL = "seal"  # the post of a finish once its Undo has run out; key: channel/change
    CHECK = "check"  # prod facts after a finish; key: channel/change
    DIGEST = "digest"  # the digest of a day; key: channel/day
    NUDGE = "nudge"  # asking the owner for a status note; key: channel/day, or channel/day/user of an answer
    CHECKIN = "checkin"  # somebody's answer to a digest; key: channel/day/user
    ASK = "ask"  # asking somebody for their answers in their morning; key: user/day
    EXPORT = "export"  # a board as a file, in the direct messages of whoever asked; key: channel/user/form
    FACTS = "facts"  # prod facts for somebody who asked; key: channel/user, or channel/user/fact
    LOOK = "look"  # looks by the clock; key: the moment at which they were claimed
    BASELINE = "baseline"  # prod facts at an item's start; key: channel/item
    INCIDENT = "incident"  # the message of an incident and its thread; key: channel/incident
    ISSUE = "issue"  # the GitHub issue of an incident; key: channel/incident
    EXPIRY = "expiry"  # a warning about a certificate; key: channel/days/fact
    REPORT = "report"  # the file that says what production said; key: report
    STATE = "state"  # the file STATE.md of a board; key: channel
    NEXT7D = "next7d"  # the file NEXT-7D.md of a board; key: channel
    DRIFT = "drift"  # the notice that a person changed a file; key: channel/kind/count
    SHARE = "share"  # a copy of the board, shared by somebody; key: channel/user/change
    TRAIL = "trail"  # a change's line in the thread of the board message; key: channel/change
    HOME = "home"  # somebody's App Home; key: user
    HOMES = "homes"  # the App Homes of those in a channel, whose board has changed; key: channel
    INTRO = "intro"  # the introduction in a channel that the bot came into; key: channel
    UNSHOWN = "unshown"  # telling somebody that Slack refuses to show their words; key: user/channel/kind/code/day
    ANSWER = "answer"  # where a message is told that it became an item; key: channel/item/ts of its thread


PAUSED = "paused: "  # begins the error of a debt that waits until Slack takes calls again; its word for why follows

# Tried again for as long as it takes: a digest says itself when it is too late for it.
UNTIRING = frozenset({Owed.DIGEST})


@dataclass(frozen=True, slots=True)
class Debt:
    """One owed effect as it was claimed."""

    id: int
    kind: Owed
    key: str
    asked: int
    tries: int


@dataclass(frozen=True, slots=True)
class Lost:
    """One effect that was given up, and why."""

    kind: Owed
    key: str
    error: str

    @property
    def channel(self) -> str:
        """Whose board it is about; a key that begins with something else is about no board."""
        return self.key.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.error}"


def owe(tx: Connection, kind: Owed, key: str, now: datetime, *, sooner: bool = False) -> None:
    """Owe an effect; owed twice it is still paid once, unless it is asked for again while it is being paid.

    `sooner`: somebody waits for it, so one that was put off to a later time is due now.
    """
    tx.execute(_owing(tx.dialect.name, sooner=sooner), {"kind": kind.value, "key": key, "now": now})


@cache
def _owing(dialect: str, *, sooner: bool) -> Insert:
    """Build the statement once: it is what every change ends with, and a digest several times."""
    of, now = tables.outbox.c, bindparam("now", type_=tables.Moment)
    fresh = {"tries": 0, "dead": False}
    values = {"kind": bindparam("kind"), "key": bindparam("key"), "asked": 1, "due": now, "error": ""} | fresh
    # Due ahead without a failed try: Slack said when to come again, and asking again is no reason to come sooner.
    slack_said = (of.tries == 0) & (of.due > now)
    due = now if sooner else case((slack_said, of.due), else_=now)
    # Who waits until Slack takes calls again still does: until the next try nobody knows that it takes them.
    error = case((of.error.startswith(PAUSED, autoescape=True), of.error), else_="")
    asked_again = {"asked": of.asked + 1, "due": due, "error": error} | fresh
    return upsert(dialect, tables.outbox, values, ("kind", "key"), asked_again)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn brought: debts to pay, and paid ones that are to be struck out at the next."""

    taken: tuple[Debt, ...]
    unsettled: tuple[Debt, ...]


def take_turn(tx: Connection, paid: Sequence[Debt], room: int, now: datetime) -> Turn:
    """Strike out what was paid and take what is due longest, as much as there is room for, in one transaction.

    A disk takes its time for each transaction, however small: one for each debt would be what thousands wait for.
    """
    unsettled = settle(tx, paid) if paid else ()
    return Turn(claim(tx, now, room) if room else (), unsettled)


def claim(tx: Connection, now: datetime, most: int) -> tuple[Debt, ...]:
    """Take what is due longest, for the time of a lease. A second claimer gets others, and waits for nobody."""
    rows = tx.execute(_payable(tx, now).limit(most).with_for_update(skip_locked=True)).all()
    if rows:
        _lease(tx, [row.id for row in rows], now)
    return tuple(Debt(row.id, Owed(row.kind), row.key, row.asked, row.tries) for row in rows)


def is_due(tx: Connection, now: datetime) -> bool:
    """Return whether anything can be claimed now."""
    return tx.execute(_payable(tx, now).limit(1)).first() is not None


def is_owed(tx: Connection, kind: Owed, key: str) -> bool:
    """Return whether an effect is owed and not given up."""
    of = tables.outbox.c
    return tx.scalar(select(of.id).where(of.kind == kind.value, of.key == key, ~of.dead)) is not None


def is_misdated(tx: Connection, now: datetime) -> bool:
    """Return whether something is due or leased later than anything can be."""
    of = tables.outbox.c
    too_long = _is_leased_too_long(_lease_clock(tx, now))
    late = select(of.id).where(tables.PAYABLE, _is_due_too_late(now) | too_long)
    return tx.execute(late.limit(1)).first() is not None


def set_right(tx: Connection, now: datetime) -> None:
    """Let what a clock that was ahead put off be due now, and end the leases that it gave."""
    tx.execute(update(tables.outbox).where(tables.PAYABLE, _is_due_too_late(now)).values(due=now))
    too_long = _is_leased_too_long(_lease_clock(tx, now))
    tx.execute(update(tables.outbox).where(tables.PAYABLE, too_long).values(leased_until=None))


def renew(tx: Connection, debt: Debt, now: datetime) -> None:
    """Hold a claimed debt for another lease: it is still being paid."""
    _lease(tx, [debt.id], now)


def settle(tx: Connection, debts: Sequence[Debt]) -> tuple[Debt, ...]:
    """Strike out paid debts; one that was asked for again meanwhile is owed still. Returns those to settle later.

    Those are being asked for in another transaction right now. Who strikes out several waits for none of them: the
    other may hold one and want the next.
    """
    of = tables.outbox.c
    among = select(of.id).where(of.id.in_([debt.id for debt in debts]))
    held = set(tx.scalars(among.with_for_update(skip_locked=True)))
    as_asked = [(debt.id, debt.asked) for debt in debts if debt.id in held]
    tx.execute(delete(tables.outbox).where(tuple_(of.id, of.asked).in_(as_asked)))
    tx.execute(update(tables.outbox).where(of.id.in_(held)).values(leased_until=None))
    if len(held) == len(debts):
        return ()
    busy = set(tx.scalars(among)) - held  # what is not even there was forgotten with its board
    return tuple(debt for debt in debts if debt.id in busy)


def put_off(tx: Connection, debt: Debt, error: str, now: datetime, wait: timedelta | None = None) -> None:
    """Try again later: after `wait` (Slack's Retry-After, not counted as a try), else by the back-off, then never.

    One that was asked for again meanwhile starts its tries afresh.
    """
    if wait is not None:
        _set(tx, debt, leased_until=None, due=now + min(wait, LONGEST_WAIT), error=error)
        return
    later: dict[str, Any] = {"dead": True}
    if debt.tries < len(BACK_OFF) or debt.kind in UNTIRING:
        later = {"due": now + BACK_OFF[min(debt.tries, len(BACK_OFF) - 1)], "tries": debt.tries + 1}
    tx.execute(update(tables.outbox).where(_as_asked(debt)).values(error=error, **later))
    _set(tx, debt, leased_until=None)


def bury(tx: Connection, debt: Debt, error: str) -> None:
    """Give up: it can't be paid however often it is tried; unless it was asked for again meanwhile, for that is new."""
    tx.execute(update(tables.outbox).where(_as_asked(debt)).values(dead=True, error=error))
    _set(tx, debt, leased_until=None)


def pause(tx: Connection, debt: Debt, why: str, now: datetime, wait: timedelta) -> None:
    """Try nothing for a while: Slack takes no call at all, so this debt's failure is that of all, and of none.

    None of them counts it as a try. What is being asked for in another transaction right now is left to its own try.
    """
    of, until = tables.outbox.c, now + wait
    due = select(of.id).where(of.due < until, tables.PAYABLE, of.id != debt.id).with_for_update(skip_locked=True)
    tx.execute(update(tables.outbox).where(of.id.in_(tx.scalars(due).all())).values(due=until))
    _set(tx, debt, leased_until=None, due=until, error=f"{PAUSED}{why}")


def revive(tx: Connection, now: datetime, channel: str = "") -> int:
    """Owe anew what was given up, of one board or of all. Returns how much it was."""
    of = tables.outbox.c
    here = (of.key == channel) | of.key.startswith(f"{channel}/", autoescape=True)
    given_up = of.dead & here if channel else of.dead
    values = {"dead": False, "tries": 0, "due": now, "leased_until": None, "error": ""}
    revived = tx.scalars(update(tables.outbox).where(given_up).values(**values).returning(of.id))
    return len(revived.all())


def dead(tx: Connection) -> tuple[Lost, ...]:
    """List what was given up."""
    rows = tx.execute(select(tables.outbox).where(tables.outbox.c.dead).order_by(tables.outbox.c.id))
    return tuple(Lost(Owed(row.kind), row.key, row.error) for row in rows)


def trouble(tx: Connection, kind: Owed, key: str) -> tuple[str, bool]:
    """Return what an owed effect failed with last, if it did, and whether it was given up."""
    query = select(tables.outbox.c.error, tables.outbox.c.dead)
    row = tx.execute(query.where(tables.outbox.c.kind == kind.value, tables.outbox.c.key == key)).one_or_none()
    return (row.error, row.dead) if row else ("", False)


def _as_asked(debt: Debt) -> ColumnElement[bool]:
    """Return the debt's row, unless it was asked for again after it was claimed."""
    return (tables.outbox.c.id == debt.id) & (tables.outbox.c.asked == debt.asked)


def _is_due_too_late(now: datetime) -> ColumnElement[bool]:
    return tables.outbox.c.due > now + LONGEST_WAIT


def _is_leased_too_long(now: Lease) -> ColumnElement[bool]:
    return tables.outbox.c.leased_until > now + LONGEST_LEASE


def _lease_clock(tx: Connection, now: datetime) -> Lease:
    return func.now() if tx.dialect.name in SERVERS_WITH_A_CLOCK else now


def _payable(tx: Connection, now: datetime) -> Select[Any]:
    leased = tables.outbox.c.leased_until
    is_free = leased.is_(None) | (leased <= _lease_clock(tx, now))
    query = select(tables.outbox).where(tables.outbox.c.due <= now, tables.PAYABLE, is_free)
    return query.order_by(tables.outbox.c.due, tables.outbox.c.id)


def _lease(tx: Connection, ids: Sequence[int], now: datetime) -> None:
    until = _lease_clock(tx, now) + LEASE
    tx.execute(update(tables.outbox).where(tables.outbox.c.id.in_(ids)).values(leased_until=until))


def _set(tx: Connection, debt: Debt, **values: Any) -> None:
    tx.execute(update(tables.outbox).where(tables.outbox.c.id == debt.id).values(**values))
