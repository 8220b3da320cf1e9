"""Checking in: the dialog that asks for it, and the answer in the digest's thread."""

from bot.core.times import say_date
from bot.services.digest import checkins
from bot.services.digest.checkins import Place
from bot.slack.board.item import named
from bot.slack.command import Desk, Open, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, View, said, section
from bot.slack.layout.forms import form, text
from bot.slack.request import Request

LINE = 700  # characters of each part that are shown


async def checkin(desk: Desk, request: Request) -> Reply:
    """Open the dialog, or take what it was filled in with."""
    if not request.is_sent:
        return Open(dialog(request.channel, await desk.door.call(checkins.place, request.channel, request.who)))
    given = [str(request.fields.get(name) or "") for name in ("did", "next", "blockers")]
    await desk.door.change(checkins.check_in, request.ask, request.who, *given)
    return Say("Your check-in is in the digest's thread.", words.line("It is in the digest's thread."))


def dialog(channel: str, place: Place) -> View:
    """Ask what somebody did, does next, and is blocked by; what they answered before stands in the fields."""
    said_before = place.said
    blocks = [
        section(
            f"For the digest of {say_date(place.day)}. Fill in what you like; you can change it until the next one."
        ),
        text("did", "Did", said_before.did if said_before else "", lines=True, optional=True),
        text("next", "Next", said_before.next if said_before else "", lines=True, optional=True),
        text(
            "blockers",
            "What is in the way",
            said_before.blockers if said_before else "",
            lines=True,
            optional=True,
            hint=_hint(place),
        ),
    ]
    return form("checkin", "Add yours", "Send", blocks, channel)


def _hint(place: Place) -> str:
    if place.item is None:
        return "It is shown in the thread."
    return f"#{place.item.number} is yours, so it is flagged as blocked by this."


def answer(place: Place) -> list[Block]:
    """Show what somebody answered."""
    if place.said is None:
        return []
    given = place.said
    lines = [f"*{said(given.who.name, 60)}*"]
    lines += [f"*Did*  {said(given.did, LINE)}"] if given.did else []
    lines += [f"*Next*  {said(given.next, LINE)}"] if given.next else []
    lines += [f"⛔ {said(given.blockers, LINE)}" + _flagged(place)] if given.blockers else []
    return [section("\n".join(lines))]


def _flagged(place: Place) -> str:
    is_flagged = place.item and place.item.blocked and place.said and place.item.blocked.reason == place.said.blockers
    return f" · {named(place.item, 60)} is flagged" if place.item and is_flagged else ""


def spoken(place: Place) -> str:
    """Return what somebody answered, in sentences."""
    if place.said is None:
        return ""
    parts = (("did", place.said.did), ("next", place.said.next), ("in the way", place.said.blockers))
    answers = "; ".join(f"{what}: {' '.join(words.split())}" for what, words in parts if words)
    return f"{place.said.who.name}, {answers}"
