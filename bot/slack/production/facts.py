"""Prod facts typed: what was seen last, asking again, adding facts with their keys, what is done about an incident."""

import json
import shlex
from collections.abc import Awaitable, Callable
from typing import Any

from bot.core.production.incidents import LONGEST_PAUSE, LONGEST_SNOOZE
from bot.core.times import read_span
from bot.errors import BadInput, NotFound, Offer
from bot.services.production import incidents, runs, sheet, watching
from bot.services.production.sheet import Sheet
from bot.slack.command import Desk, Later, Nothing, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import actions, button
from bot.slack.layout.richtext import Line, bold, line, lines, say, when
from bot.slack.production import readings as views
from bot.slack.request import Request

WORDS = "run | history | show NAME | add URL | rm NAME | watch NAME | pause 2h | resume"
TRUE = {"true": True, "yes": True, "false": False, "no": False}
NUMBERS = frozenset({"max_latency_ms", "certificate_days"})
SWITCHES = frozenset({"follow_redirects", "whole_words"})
JSON = "json."  # json.status=ok is { json = { "status" = "ok" } }

NOT_SET_UP = (
    "No prod facts are set up. An owner adds one with `/board facts add https://…`; "
    "whoever runs the bot lists more in the file that `FACTS_FILE` names."
)
NOT_ASKED = "Production has not been asked yet. `/board facts run` asks it."
USAGE = (
    "Write the address, and what must be true of the answer if more than 200 is wanted: "
    '`/board facts add https://shop.example/ contains="Add to cart" max_latency_ms=800`.'
)


WAYS = (Offer("facts", "", "Show production"), Offer("facts", "run", "Ask production now"))


async def facts(desk: Desk, request: Request) -> Reply:
    """Read the second word; without one, show what is known. Raises BadInput, and NotFound without any prod fact."""
    word, _, rest = request.words.partition(" ")
    choice = CHOICES.get(word.lower())
    if choice is not None:
        return await choice(desk, request, rest.strip())
    reading = _last(await desk.door.call(sheet.look, request.channel, request.at), request.words)
    if reading is None:
        raise BadInput(f"{{word}} is nothing that facts knows. It knows `{WORDS}`.", word=word, offers=WAYS)
    return reading


async def _show(desk: Desk, request: Request, _rest: str) -> Reply:
    fact_sheet = await _sheet(desk, request)
    # A chart is for messages; Slack takes none in a dialog.
    blocks = views.sheet(fact_sheet, fault=desk.listed.fault, has_chart=not request.view_id)
    return Say(views.spoken(fact_sheet), blocks)


async def _show_one(desk: Desk, request: Request, name: str) -> Reply:
    reading = _last(await _sheet(desk, request), name)
    if reading is None:
        raise NotFound("No prod fact here is called {name}. `/board facts` shows those there are.", name=name)
    return reading


def _last(fact_sheet: Sheet, name: str) -> Say | None:
    """Return the last reading of a fact by its name, in small letters or large; None: there is none of that name."""
    look = next((look for look in fact_sheet.lines if look.reading.name.casefold() == name.casefold()), None)
    return Say(views.spoken_last(look), views.last(look)) if look else None


async def _history(desk: Desk, request: Request, _rest: str) -> Reply:
    fact_sheet = await _sheet(desk, request)
    return Say(views.spoken(fact_sheet), views.history(fact_sheet))


async def _sheet(desk: Desk, request: Request) -> Sheet:
    await _need_facts(desk, request)
    fact_sheet = await desk.door.call(sheet.look, request.channel, request.at)
    if not fact_sheet.lines:
        raise NotFound(NOT_ASKED, offers=(Offer("facts", "run", "Ask production now"),))
    return fact_sheet


async def _run(desk: Desk, request: Request, name: str) -> Reply:
    await _need_facts(desk, request)
    desk.listed.of(request.channel, name)  # raises NotFound, with the names there are
    return await _asked(desk, request, name, line("⏳ Asking production…"))


async def _need_facts(desk: Desk, request: Request) -> None:
    if not await desk.door.call(runs.are_set_up, request.channel):
        raise NotFound(NOT_SET_UP)


async def _asked(desk: Desk, request: Request, name: str, words: Line) -> Later:
    """Ask production, and say so until the answer takes the place of these words."""
    key = await desk.door.change(runs.ask_for_run, request.channel, request.who.id, request.at, name)
    return Later(words.plain, lines(words), key)


async def _add(desk: Desk, request: Request, rest: str) -> Reply:
    fact = await desk.door.change(watching.add, request.ask, read_keys(rest), desk.listed.facts())
    await _take_note(desk, request)
    words = say("*{fact}* is a prod fact of this board now. ⏳ Asking it…", fact=fact.name)
    return await _asked(desk, request, fact.name, words)


async def _take_note(desk: Desk, request: Request) -> None:
    """Register what people added, as it is now, so that the board has it at once and not at the next heartbeat."""
    desk.listed.added = await desk.door.call(watching.added_facts)
    await desk.door.change(watching.configure, desk.listed.facts(), request.at)


async def _remove(desk: Desk, request: Request, name: str) -> Reply:
    removed = await desk.door.change(watching.remove, request.ask, name)
    await _take_note(desk, request)
    return Say(f"{removed} is no prod fact any more.", lines(line(bold(removed), " is no prod fact any more.")))


async def _watch(desk: Desk, request: Request, name: str) -> Reply:
    watched = await desk.door.change(watching.vouch, request.ask, name)
    text = say("*{fact}* is watched as it is: what is red of it opens an incident.", fact=watched)
    return Say(f"{watched} is watched as it is.", lines(text))


async def _pause(desk: Desk, request: Request, rest: str) -> Reply:
    span, name = read_span(rest, LONGEST_PAUSE)
    names = frozenset(fact.name for fact in desk.listed.of(request.channel, name)) if name else frozenset[str]()
    window = await desk.door.change(incidents.pause, request.ask, span, names)
    text = say(
        "{what} is under maintenance until {end}: what is red till then opens no incident. "
        "`/board facts resume` ends it earlier.",
        what=bold(name) if name else "All of production",
        end=when(window.end),
    )
    ends = actions([button("End it now", "facts", "resume")])
    return Say("Maintenance has begun.", [*lines(text), ends])


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
    again = runs.check_again
    if not await desk.door.change(again, request.channel, _number(rest, "check 17"), request.at):
        raise NotFound("There is no such finish on this board.")
    return Nothing() if not request.is_typed else Say("Asking production.", words.line("⏳ Asking production."))


def _number(text: str, example: str) -> int:
    if not (text.isdecimal() and len(text) <= 9):
        raise BadInput(f"Which one? Write its number: `/board facts {example}`.")
    return int(text)


CHOICES: dict[str, Callable[[Desk, Request, str], Awaitable[Reply]]] = {
    "": _show,
    "show": _show_one,
    "run": _run,
    "history": _history,
    "add": _add,
    "rm": _remove,
    "watch": _watch,
    "pause": _pause,
    "resume": _resume,
    "ack": _acknowledge,
    "snooze": _snooze,
    "check": _check,
}


def read_keys(text: str) -> dict[str, Any]:
    """Read `https://… key=value key="two words"` into the keys of an http fact. Raises BadInput.

    A key that is written twice has a list of values.
    """
    try:
        url, *pairs = shlex.split(text)
    except ValueError:
        raise BadInput(USAGE, field="url") from None
    keys: dict[str, Any] = {"url": url}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not (key and sign):
            raise BadInput("{pair} is no key with a value. " + USAGE, pair=pair)
        _put(keys, key, value)
    return keys


def _put(keys: dict[str, Any], key: str, value: str) -> None:
    if key.startswith(JSON):
        keys.setdefault("json", {})[key.removeprefix(JSON)] = _plain(value)
    elif key == "status":
        keys[key] = [*keys.get(key, []), *map(_as_number, value.split(","))]
    elif key in ("contains", "not_contains"):
        keys[key] = [*keys.get(key, []), value]
    elif key in NUMBERS:
        keys[key] = _as_number(value)
    else:
        keys[key] = TRUE.get(value.lower(), value) if key in SWITCHES else value


def _as_number(text: str) -> int | str:
    """Return the number, or the text for the fact itself to complain about."""
    return int(text) if text.strip().isdecimal() and len(text) <= 9 else text


def _plain(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float | str | bool) else text
