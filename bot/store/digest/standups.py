"""Who belongs to the standup of each day, whom of them to ask when, and what people wish of standups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, delete, select, update

from bot.core.digest.standup import NO_WISH, Asking, Member, Wish
from bot.store import tables
from bot.store.board.people import known, remember
from bot.store.upsert import insert_new, insert_or_update


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is to be asked for their answer to the digest of a day, and when."""

    board_id: int
    day: date
    person: str
    asking: Asking


def gather(tx: Connection, board_id: int, day: date, members: Iterable[Member]) -> None:
    """Keep who belongs to the standup of a day; whoever came first to say so is right."""
    members = tuple(members)
    remember(tx, [member.person for member in members])
    for member in members:
        key = {"board_id": board_id, "day": day, "person": member.person.id}
        ask = {"ask_due": member.asking.at, "ask_on": member.asking.on} if member.asking else {}
        insert_new(tx, tables.standups, key | {"away": member.away} | ask)


def members(tx: Connection, board_id: int, day: date) -> tuple[Member, ...]:
    """Return who belongs to the standup of a day; nobody: that is not known."""
    of, people = tables.standups.c, known(tx)
    rows = tx.execute(select(tables.standups).where(of.board_id == board_id, of.day == day).order_by(of.person))
    return tuple(Member(people[row.person], row.away) for row in rows)


def due(tx: Connection, now: datetime) -> tuple[Due, ...]:
    """Return who is to be asked by now."""
    rows = tx.execute(select(tables.standups).where(tables.standups.c.ask_due <= now))
    return tuple(Due(row.board_id, row.day, row.person, Asking(row.ask_due, row.ask_on)) for row in rows)


def take(tx: Connection, due: Due) -> bool:
    """Note that somebody is being asked. False: another process has done so."""
    of = tables.standups.c
    key = (
        (of.board_id == due.board_id) & (of.day == due.day) & (of.person == due.person) & (of.ask_due == due.asking.at)
    )
    taken = tx.execute(update(tables.standups).where(key).values(ask_due=None).returning(of.person))
    return taken.first() is not None


def claim(tx: Connection, person: str, day: date) -> bool:
    """Claim the asking of somebody on a day of theirs. False: they were asked, or will be."""
    return insert_new(tx, tables.asked, {"person": person, "day": day})


def asked_last(tx: Connection, person: str) -> date | None:
    """Return the last day on which somebody was asked; None: they never were."""
    of = tables.asked.c
    return tx.scalars(select(of.day).where(of.person == person).order_by(of.day.desc()).limit(1)).one_or_none()


def boards_of(tx: Connection, person: str, since: date) -> tuple[tuple[int, date], ...]:
    """Return the last standup that somebody belongs to on each board, by its id and day, of those since a day."""
    of = tables.standups.c
    query = select(of.board_id, of.day).where(of.person == person, of.day >= since, of.away == "")
    return tuple(
        {row.board_id: (row.board_id, row.day) for row in tx.execute(query.order_by(of.board_id, of.day))}.values()
    )


def wish(tx: Connection, person: str) -> Wish:
    """Return what somebody wishes."""
    return wishes(tx, [person]).get(person, NO_WISH)


def wishes(tx: Connection, people: Iterable[str]) -> dict[str, Wish]:
    """Return what people wish, by their ids; whoever has no wish is not among them."""
    rows = tx.execute(select(tables.wishes).where(tables.wishes.c.person.in_(tuple(people))))
    return {row.person: Wish(_time(row.ask_at), row.never, row.holidays or "") for row in rows}


def keep_wish(tx: Connection, person: str, wish: Wish) -> None:
    """Keep what somebody wishes, in place of what they had wished."""
    if wish == NO_WISH:
        tx.execute(delete(tables.wishes).where(tables.wishes.c.person == person))
        return
    at = wish.ask_at.strftime("%H:%M") if wish.ask_at else None
    wanted = {"ask_at": at, "never": wish.never, "holidays": wish.holidays or None}
    insert_or_update(tx, tables.wishes, {"person": person} | wanted, ("person",), wanted)


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
