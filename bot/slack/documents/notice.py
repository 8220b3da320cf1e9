"""The notice that a person changed a file, the choice of what stays, and trying failed steps again."""

from collections.abc import Sequence

from bot.errors import BadInput
from bot.facts.masking import LINE_LIMIT, mask, plain
from bot.services.board import finishes
from bot.services.documents import drift
from bot.services.documents.drift import Drift
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import (
    SECTION,
    Block,
    actions,
    button,
    context,
    counted,
    entities,
    esc,
    paragraphs,
    section,
)
from bot.slack.request import Request
from bot.slack.which import with_rest

KINDS = {"": "", "state": "state", "state.md": "state", "next7d": "next7d", "next-7d": "next7d", "next-7d.md": "next7d"}
STEPS = KINDS | {"next": "next", "facts": "facts"}

LINES = 24  # of the difference; the file has the rest
WIDTH = 160  # characters of a line
ROOM = SECTION - 100  # characters, for what stands around the lines
SIGNS = "`-` is the board's, `+` stands in the file."
WAYS = "*Take the file* puts its words onto the board. *Keep the board* writes the board over them; the rest stays."
CHANGED = "was changed by hand"
OTHER = "says something else than the board"  # of a file that the board was never written into


async def take(desk: Desk, request: Request) -> Reply:
    """Take what a person wrote into a file onto the board. Raises BadInput."""
    taken = await desk.door.change(drift.take, request.ask, _choice(request.words, KINDS, "take [state | next7d]"))
    summary = f"{counted(taken.changed, 'item')} changed and {taken.added} new, as {esc(taken.name)} says."
    return Say(f"{taken.name} is taken.", paragraphs([summary, *map(esc, taken.warnings)]))


async def keep(desk: Desk, request: Request) -> Reply:
    """Keep the board: it is written over what a person wrote into our parts of a file. Raises BadInput."""
    name = await desk.door.change(drift.keep, request.ask, _choice(request.words, KINDS, "keep [state | next7d]"))
    return Say("The board is kept.", words.line(f"The board is kept. It is written into {esc(name)} again."))


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


def notice(drift: Drift, lines: Sequence[str] = (), secrets: Sequence[str] = ()) -> list[Block]:
    """Show the lines that differ, without `secrets` and what looks like one, and the ways on; once settled, how."""
    name = esc(drift.file.name)
    if drift.current is None:
        return [section(f"*{name}* {_what(drift)}. {esc(drift.settled)}")]
    blocks = [section(f"*{name} {_what(drift)}*, where the board writes. Nothing was overwritten.")]
    blocks += [section(f"```{_fitted(lines[:LINES], secrets)}```")] if lines else []
    blocks += [context(f"{counted(len(lines) - LINES, 'more line')} differ in the file.")] if len(lines) > LINES else []
    kind = drift.file.kind
    ways = [button("Take the file", "take", kind), button("Keep the board", "keep", kind)]
    return [*blocks, context(f"{SIGNS} {WAYS}" if lines else WAYS), actions(ways)]


def spoken(drift: Drift) -> str:
    """Return the notice in a sentence."""
    how = "Take the file or keep the board." if drift.current is not None else drift.settled
    return f"{drift.file.name} {_what(drift)}. {how}"


def _what(drift: Drift) -> str:
    return CHANGED if drift.file.written is not None or drift.current is None else OTHER


def _fitted(lines: Sequence[str], secrets: Sequence[str]) -> str:
    """Return the lines as code: nothing in them may end it."""
    masked = [mask(plain(line[:LINE_LIMIT]), secrets) for line in lines]
    cut = [line[:WIDTH] + ("…" if len(line) > WIDTH else "") for line in masked]
    text = entities("\n".join(cut).replace("`", "\u02cb"))
    return text if len(text) < ROOM else text[:ROOM].rsplit("\n", 1)[0]
