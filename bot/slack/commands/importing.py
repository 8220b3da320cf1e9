"""Importing a document."""

from bot.slack.desk import Desk
from bot.slack.reply import Reply, Say
from bot.slack.request import Request
from bot.slack.views import words

HOW = (
    "A board that you keep as a document (`NEXT-7D.md`) is imported on the machine that runs the bot:\n"
    "```python -m bot import NEXT-7D.md --channel {channel} --dry-run```\n"
    "That says what it understood and changes nothing. Without `--dry-run` the items are on this board."
)


async def import_document(_desk: Desk, request: Request) -> Reply:
    """Say how a document becomes the board."""
    return Say("A document is imported with python -m bot import.", words.line(HOW.format(channel=request.channel)))
