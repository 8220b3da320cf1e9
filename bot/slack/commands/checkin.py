"""Checking in: what somebody did, does next, and is blocked by."""

from bot.services import checkins
from bot.slack.desk import Desk
from bot.slack.reply import Open, Reply, Say
from bot.slack.request import Request
from bot.slack.views import checkin as views
from bot.slack.views import words


async def checkin(desk: Desk, request: Request) -> Reply:
    """Open the dialog, or take what it was filled in with."""
    if not request.is_sent:
        return Open(views.dialog(request.channel, await desk.door.call(checkins.place, request.channel, request.who)))
    given = [str(request.fields.get(name) or "") for name in ("did", "next", "blockers")]
    await desk.door.change(checkins.check_in, request.ask, request.who, *given)
    return Say("Your check-in is in the digest's thread.", words.line("It is in the digest's thread."))
