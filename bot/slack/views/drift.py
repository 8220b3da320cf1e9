"""The notice that a person changed what the board writes into a file."""

import difflib

from bot.services.drift import Drift
from bot.slack.views.blocks import SECTION, Block, actions, button, context, counted, entities, esc, section

LINES = 24  # of the difference; the file has the rest
WIDTH = 160  # characters of a line
ROOM = SECTION - 100  # characters, for what stands around the lines
SIGNS = "`-` is the board's, `+` stands in the file."
WAYS = "*Take the file* puts its words onto the board. *Keep the board* writes the board over them; the rest stays."
CHANGED = "was changed by hand"
OTHER = "says something else than the board"  # of a file that the board was never written into


def notice(drift: Drift) -> list[Block]:
    """Show the difference and the two ways on; once it is settled, how."""
    name = esc(drift.kept.name)
    if drift.current is None:
        return [section(f"*{name}* {_what(drift)}. {esc(drift.settled)}")]
    lines = difference(drift.written, drift.current)
    blocks = [section(f"*{name} {_what(drift)}*, where the board writes. Nothing was overwritten.")]
    blocks += [section(f"```{_fitted(lines[:LINES])}```")] if lines else []
    blocks += [context(f"{counted(len(lines) - LINES, 'more line')} differ in the file.")] if len(lines) > LINES else []
    kind = drift.kept.kind
    ways = [button("Take the file", "take", kind), button("Keep the board", "keep", kind)]
    return [*blocks, context(f"{SIGNS} {WAYS}" if lines else WAYS), actions(ways)]


def spoken(drift: Drift) -> str:
    """The notice in a sentence."""
    how = "Take the file or keep the board." if drift.current is not None else drift.settled
    return f"{drift.kept.name} {_what(drift)}. {how}"


def _what(drift: Drift) -> str:
    return CHANGED if drift.kept.written is not None or drift.current is None else OTHER


def difference(written: str, current: str) -> list[str]:
    """Give the lines that differ, `- ` for what was written and `+ ` for what stands there now."""
    found = difflib.unified_diff(written.splitlines(), current.splitlines(), n=0, lineterm="")
    told = [line for line in list(found)[2:] if not line.startswith("@@")]  # the first two name the files
    return [f"{line[0]} {line[1:]}" for line in told]


def _fitted(lines: list[str]) -> str:
    """The lines as code: nothing in them may end it."""
    cut = [line[:WIDTH] + ("…" if len(line) > WIDTH else "") for line in lines]
    text = entities("\n".join(cut).replace("`", "\u02cb"))
    return text if len(text) < ROOM else text[:ROOM].rsplit("\n", 1)[0]
