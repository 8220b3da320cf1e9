"""What must be so in the end: what people were told is done, and everything is said once."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, select

from bot.core.board.model import Lane
from bot.sandbox.server import Sandbox
from bot.store import tables
from bot.store.database import Database
from tests.chaos.stage import CHANNEL
from tests.chaos.users import Account, Told

FURNISHED_DONE = 6  # finished before anybody could post it
SAID_AGAIN = frozenset({"share"})  # asked for again by a person, it is said again


def verdict(db: Database, sandbox: Sandbox, account: Account) -> list[str]:
    """Return what is not as it must be."""
    with db.read() as tx:
        return [
            *_items(tx, account),
            *_events(tx, account),
            *_wip(tx),
            *_posts(tx, _keys(sandbox)),
            *_debts(tx),
        ]


def _items(tx: Connection, account: Account) -> Iterator[str]:
    titles = Counter(tx.scalars(select(tables.items.c.title)))
    for title, told in account.added.items():
        yield from _once(f"the item “{title}”", titles[title], told)
    for number in range(1, 7):  # the furnished ones
        if tx.scalar(select(tables.items.c.id).where(tables.items.c.number == number)) is None:
            yield f"the item #{number} is lost"


def _events(tx: Connection, account: Account) -> Iterator[str]:
    rows = tx.execute(select(tables.events)).all()
    for words, told in account.noted.items():
        count = sum(row.verb in ("status", "evidence") and words in _words(row.note) for row in rows)
        yield from _once(f"the note “{words}”", count, told)
    moved = Counter((row.verb, row.number) for row in rows)
    for (verb, number), times in account.moved.items():
        if moved[verb, number] < times:
            yield f"{verb} #{number} was acknowledged {times} times and happened {moved[verb, number]} times"


def _words(note: str) -> tuple[str, ...]:
    """A note of evidence names its criterion before the words."""
    return (note, note.rpartition(" — ")[2])


def _once(what: str, count: int, told: Told) -> Iterator[str]:
    if count > 1:
        yield f"{what} is there {count} times"
    if told is Told.DONE and count == 0:
        yield f"{what} was acknowledged and is lost"
    if told is Told.REFUSED and count:
        yield f"{what} was refused and is there"


def _wip(tx: Connection) -> Iterator[str]:
    wip = tx.scalars(select(tables.items.c.number).where(tables.items.c.lane == Lane.WIP)).all()
    if len(wip) > 1:
        yield f"{len(wip)} items are in progress: {wip}"


def _keys(sandbox: Sandbox) -> Counter[tuple[str, str]]:
    """Count the messages of the bot in the channel, by kind and key."""
    messages = sandbox.box.workspace.messages[CHANNEL].values()
    payloads = [(message.get("metadata") or {}).get("event_payload") or {} for message in messages]
    return Counter((payload["kind"], payload["key"]) for payload in payloads if "key" in payload)


def _posts(tx: Connection, keys: Counter[tuple[str, str]]) -> Iterator[str]:
    for (kind, key), count in keys.items():
        if count > 1 and kind not in SAID_AGAIN:
            yield f"{key} is posted {count} times"
    finishes = tx.scalars(select(tables.finishes.c.change).where(tables.finishes.c.number != FURNISHED_DONE)).all()
    wanted = {("finish", f"finish:{CHANNEL}/{change}") for change in finishes}
    days = tx.scalars(select(tables.digests.c.day).where(~tables.digests.c.skipped)).all()
    wanted |= {("digest", f"digest:{CHANNEL}/{day}") for day in days}
    wanted.add(("board", f"board:{CHANNEL}"))
    buried = {f"{row.kind}:{row.key}" for row in tx.execute(select(tables.outbox).where(tables.outbox.c.dead))}
    yield from (f"{key} is not posted" for _, key in sorted(wanted - keys.keys()) if key not in buried)


def _debts(tx: Connection) -> Iterator[str]:
    for row in tx.execute(select(tables.outbox)):
        if not row.dead:
            yield f"{row.kind} {row.key} is owed still: {row.error or 'nothing failed'}"
        elif not row.error:
            yield f"{row.kind} {row.key} was given up without a reason"
