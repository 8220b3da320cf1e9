"""Not a line of any document is lost: it is in an item, in its notes, or in a kept section."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.documents.next7d import read
from bot.documents.outline import outline
from bot.errors import BadInput
from tests.documents.accounting import missing
from tests.documents.samples_of import BOARDS, NOW, STATES, text_of

LOGS = (
    "2025-10-05-2333",  # dated entries only: no heading in them names a lane
    "2025-10-05-2333",
    "2025-12-15-2158",
    "2026-01-16-1056",
    "2026-01-19-2007",
    "2026-01-23-0819",
    "2026-01-26-1525",
    "2026-02-05-2120",
)


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_every_line_of_a_board_is_kept(path: Path) -> None:
    text = text_of(path)
    assert missing(text, read(text, NOW)) == []


@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
def test_every_line_of_a_state_is_kept_and_a_mere_log_is_refused(path: Path) -> None:
    text = text_of(path)
    if path.stem in LOGS:
        with pytest.raises(BadInput, match="does not look like a board"):
            read(text, NOW)
    else:
        assert missing(text, read(text, NOW)) == []


def test_the_accounting_sees_a_lost_line() -> None:
    text = text_of(BOARDS[0])
    reading = read(text, NOW)
    assert missing(text + "\nA line that nobody read\n", reading) == ["A line that nobody read"]


def test_threads_that_read_at_once_read_what_one_alone_reads() -> None:
    texts = [text_of(path) for path in BOARDS] * 2
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(outline, texts)) == [outline(text) for text in texts]
