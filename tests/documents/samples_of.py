"""The documents that the tests read: versions of one team's board over four months, and the one the sandbox ships."""

from datetime import UTC, datetime
from pathlib import Path

from bot.documents.next7d import decode

NOW = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
ORIGINAL = Path(__file__).parents[2] / "bot" / "sandbox" / "sample" / "NEXT-7D.md"
BOARDS = (ORIGINAL, *sorted((Path(__file__).parent / "samples").glob("*.md")))
STATES = tuple(sorted((Path(__file__).parent / "samples" / "state").glob("*.md")))


def text_of(path: Path) -> str:
    """Return a sample as it is on the disk, line endings and all."""
    return decode(path.read_bytes())


def sample(name: str) -> str:
    """Return the board version with this name, without its ending."""
    return text_of(Path(__file__).parent / "samples" / f"{name}.md")
