"""The digest as a read model: what changed, what is in progress, what comes next, and whether production is healthy."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.board.history import Event
from bot.core.board.model import Board, Item
from bot.core.digest.account import Account, Phrase, account
from bot.core.digest.schedule import DAY, LATE_AFTER, Plan, working_time
from bot.core.digest.standup import NO_STANDUP, Standup
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
class Progress:
    """An item in progress: when something last moved on it, and whether that is too long ago."""

    item: Item
    still_since: datetime | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a digest shows. `since` is the moment of the last one; None: this is the first.

    `still_since`: when something last moved on what is in progress, without anything that is on the board.
    `has_facts`: there is something to ask production. `is_run_for_it`: it was asked for this digest, and these are not
    readings of some time ago.
    """

    day: date
    now: datetime
    board: Board
    changes: tuple[Phrase, ...]
    since: datetime | None
    progress: tuple[Progress, ...] = ()
    late_by: timedelta | None = None
    run: Run | None = None
    done: tuple[Item, ...] = ()
    held: tuple[Held, ...] = ()
    has_facts: bool = False
    is_run_for_it: bool = True
    week: Week | None = None
    still_since: datetime | None = None
    standup: Standup = NO_STANDUP

    @property
    def unchanged(self) -> bool:
        """Nothing happened since the last digest, so that one line says it all."""
        has_news = self.changes or self.done or self.has_new_note or self.week
        is_asking = any(held.is_escalated or held.is_back or held.became != "unchanged" for held in self.held)
        return self.since is not None and not has_news and not is_asking

    @property
    def has_new_note(self) -> bool:
        """Somebody left a status note since the last digest."""
        notes = [each.item.status for each in self.progress]
        return any(self.since and note and note.at and note.at > self.since for note in notes)

    @property
    def beside_done(self) -> tuple[Phrase, ...]:
        """The changes but for the finishes, where those are told by name."""
        finished = {item.number for item in self.done}
        return tuple(change for change in self.changes if change.verb != "finish" or change.number not in finished)


def compose(
    board: Board,
    events: Iterable[Event],
    day: date,
    now: datetime,
    *,
    since: datetime | None,
    plan: Plan | None = None,
    due: datetime | None = None,
    posted: datetime | None = None,
    run: Run | None = None,
    has_facts: bool = False,
    is_run_for_it: bool = True,
    week: Week | None = None,
    moved: Mapping[int, datetime] | None = None,
    last_moved: datetime | None = None,
    titles: Mapping[int, str] | None = None,
    standup: Standup | None = None,
) -> Digest:
    """Make the digest of a local day from the board and what happened to it.

    `events` reach back as far as an undo since the last digest can (`undo.LIMIT`). `due`: when it should have come, and
    `posted` when it came (None: now). `moved`: when something last happened to each item in progress, however long ago;
    `last_moved`: to anything on the board. `titles`: of items that are not on the board any more.
    """
    past = sorted(events, key=lambda event: event.at)
    of_period = account(board, past, since, titles) if since is not None else None
    progress = tuple(
        _progress(item, past, (moved or {}).get(item.number), since, plan, now) for item in board.in_progress
    )
    stillest = max((each.still_since for each in progress if each.still_since), default=None)
    late = (posted or now) - due if due is not None and (posted or now) - due > LATE_AFTER else None
    return Digest(
        day=day,
        now=now,
        board=board,
        changes=of_period.line if of_period else (),
        since=since,
        progress=progress,
        late_by=late,
        run=run,
        has_facts=has_facts,
        done=tuple(finish.item for finish in of_period.finished) if of_period else (),
        held=_held(board, of_period, since, day, now),
        still_since=stillest if progress else last_moved or since,
        is_run_for_it=is_run_for_it,
        week=week,
        standup=standup or NO_STANDUP,
    )


def _progress(
    item: Item,
    past: Sequence[Event],
    moved: datetime | None,
    since: datetime | None,
    plan: Plan | None,
    now: datetime,
) -> Progress:
    still_since = _still_since(item, past, moved) or since
    is_stale = still_since is not None and working_time(plan or Plan(), still_since, now) >= STALE_AFTER
    return Progress(item, still_since, is_stale)


def _still_since(item: Item, past: Sequence[Event], moved: datetime | None) -> datetime | None:
    """Return when something last moved on an item in progress, a note about it too."""
    known = [item.started, item.status.at if item.status else None, item.blocked.since if item.blocked else None]
    moments = [*known, *(criterion.at for criterion in item.dod), *(e.at for e in past if e.number == item.number)]
    return max((moment for moment in (moved, *moments) if moment), default=None)


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
