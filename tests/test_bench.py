"""The bench starts what it measures; it is run by hand, so nothing else would notice that it can't."""

from pathlib import Path

from tests.stack import running


async def test_the_crowd_starts_with_a_board_message_in_every_channel(tmp_path: Path) -> None:
    async with running(tmp_path, "-m", "tests.bench.crowded", str(tmp_path), "3", "0"):
        boards = [line.split()[0] for line in (tmp_path / "boards.txt").read_text().splitlines()]
    assert boards == ["C00000", "C00001", "C00002"]
