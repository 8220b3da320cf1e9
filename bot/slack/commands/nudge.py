"""Being asked for status notes: not for a while, not at all, or again."""

from bot.errors import BadInput
from bot.services import nudges
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import words
from bot.slack.views.blocks import when

AGAIN = "`/board nudge on` asks you again."


async def nudge(desk: Desk, request: Request) -> Reply:
    """`nudge snooze`, `nudge stop`, `nudge on`: each is about the person alone, on every board."""
    match request.words.strip().lower():
        case "snooze":
            until = await desk.door.call(nudges.snooze, request.who, request.at)
            return _told(f"I won't ask you for status notes until {when(until)}. {AGAIN}")
        case "stop" | "off":
            await desk.door.call(nudges.stop, request.who)
            return _told(f"I won't ask you for status notes any more. {AGAIN}")
        case "on":
            await desk.door.call(nudges.resume, request.who)
            return _told("I ask you for a status note half an hour before the digest, when the last one is old.")
        case other:
            raise BadInput("{words} is nothing that nudge knows. It knows `snooze | stop | on`.", words=other or "That")


def _told(text: str) -> Say:
    return Say(text, words.line(text))
