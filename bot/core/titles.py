"""Items named by a piece of their title, as people type it."""

from bot.core.board import LIVE, Board, Item


def titled(board: Board, piece: str) -> tuple[Item, ...]:
    """Give the items whose title has a piece in it, in any case: live ones first, then the newest done ones."""
    wanted = piece.casefold()
    return _live_first([item for item in board.items if wanted in item.title.casefold()])


def titled_in_front(board: Board, words: str) -> tuple[tuple[Item, ...], str]:
    """Give the items whose title the words begin with a piece of, and the words behind that piece.

    The longest piece counts, and it begins where a word of the title does: `drop pay nobody asked` means “Payments”
    and not “Repay”. In quotes it is as long as they say.
    """
    if words[:1] in ("'", '"') and (end := words.find(words[0], 1)) > 0:
        return titled(board, words[1:end].strip()), words[end + 1 :].strip()
    parts = words.split()
    for length in range(len(parts), 0, -1):
        found = _begun(board, " ".join(parts[:length]))
        if found:
            return found, " ".join(parts[length:])
    return (), words


def _begun(board: Board, piece: str) -> tuple[Item, ...]:
    wanted = f" {piece.casefold()}"
    return _live_first([item for item in board.items if wanted in f" {' '.join(item.title.casefold().split())}"])


def _live_first(items: list[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.lane not in LIVE, -item.number)))
