"""Dialogs that are filled in and sent: adding, the DoD, a status, a reason; and what stands on a field."""

from typing import Any

import pytest

from bot.core.board.edits import Edit
from bot.core.board.model import Lane
from bot.services.board import items, moves
from bot.services.change import Ask
from bot.slack.board import dod
from tests.people import ALICE, BOB
from tests.slack.stage import CHANNEL, Stage, copyable, keeping, texts, written

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


async def test_what_can_not_be_reopened_is_refused_before_a_reason_is_asked_for(stage: Stage) -> None:
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 4, "nobody asked for it")
    assert "can't be reopened: it was dropped by Bob" in (await stage.types("reopen 4")).words
    assert "Only owners of this board can reopen what is CLOSED: Alice." in (await stage.types("reopen 6", BOB)).words
    labels = [block.get("label", {}).get("text") for block in (await stage.types("reopen 6", ALICE)).view["blocks"]]
    assert "New failing evidence" in labels


async def test_adding_what_resembles_finished_work_warns(stage: Stage) -> None:
    told = await stage.sends((await stage.types("add")).view, title="Login", dod="POST /login is 200")
    assert "*closed?*" in told.words
    assert "#6" in told.words
    other = await stage.sends((await stage.types("add")).view, title="Bananas", dod="GET /bananas is 200")
    assert "🟡" not in other.words


async def test_a_warning_at_add_says_when_it_matters(stage: Stage) -> None:
    told = await stage.sends((await stage.types("add")).view, title="Login", dod="POST /login is 200")
    assert "The gate will ask this before it starts:\n🟡 *closed?*" in told.words


async def test_a_word_is_no_evidence_and_the_dialog_stays_to_say_so(stage: Stage) -> None:
    dialog = (await stage.types("reopen 6")).view
    answer = await stage.sends(dialog, reason="x")
    assert "“x” does not show what fails." in answer.ack["errors"]["reason"]
    assert "`" not in answer.ack["errors"]["reason"]
    assert stage.board().item(6).lane is Lane.DONE


async def test_what_was_written_into_a_dialog_that_is_refused_can_be_copied(stage: Stage) -> None:
    dialog = (await stage.types("edit 2")).view
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, "nobody asked for it")
    refused = (await stage.sends(dialog, title="Search & find", scope="a long thought")).view
    assert "is dropped, so it stays as it is" in written(refused["blocks"][0])
    assert copyable(refused) == ["Search & find", "a long thought"]


async def test_who_may_not_waive_is_told_before_a_reason_is_asked_for(stage: Stage) -> None:
    assert "Only owners of this board can waive a criterion: Alice." in (await stage.types("waive 1 1", BOB)).words
    assert (await stage.types("waive 1 1", ALICE)).view["title"]["text"] == "Waive · #1"


async def test_a_field_is_called_what_belongs_into_it(stage: Stage) -> None:
    for verb, label in (("waive", "Reason"), ("evidence", "Evidence")):
        [field] = [block for block in (await stage.types(f"{verb} 1 1")).view["blocks"] if block["type"] == "input"]
        assert field["label"]["text"] == label


async def test_criteria_that_are_longer_than_a_field_are_all_still_there_after_saving(stage: Stage) -> None:
    """Ten of 400 characters: Slack's field holds 3,000, and what it can't show must not be taken for deleted."""
    lines = [f"{k} GET /orders/{k} returns 200 " + "with all that belongs to it " * 13 for k in range(10)]
    items.write_dod(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, "\n".join(lines))
    dialog = (await stage.types("dod 1")).view
    assert "10 checks" in (await stage.sends(dialog)).words
    assert [criterion.text for criterion in stage.board().item(1).dod] == [line.strip() for line in lines]


def test_the_fields_of_a_long_dod_are_read_in_their_order() -> None:
    assert dod.lines_of({"dod10": "j", "dod2": "b", "dod": "a", "keep": ["yes"]}) == "a\nb\nj"


DIALOGS = ("finish", "dod 1", "park", "block", "status", "edit 1", "assign 1", "waive 1 1", "evidence 1 1", "add `x`")


@pytest.mark.parametrize("typed", [*DIALOGS, "settings", "drop 2", "reopen 6", "import", "queue 1"])
async def test_no_back_tick_stands_raw_where_slack_shows_it_as_it_is(stage: Stage, typed: str) -> None:
    ask = Ask(CHANNEL, BOB, stage.clock())
    items.edit(stage.db, ask, 2, Edit(title="Tidy `docs/`"))
    items.write_dod(stage.db, ask, 1, "`pytest -q` ends with 0\n`docs/A.md` exists")
    shown = texts((await stage.types(typed)).view)
    assert [text["text"] for text in shown if text["type"] == "plain_text" and "`" in text["text"]] == []


async def test_what_cannot_be_checked_is_kept_one_by_one_and_without_scrolling(stage: Stage) -> None:
    form = (await stage.types("add Refunds")).view
    again = (await stage.sends(form, dod="It works correctly\ngood UX\nGET / is 200")).view
    names = [block["block_id"].partition("-")[0] for block in again["blocks"] if block["type"] == "input"]
    assert names[:2] == ["dod", "keep0"]
    [first, second] = keeping(again)["keep0"]
    more = (await stage.sends(again, keep0=[first])).view
    assert keeping(more) == {"keep0": [second]}  # the first is kept, and not asked for again
    assert len(stage.board().items) == 6
    await stage.sends(more, keep0=[second])
    assert [criterion.judged for criterion in stage.board().item(7).dod] == [True, True, False]


async def test_what_was_kept_and_is_rewritten_is_asked_for_again(stage: Stage) -> None:
    dialog = (await stage.types("dod 3")).view
    vague = (await stage.sends(dialog, dod="good UX")).view
    again = (await stage.sends(vague, dod="better UX", **keeping(vague))).view
    assert "better UX" in str(again["blocks"])
    assert stage.board().item(3).dod == ()


async def test_a_definition_of_done_is_not_said_to_be_optional(stage: Stage) -> None:
    for typed in ("add", "dod 3", "finish"):
        fields = [block for block in (await stage.types(typed)).view["blocks"] if block.get("optional")]
        assert [field for field in fields if field["label"]["text"] == "Definition of Done"] == []
