"""Being asked for status notes: not for a while, not at all, or again."""

from bot.errors import BadInput
from bot.services import nudges
from bot.slack.desk import Desk
from bot.slack.reply import Nothing, Reply, Say
from bot.slack.request import Request
from bot.slack.views import nudge as views
from bot.slack.views import words
from bot.store.nudges import Quiet

AGAIN = "`/board nudge on` asks you again."


async def nudge(desk: Desk, request: Request) -> Reply:
    """`nudge snooze`, `nudge stop`, `nudge on`: each is about the person alone, on every board."""
    match request.words.strip().lower():
        case "snooze":
            until = await desk.door.change(nudges.snooze, request.ask, request.who)
            return _told(request, f"{views.quiet(Quiet(until))} {AGAIN}")
        case "stop" | "off":
            await desk.door.change(nudges.stop, request.ask, request.who)
            return _told(request, f"{views.quiet(Quiet(None))} {AGAIN}")
        case "on":
            await desk.door.change(nudges.resume, request.ask, request.who)
            return _told(request, views.ASKED)
        case other:
            what = "{words} is nothing that nudge knows. " if other else ""
            raise BadInput(f"{what}Write `/board nudge snooze | stop | on`.", words=other)


def _told(request: Request, text: str) -> Reply:
    """Say what holds now; the question that was clicked on says so itself."""
    return Nothing() if request.elsewhere else Say(text, words.line(text))
