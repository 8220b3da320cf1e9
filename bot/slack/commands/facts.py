"""Prod facts: what production said last, asking it again, adding facts, and what is done about an incident."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.spans import read_span
from bot.errors import BadInput, NotFound
from bot.services import incidents, production, sheet, watching
from bot.services.sheet import Sheet
from bot.slack.commands.keys import read_keys
from bot.slack.desk import Desk
from bot.slack.reply import Nothing, Reply, Say
from bot.slack.request import Request
from bot.slack.views import facts as views
from bot.slack.views import words
from bot.slack.views.blocks import said, when

WORDS = "run | history | add URL | rm NAME | pause 2h | resume"
NOT_SET_UP = (
    "No prod facts are set up. An owner adds one with `/board facts add https://…`; "
    "whoever runs the bot lists more in the file that `FACTS_FILE` names."
)
NOT_ASKED = "Production has not been asked yet. `/board facts run` asks it."
LONGEST_PAUSE = timedelta(days=1)
LONGEST_SNOOZE = timedelta(days=7)


async def facts(desk: Desk, request: Request) -> Reply:
    """Read the second word; without one, show what is known."""
    word, _, rest = request.words.partition(" ")
    choice = CHOICES.get(word.lower())
    if choice is None:
        raise BadInput(f"{{word}} is nothing that facts knows. It knows `{WORDS}`.", word=word)
    return await choice(desk, request, rest.strip())


async def _show(desk: Desk, request: Request, _rest: str) -> Reply:
    found = await _sheet(desk, request)
    # A chart is for messages; Slack takes none in a dialog.
    blocks = views.sheet(found, fault=desk.listed.fault, has_chart=not request.view_id)
    return Say(views.spoken(found), blocks)


async def _history(desk: Desk, request: Request, _rest: str) -> Reply:
    found = await _sheet(desk, request)
    return Say(views.spoken(found), views.history(found))


async def _run(desk: Desk, request: Request, name: str) -> Reply:
    _need_facts(desk, request)
    desk.listed.of(request.channel, name)  # raises NotFound, with the names there are
    await desk.door.change(production.ask_for_run, request.channel, request.who.id, request.at, name)
    return Say("Asking production.", words.line(f"⏳ Asking production. The answer comes {_where(request)}."))


def _where(request: Request) -> str:
    """Where the answer will be seen: it is whispered in the board's channel, wherever it was asked for."""
    return f"in <#{request.channel}>, for you alone" if request.elsewhere else "here"


async def _add(desk: Desk, request: Request, rest: str) -> Reply:
    fact = await desk.door.change(watching.add, request.ask, read_keys(rest), desk.listed.facts())
    desk.listed.added = await desk.door.call(watching.added_facts)
    await desk.door.change(production.ask_for_run, request.channel, request.who.id, request.at, fact.name)
    text = f"*{said(fact.name)}* is a prod fact of this board now. ⏳ Asking it; the answer comes {_where(request)}."
    return Say(f"{fact.name} is a prod fact of this board now.", words.line(text))


async def _remove(desk: Desk, request: Request, name: str) -> Reply:
    removed = await desk.door.change(watching.remove, request.ask, name)
    desk.listed.added = await desk.door.call(watching.added_facts)
    return Say(f"{removed} is no prod fact any more.", words.line(f"*{said(removed)}* is no prod fact any more."))


async def _pause(desk: Desk, request: Request, rest: str) -> Reply:
    span, name = read_span(rest, LONGEST_PAUSE)
    names = frozenset(fact.name for fact in desk.listed.of(request.channel, name)) if name else frozenset[str]()
    window = await desk.door.change(incidents.pause, request.ask, span, names)
    what = f"*{said(name)}*" if name else "All of production"
    text = f"{what} is under maintenance until {when(window.end)}: what is red till then opens no incident."
    return Say("Maintenance has begun.", words.line(f"{text} `/board facts resume` ends it earlier."))


async def _resume(desk: Desk, request: Request, _rest: str) -> Reply:
    await desk.door.change(incidents.resume, request.ask)
    return Say("Maintenance is over.", words.line("Maintenance is over. What is red now opens an incident."))


async def _acknowledge(desk: Desk, request: Request, rest: str) -> Reply:
    await desk.door.change(incidents.acknowledge, request.ask, _number(rest, "ack 7"))
    return Nothing() if not request.is_typed else Say("You are on it.", words.line("You are on it."))


async def _snooze(desk: Desk, request: Request, rest: str) -> Reply:
    number, _, text = rest.partition(" ")
    span, _ = read_span(text, LONGEST_SNOOZE)
    await desk.door.change(incidents.snooze, request.ask, _number(number, "snooze 7 4h"), span)
    return Nothing() if not request.is_typed else Say("Snoozed.", words.line("There is no reminder till then."))


async def _check(desk: Desk, request: Request, rest: str) -> Reply:
    again = production.check_again
    if not await desk.door.change(again, request.channel, _number(rest, "check 17"), request.at):
        raise NotFound("There is no such finish on this board.")
    return Nothing() if not request.is_typed else Say("Asking production.", words.line("⏳ Asking production."))


CHOICES: dict[str, Callable[[Desk, Request, str], Awaitable[Reply]]] = {
    "": _show,
    "run": _run,
    "history": _history,
    "add": _add,
    "rm": _remove,
    "pause": _pause,
    "resume": _resume,
    "ack": _acknowledge,
    "snooze": _snooze,
    "check": _check,
}


async def _sheet(desk: Desk, request: Request) -> Sheet:
    _need_facts(desk, request)
    found = await desk.door.call(sheet.look, request.channel, request.at)
    if not found.lines:
        raise NotFound(NOT_ASKED)
    return found


def _need_facts(desk: Desk, request: Request) -> None:
    if not desk.has_facts(request.channel):
        raise NotFound(NOT_SET_UP)


def _number(text: str, example: str) -> int:
    if not (text.isdecimal() and len(text) <= 9):
        raise BadInput(f"Which one? Write its number: `/board facts {example}`.")
    return int(text)
