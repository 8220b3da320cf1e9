"""The board itself: showing it to one person, and sharing it with the channel."""

from bot.services import look, sharing
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import board as views
from bot.slack.views import words
from bot.slack.views.blocks import button


async def board(desk: Desk, request: Request) -> Reply:
    """Show the board to the person who asked."""
    sight = await desk.door.call(look.look, request.channel, request.at)
    share_it = button("Share to channel", "share")
    return Say(views.spoken(sight), views.board(sight, has_facts=desk.has_facts(request.channel), extra=(share_it,)))


async def share(desk: Desk, request: Request) -> Reply:
    """Post a copy of the board for everybody."""
    await desk.door.change(sharing.share, request.ask)
    return Say("The board is shared.", words.line("The board is shared with the channel."))
