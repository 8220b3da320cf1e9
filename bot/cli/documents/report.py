"""What an import did, said to people and to programs."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.core.board.model import Lane
from bot.documents.next7d import Doubt
from bot.services.documents.importing import Imported


def as_data(imported: Imported, channel: str, *, applied: bool) -> dict[str, object]:
    """Return what an import did, for programs."""
    return {
        "channel": channel,
        "applied": applied,
        "added": list(imported.added),
        "matched": list(imported.matched),
        **{lane.value: imported.count(lane) for lane in Lane},
        "doubts": [_doubt(doubt) for doubt in imported.doubts],
        "state_doubts": [_doubt(doubt) for doubt in imported.state_doubts],
        "warnings": list(imported.warnings),
        "lacking": list(imported.lacking),
        "gone": [item.number for item in imported.gone],
        "dated": list(imported.dates.filled) if imported.dates else [],
        "undated": [{"number": number, "why": why} for number, why in imported.dates.open] if imported.dates else [],
    }


def say(imported: Imported, channel: str, *, applied: bool) -> None:
    """Print what an import did, or would do."""
    console = Console(highlight=False)
    done = "Imported" if applied else "Would import"
    lanes = ", ".join(f"{imported.count(lane)} in {lane.upper()}" for lane in Lane if imported.count(lane))
    console.print(f"{done} {len(imported.added)} items for {escape(channel)}" + (f": {lanes}." if lanes else "."))
    if imported.matched:
        console.print(f"{len(imported.matched)} were here already and stay as they are.")
    if imported.lacking:
        names = ", ".join(imported.titles(imported.lacking))
        console.print(f"On the board but not in the document, so they stay: {escape(names)}")
    for warning in imported.warnings:
        console.print(f"Note: {escape(warning)}")
    if imported.dates:
        console.print(f"Dates of {len(imported.dates.filled)} items come from the history of the document.")
    if imported.gone:
        console.print(_gone(imported))
    gone = {item.number for item in imported.gone}  # too many to be listed
    if undated := [each for each in (imported.dates.open if imported.dates else ()) if each[0] not in gone]:
        console.print(_undated(imported, undated))
    for name, doubts in (("", imported.doubts), (" in the STATE.md", imported.state_doubts)):
        if doubts:
            console.print(_doubts(doubts, name))


def _gone(imported: Imported) -> str:
    finished = sum(item.lane is Lane.DONE for item in imported.gone)
    return (
        f"{len(imported.gone)} of them are in older versions only: {finished} were done, and "
        f"{len(imported.gone) - finished} left the document otherwise and are dropped. No export writes them again."
    )


def _undated(imported: Imported, undated: Sequence[tuple[int, str]]) -> Table:
    table = Table("Item", "Why", title="Without a date that could be told")
    for number, why in undated:
        table.add_row(escape(f"#{number} {imported.board.item(number).title[:60]}"), why)
    return table


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {"line": doubt.line, "text": doubt.text, "why": doubt.why}


def _doubts(doubts: Sequence[Doubt], name: str) -> Table:
    table = Table("Line", "Doubtful", "Text", title=f"Kept{name}, but not certain")
    for doubt in doubts:
        table.add_row(str(doubt.line), escape(doubt.why), escape(doubt.text[:80]))
    return table
