"""Answers that are still being made, and where each one is waited for."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass

PATIENCE = 3.0  # seconds until a dialog that was just asked for is there, or never comes


@dataclass(frozen=True, slots=True)
class Place:
    """What becomes the answer: a dialog, by its id, or a message that one person sees, by its response URL."""

    channel: str
    view_id: str = ""
    response_url: str = ""
    elsewhere: bool = False  # it is not the board's own place


class Awaited:
    """Who waits for what is owed, by its key.

    It is kept by the process that was asked: where another one has the answer, or this one began anew, it comes as a
    message of its own.
    """

    def __init__(self) -> None:
        self._slots: defaultdict[str, list[asyncio.Future[Place]]] = defaultdict(list)

    def expect(self, key: str) -> "asyncio.Future[Place]":
        """Wait for an answer. The place is set as soon as it is there, or cancelled if it never will be."""
        slot: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._slots[key].append(slot)
        return slot

    async def take(self, key: str) -> tuple[Place, ...]:
        """Return the places that wait for an answer, which nobody gives them but who takes them."""
        slots = self._slots.pop(key, [])
        if slots:
            await asyncio.wait(slots, timeout=PATIENCE)
        return tuple(slot.result() for slot in slots if slot.done() and not slot.cancelled())
