"""The worker: takes what is owed, pays it, and settles; what fails is tried again or given up in plain sight."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from bot.effects.means import CALLS, GivenUp, Means
from bot.effects.post import NotYet, Waiting
from bot.effects.table import EFFECTS
from bot.errors import Unavailable
from bot.places.place import PlaceFailed
from bot.services.ops import unshown
from bot.slack.client import PAYLOAD, PERMANENT, SlackBusy, SlackRefused, SlackUnreachable
from bot.store import outbox
from bot.store.ops import condition
from bot.store.outbox import LEASE, Debt

log = logging.getLogger(__name__)

# Debts; while Slack is called for most of them, the others are being read or written down, so that Slack never waits.
AT_ONCE = CALLS + 8
PAUSE = timedelta(seconds=30)  # between tries while Slack takes no call at all
AGAIN = timedelta(seconds=5)  # after the database could not do it, or while another debt has to be paid first
POLL = 1.0  # seconds between looks for what another process owes, or what has become due


class Worker:
    """Pays what is owed until it is told to stop."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._paying: dict[asyncio.Task[None], int] = {}  # and the debt's id
        self._paid: list[Debt] = []  # to be struck out at the next turn
        self._is_stopped = False
        self._has_more = False  # the last turn took as much as there was room for

    async def run(self) -> None:
        """Pay until `stop`; then wait for what is being paid. A database that is out of reach is tried again."""
        changed = self._means.door.changed
        while not self._is_stopped:
            changed.clear()
            await self._take_turns()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await changed.wait()
        while self._paying:
            await asyncio.wait(self._paying)
        await self._take_turns()

    def stop(self) -> None:
        """Take nothing more. Cancelling instead could leave a debt claimed and unpaid until its lease ends."""
        self._is_stopped = True
        self._means.door.changed.set()

    async def _take_turns(self) -> None:
        try:
            while await self._take_turn():
                self._means.pulse.turn()
            self._means.pulse.turn()
        except Unavailable:
            pass  # the door has said so; the next poll tries again
        except Exception:
            log.exception("what is owed can't be read or struck out; trying again")

    async def _take_turn(self) -> bool:
        """Strike out what was paid, and start to pay what there is room for. Tells whether that moved anything."""
        room = 0 if self._is_stopped else AT_ONCE - len(self._paying)
        paid = tuple(self._paid)
        if not paid and not (room and (self._has_more or await self._is_due())):  # a look takes no lock, a turn does
            return False
        turn = await self._means.door.write(outbox.take_turn, paid, room, self._means.clock())
        self._paid[: len(paid)] = turn.unsettled
        self._has_more = len(turn.taken) == room
        in_hand = {*self._paying.values(), *(debt.id for debt in self._paid)}
        for debt in turn.taken:
            if debt.id not in in_hand:  # a clock that jumps ahead ends leases that are held
                task = asyncio.create_task(self._pay(debt))
                self._paying[task] = debt.id
                task.add_done_callback(self._ended)
        return bool(turn.taken) or len(turn.unsettled) < len(paid)

    async def _is_due(self) -> bool:
        return await self._means.door.query(outbox.is_due, self._means.clock())

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._paying[task]
        self._means.door.changed.set()
        error = None if task.cancelled() else task.exception()
        if error and not isinstance(error, Unavailable):
            log.error("a debt could not be put off; it is tried again when its lease ends", exc_info=error)

    async def _pay(self, debt: Debt) -> None:
        holding = asyncio.create_task(self._hold(debt))
        try:
            await EFFECTS[debt.kind](self._means, debt.key)
        except Exception as error:
            await self._failed(debt, error)
        else:
            self._paid.append(debt)
        finally:
            holding.cancel()

    async def _hold(self, debt: Debt) -> None:
        """Keep the lease while it is being paid."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._means.door.write(outbox.renew, debt, self._means.clock())
            except Unavailable:
                pass
            except Exception:
                log.exception("the lease of %s %s could not be renewed", debt.kind, debt.key)

    async def _failed(self, debt: Debt, error: Exception) -> None:
        what = f"{debt.kind} {debt.key}"
        now = self._means.clock()
        match error:
            case Unavailable() | Waiting():  # no fault of the debt's, so not counted as a try
                await self._means.door.write(outbox.put_off, debt, getattr(error, "state", str(error)), now, AGAIN)
            case SlackBusy(seconds=seconds):
                await self._means.door.write(outbox.put_off, debt, str(error), now, timedelta(seconds=seconds))
            case NotYet() if await self._means.door.query(condition.paused):  # what it waits for is paused too
                await self._means.door.write(outbox.put_off, debt, str(error), now, PAUSE)
            case NotYet():
                await self._means.door.write(outbox.put_off, debt, str(error), now)
            case SlackRefused(code=code, is_of_the_token=True):
                await self._means.door.write(outbox.pause, debt, code, now, PAUSE)  # logged once, where it is noticed
            case SlackRefused(code=code) if code in PAYLOAD:
                log.warning("%s is given up: %s", what, error)
                await self._means.door.change(unshown.bury, debt, code, str(error), now)
            case SlackRefused(code=code) if code in PERMANENT:
                log.warning("%s is given up: %s", what, error)
                await self._means.door.write(outbox.bury, debt, str(error))
            case GivenUp():
                log.warning("%s is given up: %s", what, error)
                await self._means.door.write(outbox.bury, debt, str(error))
            case SlackRefused() | SlackUnreachable() | PlaceFailed():
                log.warning("%s is tried again later: %s", what, error)
                await self._means.door.write(outbox.put_off, debt, str(error), now)
            case _:
                log.error("%s broke and is tried again later", what, exc_info=error)
                await self._means.door.write(outbox.put_off, debt, repr(error), now)
