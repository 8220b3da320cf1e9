"""The difference that a notice of drift shows: our parts, and nothing that people may change as they like."""

import pytest

from bot.documents.differences import difference
from tests.documents.samples_of import NOW

BOARD = """# NEXT 7 DAYS

Intro.

## WIP (1 item only)

**Payments** (Started: 2026-03-01)
- **DoD**:
  - POST /checkout returns 201

## NEXT (ordered, max 3)

### 1) Search
- **Scope**: all of it

## Notes

Ours.
"""
STATE = """# STATE

## CLOSED ✅
- **Login**: done (Closed: 2026-02-01)
- **Import**: done (Closed: 2026-02-02)

## IN PROGRESS → (WIP=1 ONLY)
- **WIP**: Payments

## BLOCKED ⚠️
- (none)

## NEXT
- Ideas
"""


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_lines_that_begin_with_dashes_are_shown() -> None:
    assert difference("a\n---\nb\n", "a\n++ c\nb\n", NOW, is_state=False) == ("- ---", "+ ++ c")


def test_equal_texts_differ_in_nothing() -> None:
    assert difference("a\n", "a\n", NOW, is_state=False) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [("Intro.", "Other words.\n\nMore."), ("Ours.", "Theirs."), ("returns 201", "returns 200")],
            ("-   - POST /checkout returns 201", "+   - POST /checkout returns 200"),
        ),
        (
            [("Ours.", "Theirs."), ("## Notes", "### 2) By hand\n- **Scope**: x\n\n## Notes")],
            ("+ ### 2) By hand", "+ - **Scope**: x"),
        ),
        (
            [("Ours.", "Theirs."), ("## NEXT (ordered, max 3)", "## SOON")],
            ("- ## NEXT (ordered, max 3)",),
        ),
    ],
)  # fmt: skip
def test_of_a_board_the_items_and_headings_of_lanes_are_shown(
    changes: list[tuple[str, str]], expected: tuple[str, ...]
) -> None:
    shown = difference(BOARD, edited(BOARD, *changes), NOW, is_state=False)
    assert tuple(line for line in shown if line.strip("+- ")) == expected


def test_of_a_state_what_is_done_is_shown_where_it_was_written() -> None:
    became = edited(
        STATE,
        ("- Ideas", "- Ideas and more"),
        ("- **Import**: done (Closed: 2026-02-02)\n", "- **By hand**: done (Closed: 2026-02-03)\n"),
        ("**Login**: done", "**Login**: never"),
        ("Payments", "Mine"),
    )
    assert difference(STATE, became, NOW, is_state=True) == (
        "- - **Login**: done (Closed: 2026-02-01)",
        "+ - **Login**: never (Closed: 2026-02-01)",
        "- - **WIP**: Payments",
        "+ - **WIP**: Mine",
    )


def test_what_shows_in_no_line_of_ours_is_shown_whole() -> None:
    assert difference(BOARD, edited(BOARD, ("Intro.", "```")), NOW, is_state=False) == ("- Intro.", "+ ```")
    assert difference(BOARD, "# gone\n", NOW, is_state=False)[-1] == "+ # gone"
