"""The part of the README that is printed from the code: `make readme` writes it, and a test compares."""

from collections.abc import Iterable
from pathlib import Path

from bot.core.board.model import LIVE, Lane
from bot.core.board.ways import MOVES, Move

README = Path(__file__).parent.parent / "README.md"
HEAD = "| move | from → to | asks for |\n|---|---|---|\n"


def table_of_moves() -> str:
    """Return every move there is as a Markdown table."""
    return HEAD + "".join(f"| `{move.verb}` | {_way(move)} | {move.asks_for} |\n" for move in MOVES.values())


def _way(move: Move) -> str:
    sources = "any but DONE" if move.sources == LIVE else _lanes(lane for lane in Lane if lane in move.sources)
    if not move.to:
        return f"inside {sources}"
    places = [f"{lane.upper()} {move.at}".strip() for lane in move.to]
    return f"{sources} → {', else '.join(places)}".strip()


def _lanes(lanes: Iterable[Lane]) -> str:
    return "/".join(lane.upper() for lane in lanes)


def replaced(readme: str, printed: str) -> str:
    """Return the README with its table of moves as it is printed now. Raises ValueError when it has none."""
    before, _, rest = readme.partition(HEAD)
    if not rest:
        raise ValueError("README.md has no table of moves")
    _, blank, after = rest.partition("\n\n")
    return before + printed + blank[1:] + after


if __name__ == "__main__":
    README.write_text(replaced(README.read_text(encoding="utf-8"), table_of_moves()), encoding="utf-8")
