"""A dialog that is older than what it shows: nothing goes to the wrong place, and nobody's words are lost."""

import pytest
from sqlalchemy import update

from bot.core.board.dod import Boxes
from bot.core.board.edits import Edit
from bot.services.board import items
from bot.services.change import Ask
from bot.slack.client import SlackRefused
from bot.slack.layout.blocks import View
from bot.store import tables
from tests.people import BOB
from tests.slack.stage import CHANNEL, Stage

REWRITTEN = "The docs name the new path\nPOST /checkout returns 201\nCI is green"
NOT_SAVED = "The criteria were rewritten while this was open, so nothing was saved."


def bob(stage: Stage) -> Ask:
    return Ask(CHANNEL, BOB, stage.clock())


def states(stage: Stage) -> dict[str, bool]:
    return {criterion.text: criterion.settled for criterion in stage.board().item(1).dod}


async def opened(stage: Stage, command: str) -> View:
    return (await stage.types(command)).view


async def test_boxes_of_rewritten_criteria_tick_none_and_the_new_ones_are_shown(stage: Stage) -> None:
    dialog = await opened(stage, "finish 1")
    items.write_dod(stage.db, bob(stage), 1, REWRITTEN)
    before = states(stage)
    answer = await stage.sends(dialog, met0=["1", "2"], result="PR #7")
    assert NOT_SAVED in answer.words
    assert states(stage) == before
    assert stage.board().item(1).result == ""
    again = await stage.sends(answer.view, met0=["1", "3"])
    assert "Saved 2 of 3" in again.words
    assert states(stage) == {
        "The docs name the new path": True,
        "POST /checkout returns 201": False,
        "CI is green": True,
    }


async def test_what_others_ticked_and_wrote_meanwhile_stays(stage: Stage) -> None:
    dialog = await opened(stage, "finish 1")
    items.tick(stage.db, bob(stage), 1, 3)
    items.untick(stage.db, bob(stage), 1, 2)
    items.save_progress(stage.db, bob(stage), 1, Boxes({3}), "PR #9")
    await stage.sends(dialog, met0=["1", "2"])
    assert list(states(stage).values()) == [True, False, True]
    assert stage.board().item(1).result == "PR #9"


@pytest.mark.parametrize("verb", ["tick", "untick"])
async def test_a_menu_of_rewritten_criteria_shows_the_new_ones(stage: Stage, verb: str) -> None:
    dialog = await opened(stage, "dod 1")
    items.write_dod(stage.db, bob(stage), 1, REWRITTEN)
    before = states(stage)
    answer = await stage.clicks(f"do:{verb}", "1 2", within=dialog)
    assert NOT_SAVED in answer.words
    assert "1  The docs name the new path" in answer.words
    assert states(stage) == before
    await stage.clicks("do:tick", "1 1", within=answer.view)
    assert states(stage)["The docs name the new path"]


@pytest.mark.parametrize("verb", ["waive", "evidence"])
async def test_a_question_about_a_rewritten_criterion_goes_back_to_the_new_ones(stage: Stage, verb: str) -> None:
    question = (await stage.clicks(f"do:{verb}", "1 1", within=await opened(stage, "dod 1"))).view
    items.write_dod(stage.db, bob(stage), 1, REWRITTEN)
    answer = await stage.sends(question, reason="no card yet")
    assert NOT_SAVED in answer.words
    assert [criterion.evidence for criterion in stage.board().item(1).dod] == ["", "", ""]


async def test_two_people_rewrite_the_criteria_and_the_second_decides_knowingly(stage: Stage) -> None:
    dialog = await opened(stage, "dod 1")
    items.write_dod(stage.db, bob(stage), 1, "GET /bob is 200")
    answer = await stage.sends(dialog, dod="GET /alice is 200")
    assert NOT_SAVED in answer.words
    assert "1  GET /bob is 200" in answer.words
    assert list(states(stage)) == ["GET /bob is 200"]
    await stage.sends(answer.view)  # her words are still in the field
    assert list(states(stage)) == ["GET /alice is 200"]


async def test_two_people_edit_other_fields_and_both_stand(stage: Stage) -> None:
    dialog = await opened(stage, "edit 1")
    items.edit(stage.db, bob(stage), 1, Edit(scope="Cards only", links="https://example.com/1"))
    items.assign(stage.db, bob(stage), 1, BOB)
    await stage.sends(dialog, title="Payments again")
    item = stage.board().item(1)
    assert (item.title, item.scope, item.links) == ("Payments again", "Cards only", ("https://example.com/1",))
    assert item.owner == BOB


async def test_two_people_edit_one_field_and_the_second_decides_knowingly(stage: Stage) -> None:
    dialog = await opened(stage, "edit 1")
    items.edit(stage.db, bob(stage), 1, Edit(title="Bob's"))
    answer = await stage.sends(dialog, title="Alice's", estimate="2 days")
    assert "Somebody else changed the title while you wrote, so nothing was saved." in answer.words
    assert "› title: Bob's" in answer.words
    assert (stage.board().item(1).title, stage.board().item(1).estimate) == ("Bob's", "")
    await stage.sends(answer.view)
    assert (stage.board().item(1).title, stage.board().item(1).estimate) == ("Alice's", "2 days")


async def test_words_that_no_field_holds_are_not_cut_off(stage: Stage) -> None:
    long = {"scope": "s" * 3001, "links": ["https://example.com/" + "x" * 3001], "notes": "n" * 3001}
    with stage.db.begin() as tx:  # as an import leaves them
        tx.execute(update(tables.items).where(tables.items.c.number == 1).values(**long))
    dialog = await opened(stage, "edit 1")
    assert [b["block_id"] for b in dialog["blocks"] if b["type"] == "input"] == [
        "title",
        "owner",
        "estimate",
        "priority",
    ]
    answer = await stage.sends(dialog, estimate="2 days")
    assert "The changes are saved." in answer.words
    item = stage.board().item(1)
    assert {name: getattr(item, name) for name in long} == long | {"links": tuple(long["links"])}


async def test_of_two_clicks_at_once_the_dialog_shows_what_came_of_both(stage: Stage) -> None:
    dialog = await opened(stage, "dod 1")
    stage.slack.fails("change", SlackRefused("hash_conflict"))
    items.tick(stage.db, bob(stage), 1, 3)
    answer = await stage.clicks("do:tick", "1 1", within=dialog)
    refused, shown = [call.given for call in answer.calls if call.method == "change"]
    assert refused["was"].startswith("h")
    assert shown["was"] == ""
    assert str(shown["view"]).count("☑") == 3


async def test_a_dialog_that_is_closed_already_does_not_say_that_nothing_was_changed(stage: Stage) -> None:
    dialog = await opened(stage, "dod 1")
    stage.slack.fails("change", SlackRefused("not_found"))
    answer = await stage.clicks("do:tick", "1 1", within=dialog)
    assert states(stage)["POST /checkout returns 201"]
    told = str(answer.calls[-1].given["view"])
    assert "What you asked for is done" in told
    assert "othing was changed" not in told


def boxes(view: View) -> tuple[str, list[str]]:
    """The id of the first group of criteria, and which of them it shows as ticked."""
    [block] = [block for block in view["blocks"] if block.get("block_id", "").startswith("met")]
    return block["block_id"], [option["value"] for option in block["element"].get("initial_options", [])]


async def test_boxes_that_are_drawn_anew_with_others_ticked_are_other_boxes_to_slack(stage: Stage) -> None:
    """Slack keeps what somebody ticked in a block whose id stays: what Bob unticked would be ticked again."""
    dialog = (await stage.types("finish 1")).view
    items.untick(stage.db, Ask(CHANNEL, BOB, stage.clock()), 1, 2)
    again = (await stage.sends(dialog, met0=["1", "2"])).view
    assert (boxes(dialog)[1], boxes(again)[1]) == (["2"], ["1"])
    assert boxes(dialog)[0] != boxes(again)[0]
