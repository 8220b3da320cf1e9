"""The notice that a person changed a file, the choice of what stays, and trying failed steps again."""

from collections.abc import Sequence

from bot.errors import BadInput
from bot.facts.masking import LINE_LIMIT, mask, plain
from bot.services.board import finishes
from bot.services.documents import drift
from bot.services.documents.drift import Drift
from bot.slack.asked.which import with_rest
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, actions, button, context, counted
from bot.slack.layout.richtext import ROOM, lines, preformatted, say
from bot.slack.request import Request

KINDS = {"": "", "state": "state", "state.md": "state", "next7d": "next7d", "next-7d": "next7d", "next-7d.md": "next7d"}
STEPS = KINDS | {"next": "next", "facts": "facts"}

LINES = 24  # of the difference; the file has the rest
WIDTH = 160  # characters of a line
SIGNS = "`-` is the board's, `+` stands in the file."
WAYS = "*Take the file* puts its words onto the board. *Keep the board* writes the board over them; the rest stays."
CHANGED = "was changed by hand"
OTHER = "says something else than the board"  # of a file that the board was never written into


async def take(desk: Desk, request: Request) -> Reply:
    """Take what a person wrote into a file onto the board. Raises BadInput."""
    taken = await desk.door.change(drift.take, request.ask, _choice(request.words, KINDS, "take [state | next7d]"))
    summary = f"{counted(taken.changed, 'item')} changed and {taken.added} new, as {taken.name} says."
    return Say(f"{taken.name} is taken.", lines(summary, *taken.warnings))


async def keep(desk: Desk, request: Request) -> Reply:
    """Keep the board: it is written over what a person wrote into our parts of a file. Raises BadInput."""
    name = await desk.door.change(drift.keep, request.ask, _choice(request.words, KINDS, "keep [state | next7d]"))
    return Say("The board is kept.", lines(f"The board is kept. It is written into {name} again."))


async def retry(desk: Desk, request: Request) -> Reply:
    """Try the failed steps of an item's finish again: `retry 12`, or one of them: `retry 12 state`. Raises BadInput."""
    number, rest = await with_rest(desk, request)
    step = _choice(rest, STEPS, "retry 12 [state | next7d | next | facts]")
    await desk.door.change(finishes.retry, request.ask, number, step)
    return Say("Trying again.", words.line("Trying again. The finish post shows what comes of it."))


def _choice(written: str, known: dict[str, str], usage: str) -> str:
    if written.lower() not in known:
        raise BadInput(f"{{words}} is not known here. Write `/board {usage}`.", words=written)
    return known[written.lower()]


def notice(drift: Drift, differing: Sequence[str] = (), secrets: Sequence[str] = ()) -> list[Block]:
    """Show the lines that differ, without `secrets` and what looks like one, and the ways on; once settled, how."""
    name, what = drift.file.name, _what(drift)
    if drift.current is None:
        return lines(say(f"*{{name}}* {what}. {{settled}}", name=name, settled=drift.settled))
    blocks = lines(say(f"*{{name}} {what}*, where the board writes. Nothing was overwritten.", name=name))
    blocks += lines(preformatted(_fitted(differing[:LINES], secrets))) if differing else []
    more = len(differing) - LINES
    blocks += [context(f"{counted(more, 'more line')} differ in the file.")] if more > 0 else []
    kind = drift.file.kind
    ways = [button("Take the file", "take", kind), button("Keep the board", "keep", kind)]
    return [*blocks, context(f"{SIGNS} {WAYS}" if differing else WAYS), actions(ways)]


def spoken(drift: Drift) -> str:
    """Return the notice in a sentence."""
    how = "Take the file or keep the board." if drift.current is not None else drift.settled
    return f"{drift.file.name} {_what(drift)}. {how}"


def _what(drift: Drift) -> str:
    return CHANGED if drift.file.written is not None or drift.current is None else OTHER


def _fitted(lines: Sequence[str], secrets: Sequence[str]) -> str:
    """Return as many of the lines as a block holds."""
    masked = [mask(plain(line[:LINE_LIMIT]), secrets) for line in lines]
    cut = [line[:WIDTH] + ("…" if len(line) > WIDTH else "") for line in masked]
    text = "\n".join(cut)
    return text if len(text) <= ROOM else text[:ROOM].rsplit("\n", 1)[0]
