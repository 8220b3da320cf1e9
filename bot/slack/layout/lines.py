"""An item in lines: how every message shows one."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.board.measure import how_far
from bot.core.board.model import Block as Parked
from bot.core.board.model import Criterion, CriterionState, Item
from bot.core.times import age
from bot.slack.layout.blocks import progress
from bot.slack.layout.richtext import Line, bold, joined, line, short, since, told

FEW = 3  # items in progress, of which there is room to quote more
MARKS = {CriterionState.OPEN: "☐", CriterionState.MET: "☑", CriterionState.WAIVED: "☒"}


def named(item: Item, limit: int = 120) -> str:
    """Return number and title, in the words of whoever wrote it."""
    return f"#{item.number} {short(item.title, limit)}"


def bar(item: Item) -> Line:
    """Return the DoD as a bar of what is met, and a count of that and of what is waived."""
    counts = told(lambda esc: how_far(item, esc))
    return line(progress(item.met, len(item.dod)), "  ", counts) if item.dod else counts


def last_tick(item: Item) -> datetime | None:
    """Return when a criterion was last ticked."""
    return max((criterion.at for criterion in item.dod if criterion.at), default=None)


def quote(item: Item, limit: int = 300) -> Line:
    """Return the status note as a quoted line with who left it when; nothing without one."""
    note = item.status
    if note is None:
        return Line()
    signed = joined(", ", [note.by.name if note.by else "", since(note.at) if note.at else ""])
    return joined(" — ", [f"› {short(note.text, limit)}", signed])


def room(in_progress: Sequence[object]) -> int:
    """Return how many characters of a status note there is room for beside so many items in progress."""
    return 300 if len(in_progress) <= FEW else 100


def flag(item: Item, now: datetime, limit: int = 200) -> str:
    """Return what is in the way of the item in progress; nothing when it is not flagged."""
    if not item.flagged or item.blocked is None:
        return ""
    return f"⛔ blocked: {waiting(item.blocked, now, limit)}"


def queued(item: Item) -> Line:
    """Return one line of NEXT or LATER: number, title, estimate, and a missing DoD."""
    title = line(bold(f"#{item.number}"), f" {short(item.title)}")
    return joined(" · ", [title, short(item.estimate, 60), "" if item.dod else how_far(item)])


def parked(item: Item, now: datetime) -> Line:
    """Return one line of BLOCKED: what, why, since when, back when."""
    title = line(bold(f"#{item.number}"), f" {short(item.title)}")
    return joined(" — ", [title, waiting(item.blocked, now, 200) if item.blocked else ""])


def waiting(blocked: Parked, now: datetime, limit: int) -> str:
    """Return what an item waits for: why, since when, back when."""
    back = f" · back on {blocked.back_on:%a} {blocked.back_on.day} {blocked.back_on:%b}" if blocked.back_on else ""
    return f"{short(blocked.reason, limit)} · {age(blocked.since, now)}{back}"


def criterion_line(k: int, criterion: Criterion) -> str:
    """Return a criterion as a line: its mark, its number, its text, what shows it, and whether a person judges it."""
    text = f"{MARKS[criterion.state]} {k}  {short(criterion.text, 500)}"
    about = _about(criterion)
    text += f" — {about}" if about else ""
    return text + (" · a person judges it" if criterion.judged and not criterion.settled else "")


def _about(criterion: Criterion) -> str:
    """Return what shows that a criterion is met, or who waived it and why; nothing when nobody said."""
    words = short(criterion.evidence)
    if criterion.state is not CriterionState.WAIVED:
        return words
    return "waived" + (f" by {short(criterion.by.name, 60)}" if criterion.by else "") + (f": {words}" if words else "")
