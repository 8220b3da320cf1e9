"""What Slack delivers twice: served once, and answered both times alike."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck
from slack_bolt.response import BoltResponse

REMEMBERED = 500  # answers of one process; a repeat comes within minutes


class Answers:
    """The answers that this process gave lately.

    They are for whoever waits for the second delivery: Slack sends one because the first answer did not arrive. That
    nothing is changed twice does not hang on them but on a row in the database, for all processes and crashes.
    """

    def __init__(self) -> None:
        self._given: dict[str, asyncio.Future[BoltResponse | None]] = {}

    async def serve(self, key: str, ack: AsyncAck, work: Callable[[], Awaitable[bool]]) -> None:
        """Do the work of a request, which acks; or ack as it did, when this is a repeat of it.

        `work` tells whether it is finished with, so that the same key again is a repeat.
        """
        if key in self._given:
            ack.response = await self._given[key]
            return
        given = self._given[key] = asyncio.get_running_loop().create_future()
        is_finished = False
        try:
            is_finished = await work()
        finally:
            given.set_result(ack.response)
            if not is_finished:
                self._given.pop(key, None)
        if len(self._given) > REMEMBERED:
            del self._given[next(iter(self._given))]
