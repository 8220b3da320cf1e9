"""The standup as a command: a look at it, what is gone, and what one wishes of standups."""

from collections.abc import Awaitable, Callable
from datetime import time

from bot.core import times
from bot.core.digest import holidays
from bot.core.digest.standup import LARGEST, USUAL, Wish
from bot.core.times import say_date
from bot.errors import BadInput
from bot.services.digest import checkins, standups
from bot.slack.command import Desk, Nothing, Reply, Say
from bot.slack.digest import answers
from bot.slack.layout.blocks import actions, button
from bot.slack.layout.richtext import line, lines, say
from bot.slack.request import Request

WORDS = "ask at 9:00 | ask off | never | on | holidays GR | gone"
NOBODY = "Nobody has answered yet."
NEVER = "You belong to no standup any more, and I ask you for nothing. `/board standup on` changes that."
BACK = "You belong to the standups of your channels, from the next digest on."


async def standup(desk: Desk, request: Request) -> Reply:
    """Show the standup that is open; with words, do what they say. Raises BadInput."""
    word, _, rest = request.words.strip().partition(" ")
    if not word:
        return await _look(desk, request)
    choice = CHOICES.get(word.lower())
    if choice is None:
        raise BadInput(f"{{word}} is nothing that the standup knows. It knows `{WORDS}`.", word=word)
    return await choice(desk, request, rest.strip())


async def _look(desk: Desk, request: Request) -> Reply:
    day, held = await desk.door.call(standups.today, request.channel, request.at)
    head = f"The standup of {say_date(day)}"
    obstacles = answers.in_the_way(held, request.at, most=LARGEST)
    stands = answers.of_standup(held) or lines(NOBODY)
    buttons = [button("Add yours", "checkin", style="primary"), *answers.gone_buttons(held)]
    spoken = [f"{head}.", *(f"{s}." for s in [*answers.spoken_obstacles(held, request.at), *answers.spoken(held)])]
    return Say(" ".join(spoken), [*lines(line(head), *obstacles), *stands, actions(buttons)])


async def _ask(desk: Desk, request: Request, rest: str) -> Reply:
    """Read `ask`, `ask off`, `ask at 8:30`."""
    word = rest.lower().removeprefix("at ").strip()
    at: time | None = None if word == "off" else USUAL if word in ("", "on") else times.read_time(word)
    return _wished(request, await desk.door.change(standups.ask_at, request.ask, request.who, at))


async def _never(desk: Desk, request: Request, _rest: str) -> Reply:
    return _wished(request, await desk.door.change(standups.never, request.ask, request.who))


async def _on(desk: Desk, request: Request, _rest: str) -> Reply:
    return _wished(request, await desk.door.change(standups.rejoin, request.ask, request.who))


async def _holidays(desk: Desk, request: Request, rest: str) -> Reply:
    if not rest:
        raise BadInput("Whose holidays? Write a country, for example `/board standup holidays GR`, or `none`.")
    place = holidays.read_place(rest)
    return _wished(request, await desk.door.change(standups.keep_holidays, request.ask, request.who, place))


async def _gone(desk: Desk, request: Request, rest: str) -> Reply:
    """Note that what somebody said is gone: a button names them by their id; typed alone it is one's own."""
    user = rest or request.who.id
    if request.people:
        user = request.people[0]
    person = await desk.door.change(checkins.clear, request.ask, user.removeprefix("@"))
    what = say("What was in the way of {who} is gone.", who=person.name)
    return Say(what.plain, lines(what))


CHOICES: dict[str, Callable[[Desk, Request, str], Awaitable[Reply]]] = {
    "ask": _ask,
    "never": _never,
    "on": _on,
    "holidays": _holidays,
    "gone": _gone,
}


def _wished(request: Request, wish: Wish) -> Reply:
    """Say what holds now; a question that was clicked on says so itself."""
    if request.elsewhere:
        return Nothing()
    what = say(_in_words(wish))
    return Say(what.plain, lines(what))


def _in_words(wish: Wish) -> str:
    if wish.never:
        return NEVER
    asked = f"I ask you for your answer at {wish.ask_at:%H:%M} your time, once a day" if wish.ask_at else BACK[:-1]
    away = f"; on holidays of {holidays.say_place(wish.holidays)} you count as away" if wish.holidays else ""
    stop = ". `/board standup ask off` stops it" if wish.ask_at else ""
    return f"{asked}{away}{stop}."
