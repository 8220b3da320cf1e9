"""Every view, at every size and in every script: Slack takes it, nothing in it is live, every button leads on."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rules import blocks_fit, check
from bot.slack.layout.blocks import Block, entities, fitted, paragraphs
from bot.slack.layout.length import shortened
from bot.slack.table import find
from tests.slack.exhibits import SCRIPTS, SIZES, Exhibit, exhibits
from tests.slack.stage import buttons, choices, texts, written

# What we put between < and > ourselves: a moment in the reader's zone, and the channel's own name.
OURS = re.compile(r"<!date\^\d+\^[^|<>&]*\|[^<>&]*>|<#C1>|<@U0OWNER>")
# What buttons say behind their verb: ids and numbers, and the evidence for `reopen`.
VALUES = (
    r"|#?\d+( 1)?|(\d+ )?page \d+|run|history|revive|snooze|stop|(ack|check) \d+|snooze \d+ 4h|\d+ prod facts [^\n]+"
    r"|gone U\w+|ask off|\d+ first|(\d+ )?(state|next7d|next)|(show|run) (.|\n)+"
)
GAP = "\u200b"  # what makes a mark dead
ENTITY = re.compile(r"&(amp|lt|gt);")

large = pytest.mark.parametrize("shown", [pytest.param(("latin", 500), id="latin-500")], indirect=True)
BOARDS = [pytest.param((script, size), id=f"{script}-{size}") for script in SCRIPTS for size in SIZES]


@pytest.fixture(scope="module", params=BOARDS)
def shown(request: pytest.FixtureRequest) -> tuple[Exhibit, ...]:
    """Every view of one board: made once, for all tests that ask for it."""
    return tuple(exhibits(*request.param))


def test_slack_takes_it(shown: tuple[Exhibit, ...]) -> None:
    wrong = {exhibit.name: found for exhibit in shown if (found := check(exhibit.surface, exhibit.payload))}
    assert wrong == {}


def test_cut_it_fits_as_a_whole(shown: tuple[Exhibit, ...]) -> None:
    """The same limit, as the sandbox knows it; what fits is not cut."""
    for exhibit in shown:
        if exhibit.surface == "blocks":
            whole = _blocks(exhibit)
            cut = shortened(whole)
            assert blocks_fit(cut), exhibit.name
            assert check("blocks", cut) == [], exhibit.name
            assert cut == whole or not blocks_fit([*whole, {"type": "divider"}]), exhibit.name


def test_nothing_that_people_wrote_is_live(shown: tuple[Exhibit, ...]) -> None:
    for exhibit in shown:
        for text in texts(exhibit.payload):
            if text["type"] == "mrkdwn":
                rest = ENTITY.sub("", OURS.sub("", text["text"]))
                assert not set("<>&") & set(rest), (exhibit.name, rest)


# What is posted for everybody, and what chat.postMessage takes in all blocks of one message before it answers
# `msg_blocks_too_long`: no page names it, github.com/slackapi/bolt-js/issues/2509 does.
POSTED = ("board", "digest", "weekly digest", "finish post", "incident", "note", "drift", "certificate")
ROOM = 12_000  # characters


@large
def test_what_is_posted_has_room_in_one_message(shown: tuple[Exhibit, ...]) -> None:
    posted = [(exhibit.name, len(written(exhibit.payload))) for exhibit in shown if exhibit.name.startswith(POSTED)]
    assert [(name, size) for name, size in posted if size >= ROOM] == []


# An item, with a criterion or a step of its finish; a page; which file, what to run, or what to do with a question.
def test_every_button_leads_to_a_command(shown: tuple[Exhibit, ...]) -> None:
    for exhibit in shown:
        blocks = _blocks(exhibit)
        for button in buttons(blocks):
            prefix, verb, *_ = button["action_id"].split(":")
            assert (prefix, find(verb) is not None) == ("do", True), (exhibit.name, button)
            assert re.fullmatch(VALUES, button.get("value", "")), (exhibit.name, button)
        for choice in choices(blocks):
            assert find(choice["value"].partition(" ")[0]) is not None, (exhibit.name, choice)


def test_every_dialog_leads_to_a_command_and_keeps_no_words(shown: tuple[Exhibit, ...]) -> None:
    for exhibit in shown:
        view = exhibit.payload
        if isinstance(view, dict) and "callback_id" in view:
            prefix, verb, *_ = view["callback_id"].split(":")
            assert (prefix, find(verb) is not None) == ("do", True)
            assert len(view["private_metadata"]) < 200


@large
def test_the_exhibits_are_as_many_as_they_should_be(shown: tuple[Exhibit, ...]) -> None:
    """A view that silently is no longer made would pass every test above."""
    found = {exhibit.name for exhibit in shown}
    assert {
        "board",
        "digest",
        "weekly digest",
        "nudge",
        "checkin",
        "add",
        "dod",
        "status",
        "finish",
        "confirm",
        "finish post",
        "facts",
    } <= found
    assert len(shown) > 100


def test_the_finish_dialog_has_a_box_for_every_criterion_but_the_waived_ones() -> None:
    [dialog] = [e.payload for e in exhibits("latin", 1) if e.name == "finish"]
    assert isinstance(dialog, dict)
    boxes = [block["element"] for block in dialog["blocks"] if block.get("block_id", "").startswith("met")]
    assert [option["value"] for box in boxes for option in box["options"]] == [str(k) for k in range(1, 26) if k % 3]


@large
@pytest.mark.parametrize(("name", "most"), [("digest", 12), ("weekly digest", 13)])
def test_a_digest_is_short_however_large_the_board(shown: tuple[Exhibit, ...], name: str, most: int) -> None:
    counts = []
    for exhibit in shown:
        if exhibit.name == name:
            told = [written(block) for block in _blocks(exhibit) if block["type"] == "rich_text"]
            counts.append(len("\n".join(told).split("\n")))
            assert any("and " in text and " more" in text for text in told)
    assert max(counts) <= most
    assert min(counts) >= 5


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("&<>;"), max_size=60), st.integers(1, 90))
def test_cutting_an_escaped_text_leaves_nothing_broken(text: str, limit: int) -> None:
    cut = fitted(entities(text), limit)
    assert len(cut) <= limit
    plain = ENTITY.sub(lambda entity: {"amp": "&", "lt": "<", "gt": ">"}[entity[1]], cut).replace(GAP, "")
    text = text.replace(GAP, "")
    assert plain == text or text.startswith(plain.removesuffix("…"))
    assert not set("<>") & set(cut)


@given(st.lists(st.text(alphabet="ab &", min_size=1, max_size=2900), max_size=8))
def test_paragraphs_lose_no_line(lines: list[str]) -> None:
    packed = paragraphs(lines)
    assert "\n".join(block["text"]["text"] for block in packed) == "\n".join(lines)


def _blocks(exhibit: Exhibit) -> list[Block]:
    payload: Any = exhibit.payload
    return list(payload["blocks"] if isinstance(payload, dict) else payload)
