"""Whole readings of real documents, checked by hand against them: every item, every kept line, every doubt.

Where two people may judge differently: 2025-10-04-1041 plans two weeks and names no lane, so its open items are NEXT
and LATER, and a doubt says so; in 2026-01-23-0059 a struck item of the backlog is done, for its own words say so; in
state-2025-12-23-0313 the bullets under "Latest Verification" are STABLE like those above it, and a doubt says so; a
ticked row of a table (2026-01-24-1008) has what stands behind its tick as its result; what a bullet under a done item
says stays in the item's notes, even where it names a pull request; `## Next Pass Recommendation` and `### Performance
(Backlog)` are no lanes: what is under them stays text, and a doubt says so.

`REWRITE_GOLDEN=1 python -m pytest tests/documents/test_golden.py` writes them anew; read the difference first.
"""

import os
from pathlib import Path

import pytest

from bot.documents import next7d, state
from tests.documents.samples_of import BOARDS, NOW, STATES, text_of
from tests.documents.written_out import written_out

FOLDER = Path(__file__).parent / "golden"
STANDING = [path for path in STATES if path.stem in ("2025-12-20-2043", "2025-12-23-0313", "2026-01-23-0819")]


def reading_of(path: Path) -> str:
    text = text_of(path)
    if path in BOARDS:
        return written_out(next7d.read(text, NOW))
    read = state.read(text, NOW)
    return written_out(read.reading, read.log)


@pytest.mark.parametrize("path", [*BOARDS, *STANDING], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_whole_reading(path: Path) -> None:
    golden = FOLDER / f"{'state-' if path in STATES else ''}{path.stem}.txt"
    found = reading_of(path)
    if os.environ.get("REWRITE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found)
    assert golden.read_text() == found


def test_no_golden_reading_is_left_over() -> None:
    assert len(list(FOLDER.iterdir())) == len(BOARDS) + len(STANDING)
