"""The message of an incident, and its thread."""

from bot.effects.means import Means
from bot.effects.post import Message, say, stand
from bot.services import incidents, owing
from bot.slack.views import incident as views


async def pay_incident(means: Means, key: str) -> None:
    """Post an incident or edit its message, then say in its thread what happened since. `key`: channel/incident."""
    channel, number = key.split("/")
    sight = await means.door.call(incidents.read, channel, int(number), means.clock())
    own = f"incident:{key}"
    await stand(means, Message(own, "incident", channel, views.spoken(sight), views.message(sight)))
    thread = await means.door.call(owing.where, own)
    for entry in sight.entries:
        text, blocks = views.note(sight.incident, entry)
        await say(means, Message(f"{own}/{entry.number}", "incident_note", channel, text, blocks, thread=thread))
