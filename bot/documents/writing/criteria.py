"""A criterion as a line of a list, in words that read back as the same criterion."""

from datetime import UTC, datetime

from bot.core.board.model import Criterion, CriterionState, Lane
from bot.documents.inline import escaped
from bot.documents.reading.alone import only_item
from bot.documents.vocabulary import HEADINGS
from bot.documents.writing.escaping import readable

BOX = "[ ] "  # keeps the reader from what an open criterion begins with
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # the reading that is tried is thrown away


def said(criterion: Criterion) -> tuple[str, CriterionState, str]:
    """Return what a document can say of a criterion, to compare by."""
    return _line(criterion.text), criterion.state, _line(criterion.evidence)


def plain(criterion: Criterion) -> str:
    """Return a criterion's line with nothing escaped; it may read as something else."""
    return _shown(_words(criterion), criterion.state)


def written(criterion: Criterion) -> str:
    """Return a criterion's line; an open one gets a box where that is enough, and then escapes like any other."""
    words, state = _words(criterion), criterion.state
    box = BOX if state is CriterionState.OPEN else ""
    if _reads_back(_shown(words, state), criterion):
        return _shown(words, state)
    safe = readable(words, lambda words: _reads_back(_shown(words, state, box), criterion))
    return _shown(escaped(words) if safe is None else safe, state, box)


def _words(criterion: Criterion) -> str:
    """Return the text and the evidence, a line each."""
    return f"{_line(criterion.text)}\n{_line(criterion.evidence)}"


def _shown(words: str, state: CriterionState, box: str = "") -> str:
    text, evidence = words.split("\n")
    if state is CriterionState.WAIVED:
        return f"~~{text}~~ — waived" + (f": {evidence}" if evidence else "")
    shown = f"{text} — evidence: {evidence}" if evidence else text
    return f"[x] {shown}" if state is CriterionState.MET else f"{box}{shown}"


def _reads_back(line: str, criterion: Criterion) -> bool:
    """Return whether a line under the DoD of an item is this criterion and nothing else."""
    item = only_item(["- x", "  - **DoD**:", f"    - {line}"], HEADINGS[Lane.LATER], ANY_TIME)
    return item is not None and not item.notes and [said(each) for each in item.dod] == [said(criterion)]


def _line(text: str) -> str:
    return " ".join(text.split())
