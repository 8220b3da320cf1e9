"""Other processes that do the same thing at the same moment: each is told its deed, `DEED [CHANNEL [NUMBER [PERSON]]]`.

The deed `shuffle` is many moves, in an order of its own for each number.
"""

import multiprocessing
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing.synchronize import Barrier
from random import Random

from sqlalchemy import update

from bot.errors import UserError
from bot.services.board import history, moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store import tables
from bot.store.board import boards
from bot.store.database import PATIENT_MS, Database
from bot.store.migrate import migrate
from tests.people import ALICE, BOB, CAROL

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RIVALS = multiprocessing.get_context("forkserver")
RIVALS.set_forkserver_preload([__name__])  # imported once, or each of them would need a second for it
together: Barrier  # where they wait for each other


def race(db: Database, *deeds: str) -> list[str]:
    """Let one process for each deed run into the others. Return what each told."""
    url = db.url.render_as_string(hide_password=False)
    begin = RIVALS.Barrier(len(deeds))
    with ProcessPoolExecutor(len(deeds), RIVALS, _get_ready, (begin,)) as pool:
        return list(pool.map(_rival, [url] * len(deeds), deeds))


def _get_ready(begin: Barrier) -> None:
    global together
    together = begin
    warnings.simplefilter("error")


def _rival(url: str, deed: str) -> str:
    db = Database(url, busy_timeout_ms=PATIENT_MS)  # who waits how long is not the race
    together.wait()
    told = _do(db, *deed.split())
    db.close()
    return told


def _do(db: Database, deed: str, *words: str) -> str:
    if deed == "migrate":
        return "migrated" if migrate(db) else "nothing to do"
    channel, *number = words
    if deed == "plant":
        return answer(lambda: plant(db, channel, *number)) or "planted"
    if deed == "claim":
        schedule.claim_due(db, channel, AT)
        return "claimed"
    if deed == "shuffle":
        return "\n".join(refused for refused in shuffle(db, channel, int(number[0])) if refused) or "none refused"
    who = {person.id: person for person in (ALICE, BOB, CAROL)}[number[1]] if number[1:] else ALICE
    return answer(lambda: moves.start(db, Ask(channel, who, AT), int(number[0]))) or "started"


def plant(db: Database, channel: str, number: str, owner: str) -> None:
    """Put an item in progress by SQL, past the board's lock and every rule but those of the database.

    `owner` holds the slot; `-`: it is the board's.
    """
    slot = "" if owner == "-" else owner
    of = tables.items.c
    with db.begin() as tx:
        of_item = (of.board_id == boards.id_of(tx, channel)) & (of.number == int(number))
        values = {"lane": "wip", "position": 0, "slot": slot} | ({"owner": slot} if slot else {})
        tx.execute(update(tables.items).where(of_item).values(values))


def answer(deed: Callable[[], object]) -> str:
    """Do it. Gives the words of its refusal, if any."""
    try:
        deed()
    except UserError as refused:
        return str(refused)
    return ""


def shuffle(db: Database, channel: str, seed: int, count: int = 24) -> list[str]:
    """Move the items 1 to 8 about, and undo now and then. Gives what each move was answered."""
    by = Ask(channel, ALICE, AT)
    rng = Random(seed)
    ways: tuple[Callable[[int], object], ...] = (
        lambda number: moves.queue(db, by, number, 1, "it is late"),
        lambda number: moves.queue(db, by, number, None, "it is late"),
        lambda number: moves.defer(db, by, number),
        lambda number: moves.move(db, by, number, "first"),
        lambda number: moves.move(db, by, number, "down"),
        lambda number: moves.start(db, by, number),
        lambda number: moves.park(db, by, None, f"#{number} comes first"),
        lambda _: history.undo(db, by),
    )
    return [answer(partial(rng.choice(ways), rng.randint(1, 8))) for _ in range(count)]
