"""The digest as a read model: what changed, what is in progress, what comes next, and whether production is healthy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.board.history import PAST, Event
from bot.core.board.model import Board, Item
from bot.core.digest.account import Account, account
from bot.core.digest.schedule import DAY, LATE_AFTER, Plan, working_time
from bot.core.digest.week import Week
from bot.core.production.readings import Run

STALE_AFTER = DAY  # of working time, PRODUCT 3; a digest says it in these words
# In a week the team has seen the item lie in five digests: asking earlier would nag, and later nobody remembers why.
ESCALATE_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Held:
    """A parked item: what became of it since the last digest, and whether today somebody is asked to decide, once."""

    item: Item
    became: str  # new, changed, unchanged
    is_escalated: bool
    is_back: bool  # the day on which to look again has come


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a digest shows. `since` is the moment of the last one; None: this is the first.

    `still_since`: when something last moved on the item in progress, without one on the board.
    `has_facts`: there is something to ask production. `is_run_for_it`: it was asked for this digest, and these are not
    readings of some time ago.
    """

    day: date
    now: datetime
    board: Board
    changes: tuple[str, ...]
    since: datetime | None
    late_by: timedelta | None = None
    run: Run | None = None
    done: tuple[Item, ...] = ()
    held: tuple[Held, ...] = ()
    is_stale: bool = False
    has_facts: bool = False
    is_run_for_it: bool = True
    week: Week | None = None
    still_since: datetime | None = None

    @property
    def unchanged(self) -> bool:
        """Nothing happened since the last digest, so that one line says it all."""
        has_news = self.changes or self.done or self.has_new_note or self.week
        is_asking = any(held.is_escalated or held.is_back or held.became != "unchanged" for held in self.held)
        return self.since is not None and not has_news and not is_asking

    @property
    def has_new_note(self) -> bool:
        """Somebody left a status note since the last digest."""
        note = self.board.wip.status if self.board.wip else None
        return bool(self.since and note and note.at and note.at > self.since)

    @property
    def beside_done(self) -> tuple[str, ...]:
        """The changes but for the finishes, where those are told by name."""
        finished = {f"#{item.number} {PAST['finish']}" for item in self.done}
        return tuple(change for change in self.changes if change not in finished)


def compose(
    board: Board,
    events: Iterable[Event],
    day: date,
    now: datetime,
    *,
    since: datetime | None,
    plan: Plan | None = None,
    due: datetime | None = None,
    run: Run | None = None,
    has_facts: bool = False,
    is_run_for_it: bool = True,
    week: Week | None = None,
    last_moved: datetime | None = None,
) -> Digest:
    """Make the digest of a local day from the board and what happened to it.

    `events` reach back as far as an undo since the last digest can (`undo.LIMIT`). `due`: when it should have come.
    `last_moved`: when something last happened to the item in progress, without one to the board, however long ago.
    """
    past = sorted(events, key=lambda event: event.at)
    of_period = account(board, past, since) if since is not None else None
    still_since = _still_since(board.wip, past, last_moved) or since
    late = now - due if due is not None and now - due > LATE_AFTER else None
    return Digest(
        day=day,
        now=now,
        board=board,
        changes=of_period.line if of_period else (),
        since=since,
        late_by=late,
        run=run,
        has_facts=has_facts,
        done=tuple(finish.item for finish in of_period.finished) if of_period else (),
        held=_held(board, of_period, since, day, now),
        is_stale=board.wip is not None and still_since is not None and _is_stale(still_since, plan or Plan(), now),
        still_since=still_since,
        is_run_for_it=is_run_for_it,
        week=week,
    )


def _is_stale(still_since: datetime, plan: Plan, now: datetime) -> bool:
    return working_time(plan, still_since, now) >= STALE_AFTER


def _still_since(item: Item | None, past: Sequence[Event], last_moved: datetime | None) -> datetime | None:
    """Return when something last moved on the item in progress, a note about it too; without one, on the board."""
    if item is None:
        return last_moved
    known = [item.started, item.status.at if item.status else None, item.blocked.since if item.blocked else None]
    moved = [*known, *(criterion.at for criterion in item.dod), *(e.at for e in past if e.number == item.number)]
    return max((moment for moment in (last_moved, *moved) if moment), default=None)


def _held(
    board: Board, of_period: Account | None, since: datetime | None, day: date, now: datetime
) -> tuple[Held, ...]:
    """Return what is parked: first what somebody has to decide about, then what is new or changed, the oldest first."""
    touched = {event.number for event in of_period.events} if of_period else set()
    held = [_one_held(item, touched, since, day, now) for item in board.blocked]
    return tuple(sorted(held, key=lambda park: (not park.is_escalated, not park.is_back, park.became == "unchanged")))


def _one_held(item: Item, touched: set[int | None], since: datetime | None, day: date, now: datetime) -> Held:
    block = item.blocked
    began = block.since if block else now
    became = "changed" if item.number in touched else "unchanged"
    if since is None or began > since:
        became = "new" if since else ""
    last = since or began
    # Once: at the first digest by which it has waited that long.
    is_escalated = last - began < ESCALATE_AFTER <= now - began
    is_back = bool(block and block.back_on and block.back_on <= day)
    return Held(item, became, is_escalated, is_back)
