"""What is no board is refused in words that say what would be one."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.core.board.model import TITLE_LIMIT
from bot.documents.next7d import decode, read
from bot.errors import BadInput
from tests.depth import tried
from tests.documents.samples_of import NOW, ORIGINAL, sample, text_of
from tests.growth import LIMIT, growth


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\ufeff \r\n\t\n", "is empty"),
        ("just some words", "does not look like a board"),
        ("# NEXT 7 DAYS\n\n## Rules\n\n### WIP Limit = 1\n", "does not look like a board"),
        ("```\n## WIP\n- not a heading\n```\n", "does not look like a board"),
        ("a,b\n1,2\n" * 100, "does not look like a board"),
        ("<html><h2>WIP</h2></html>", "does not look like a board"),
        ("## WIP\n" + "x" * (2 * 1024 * 1024), "larger than 2 MB"),
        ("## WIP\n" + "ή" * (1024 * 1024 + 1), "larger than 2 MB"),
        ("## WIP\n" + "\n" * 100_001, "longer than 100,000 lines"),
        ("## WIP\n\0", "zero byte"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_a_text_that_is_no_board(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read(text, NOW)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"## WIP\n\xff\n", "byte 8 can't be read"),
        (b"\xff\xfe#\x00#\x00", "byte 1 can't be read"),
        (b"## WIP\n\x00", "byte 8 is zero"),
        (b"\x89PNG\r\n\x1a\n\x00", "byte 1 can't be read"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        decode(raw)


def test_a_byte_order_mark_is_kept_and_read_over() -> None:
    text = decode(b"\xef\xbb\xbf" + text_of(ORIGINAL).encode())
    assert text.startswith("\ufeff")
    reading = read(text, NOW)
    assert reading == read(text_of(ORIGINAL), NOW)


def test_a_title_of_5000_characters_is_cut_at_a_word_and_kept_in_the_notes() -> None:
    title = ("word " * 1000).strip()
    reading = read(f"## NEXT\n\n### 1) {title}\n- **Scope**: s\n", NOW)
    (item,) = reading.board.items
    assert len(item.title) <= TITLE_LIMIT
    assert item.title.endswith("word…")
    assert item.notes == title
    assert ["longer than 200" in doubt.why for doubt in reading.doubts] == [True]


def test_two_in_wip_and_five_in_next_lose_nothing() -> None:
    text = "## WIP\n**A**\n- Scope: a\n\n**B**\n- Scope: b\n\n## NEXT\n" + "".join(f"{n}. N{n}\n" for n in range(1, 6))
    reading = read(text, NOW)
    assert reading.board.wip is not None
    assert reading.board.wip.title == "A"
    assert [item.title for item in reading.board.next] == ["N1", "N2", "N3"]
    assert [(item.title, item.position) for item in reading.board.later] == [("B", 1024), ("N4", 2048), ("N5", 3072)]
    assert [(doubt.line, doubt.text) for doubt in reading.doubts] == [(5, "**B**"), (12, "4. N4"), (13, "5. N5")]


PIECES = {
    "real": sample("2026-01-23-0059"),
    "bold": "**a ",
    "brackets": "(blocked (a",
    "nested": "- ",
    "lines": "x\r\n",
    "spaces": " ",
    "entries": "- Item (2025-12-20) - PR #1 merged ✅\n",
}
FRONT = {"bold": "## DONE\n- ", "spaces": "## DONE\n- a", "nested": "## DONE\n", "brackets": "## NEXT\n- "}
FRONT |= {"lines": "---\na: b\r\n", "entries": "## DONE\n"}
BACK = {"spaces": "b", "nested": "x", "lines": "## DONE\n- a"}


@pytest.mark.parametrize("kind", PIECES)
def test_a_document_of_twice_the_size_takes_no_longer_than_twice_the_time(kind: str) -> None:
    """Up to a megabyte in `make test-deep`: what grows with the square would take minutes for it."""

    def reading(size: int) -> Callable[[], object]:
        text = PIECES[kind] * (size // len(PIECES[kind].encode()))
        return partial(read, FRONT.get(kind, "") + text + BACK.get(kind, ""), NOW)

    assert growth(reading, tried(1 << 16, deep=1 << 19)) < LIMIT


def test_runs_of_ticks_of_every_length_take_no_longer_than_twice_the_time() -> None:
    """A run ends at one of the same length, which is looked for from each; their lengths make the text a square."""

    def reading(runs: int) -> Callable[[], object]:
        return partial(read, "## DONE\n- " + " ".join("`" * n + "a" for n in range(runs)), NOW)

    assert growth(reading, tried(300, deep=900)) < 2 * LIMIT
