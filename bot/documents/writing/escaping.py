"""The fewest escapes that make a document read words as they are."""

from collections.abc import Callable, Collection, Sequence

from bot.documents.inline import by_number, escaped

Reads = Callable[[str], bool]


def readable(words: str, reads: Reads) -> str | None:
    """Return the words with no more of their marks escaped than `reads` needs; None where no escape helps.

    A backslash goes first; where the reader looks past it, the mark is written by its number. Letters and digits
    stay as they are. `reads` is asked about k log n times for k escapes among n marks.
    """
    if reads(words):
        return words
    marks = [at for at, character in enumerate(words) if not (character.isalnum() or character.isspace())]
    for escape in (escaped, by_number):

        def attempt(left: Collection[int], escape: Callable[[str], str] = escape) -> str:
            return "".join(escape(character) if at in left else character for at, character in enumerate(words))

        if reads(attempt(marks)):
            return attempt(_needed(frozenset(marks), marks, lambda left: reads(attempt(left))))
    return None


def _needed(marks: frozenset[int], run: Sequence[int], suffices: Callable[[frozenset[int]], bool]) -> frozenset[int]:
    """Return the marks without those of a run of them that can do without an escape, the last ones first."""
    if suffices(marks.difference(run)):
        return marks.difference(run)
    if len(run) == 1:
        return marks
    half = len(run) // 2
    return _needed(_needed(marks, run[half:], suffices), run[:half], suffices)
