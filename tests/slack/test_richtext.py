"""Lines of rich text: what people wrote is shown letter by letter, only our sentences have marks, and limits hold."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.people import Person
from bot.errors import UserError
from bot.sandbox.rules import check
from bot.slack.layout import words
from bot.slack.layout.blocks import Block, button
from bot.slack.layout.richtext import (
    ROOM,
    Line,
    beside,
    bold,
    bullets,
    channel,
    clock,
    code,
    cut,
    joined,
    line,
    lines,
    link,
    mention,
    preformatted,
    quote,
    say,
    short,
    since,
    small,
    told,
    when,
)

AT = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)
EVIL = "*x* `y` _z_ ~w~ <!channel> & <@U1> {title} > q"
BOLD = {"style": {"bold": True}}
DATE = {"type": "date", "timestamp": int(AT.timestamp()), "fallback": "02 Mar 08:05 UTC"}


def text(words: str, **more: object) -> Block:
    """A text element."""
    return {"type": "text", "text": words} | more


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (line("a", "", "b"), [text("ab")]),
        (line(), []),
        (bold("#1 ", EVIL), [text(f"#1 {EVIL}", **BOLD)]),
        (code(EVIL), [text(EVIL, style={"code": True})]),
        (bold(code("x")), [text("x", style={"code": True, "bold": True})]),
        ("a" + bold("b") + "c", [text("a"), text("b", **BOLD), text("c")]),
        (joined(" · ", ["a", "", Line(), bold("b")]), [text("a · "), text("b", **BOLD)]),
        (joined(" · ", []), []),
        (channel("C1"), [{"type": "channel", "channel_id": "C1"}]),
        (link("https://x.test/a?b=*c*", "here"), [{"type": "link", "url": "https://x.test/a?b=*c*", "text": "here"}]),
        (link("https://x.test"), [{"type": "link", "url": "https://x.test"}]),
        (link("javascript:alert(1)", "here"), [text("here")]),
        (link("https://x.test|y <!here>"), [text("https://x.test|y <!here>")]),
        (mention(Person("U1", "Ann")), [{"type": "user", "user_id": "U1"}]),
        (mention(Person("ann", EVIL)), [text(EVIL)]),
        (when(AT), [DATE | {"format": "{date_short_pretty} at {time}"}]),
        (clock(AT), [DATE | {"format": "{date_short_pretty} {time}"}]),
        (since(AT), [DATE | {"format": "{ago}"}]),
    ],
)
def test_a_line_is_its_parts(made: Line, parts: list[Block]) -> None:
    assert list(made.parts) == parts
    assert check("blocks", lines(made)) == []


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (
            say("*#{number} {title}* is done.", number="1", title=EVIL),
            [text(f"#1 {EVIL}", **BOLD), text(" is done.")],
        ),
        (say("Type `/board {verb}` now", verb="*"), [
            text("Type "), text("/board *", style={"code": True}), text(" now"),
        ]),
        (say("since {at}", at=since(AT)), [text("since "), DATE | {"format": "{ago}"}]),
        (say("2 * 3 ` {unknown}"), [text("2 * 3 ` {unknown}")]),
        (say("{a}{b}", a="{b}", b="*"), [text("{b}*")]),
    ],
)  # fmt: skip
def test_only_our_sentence_has_marks(made: Line, parts: list[Block]) -> None:
    assert list(made.parts) == parts


def test_a_sentence_of_the_core_keeps_what_it_passes_on_unread() -> None:
    error = UserError("*{title}* has no `dod`: {title}, {why}", title=EVIL, why="{0} {_0}")
    assert list(told(error.say).parts) == [
        text(EVIL, **BOLD), text(" has no "), text("dod", style={"code": True}), text(f": {EVIL}, {{0}} {{_0}}"),
    ]  # fmt: skip
    assert told(error.say).plain == error.say().replace("*{", "{").replace(
        f"*{EVIL}* has no `dod`", f"{EVIL} has no dod"
    )
    assert [block["type"] for block in words.refusal(error)] == ["rich_text"]


def test_lines_that_follow_one_another_are_one_section_and_lists_stand_between() -> None:
    [block] = lines("a", bold("b"), bullets(["x", code("y")]), quote("said"), preformatted("c\nd"), "e")
    assert block["elements"] == [
        {"type": "rich_text_section", "elements": [text("a\n"), text("b", **BOLD)]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [text("x")]},
                {"type": "rich_text_section", "elements": [text("y", style={"code": True})]},
            ],
        },
        {"type": "rich_text_quote", "elements": [text("said")]},
        {"type": "rich_text_preformatted", "elements": [text("c\nd")]},
        {"type": "rich_text_section", "elements": [text("e")]},
    ]
    assert check("blocks", [block]) == check("modal", _modal([block])) == []
    assert check("home", {"type": "home", "blocks": [block]}) == []
    assert lines(bullets(["x"], is_numbered=True))[0]["elements"][0]["style"] == "ordered"


def test_nothing_to_say_is_no_block() -> None:
    assert lines() == lines("", Line()) == small("", Line(), " ") == []


@given(st.lists(st.text(alphabet="ab *&<", max_size=ROOM), max_size=8))
def test_lines_lose_nothing_that_fits_into_a_block(rows: list[str]) -> None:
    blocks = lines(*rows)
    assert "\n".join(map(_shown, blocks)).strip("\n") == "\n".join(rows).strip("\n")
    assert all(len(_shown(block)) <= ROOM for block in blocks)


@given(st.lists(st.sampled_from(["a *b*", bold("xyz "), since(AT), link("https://x.test")])), st.integers(1, 60))
def test_what_is_cut_is_within_its_limit_and_begins_as_it_did(parts: list[str | Line], limit: int) -> None:
    row = line(*parts)
    short_one = cut(row, limit)
    assert len(short_one) <= limit
    assert short_one == row or row.plain.startswith(short_one.plain.removesuffix("…"))


def test_a_row_that_is_longer_than_a_block_is_cut() -> None:
    for made in (lambda words: words, quote, preformatted, lambda words: bullets([words])):
        _check_cut(made)


def _check_cut(made: Callable[[str], object]) -> None:
    [block] = lines(made("x" * 4000))  # type: ignore[arg-type]
    shown = _shown(block)
    assert (len(shown), shown[-1]) == (ROOM, "…")


def test_small_lines_are_plain_but_for_moments_and_channels() -> None:
    blocks = small(line(bold("PRODUCTION"), f" {EVIL} · ", since(AT), " in ", channel("C1")), "second")
    assert [block["type"] for block in blocks] == ["context", "context"]
    assert blocks[0]["elements"] == [
        {"type": "plain_text", "text": f"PRODUCTION {EVIL} ·", "emoji": True},
        {"type": "mrkdwn", "text": f"<!date^{int(AT.timestamp())}^{{ago}}|02 Mar 08:05 UTC>"},
        {"type": "plain_text", "text": "in", "emoji": True},
        {"type": "mrkdwn", "text": "<#C1>"},
    ]
    assert check("blocks", blocks) == []


def test_a_small_line_with_more_moments_than_elements_is_plain_as_a_whole() -> None:
    [block] = small(joined(" · ", [since(AT)] * 6))
    assert block["elements"] == [{"type": "plain_text", "text": " · ".join(["02 Mar 08:05 UTC"] * 6), "emoji": True}]


def test_what_stands_beside_a_button_is_plain() -> None:
    block = beside(bold(EVIL), button("Show", "show", "1"), under=channel("C1"))
    assert block["text"] == {"type": "plain_text", "text": EVIL, "emoji": True}
    assert block["fields"] == [{"type": "mrkdwn", "text": "<#C1>"}]
    assert check("blocks", [block]) == []


@given(st.text(), st.integers(1, 50))
def test_short_words_stay_on_a_line(written: str, limit: int) -> None:
    assert "\n" not in short(written, limit)
    assert len(short(written, limit)) <= limit


def _modal(blocks: list[Block]) -> Block:
    return words.notice("C1", blocks)


def _shown(block: Block) -> str:
    """What a block says, letter by letter."""
    elements = [element for paragraph in block["elements"] for element in paragraph["elements"]]
    inline = [inner for element in elements for inner in element.get("elements", [element])]
    return "".join(element["text"] for element in inline)
