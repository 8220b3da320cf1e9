"""Somebody's check-in, in the thread of the digest that it answers."""

from datetime import date

from bot.effects.means import Means
from bot.effects.post import Message, stand
from bot.services import checkins
from bot.slack.views import checkin as views


async def pay_checkin(means: Means, key: str) -> None:
    """Post the answer, or edit it in place when it was changed. `key`: channel/day/user."""
    channel, day, user = key.split("/")
    place = await means.door.call(checkins.read, channel, date.fromisoformat(day), user)
    message = Message(
        f"checkin:{key}", "checkin", channel, views.spoken(place), views.answer(place), None, place.thread
    )
    await stand(means, message)
