"""The board: its message in the channel, the one that `/board` shows to a person, copies, and the introduction."""

from datetime import datetime

from bot.core.board.model import Board, Item, Slots
from bot.core.board.ways import offer
from bot.services.board import look
from bot.services.board.look import Sight
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import (
    HEADER,
    Block,
    actions,
    button,
    counted,
    divider,
    finder,
    header,
    menu,
)
from bot.slack.layout.faces import signed
from bot.slack.layout.lines import bar, flag, last_tick, named, parked, queued, room
from bot.slack.layout.richtext import Line, Words, bold, bullets, channel, line, lines, quote, short, since, small
from bot.slack.production import light
from bot.slack.request import Request

SHOWN = 7  # items of a lane that has no limit
AT_ONCE = 8  # items in progress, of those who have one each; a message holds 50 blocks, and each takes four


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
    """Show a board: what is in progress largest, what is only information small and grey, red production on top.

    `extra` are more buttons behind the usual ones.
    """
    shown = sight.board
    red = light.alarm(sight.run, sight.pause, sight.now)
    head = [*red, *([divider()] if red else []), *small(line("Board · ", channel(sight.channel)))]
    blocks = [*head, *_in_progress(sight), divider()]
    blocks += [*_next(shown), *_blocked(sight), *_information(sight, is_red=bool(red))]
    find = [finder("Start, park or show…")] if shown.items else []
    return [*blocks, actions([*_buttons(sight), *extra, *find, _more(shown.wip)])]


def spoken(sight: Sight) -> str:
    """Return the board in a sentence that makes sense when read aloud."""
    items = [f"#{item.number} {item.title}" for item in sight.board.in_progress]
    now = f"in progress {', '.join(items)}" if items else "nothing in progress"
    queue = f"{counted(len(sight.board.next), 'item')} in NEXT."
    red = light.spoken_alarm(sight.run, sight.pause, sight.now)
    return " ".join(filter(None, [f"Board: {now}; {queue}", red]))


def _in_progress(sight: Sight) -> list[Block]:
    """Show what is in progress with what can be done about it, or what to do first."""
    shown = sight.board
    items = shown.in_progress
    if not items:
        return [header("Nothing in progress"), *lines(_what_to_do_first(shown)), *_row(_start_buttons(shown))]
    if len(items) == 1:
        return [header(named(items[0], HEADER)), *_about(items[0], sight), actions(_wip_buttons(str(items[0].number)))]
    blocks = [header(f"{len(items)} in progress")]
    for item in items[:AT_ONCE]:
        blocks += [*lines(bold(named(item))), *_about(item, sight)]
    blocks += small(f"and {len(items) - AT_ONCE} more") if len(items) > AT_ONCE else []
    return [*blocks, actions(_wip_buttons(""))]  # without a number it is whoever clicks whose item is meant


def _about(item: Item, sight: Sight) -> list[Block]:
    """Show whose an item in progress is, how far it is, what is in its way, and what was said of it last."""
    ticked, note = last_tick(item), item.status
    place = f"{'in' if item.owner else 'In'} progress, day {item.day(sight.now, sight.board.zone)}"
    whose = signed(item.owner, place, _ago("last tick ", ticked))
    how = line("Definition of Done  " if item.dod else "", bar(item))
    note_said = [quote(short(note.text, room(sight.board.in_progress)))] if note else []
    left = signed(None if note.by == item.owner else note.by, _ago("", note.at)) if note else []
    return [*whose, *lines(*filter(None, [how, bold(flag(item, sight.now))]), *note_said), *left]


def _ago(before: str, at: datetime | None) -> Line:
    return line(before, since(at)) if at else Line()


def _what_to_do_first(shown: Board) -> str:
    if not shown.next:
        return (
            "Try Add item: write down how you will know that it is done, which is its Definition of Done (DoD), and "
            "start it."
        )
    first = shown.next[0]
    if first.dod:
        return f"Start #{first.number} or add an item."
    return f"#{first.number} comes next and needs a Definition of Done (DoD) before it can start."


def _next(shown: Board) -> list[Block]:
    if not shown.next:
        return lines(bold("NEXT"), "Nothing queued.")
    return lines(bold("NEXT"), bullets(map(queued, shown.next), is_numbered=True))


def _blocked(sight: Sight) -> list[Block]:
    items = sight.board.blocked
    if not items:
        return []
    more = [f"and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    return lines(bold("BLOCKED"), bullets([*(parked(item, sight.now) for item in items[:SHOWN]), *more]))


def _information(sight: Sight, *, is_red: bool) -> list[Block]:
    """Show in grey what nobody has to act on; red production is on top already."""
    rows: list[Words] = [*_later(sight.board), _done(sight.board)]
    rows += [line("PRODUCTION   ", light.production(sight.run))] if sight.has_facts and not is_red else []
    rows += [light.paused(sight.pause)] if sight.pause else []
    return small(*rows)


def _later(shown: Board) -> list[str]:
    if not shown.later:
        return []
    more = [f"and {len(shown.later) - SHOWN} more"] if len(shown.later) > SHOWN else []
    return [f"LATER   {' · '.join([*(named(item, 60) for item in shown.later[:SHOWN]), *more])}"]


def _done(shown: Board) -> str:
    if not shown.done:
        return "DONE THIS WEEK   nothing yet"
    return f"DONE THIS WEEK   {len(shown.done)} · last: {named(shown.done[-1])}"


def _row(buttons: list[Block]) -> list[Block]:
    return [actions(buttons)] if buttons else []


def _buttons(sight: Sight) -> list[Block]:
    """Return what can be done beside what is in progress."""
    shown = sight.board
    is_first_step = not (shown.in_progress or shown.next)
    start = _start_buttons(shown, style="") if shown.in_progress and shown.slots is Slots.PERSON else []
    add = button("Add item", "add", style="primary" if is_first_step else "")
    facts = [button("Run prod facts", "facts", "run")] if sight.has_facts else []
    return [*start, add, *facts, *_red_buttons(sight)]


def _red_buttons(sight: Sight) -> list[Block]:
    """Return the way from the first fact that is red to its last reading."""
    names = [reading.name for reading in light.alarming(sight.run, sight.pause, sight.now)]
    return [button(f"Show {name}", "facts", f"show {name}") for name in names[:1]]


def _more(wip: Item | None) -> Block:
    """Return what is wanted less often, behind the buttons."""
    card = [(f"Show #{wip.number}", f"show {wip.number}")] if wip else []
    return menu(*card, ("What happened", "log"), ("Settings…", "settings"), ("What can be typed", "help"))


def _wip_buttons(number: str) -> list[Block]:
    return [
        button("Mark DoD done", "finish", number, style="primary"),
        button("Update status", "status", f"#{number}" if number else ""),
    ]


def _start_buttons(shown: Board, style: str = "primary") -> list[Block]:
    """Return the way to something in progress: start what comes next, or make it startable; none with an empty NEXT."""
    if not shown.next:
        return []
    first = shown.next[0]
    way = offer("start" if first.dod else "dod", first)
    return [button(way.label, way.verb, way.argument, style=style)]
