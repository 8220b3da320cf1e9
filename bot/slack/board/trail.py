"""Lines in threads: what happened to a board, and what a message became."""

from collections.abc import Sequence

from bot.core.board.history import Event, sentence
from bot.core.board.model import Item
from bot.core.board.ways import PLACE
from bot.slack.layout.blocks import Block, clip
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import lines, say, short, small

NOTE = 300  # characters of what somebody wrote; the item shows all of it


def line(happened: Sequence[Event]) -> list[Block]:
    """Return one change as a small line; a change of several events says them after one another."""
    return small(" · ".join(sentence(event, lambda text: short(text, NOTE)) for event in happened))


def spoken(happened: Sequence[Event]) -> str:
    """Return one change in words."""
    return "; ".join(clip(sentence(event), NOTE) for event in happened) + "."


def added(item: Item) -> list[Block]:
    """Return what a message became."""
    return lines(say("This is *{item}* now, {place}.", item=named(item), place=PLACE[item.lane]))


def spoken_added(item: Item) -> str:
    """Return what a message became, in words."""
    return f"This is #{item.number} {item.title} now, {PLACE[item.lane]}."
