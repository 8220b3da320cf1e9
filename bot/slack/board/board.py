"""The board: its message in the channel, the one that `/board` shows to a person, copies, and the introduction."""

from datetime import UTC, datetime

from bot.core.board.model import Board, Item
from bot.core.board.ways import offer
from bot.core.production.incidents import Pause
from bot.core.production.readings import Health, Run
from bot.services.board import look
from bot.services.board.look import Sight
from bot.slack.board.item import bar, flag, last_tick, named, parked, queued, quote
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import (
    Block,
    actions,
    button,
    context,
    counted,
    divider,
    finder,
    menu,
    moment,
    said,
    section,
    since,
)
from bot.slack.request import Request

LIGHTS = {Health.GREEN: "🟢", Health.RED: "🔴", Health.UNKNOWN: "⚪"}
SHOWN = 7  # lines of a lane that has no limit


async def board(desk: Desk, request: Request) -> Reply:
    """Show the board to the person who asked."""
    sight = await desk.door.call(look.look, request.channel, request.at)
    share_it = button("Share to channel", "share")
    return Say(spoken(sight), message(sight, extra=(share_it,)))


async def share(desk: Desk, request: Request) -> Reply:
    """Post a copy of the board for everybody."""
    await desk.door.change(look.share, request.ask)
    return Say("The board is shared.", words.line("The board is shared with the channel."))


def message(sight: Sight, *, extra: tuple[Block, ...] = ()) -> list[Block]:
    """Show a board. `extra` are more buttons behind the usual ones."""
    shown = sight.board
    blocks = [section(f"*Board* · <#{sight.channel}>"), divider(), section(_wip(sight)), section(_next(shown))]
    blocks += [section(lines) for lines in (_blocked(sight), _later(shown)) if lines]
    small = [_done(shown)] + ([f"*PRODUCTION*   {production(sight.run)}"] if sight.has_facts else [])
    small += [paused(sight.pause)] if sight.pause else []
    find = [finder("Start, park or show…")] if shown.items else []
    return [*blocks, context("\n".join(small)), actions([*_buttons(sight), *extra, *find, _more(shown.wip)])]


def spoken(sight: Sight) -> str:
    """Return the board in a sentence that makes sense when read aloud."""
    wip = sight.board.wip
    now = f"in progress #{wip.number} {wip.title}" if wip else "nothing in progress"
    return f"Board: {now}; {counted(len(sight.board.next), 'item')} in NEXT."


def production(run: Run | None) -> str:
    """Return production in a few words: the light, how many are green, what is not, and when that was seen."""
    if run is None:
        return "⚪ not checked yet"
    if not run.readings:
        return f"⚪ nothing was checked · {clock(run.at)}"
    parts = [f"{LIGHTS[run.health]} {run.green} of {len(run.counted)}", *_worth_saying(run)]
    return " · ".join([*parts, clock(run.at)])


def _worth_saying(run: Run) -> list[str]:
    wrong = [reading for reading in run.counted if reading.health is not Health.GREEN]
    warned = [reading for reading in run.counted if reading.warned]
    parts = [
        f"{said(reading.name, 60)}: {said(reading.detail or reading.health, 120)}"
        for reading in [*wrong[:1], *warned[:2]]
    ]
    first_red = wrong[0].red_since if wrong else None
    parts[1:1] = [f"red since {clock(first_red)}"] if first_red else []
    return parts + ([f"and {len(wrong) - 1} more"] if len(wrong) > 1 else [])


def paused(pause: Pause) -> str:
    """Say that a maintenance is on: until when, of what, and who began it."""
    facts = sorted(pause.window.facts)
    of = f" of {', '.join(said(name, 60) for name in facts)}" if facts else ""
    return f"🟡 maintenance{of} until {clock(pause.window.end)} · {said(pause.who, 60)}"


def clock(at: datetime) -> str:
    """Return a day and time, in the reader's zone."""
    return moment(at, "{date_short_pretty} {time}", f"{at.astimezone(UTC):%d %b %H:%M} UTC")


def _wip(sight: Sight) -> str:
    item = sight.board.wip
    if item is None:
        return "*IN PROGRESS*\n" + _what_to_do_first(sight.board)
    ticked = last_tick(item)
    lines = [f"*IN PROGRESS* · day {item.day(sight.now, sight.board.zone)}", f"*{named(item)}*"]
    lines[-1] += f"   {said(item.owner.name, 60)}" if item.owner else ""
    lines += [bar(item) + (f" · last tick {since(ticked)}" if ticked else "")]
    return "\n".join([*lines, *filter(None, [flag(item, sight.now), quote(item)])])


def _what_to_do_first(shown: Board) -> str:
    if not shown.next:
        return (
            "Nothing in progress. Try *Add item*: write down how you will know that it is done, which is its "
            "Definition of Done (DoD), and start it."
        )
    first = shown.next[0]
    if first.dod:
        return f"Nothing in progress. Start #{first.number} or add an item."
    return f"Nothing in progress. #{first.number} comes next and needs a Definition of Done (DoD) before it can start."


def _next(shown: Board) -> str:
    lines = [f"{k}  {queued(item)}" for k, item in enumerate(shown.next, 1)]
    return "*NEXT*\n" + ("\n".join(lines) or "Nothing queued.")


def _blocked(sight: Sight) -> str:
    return _lane("BLOCKED", [parked(item, sight.now) for item in sight.board.blocked])


def _later(shown: Board) -> str:
    return _lane("LATER", [queued(item) for item in shown.later])


def _lane(name: str, lines: list[str]) -> str:
    if not lines:
        return ""
    more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return "\n".join([f"*{name}*", *lines[:SHOWN], *more])


def _done(shown: Board) -> str:
    if not shown.done:
        return "*DONE THIS WEEK*   nothing yet"
    return f"*DONE THIS WEEK*   {len(shown.done)} · last: {named(shown.done[-1])}"


def _buttons(sight: Sight) -> list[Block]:
    shown = sight.board
    first = _wip_buttons(shown.wip) if shown.wip else _start_button(shown)
    facts = [button("Run prod facts", "facts", "run")] if sight.has_facts else []
    if not first:
        return [button("Add item", "add", style="primary"), *facts]
    return [*first, *facts, button("Add item", "add")]


def _more(wip: Item | None) -> Block:
    """Return what is wanted less often, behind the buttons."""
    card = [(f"Show #{wip.number}", f"show {wip.number}")] if wip else []
    return menu(*card, ("What happened", "log"), ("Settings…", "settings"), ("What can be typed", "help"))


def _wip_buttons(item: Item) -> list[Block]:
    return [
        button("Mark DoD done", "finish", str(item.number), style="primary"),
        button("Update status", "status", f"#{item.number}"),
    ]


def _start_button(shown: Board) -> list[Block]:
    """Return the way to something in progress: start what comes next, or make it startable; none with an empty NEXT."""
    if not shown.next:
        return []
    first = shown.next[0]
    way = offer("start" if first.dod else "dod", first)
    return [button(way.label, way.verb, way.argument, style="primary")]
