"""What Slack says of people and channels, remembered for a little while, so that nobody waits for it twice."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.slack.client import Profile, Room, Slack, SlackBusy, SlackUnreachable

T = TypeVar("T")

PATIENCE = 0.8  # seconds; a name and then a membership are asked for, and Slack waits three for the whole answer
NAMES = timedelta(days=1)  # people rarely change their names, or become admins
STATUS = timedelta(minutes=10)  # who is away is told at once (`user_change`), though to one process only
ROOMS = timedelta(seconds=60)
MEMBERS = timedelta(seconds=20)
CHANNELS = timedelta(seconds=60)  # only what is shown goes by it; whether somebody may act is asked at the click
OURS = ""  # nobody's id: the channels of the bot
REMEMBERED = 2000  # answers of a kind; the oldest go first


class Directory:
    """Asks Slack who somebody is and what a channel is. Each answer comes in time, or SlackUnreachable does."""

    def __init__(self, slack: Slack, clock: Callable[[], datetime]) -> None:
        # The methods are looked up when they are called, so that a test can replace them.
        self._people = _Shelf(lambda user: slack.profile(user), NAMES, clock)
        self._rooms = _Shelf(lambda channel: slack.room(channel), ROOMS, clock)
        self._members = _Shelf(lambda channel: slack.members(channel), MEMBERS, clock)
        self._channels = _Shelf(lambda user: slack.channels(user), CHANNELS, clock)

    async def profile(self, user: str) -> Profile:
        """Return somebody's name, and whether they are an admin."""
        return await self._people.get(user)

    async def profile_lately(self, user: str) -> Profile:
        """Return somebody with what their status says now, or said a few minutes ago."""
        return await self._people.get(user, within=STATUS)

    def learn(self, profile: Profile) -> None:
        """Take in what Slack says of somebody unasked."""
        self._people.put(profile.person.id, profile)

    async def room(self, channel: str) -> Room:
        """Return a channel. That the bot is not in it, or that it is archived, is never said from memory."""
        return await self._rooms.get(channel, unless=lambda room: room.is_archived or not room.is_joined)

    async def is_member(self, channel: str, user: str) -> bool:
        """Return whether somebody is in a channel. That they are not is never said from memory."""
        return user in await self._members.get(channel, unless=lambda members: user not in members)

    async def members(self, channel: str) -> frozenset[str]:
        """Return who is in a channel."""
        return await self._members.get(channel)

    async def channels(self, user: str) -> frozenset[str]:
        """Return the channels somebody is in that can have a board. That there is none is not said from memory."""
        theirs, ours = await asyncio.gather(
            self._channels.get(user, unless=lambda channels: not channels),
            self._channels.get(OURS, unless=lambda channels: not channels),
        )
        return theirs & ours

    def moved(self, channel: str, user: str) -> None:
        """Forget what was known of a channel into or out of which somebody went; `user` may be the bot's `OURS`."""
        self._members.forget(channel)
        self._rooms.forget(channel)
        self._channels.forget(user)

    def look_again(self, user: str) -> None:
        """Forget which channels somebody is in: they want to see now."""
        self._channels.forget(user)


class _Shelf(Generic[T]):
    """Answers of one kind. Two who ask for the same wait for one call, and it goes on when they stop waiting."""

    def __init__(self, ask: Callable[[str], Awaitable[T]], good_for: timedelta, clock: Callable[[], datetime]) -> None:
        self._ask = ask
        self._good_for = good_for
        self._clock = clock
        self._answers: dict[str, tuple[datetime, T]] = {}
        self._asking: dict[str, asyncio.Task[T]] = {}

    async def get(
        self, key: str, *, unless: Callable[[T], bool] = lambda _: False, within: timedelta | None = None
    ) -> T:
        """Return an answer that is still good; one of which `unless` is true, or that is older, is asked for anew.

        When Slack does not answer in time the last answer stands, however old. Raises what Slack refuses with, and
        SlackUnreachable or SlackBusy when there was never an answer.
        """
        last = self._answers.get(key)
        good_for = within or self._good_for
        if last and abs(self._clock() - last[0]) < good_for and not unless(last[1]):  # a clock may be set back
            return last[1]
        try:
            return await self._asked(key)
        except (SlackBusy, SlackUnreachable):
            if last is None:
                raise
            return last[1]

    async def _asked(self, key: str) -> T:
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._keep(key))
            task.add_done_callback(lambda done: self._answered(key, done))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            raise SlackUnreachable(f"no answer in {PATIENCE} s")
        return task.result()

    async def _keep(self, key: str) -> T:
        answer = await self._ask(key)
        self.put(key, answer)
        return answer

    def put(self, key: str, answer: T) -> None:
        """Keep an answer as given just now."""
        self._answers.pop(key, None)
        self._answers[key] = (self._clock(), answer)
        if len(self._answers) > REMEMBERED:
            del self._answers[next(iter(self._answers))]

    def forget(self, key: str) -> None:
        """Ask anew next time."""
        self._answers.pop(key, None)

    def _answered(self, key: str, task: asyncio.Task[T]) -> None:
        self._asking.pop(key, None)
        if not task.cancelled():
            task.exception()  # seen, although nobody may be waiting for it any more
