"""Lines read as they would be under a lane's heading, with nothing around them."""

from datetime import datetime

from bot.core.board.model import Item
from bot.documents.outline import outline
from bot.documents.reading.bold import bold_lane
from bot.documents.reading.items import draft
from bot.documents.reading.layout import zones


def only_item(lines: list[str], heading: str, now: datetime) -> Item | None:
    """Read lines as they would be under a heading; None when they are not exactly one item.

    A line that is nothing but a lane's name in bold would be a heading where bold lines are the headings.
    """
    if any(bold_lane(line) for line in lines):
        return None
    document = outline("\n".join(["# Board", "", f"## {heading}", *lines, ""]))
    placed = [(entry, zone) for zone in zones(document) for entry in zone.entries]
    if len(placed) != 1 or placed[0][0].end < len(document.lines):
        return None
    return draft(*placed[0], document, now, None).item
