"""Checking in: the dialog that asks for it, words of a thread that become an answer, and a long one in the thread."""

from datetime import datetime

from bot.core.times import age, say_date
from bot.services.digest import checkins
from bot.services.digest.checkins import Place
from bot.slack.board import shortcut
from bot.slack.command import Desk, Open, Reply, Say
from bot.slack.digest.answers import spoken_answer
from bot.slack.layout.blocks import Block, View, actions, button, section
from bot.slack.layout.forms import checkbox, form, text
from bot.slack.layout.richtext import Line, bold, line, lines, short
from bot.slack.request import Request, Via

LINE = 700  # characters of each part that are shown
DONE = "Your answer is in the digest."
TAKEN = "Your words are your answer to today's digest."


async def checkin(desk: Desk, request: Request) -> Reply:
    """Open the dialog, or take what it was filled in with; or words of the digest's thread by their shortcut."""
    if request.via is Via.SHORTCUT:
        return await _take_words(desk, request)
    if not request.is_sent:
        place = await desk.door.call(checkins.place, request.channel, request.who)
        return Open(dialog(request.channel, place, request.at))
    given = [str(request.fields.get(name) or "") for name in ("did", "next", "blockers")]
    park = request.choice("park")
    await desk.door.change(checkins.check_in, request.ask, request.who, *given, park=park)
    return Say(DONE, lines(DONE))


async def _take_words(desk: Desk, request: Request) -> Reply:
    author, thread = (str(request.metadata.get(name) or "") for name in ("user", "thread_ts"))
    words = await shortcut.with_names(desk, request.words)
    await desk.door.change(checkins.take_words, request.ask, author, thread, words)
    return Say(TAKEN, [*lines(TAKEN), actions([button("Change it", "checkin")])])


def dialog(channel: str, place: Place, now: datetime) -> View:
    """Ask what somebody did, does next, and is blocked by; what they answered before stands in the fields.

    What is in their way since an earlier digest stands there too: it stays in the way until they take it out.
    """
    said_before = place.said
    blockers = said_before.blockers if said_before else place.obstacle.text if place.obstacle else ""
    blocks = [
        section(
            f"For the digest of {say_date(place.day)}. Fill in what you like; you can change it until the next one."
        ),
        text("did", "Did", said_before.did or said_before.words if said_before else "", lines=True, optional=True),
        text("next", "Next", said_before.next if said_before else "", lines=True, optional=True),
        text("blockers", "What is in the way", blockers, lines=True, optional=True, hint=_hint(place, now)),
        *_parking(place),
    ]
    return form("checkin", "Add yours", "Send", blocks, channel)


def _hint(place: Place, now: datetime) -> str:
    old = f"Said {age(place.obstacle.since, now)} ago. Take it out when it is gone. " if place.obstacle else ""
    if place.item is None:
        return f"{old}It stands in every digest until it is gone."
    return f"{old}#{place.item.number} is yours, so it is flagged as blocked by this."


def _parking(place: Place) -> list[Block]:
    if place.item is None:
        return []
    return [checkbox("park", "And until it is gone", f"Park #{place.item.number} instead of flagging it")]


def answer(place: Place) -> list[Block]:
    """Show what somebody answered."""
    if place.said is None:
        return []
    given = place.said
    rows: list[Line] = [bold(short(given.who.name, 60))]
    rows += [line(bold("Did"), "  ", short(given.did, LINE))] if given.did else []
    rows += [line(bold("Next"), "  ", short(given.next, LINE))] if given.next else []
    rows += [line("⛔ ", short(given.blockers, LINE), _became(place))] if given.blockers else []
    return lines(*rows, *([line(short(given.words, LINE))] if given.words else []))


def _became(place: Place) -> str:
    """Return what became of the item that waits for what is in the way."""
    if place.said and place.said.gone:
        return " · gone"
    item = place.flagged
    if item is None:
        return ""
    return f" · #{item.number} {short(item.title, 60)} is {'flagged' if item.flagged else 'parked'}"


def spoken(place: Place) -> str:
    """Return what somebody answered, in sentences."""
    return spoken_answer(place.said) if place.said else ""
