"""Slack in memory, as the bot uses it, and a clock that is set by hand."""

import asyncio
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.core.digest.nudging import Availability
from bot.core.people import Person
from bot.facts.kind import Fact
from bot.facts.scripts.script import Script
from bot.sandbox.rules import Surface, check
from bot.slack.client import Profile, Room, Slack, SlackRefused, SlackUnreachable, Token, Upload
from bot.slack.layout.blocks import Block, View
from tests.people import ALICE, BOB, CAROL

MYSELF: dict[str, Any] = {
    "user_id": "U0ONEWIP",
    "bot_id": "B0ONEWIP",
    "team_id": "T0TEAM",
    "team": "Team",
    "user": "onewip",
    "scopes": None,
}
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that moves when it is told to."""

    time: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class FactsFile:
    """A facts.toml whose facts are set by hand."""

    listed: tuple[Fact, ...] = (Script(name="Shop", kind="script", command=("true",)),)
    fault: str = ""

    def facts(self) -> tuple[Fact, ...]:
        return self.listed


@dataclass(frozen=True)
class Call:
    """One call of Slack: the method of `Slack`, and what it was given."""

    method: str
    given: dict[str, Any]


@dataclass
class Message:
    """A message in a channel."""

    channel: str
    ts: str
    text: str
    blocks: Sequence[Block]
    metadata: dict[str, Any]
    pinned: bool = False
    edits: int = 0
    thread: str = ""

    @property
    def key(self) -> str:
        return str(self.metadata["event_payload"]["key"])


@dataclass
class _Trouble:
    method: str
    error: Exception | None
    after: bool
    times: int
    gate: asyncio.Event


@dataclass
class FakeSlack(Slack):
    """Keeps messages, refuses what Slack would refuse, and can be told to fail before or after it did its work."""

    clock: Clock
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)  # by ts
    refused: list[str] = field(default_factory=list)  # payloads that Slack would not take: always a bug of ours
    people: dict[str, Person] = field(default_factory=lambda: {one.id: one for one in (ALICE, BOB, CAROL)})
    available: dict[str, Availability] = field(default_factory=dict)
    admins: set[str] = field(default_factory=set)
    guests: set[str] = field(default_factory=set)
    bots: set[str] = field(default_factory=set)
    zones: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)  # a channel that is not here is a usual one
    everywhere: set[str] = field(default_factory=lambda: {"C1", "C2"})  # channels with everybody in them
    outsiders: set[tuple[str, str]] = field(default_factory=set)  # channel and user: who is not in it
    homes: dict[str, View] = field(default_factory=dict)
    may_read_history: bool = True
    scopes: frozenset[str] | None = None  # that the token was granted; None: Slack does not say
    given: list[tuple[str, str, bytes, str]] = field(default_factory=list)  # files: channel, name, content, comment
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # by id: the name, and what is in it
    _troubles: list[_Trouble] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.web = AsyncWebClient("xoxb-fake", base_url="http://127.0.0.1:9/")  # Bolt wants one; nobody calls it
        self.token = Token()
        self._until: float | None = None

    def fails(self, method: str, error: Exception, *, after: bool = False, times: int = 1) -> None:
        """Let the next calls of a method end in an error: before they do anything, or after they did it."""
        opened = asyncio.Event()
        opened.set()
        self._troubles.append(_Trouble(method, error, after, times, opened))

    def mend(self) -> None:
        """Let every call go well from now on."""
        self._troubles.clear()

    def holds(self, method: str, *, after: bool = True) -> asyncio.Event:
        """Let the next call of a method hang, before or after its work, until the event that is given is set."""
        gate = asyncio.Event()
        self._troubles.append(_Trouble(method, None, after, times=1, gate=gate))
        return gate

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return what a method was given, call by call."""
        return [call.given for call in self.calls if call.method == method]

    def in_channel(self, kind: str = "", channel: str = "") -> list[Message]:
        """Return the messages of a kind that stand in a channel, or in any, oldest first."""
        return [m for m in self._all(kind) if not m.thread and channel in ("", m.channel)]

    def in_threads(self, kind: str = "") -> list[Message]:
        """Return the messages of a kind that stand in threads, oldest first."""
        return [message for message in self._all(kind) if message.thread]

    def _all(self, kind: str) -> list[Message]:
        found = (self.messages[ts] for ts in sorted(self.messages))
        return [m for m in found if not kind or m.metadata["event_payload"]["kind"] == kind]

    def in_thread(self, ts: str) -> list[Message]:
        """Return the messages of the thread below one, oldest first."""
        return [self.messages[own] for own in sorted(self.messages) if self.messages[own].thread == ts]

    def until(self, moment: float) -> "FakeSlack":
        hurried = copy(self)
        hurried._until = moment
        return hurried

    async def whoami(self) -> dict[str, Any]:
        try:
            await self._begin("whoami")
        except SlackRefused as refused:
            self.token.refused(refused.code)
            raise
        self.token.taken()
        return MYSELF | {"scopes": self.scopes}

    async def refusal(self) -> str:
        return await Slack.refusal(self)  # with the `whoami` of here

    async def check_socket(self, app_token: str) -> None:
        await self._begin("check_socket", app_token=app_token)

    async def post(
        self, channel: str, text: str, blocks: Sequence[Block], metadata: dict[str, Any], thread: str = ""
    ) -> str:
        given = {"channel": channel, "text": text, "blocks": blocks, "metadata": metadata, "thread": thread}
        trouble = await self._begin("post_in_thread" if thread else "post", **given)
        self._check("blocks", blocks)
        if thread and thread not in self.messages:
            raise SlackRefused("thread_not_found")
        ts = f"{self.clock().timestamp() + len(self.calls) / 1000:.6f}"
        self.messages[ts] = Message(channel, ts, text, blocks, metadata, thread=thread)
        await self._end(trouble)
        return ts

    async def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block], metadata: dict[str, Any]) -> None:
        trouble = await self._begin("update", channel=channel, ts=ts, text=text, blocks=blocks, metadata=metadata)
        self._check("blocks", blocks)
        message = self.messages.get(ts)
        if message is None:
            raise SlackRefused("message_not_found")
        message.text, message.blocks, message.metadata = text, blocks, metadata
        message.edits += 1
        await self._end(trouble)

    async def whisper(self, channel: str, user: str, text: str, blocks: Sequence[Block]) -> None:
        trouble = await self._begin("whisper", channel=channel, user=user, text=text, blocks=blocks)
        self._check("blocks", blocks)
        await self._end(trouble)

    async def answer(self, response_url: str, text: str, blocks: Sequence[Block], *, replace: bool) -> None:
        trouble = await self._begin("answer", response_url=response_url, text=text, blocks=blocks, replace=replace)
        self._check("blocks", blocks)
        await self._end(trouble)

    async def take_back(self, response_url: str) -> None:
        trouble = await self._begin("take_back", response_url=response_url)
        await self._end(trouble)

    async def pin(self, channel: str, ts: str) -> None:
        trouble = await self._begin("pin", channel=channel, ts=ts)
        self.messages[ts].pinned = True
        await self._end(trouble)

    async def unpin(self, channel: str, ts: str) -> None:
        trouble = await self._begin("unpin", channel=channel, ts=ts)
        self.messages[ts].pinned = False
        await self._end(trouble)

    async def publish(self, user: str, view: View) -> None:
        trouble = await self._begin("publish", user=user, view=view)
        self._check("home", view)
        self.homes[user] = view
        await self._end(trouble)

    async def open(self, trigger: str, view: View) -> str:
        trouble = await self._begin("open", trigger=trigger, view=view)
        self._check("modal", view)
        await self._end(trouble)
        return f"V{len(self.calls)}"

    async def push(self, trigger: str, view: View) -> None:
        trouble = await self._begin("push", trigger=trigger, view=view)
        self._check("modal", view)
        await self._end(trouble)

    async def change(self, view_id: str, view: View, was: str = "") -> None:
        trouble = await self._begin("change", view_id=view_id, view=view, was=was)
        self._check("modal", view)
        await self._end(trouble)

    async def profile(self, user: str) -> Profile:
        await self._begin("person", user=user)
        if user not in self.people:
            raise SlackRefused("user_not_found")
        available = self.available.get(user, Availability(self.zones.get(user, "")))
        zone = self.zones.get(user, "") or available.zone
        roles = {"is_bot": user in self.bots, "is_guest": user in self.guests}
        return Profile(self.people[user], user in self.admins, zone, availability=available, **roles)

    async def person(self, user: str) -> Person:
        return (await self.profile(user)).person

    async def people_called(self, name: str) -> tuple[Person, ...]:
        await self._begin("people_called", name=name)
        return tuple(person for person in self.people.values() if person.name.casefold() == name.casefold())

    async def availability(self, user: str) -> Availability:
        await self._begin("availability", user=user)
        return self.available.get(user, Availability())

    async def direct(self, user: str) -> str:
        await self._begin("direct", user=user)
        return f"D{user[1:]}"

    async def room(self, channel: str) -> Room:
        await self._begin("room", channel=channel)
        return self.rooms.get(channel, Room(channel, "standup", is_joined=True))

    async def members(self, channel: str) -> frozenset[str]:
        await self._begin("members", channel=channel)
        return frozenset(user for user in self.people if (channel, user) not in self.outsiders)

    async def channels(self, user: str = "") -> frozenset[str]:
        await self._begin("channels", user=user)
        if user:
            return frozenset(channel for channel in self.everywhere if (channel, user) not in self.outsiders)
        usual = {channel for channel in self.everywhere if channel not in self.rooms}
        ours = (room for room in self.rooms.values() if room.is_joined and not (room.is_archived or room.is_shared))
        return frozenset(usual | {room.id for room in ours})

    async def permalink(self, channel: str, ts: str) -> str:
        await self._begin("permalink", channel=channel, ts=ts)
        return f"https://team.slack.test/archives/{channel}/p{ts.replace('.', '')}"

    async def file(self, file_id: str) -> Upload:
        await self._begin("file", file_id=file_id)
        if file_id not in self.files:
            raise SlackRefused("file_not_found")
        name, content = self.files[file_id]
        return Upload(file_id, name, len(content), f"https://files.slack.com/{file_id}")

    async def download(self, upload: Upload) -> bytes:
        await self._begin("download", upload=upload)
        return self.files[upload.id][1]

    async def give(self, channel: str, name: str, content: bytes, comment: str) -> None:
        trouble = await self._begin("give", channel=channel, name=name)
        self.given.append((channel, name, content, comment))
        await self._end(trouble)

    async def find_own(self, channel: str, key: str, since: float, thread: str = "") -> str | None:
        await self._begin("find_own", channel=channel, key=key, since=since, thread=thread)
        if not self.may_read_history:
            raise SlackRefused("missing_scope")
        standing = [m for m in self._all("") if (m.channel, m.thread) == (channel, thread)]
        found = (m.ts for m in standing if m.key == key and float(m.ts) > since)
        return next(found, None)

    async def _begin(self, method: str, **given: Any) -> _Trouble | None:
        """Note a call, and fail it if it is to fail before its work; give the trouble it is to meet after it."""
        self.calls.append(Call(method, given))
        trouble = next((one for one in self._troubles if one.method == method and one.times), None)
        if trouble is None:
            return None
        trouble.times -= 1
        if not trouble.after:
            await self._end(trouble)
        return trouble

    def _check(self, surface: Surface, payload: object) -> None:
        found = check(surface, list(payload) if surface == "blocks" else payload)  # type: ignore[call-overload]
        if found:
            self.refused += found
            raise SlackRefused("invalid_blocks", "; ".join(found))

    async def _end(self, trouble: _Trouble | None) -> None:
        if trouble is None:
            return
        try:
            async with asyncio.timeout_at(self._until):
                await trouble.gate.wait()
        except TimeoutError as error:
            raise SlackUnreachable("no answer in time") from error
        if trouble.error:
            raise trouble.error
