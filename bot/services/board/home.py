"""Somebody's App Home: their boards at a glance, kept true once they opened it and when names change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import LIVE, Board, Item, Lane
from bot.core.people import Person
from bot.core.production.judgement import together
from bot.core.production.readings import Run
from bot.services.board.look import WEEK
from bot.store import outbox
from bot.store.board import boards, homes, people
from bot.store.board.boards import Record
from bot.store.board.homes import STILL_OPEN
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import facts

EVERY_BOARD = ""  # no channel's name: its facts are those that belong to every board
ORDER = (Lane.WIP, Lane.NEXT, Lane.BLOCKED, Lane.LATER)


@dataclass(frozen=True, slots=True)
class Glance:
    """One board on somebody's Home."""

    channel: str
    board: Board
    owners: tuple[Person, ...]
    is_begun: bool

    def items_of(self, person: str) -> tuple[Item, ...]:
        """Return the open items that somebody owns on it: the one in progress first."""
        mine = [item for item in self.board.items if item.lane in LIVE and item.owner and item.owner.id == person]
        return tuple(sorted(mine, key=lambda item: (ORDER.index(item.lane), item.position, item.number)))


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody's Home tells: their boards, and what production said last."""

    person: str
    boards: tuple[Glance, ...]
    run: Run | None
    now: datetime
    has_facts: bool = False  # there is something to ask production, on one of their boards

    @property
    def items(self) -> tuple[tuple[Glance, Item], ...]:
        """Their open items on every board."""
        return tuple((glance, item) for glance in self.boards for item in glance.items_of(self.person))


def read(db: Database, person: str, channels: Iterable[str], now: datetime) -> Home:
    """Read somebody's Home: the boards of these channels, in which they are, those with something on them first."""
    channels = tuple(channels)
    with db.read() as tx:
        records = {channel: boards.look(tx, channel, done_since=now - WEEK) for channel in sorted(channels)}
        seen = {fact.reading.name: fact for channel in (EVERY_BOARD, *channels) for fact in facts.seen(tx, channel)}
        has_facts = facts.are_watched(tx, *channels)
    glances = [_glance(channel, record) for channel, record in records.items()]
    glances.sort(key=lambda glance: (not glance.items_of(person), not glance.board.items))
    return Home(person, tuple(glances), together(tuple(seen.values()), now), now, has_facts)


def _glance(channel: str, record: Record | None) -> Glance:
    """Return a board as Home shows it; one that nobody did anything on yet is an empty one."""
    if record is None:
        return Glance(channel, Board(), (), is_begun=False)
    return Glance(channel, record.board, record.owners, is_begun=record.is_begun)


def opened(db: Database, person: str, now: datetime) -> None:
    """Owe somebody their Home, and keep it true from now on."""
    with db.begin() as tx:
        homes.opened(tx, person, now)
        outbox.owe(tx, Owed.HOME, person, now)


def owed(db: Database, people: Iterable[str], now: datetime) -> None:
    """Owe their Home to those of these people who may still have it open."""
    with db.begin() as tx:
        for person in sorted(set(people) & set(homes.everybody(tx, now - STILL_OPEN))):
            outbox.owe(tx, Owed.HOME, person, now)


def is_any_open(db: Database, now: datetime) -> bool:
    """Return whether anybody may have their Home open."""
    with db.read() as tx:
        return bool(homes.everybody(tx, now - STILL_OPEN))


def closed(db: Database, person: str) -> None:
    """Stop keeping somebody's Home: they have left the workspace."""
    with db.begin() as tx:
        homes.closed(tx, person)


def renamed(db: Database, person: Person, now: datetime) -> None:
    """Take in the name and picture somebody has, and owe them to every board that shows them; not of somebody unknown.

    Slack tells of every change of a profile, most of them of a status: with the same name and picture nothing is owed.
    """
    with db.begin() as tx:
        known = people.known(tx).get(person.id)
        if known is None or (known.name, known.picture) == (person.name, person.picture or known.picture):
            return
        people.remember(tx, [person])
        for channel in homes.boards_of(tx, person.id):
            outbox.owe(tx, Owed.BOARD, channel, now)
        for watcher in homes.everybody(tx, since=now - STILL_OPEN):
            outbox.owe(tx, Owed.HOME, watcher, now)


def left(db: Database, person: str) -> None:
    """Stop keeping the Home of somebody who left the workspace; what they did and own stays theirs, by name."""
    with db.begin() as tx:
        homes.closed(tx, person)
