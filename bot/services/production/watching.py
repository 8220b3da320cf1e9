"""Which facts there are, who may add one from Slack, and whose turn it is to look at them by the clock."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection

from bot.core.production.judgement import Footing
from bot.errors import BadInput, NotFound, RuleBroken, UserError
from bot.facts.factsfile import added as made
from bot.facts.http import Http
from bot.facts.kind import NAME_LIMIT, Fact
from bot.services.change import Ask, Change
from bot.services.production import incidents
from bot.services.production.runs import LINES
from bot.store import outbox
from bot.store.database import Database
from bot.store.outbox import Owed
from bot.store.production import facts, runs
from bot.store.production.facts import Added, Place

log = logging.getLogger(__name__)

MOST = 20  # facts that may be added to one board
KEPT = timedelta(days=15)  # readings: the strip shows 14 days
HOURLY = timedelta(hours=1)
FORGETTING = ""  # what is claimed for an hour beside the facts' names


def added_facts(db: Database) -> tuple[Http, ...]:
    """Return the facts that people added, each for its own board; one that this version can't read is left out."""
    added = []
    with db.read() as tx:
        rows = facts.every(tx)
    for row in rows:
        try:
            added.append(made(row.keys))
        except UserError as error:
            log.warning("the added fact %r is left out: %s", row.name, error)
    return tuple(added)


def configure(db: Database, listed: Sequence[Fact], now: datetime) -> None:
    """Register the facts that are listed, at the start and whenever that changed: they are what boards have then.

    Of those that are no more nobody will hear.
    """
    with db.begin() as tx:
        for k, fact in enumerate(listed):
            facts.watch(tx, fact.name, Place(k * LINES, fact.channels, fact.every))
        facts.drop_others(tx, [fact.name for fact in listed])
        incidents.follow_everywhere(tx, now)


def are_due(db: Database, listed: Sequence[Fact], now: datetime) -> tuple[Fact, ...]:
    """Return the facts that are to be looked at by the clock now, unless somebody is at it."""
    by_clock = [fact for fact in listed if fact.every]
    if not by_clock:
        return ()
    with db.read() as tx:
        known = facts.known(tx)
    return tuple(
        fact for fact in by_clock if fact.name not in known or known[fact.name].standing.is_due(fact.every, now)
    )


def claim_looks(db: Database, due: Sequence[Fact], now: datetime) -> None:
    """Claim the looks that are due, and owe them as one; those that another process claimed are its own."""
    with db.begin() as tx:
        ordered = sorted(due, key=_name)  # as every process does, so that none waits for the other
        mine = [fact for fact in ordered if fact.every and facts.claim_look(tx, fact.name, fact.every, now)]
        if mine:
            outbox.owe(tx, Owed.LOOK, now.isoformat(), now)


def claimed(db: Database, at: datetime) -> frozenset[str]:
    """Name the facts whose look was claimed at a moment."""
    with db.read() as tx:
        return facts.claimed(tx, at)


def forget_old(db: Database, now: datetime) -> None:
    """Delete readings that nothing shows any more; once an hour, whoever asks."""
    with db.begin() as tx:
        if facts.claim_look(tx, FORGETTING, HOURLY, now):
            runs.forget_before(tx, now - KEPT)


def forget_looks(db: Database) -> None:
    """Forget what looks have found, whenever that was; the facts there are will be looked at as new ones are."""
    with db.begin() as tx:
        facts.look_anew(tx)
        runs.forget_all(tx)


def add(db: Database, ask: Ask, keys: Mapping[str, Any], listed: Sequence[Fact]) -> Http:
    """Add a fact to a board; for owners. A name that is taken gets a number. Raises BadInput, NotAllowed.

    Until it is green once, or an owner has it watched all the same, its red opens no incident: it may be mistyped.
    """
    if "channels" in keys:
        raise BadInput("A fact that is added here is for this board alone.", field="channels")
    fact = made(keys)
    with db.begin() as tx:
        Change(tx, ask).for_owners("facts")
        rows = facts.every(tx)
        if sum(row.channel == ask.channel for row in rows) >= MOST:
            raise BadInput(f"This board has {MOST} added facts, and that is the most. Remove one first.", field="url")
        taken = {name.casefold() for name in (*map(_name, listed), *(row.name for row in rows))}
        fact = made({**keys, "name": _free(fact.name, taken), "channels": [ask.channel]})
        facts.add(tx, Added(fact.name, ask.channel, _keys(keys, fact)), ask.who, ask.at)
        facts.drop(tx, [fact.name])  # what may be known of that name is of something that is no more
        facts.watch(tx, fact.name, Place(0, fact.channels, fact.every), Footing.TRIAL)
    return fact


def remove(db: Database, ask: Ask, name: str) -> str:
    """Take away a fact that was added to this board; for owners. Returns its name. Raises NotFound, NotAllowed."""
    with db.begin() as tx:
        removed = _added_here(tx, ask, name)
        facts.remove(tx, removed)
    return removed


def vouch(db: Database, ask: Ask, name: str) -> str:
    """Have an added fact watched though it was never green; for owners. What is red of it opens an incident now.

    Returns its name. Raises NotFound, NotAllowed, and RuleBroken when it is watched already.
    """
    with db.begin() as tx:
        added = _added_here(tx, ask, name)
        if not facts.vouch(tx, added):
            raise RuleBroken("{name} is watched already: what is red of it opens an incident.", name=added)
        incidents.follow(tx, ask.channel, ask.at)
    return added


def _added_here(tx: Connection, ask: Ask, name: str) -> str:
    """Return the name as it is written of a fact that was added to a board. Raises NotFound, NotAllowed."""
    Change(tx, ask).for_owners("facts")
    ours = [row.name for row in facts.every(tx) if row.channel == ask.channel]
    added = next((own for own in ours if own.casefold() == name.casefold()), None)
    if added is None:
        raise NotFound(
            "No fact called {name} was added to this board. Those that were: {names}. "
            "What is in the server's file is removed there.",
            name=name or "nothing",
            names=", ".join(ours) or "none",
        )
    return added


def _name(fact: Fact) -> str:
    return fact.name


def _keys(keys: Mapping[str, Any], fact: Http) -> dict[str, Any]:
    return {**keys, "name": fact.name, "channels": list(fact.channels)}


def _free(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    numbered = (f"{name[: NAME_LIMIT - 5]} ({number})" for number in count(2))
    return next(candidate for candidate in numbered if candidate.casefold() not in taken)
