"""Dialogs that are filled in and sent: adding, the DoD, a status, a reason; and what stands on a field."""

from typing import Any

import pytest

from bot.core.board.model import Lane
from tests.people import BOB
from tests.slack.stage import Stage

LONG = "x" * 3000


async def test_adding_an_item(stage: Stage) -> None:
    dialog = (await stage.types("add  New search  page")).view
    told = await stage.sends(
        dialog, who=BOB, scope="Only the page", dod="- GET / is 200\n2) CI is green", estimate="2 d"
    )
    item = stage.board().item(7)
    assert (item.title, item.scope, item.estimate) == ("New search page", "Only the page", "2 d")
    assert [criterion.text for criterion in item.dod] == ["GET / is 200", "CI is green"]
    assert item.lane is Lane.NEXT  # there were two
    assert told.ack == {"response_action": "clear"}
    assert "#7 New search page* is in NEXT" in told.words
    assert told.calls[-1].given["user"] == BOB.id


async def test_adding_and_starting_at_once(stage: Stage) -> None:
    assert not any(block.get("block_id") == "start" for block in (await stage.types("add")).view["blocks"])
    await stage.types("park waiting")
    dialog = (await stage.types("add")).view
    await stage.sends(dialog, title="Now", dod="GET /now is 200", start=["yes"])
    wip = stage.board().wip
    assert wip is not None
    assert wip.title == "Now"


async def test_starting_at_once_is_both_or_neither(stage: Stage) -> None:
    """Somebody else started an item while the form was open, or there is no DoD."""
    await stage.types("park waiting")
    dialog = (await stage.types("add")).view
    no_dod = await stage.sends(dialog, title="Now", start=["yes"])
    assert no_dod.ack["response_action"] in ("errors", "update")
    await stage.types("start 2", who=BOB)
    taken = await stage.sends(dialog, title="Now", dod="GET /now is 200", start=["yes"])
    assert "WIP is taken: *#2 Search*, Bob" in taken.words
    assert len(stage.board().items) == 6


WRONG = [
    ("add", {"title": "   "}, "title", "An item needs a title."),
    ("add", {"title": "x" * 201}, "title", "The title is 201 characters long; 200 is the most."),
    ("add", {"title": "t", "estimate": "x" * 201}, "estimate", "200 is the most"),
    (
        "add",
        {"title": "t", "dod": "\n".join(f"GET /{k} is 200" for k in range(11))},
        "dod",
        "That is 11 criteria; 10 is the",
    ),
    ("add", {"title": "t", "dod": "x" * 501}, "dod", "Criterion 1 is 501 characters long; 500 is the most."),
    ("dod 3", {"dod": " \n - \n"}, "dod", "Write at least one check"),
    ("dod 3", {"dod": "x" * 501}, "dod", "Criterion 1 is 501 characters long"),
    ("status", {"status": "  "}, "status", "What is the status?"),
    ("park", {"reason": ""}, "reason", "Why does it wait?"),
    ("queue 1", {"reason": " "}, "reason", "Say why it goes back"),
]


@pytest.mark.parametrize(("typed", "fields", "field", "words"), WRONG)
async def test_what_is_wrong_stands_on_its_field(
    stage: Stage, typed: str, fields: dict[str, Any], field: str, words: str
) -> None:
    before = stage.board()
    answer = await stage.sends((await stage.types(typed)).view, **fields)
    assert answer.ack["response_action"] == "errors"
    assert answer.errors.keys() == {field}
    assert words in answer.errors[field]
    assert stage.board() == before


async def test_what_is_too_long_when_typed_is_refused_in_words(stage: Stage) -> None:
    before = stage.board()
    for typed in (f"status {LONG}x", f"park {LONG}x"):
        assert "3,001 characters long; 3,000 is the most." in (await stage.types(typed)).words
    assert stage.board() == before


async def test_rewriting_a_dod_keeps_what_is_ticked(stage: Stage) -> None:
    dialog = (await stage.types("dod 1")).view
    field = next(block for block in dialog["blocks"] if block.get("block_id") == "dod")
    assert field["element"]["initial_value"] == "POST /checkout returns 201\nCI is green\nThe docs name the new path"
    await stage.sends(dialog, dod="CI is green\nBob confirms it")
    assert [(c.text, c.settled) for c in stage.board().item(1).dod] == [
        ("CI is green", True),
        ("Bob confirms it", False),
    ]


async def test_reasons_and_notes_that_are_asked_for(stage: Stage) -> None:
    await stage.sends((await stage.types("status")).view, status="Waits for the review")
    note = stage.board().item(1).status
    assert note is not None
    assert note.text == "Waits for the review"
    await stage.sends((await stage.types("park")).view, reason="No keys")
    block = stage.board().item(1).blocked
    assert block is not None
    assert block.reason == "No keys"


async def test_a_dialog_that_was_overtaken_says_so(stage: Stage) -> None:
    parking = (await stage.types("park")).view
    await stage.types("park somebody was faster", who=BOB)
    answer = await stage.sends(parking, reason="No keys")
    assert "#1 Payments* is parked in BLOCKED" in answer.words
    assert answer.ack["response_action"] == "update"
    assert "Unblock #1" in answer.buttons
