"""The one place where what happened is put into an envelope, and where it is decided how the bot gets it."""

import contextlib
import time
import uuid
from typing import Protocol

from bot.sandbox.calls import Calls
from bot.sandbox.faults import Faults
from bot.sandbox.wire import Json, Refused


class Carrier(Protocol):
    """A way to the bot: Socket Mode, or signed HTTP."""

    @property
    def online(self) -> bool:
        """Return whether the bot can be reached, as far as one knows."""

    async def carry(self, envelope: Json) -> Json:
        """Bring one envelope and give what its ack said.

        Refuses with `dispatch_failed` when nobody takes it and with `operation_timeout` when no ack comes in time.
        """


class Envelopes:
    """Everything the bot is sent, by one carrier; the inspector sees all of it."""

    def __init__(self, carrier: Carrier, calls: Calls, faults: Faults) -> None:
        self._carrier = carrier
        self._calls = calls
        self._faults = faults

    @property
    def online(self) -> bool:
        """Return whether the bot can be reached."""
        return self._carrier.online

    async def deliver(self, kind: str, name: str, payload: Json, *, accepts: bool, retry: Json | None = None) -> Json:
        """Send one envelope and wait for its ack; give what the ack carried.

        `name` is what the inspector calls it; `accepts` says whether an answer in the ack counts; `retry` is
        `retry_attempt` and `retry_reason`. Refuses as the carrier does.
        """
        envelope = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "accepts_response_payload": accepts,
            **(retry or {}),
            "payload": payload,
        }
        started = time.perf_counter()
        answer: Json = {}
        result = "ok"
        try:
            if self._faults.envelopes_twice:
                with contextlib.suppress(Refused):
                    await self._carrier.carry(envelope)  # its ack gets lost on the way
            answer = await self._carrier.carry(envelope)
        except Refused as refused:
            result = refused.code
            raise
        finally:
            self._calls.note("out", name, envelope, answer, result, (time.perf_counter() - started) * 1000)
        return answer if accepts else {}
