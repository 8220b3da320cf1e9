"""The digest as a read model: what changed, what is in progress, what comes next, and whether production is healthy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.board import Board
from bot.core.history import Event, told
from bot.core.readings import Run
from bot.core.schedule import LATE_AFTER

STALE_AFTER = timedelta(days=1)  # PRODUCT 3: nothing moved for a day


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a digest shows. `since` is the moment of the last one; None: this is the first."""

    day: date
    now: datetime
    board: Board
    changes: tuple[str, ...]
    since: datetime | None
    last_moved: datetime | None
    late_by: timedelta | None = None
    run: Run | None = None

    @property
    def unchanged(self) -> bool:
        """Nothing happened since the last digest, so that one line says it all."""
        return self.since is not None and not self.changes and self.board.wip is not None

    @property
    def stale(self) -> bool:
        """Nothing moved for a day."""
        return self.last_moved is not None and self.now - self.last_moved >= STALE_AFTER


def compose(
    board: Board,
    events: Iterable[Event],
    day: date,
    now: datetime,
    *,
    since: datetime | None,
    due: datetime | None = None,
    run: Run | None = None,
) -> Digest:
    """Make the digest of a local day from the board and all that happened to it. `due`: when it should have come."""
    past = sorted(events, key=lambda event: event.at)
    late = now - due if due is not None and now - due > LATE_AFTER else None
    return Digest(
        day=day,
        now=now,
        board=board,
        changes=told(past, since) if since is not None else (),
        since=since,
        last_moved=max((event.at for event in past if event.verb != "settings"), default=None),
        late_by=late,
        run=run,
    )
