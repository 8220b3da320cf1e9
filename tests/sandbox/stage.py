"""Who acts in the sandbox's tests: a clock that is told the time, and a page without a browser."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import aiohttp


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    time: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


class Page:
    """What the browser does, as one person unless said otherwise."""

    def __init__(self, address: str, http: aiohttp.ClientSession) -> None:
        self.address = address
        self._http = http

    async def state(self, person: str = "U0ALICE", fresh: bool = False) -> dict[str, Any]:
        query = f"?person={person}" + ("&fresh=1" if fresh else "")
        async with self._http.get(f"{self.address}/sandbox/state{query}") as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def do(self, deed: str, person: str = "U0ALICE", **body: Any) -> dict[str, Any]:
        async with self._http.post(f"{self.address}/sandbox/{deed}", json={"person": person, **body}) as answer:
            said: dict[str, Any] = await answer.json()
            return said

    async def upload(self, name: str, content: bytes, person: str = "U0ALICE") -> dict[str, Any]:
        form = aiohttp.FormData({"person": person}, quote_fields=False)  # names as a browser sends them
        form.add_field("file", BytesIO(content), filename=name)
        async with self._http.post(f"{self.address}/sandbox/upload", data=form) as answer:
            said: dict[str, Any] = await answer.json()
            return said

    async def say(self, text: str, channel: str = "C0STANDUP", **more: Any) -> dict[str, Any]:
        return await self.do("say", channel=channel, text=text, **more)

    async def click(self, message: dict[str, Any], action_id: str, **more: Any) -> dict[str, Any]:
        """Click the button `action_id` of a message in #standup."""
        block, element = find(message["blocks"], action_id)
        action = {**element, "block_id": block["block_id"]}
        place = {"channel": "C0STANDUP", "ts": message["ts"], "ephemeral": bool(message.get("ephemeral"))}
        return await self.do("click", **{**place, "block_id": block["block_id"], "action": action, **more})

    async def messages(self, person: str = "U0ALICE", channel: str = "C0STANDUP") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.state(person))["messages"][channel]
        return found


def find(blocks: list[dict[str, Any]], action_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    for block in blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == action_id:
                return block, element
    raise AssertionError(f"no element {action_id}")
