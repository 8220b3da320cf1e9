"""The card of an item: everything about it, with the moves that it can make now."""

from datetime import datetime, tzinfo

from bot.core.board.model import LIVE, TEXT_LIMIT, TITLE_LIMIT, Board, Item, Lane
from bot.core.board.ways import MOVES, PLACE, offer, open_ways
from bot.core.people import Person
from bot.errors import Offer
from bot.slack.layout import lines as shown
from bot.slack.layout.blocks import Block, actions, button, menu, on_card
from bot.slack.layout.faces import signed
from bot.slack.layout.richtext import Line, bold, joined, lines, link, short


def card(item: Item, board: Board, now: datetime, why_started: str = "", *, by: Person | None = None) -> list[Block]:
    """Return everything about an item, with the moves that whoever reads it can make with it now.

    `why_started`: see `look.why_started`.
    """
    title = "Why it was dropped" if item.lane is Lane.DROPPED else "Result"
    criteria = "\n".join(shown.criterion_line(k, criterion) for k, criterion in enumerate(item.dod, 1))
    waits = _why_it_waits(item, now)
    blocks = [
        *lines(bold(shown.named(item, TITLE_LIMIT))),
        *signed(item.owner, _where(item, now, board.zone)),
        *lines(*([waits] if waits else [])),
        *_titled("Scope", item.scope),
        *_titled("Why it was started", why_started),
        *_titled("Definition of Done", criteria),
        *lines(shown.quote(item, TEXT_LIMIT)),
        *_titled(title, item.result),
        *_titled("Notes", item.notes),
        *lines(joined(" · ", [_origin(item), *map(link, item.links)])),
    ]
    buttons = [button(way.label, way.verb, way.argument) for way in _ways(item, board, by)]
    return [*blocks, on_card(actions([*buttons, _more(item)]), item.number)]


def _titled(title: str, text: str) -> list[Block]:
    return lines(bold(title), *text.splitlines()) if text else []


def _more(item: Item) -> Block:
    """Return what is wanted less often of an item, as a menu: its place, its owner, the gate's questions, its log."""
    choices = [("Move up", "move {} up"), ("Move down", "move {} down")] if item.lane in MOVES["move"].sources else []
    choices += [("Change the owner…", "assign {}")] if item.lane in LIVE else []
    choices += [("Ask the gate", "gate {}")] if item.lane in MOVES["start"].sources else []
    choices += [("What happened", "log {}")]
    return menu(*((label, command.format(item.number)) for label, command in choices))


def _where(item: Item, now: datetime, zone: tzinfo) -> Line:
    ended = "dropped" if item.lane is Lane.DROPPED else "finished"
    parts = (
        PLACE[item.lane] + (f", day {item.day(now, zone)}" if item.lane is Lane.WIP else ""),
        shown.bar(item),
        short(item.estimate, 60),
        short(item.priority, 60),
        f"{ended} {_day(item.finished.astimezone(zone))}" if item.finished else "",
        item.outcome.upper() if item.outcome else "",
    )
    return joined(" · ", parts)


def _why_it_waits(item: Item, now: datetime) -> str:
    """Return what a parked item waits for, or what is in the way of the one in progress; nothing for the others."""
    if item.blocked is None or item.flagged:
        return shown.flag(item, now, TEXT_LIMIT)
    return f"⛔ {shown.waiting(item.blocked, now, TEXT_LIMIT)}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _origin(item: Item) -> Line:
    """Return a link to the message that the item was made from, or nothing."""
    return link(item.source, "The message it came from") if item.source.startswith("https://") else Line()


def _ways(item: Item, board: Board, by: Person | None) -> list[Offer]:
    beside = [offer(verb, item) for verb in ("dod", "edit")] if item.lane in LIVE else []
    flag = [offer("block", item)] if item.lane is Lane.WIP and not item.flagged else []
    unflag = [offer("unblock", item)] if item.flagged else []
    again = [offer("copy", item)] if item.lane is Lane.DROPPED else []
    return [*open_ways(board, item, by), *flag, *unflag, *beside, *again]
