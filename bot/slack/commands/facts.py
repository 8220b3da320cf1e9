"""Prod facts: what production said last, and asking it again."""

from bot.errors import BadInput, NotFound
from bot.services import production
from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import facts as views
from bot.slack.views import words

NOT_SET_UP = "No prod facts are set up. Whoever runs the bot lists them in the file that `FACTS_FILE` names."


async def facts(desk: Desk, request: Request) -> Reply:
    """Show the last readings; `facts run` asks production again and tells when it has answered."""
    if not desk.has_facts:
        raise NotFound(NOT_SET_UP)
    if request.words.lower() == "run":
        await desk.door.change(production.ask_for_run, request.channel, request.who.id, request.at)
        return Say("Asking production.", words.line("⏳ Asking production. The answer comes here."))
    if request.words:
        raise BadInput("{words} is nothing that facts knows. It knows `facts` and `facts run`.", words=request.words)
    run = await desk.door.call(production.latest)
    if run is None:
        raise NotFound("Production has not been asked yet. `/board facts run` asks it.")
    return Say(views.spoken(run), views.readings(run))
