"""Headings that Markdown does not know: bold lines, mere words, words over dashes; and front matter, which is none."""

from dataclasses import replace

import pytest

from bot.core.board.model import Block, Board, Lane
from bot.documents.next7d import read, render
from bot.errors import BadInput
from tests.documents.accounting import missing
from tests.documents.samples_of import NOW
from tests.documents.test_export import TODAY, content

BODY = ("- Payments\n", "1. Refunds\n2. Search\n", "- Login (2026-01-20) - PR #3 ✅\n", "- Only one thing at a time\n")
FORMS = {
    "bold": ("**WIP**\n", "**NEXT (ordered, max 3)**\n", "**DONE**\n", "**Rules**\n"),
    "underscores": ("__WIP__\n", "__Next__:\n", "__DONE:__\n", "__Rules__\n"),
    "emoji": ("**🚧 WIP (1 item only)**\n", "**📋 Up next**\n", "**✅ Done this week**\n", "**📏 Rules**\n"),
    "greek": ("**ΣΕ ΕΞΕΛΙΞΗ**\n", "**Επόμενα**\n", "**Ολοκληρωμένα**\n", "**Κανόνες**\n"),
    "dashes": ("WIP\n---\n", "Next\n----\n", "Done\n----\n", "Rules\n-----\n"),
    "marks": ("## WIP\n", "## NEXT\n", "## DONE\n", "## Rules\n"),
}


def lanes(text: str) -> list[tuple[Lane, str]]:
    return [(item.lane, item.title) for item in read(text, NOW).board.items]


def parked(board: Board) -> Board:
    """The board with the first of NEXT blocked, so that a document needs a heading that it has not got."""
    first, *rest = board.next
    blocked = replace(first, lane=Lane.BLOCKED, position=0, blocked=Block("keys", TODAY))
    return board.having([blocked, *(replace(item, position=at) for at, item in enumerate(rest, 1))])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", ["# NEXT 7 DAYS\n\n", "# TODO\n\n", "## Sprint 12\n\n", ""])
@pytest.mark.parametrize("gap", ["\n", ""])
def test_every_form_of_heading_is_read_and_written_back(form: str, title: str, gap: str) -> None:
    gap = gap or ("\n" if form == "dashes" else "")  # words over dashes need a blank line above them
    text = title + gap.join(head + gap + body for head, body in zip(FORMS[form], BODY, strict=True))
    reading = read(text, NOW)
    assert lanes(text) == [
        (Lane.WIP, "Payments"), (Lane.NEXT, "Refunds"), (Lane.NEXT, "Search"), (Lane.DONE, "Login"),
    ]  # fmt: skip
    assert [section.text for section in reading.sections if section.text] == ["- Only one thing at a time"]
    assert missing(text, reading) == []
    unchanged = render(reading.board, text, TODAY).replace("**Last Updated**: 2026-02-01 10:30 UTC\n", "")
    assert [line for line in unchanged.splitlines() if line] == [line for line in text.splitlines() if line]
    board = parked(reading.board)
    after = render(board, text, TODAY)
    assert content(read(after, NOW).board) == content(board)
    assert render(board, after, TODAY) == after
    assert {line for line in text.splitlines() if "efund" not in line and "2. " not in line} <= set(after.splitlines())
    assert ("\n## BLOCKED\n" in after) == (form == "marks")


def test_mere_words_with_a_colon_or_in_capitals() -> None:
    text = "Team board\n\nWIP:\n- Payments\n\nNEXT\n1. Refunds\n2. Search\n\nDone:\n- Login\n"
    board = read(text, NOW).board
    assert [item.lane for item in board.items] == [Lane.WIP, Lane.NEXT, Lane.NEXT, Lane.DONE]
    after = render(parked(board), text, TODAY)
    assert "\nBLOCKED:\n" in after
    assert content(read(after, NOW).board) == content(parked(board))


@pytest.mark.parametrize(
    "text",
    [
        "# README\n\n**Next**\n- install it\n",
        "We have\n\nDone:\n- this\n",
        "# Log\n\n## 2026-01-02 — Search\n\n**Done**\n- a\n\n**Next**\n- b\n",
        "```\n**WIP**\n- fenced\n\n**NEXT**\n```\n",
        "**WIP**: Payments and **NEXT**: Refunds\n",
    ],
)
def test_bold_words_that_make_no_board(text: str) -> None:
    with pytest.raises(BadInput, match="does not look like a board"):
        read(text, NOW)


def test_bold_items_stay_items_and_other_bold_lines_end_a_lane() -> None:
    text = (
        "**WIP**\n\n**Payments**\n\n- DoD: x\n\n**Notes**\n\nSome words.\n\n**NEXT**\n\n**1) Refunds**\n\n"
        "**Search**\n- DoD: y\n\n**Ideas**\n- Dark mode\n"
    )
    assert lanes(text) == [(Lane.WIP, "Payments"), (Lane.NEXT, "Refunds"), (Lane.NEXT, "Search")]
    reading = read(text, NOW)
    assert [(each.heading, each.text) for each in reading.sections if each.text] == [("Ideas", "- Dark mode")]
    assert reading.board.items[0].notes == "**Notes**\nSome words."


def test_a_lane_that_only_a_bold_line_names_beside_marked_headings() -> None:
    text = "## WIP\n- Payments\n\n**NEXT**\n1. Refunds\n\n## DONE\n- Login\n\n**Done**\n- no lane twice\n"
    assert lanes(text)[:3] == [(Lane.WIP, "Payments"), (Lane.NEXT, "Refunds"), (Lane.DONE, "Login")]


FRONT = "---\n# made by hand\nLast Updated: 2025-01-01\n## WIP of the generator\ntags:\n- board\n\n---\n"


@pytest.mark.parametrize("heads", [("## WIP", "## NEXT"), ("**WIP**", "**NEXT**")])
@pytest.mark.parametrize(("newline", "mark"), [("\n", ""), ("\r\n", "\ufeff")])
def test_front_matter_stays_to_the_byte(heads: tuple[str, str], newline: str, mark: str) -> None:
    text = mark + f"{FRONT}{heads[0]}\n- Payments\n\n{heads[1]}\n- Refunds\n".replace("\n", newline)
    reading = read(text, NOW)
    assert (lanes(text), reading.updated) == ([(Lane.WIP, "Payments"), (Lane.NEXT, "Refunds")], None)
    assert missing(text, reading) == []
    for board in (reading.board, parked(reading.board)):
        after = render(board, text, TODAY)
        front = mark + FRONT.replace("\n", newline)
        assert after.startswith(f"{front}{newline}**Last Updated**: 2026-02-01 10:30 UTC{newline}{newline}{heads[0]}")


def test_a_document_that_begins_with_a_rule_has_no_front_matter() -> None:
    text = "---\nOwner: Maria\n\n## WIP\n- Payments\n\n---\n\nThe end\n"
    assert lanes(text) == [(Lane.WIP, "Payments")]
    assert lanes("---\n\n## WIP\n- Payments\n---\n## NEXT\n- Refunds\n")[1:] == [(Lane.NEXT, "Refunds")]
