"""Old entries go into the archive, whole; not a line is lost."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.documents import archive, next7d, state
from bot.documents.archive import Entry, Rolled
from tests.documents.samples_of import BOARDS, NOW, STATES, text_of

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)


def lines(text: str) -> Counter[str]:
    return Counter(line for line in text.splitlines() if line.strip())


def accounted(before: str, rolled: Rolled) -> bool:
    """Whether every line is in the document or in an entry, and nothing else is but what says so."""
    after = lines(rolled.text) + lines("\n".join(entry.text for entry in rolled.entries))
    return after - lines(before) <= Counter({"(none)": 1, archive.POINTER: 1}) and not lines(before) - after


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("before", [JANUARY, NOW], ids=["some", "all"])
def test_no_line_of_a_board_is_lost(path: Path, before: datetime) -> None:
    text = text_of(path)
    rolled = archive.roll_done(text, before, NOW)
    assert accounted(text, rolled)
    assert archive.roll_done(rolled.text, before, NOW).entries == ()
    assert all(entry.day < before for entry in rolled.entries)
    still = next7d.read(rolled.text, NOW).board
    assert len(still.items) == len(next7d.read(text, NOW).board.items) - len(rolled.entries)


@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("limit", [250, 60])
def test_no_line_of_a_state_is_lost(path: Path, limit: int) -> None:
    text = text_of(path)
    rolled = archive.roll_state(text, NOW, limit)
    assert accounted(text, rolled)
    if len(text.splitlines()) <= limit:
        assert rolled == Rolled(text, ())
    state.read(rolled.text, NOW)


def test_a_log_keeps_its_newest_entries() -> None:
    text = text_of(STATES[5])  # 385 lines, the newest first
    rolled = archive.roll_state(text, NOW)
    assert len(rolled.text.splitlines()) <= 250
    kept = [entry.title for entry in state.read(rolled.text, NOW).log]
    assert kept == [entry.title for entry in state.read(text, NOW).log][: len(kept)]
    assert rolled.text.endswith("See [STATE-ARCHIVE/INDEX.md](STATE-ARCHIVE/INDEX.md) for full list.\n")


def test_closed_entries_go_oldest_first() -> None:
    text = text_of(STATES[2])
    rolled = archive.roll_state(text, NOW, len(text.splitlines()) - 3)
    assert [f"{entry.day:%Y-%m-%d}" for entry in rolled.entries] == ["2025-12-19"] * 5
    assert rolled.text.endswith(archive.POINTER + "\n")
    assert "## CLOSED ✅" in rolled.text


def test_an_emptied_done_says_so() -> None:
    text = "## WIP\n(none)\n\n## DONE\n- a (2025-01-01) ✅\n- b (2025-01-02) ✅\n\n## Rules\n"
    rolled = archive.roll_done(text, NOW, NOW)
    assert rolled.text == "## WIP\n(none)\n\n## DONE\n(none)\n\n## Rules\n"
    assert [entry.text for entry in rolled.entries] == ["- a (2025-01-01) ✅\n", "- b (2025-01-02) ✅\n"]


def test_an_archive_takes_an_entry_once_and_the_index_knows_it() -> None:
    entries = [Entry(JANUARY, "- a\n"), Entry(NOW, "- b\n")]
    once = archive.archived(None, "DONE, rolled over in February 2026", entries)
    assert once == "# DONE, rolled over in February 2026\n\n- a\n- b\n"
    assert archive.archived(once, "x", entries) == once
    longer = archive.archived(None, "x", [Entry(NOW, "- a b\n  - c\n")])
    assert archive.archived(longer, "x", entries) == "# x\n\n- a b\n  - c\n- a\n- b\n"  # whole lines, or one is lost
    index = archive.indexed(None, "DONE-2026-02.md", "NEXT-7D.md", "", entries)
    row = "| [DONE-2026-02.md](DONE-2026-02.md) | NEXT-7D.md | 2026-01-01 to 2026-02-01 | 2 |"
    assert index.endswith(f"{archive.HEADER}\n|---|---|---|---|\n{row}\n")
    assert archive.indexed(index, "DONE-2026-02.md", "NEXT-7D.md", once, entries) == index
    other = archive.indexed("# Ours\n\nWords\n", "a.md", "STATE.md", "", entries)
    assert other.startswith("# Ours\n\nWords\n\n| Archive |")
    assert archive.indexed(index, "STATE-2026-02.md", "STATE.md", "", entries).count("\n| [") == 2


@settings(
    max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(st.sampled_from(STATES), st.integers(5, 400), st.sampled_from(["\n", "\r\n"]))
def test_any_limit(path: Path, limit: int, newline: str) -> None:
    text = newline.join(text_of(path).splitlines()) + newline
    rolled = archive.roll_state(text, NOW, limit)
    assert accounted(text, rolled)
    assert archive.roll_state(rolled.text, NOW, max(limit, len(rolled.text.splitlines()))).entries == ()
