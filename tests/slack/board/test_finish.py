"""The finish dialog's story: ticks are kept, open criteria hold it back, and nobody finishes twice."""

from typing import Any

from bot.core.board.model import Lane, Outcome
from bot.services.change import Ask
from bot.services.documents import importing
from bot.slack.layout.blocks import View
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.furnished import on_both
from tests.people import ALICE, BOB
from tests.slack.stage import Stage, written

ALL = ["1", "2", "3"]


async def ask(stage: Stage) -> View:
    return (await stage.clicks("do:finish", "1")).view


async def confirm(stage: Stage, **fields: Any) -> View:
    """The second view, with everything ticked."""
    answer = await stage.sends(await ask(stage), met0=ALL, **fields)
    assert answer.ack["response_action"] == "push"
    return answer.view


async def test_the_dialog_shows_what_is_ticked(stage: Stage) -> None:
    dialog = await ask(stage)
    inputs = [block for block in dialog["blocks"] if block["type"] == "input"]
    fields = {block["block_id"].partition("-")[0]: block["element"] for block in inputs}
    assert [option["text"]["text"] for option in fields["met0"]["options"]] == [
        "1 POST /checkout returns 201",
        "2 CI is green",
        "3 The docs name the new path",
    ]
    assert [option["value"] for option in fields["met0"]["initial_options"]] == ["2"]
    assert fields["outcome"]["initial_option"]["value"] == "closed"
    assert fields["then"]["options"][0]["text"]["text"] == "Then start #2 Search"
    assert fields["then"]["initial_options"]


async def test_with_open_criteria_the_ticks_are_saved_and_the_open_ones_are_named(stage: Stage) -> None:
    answer = await stage.sends(await ask(stage), met0=["1", "2"], result="PR #7")
    assert answer.ack["response_action"] == "update"
    assert "Saved 2 of 3. *#1 stays in progress*: 3 The docs name the new path is open." in answer.words
    item = stage.board().item(1)
    assert (item.lane, item.settled, item.result) == (Lane.WIP, 2, "PR #7")
    again = await stage.sends(answer.view, met0=["1"])  # unticking is saved as well
    assert "2 CI is green, 3 The docs name the new path are open" in again.words
    assert [k for k, _ in stage.board().item(1).open_criteria] == [2, 3]
    assert owed(stage.db, Owed.FINISH) == []


@on_both
async def test_with_all_met_a_second_view_says_what_will_happen_and_does_it(stage: Stage) -> None:
    second = await stage.sends(await ask(stage), met0=ALL, result="PR #7", outcome="stable")
    assert "*Finish #1?*" in second.words
    assert "It moves to DONE as Stable. #2 Search starts. Prod facts run." in second.words
    assert stage.board().item(1).lane is Lane.WIP  # nothing has happened yet
    done = await stage.sends(second.view)
    assert done.ack == {"response_action": "clear"}
    item, wip = stage.board().item(1), stage.board().wip
    assert (item.lane, item.outcome, item.finished_by, item.result) == (Lane.DONE, Outcome.STABLE, ALICE, "PR #7")
    assert wip is not None
    assert wip.number == 2
    [debt] = owed(stage.db, Owed.FINISH)
    assert owed(stage.db, Owed.CHECK) == [debt]


async def test_the_next_one_starts_only_when_it_is_wanted(stage: Stage) -> None:
    second = await confirm(stage, then=[])
    assert any("Nothing else starts." in str(block) for block in second["blocks"])
    await stage.sends(second)
    assert stage.board().wip is None


async def test_a_next_one_that_can_not_start_is_said_with_the_reason(stage: Stage) -> None:
    await stage.types("defer 2")
    dialog = await ask(stage)
    assert "then" not in {block.get("block_id") for block in dialog["blocks"]}
    assert any("#3 Ideas comes next, but it has no DoD, so it can't start." in str(block) for block in dialog["blocks"])
    await stage.types("defer 3")
    assert any("NEXT is empty" in str(block) for block in (await ask(stage))["blocks"])


@on_both
async def test_sent_twice_it_is_finished_once_and_said_so(stage: Stage) -> None:
    second = await confirm(stage)
    await stage.sends(second)
    stage.clock.forward(seconds=4)
    again = await stage.sends(second)
    assert "#1 Payments* was already finished by Alice 4 s ago." in again.words
    assert again.ack["response_action"] == "update"
    assert len(owed(stage.db, Owed.FINISH)) == 1
    assert [item.number for item in stage.board().done] == [6, 1]


@on_both
async def test_two_people_finish_it_and_the_second_is_told_who_was_first(stage: Stage) -> None:
    dialog = await ask(stage)
    second = await confirm(stage)
    await stage.sends(second, who=BOB)
    stage.clock.forward(minutes=3)
    late_save = await stage.sends(dialog, met0=ALL)
    late_finish = await stage.sends(second)
    for answer in (late_save, late_finish):
        assert "#1 Payments* was already finished by Bob 3 min ago." in answer.words
    wip = stage.board().wip
    assert wip is not None
    assert (wip.number, wip.owner) == (2, BOB)


@on_both
async def test_somebody_unticks_while_the_second_view_is_open(stage: Stage) -> None:
    second = await confirm(stage)
    await stage.sends(await ask(stage), who=BOB, met0=["1", "2"])
    answer = await stage.sends(second)
    assert "#1 Payments* stays in progress: 3 The docs name the new path is open." in answer.words
    assert stage.board().item(1).lane is Lane.WIP
    within = await stage.clicks("do:finish:1", "1", within=answer.view)
    assert within.view["callback_id"] == "do:finish"


async def test_the_next_one_was_put_off_meanwhile(stage: Stage) -> None:
    """It is what they asked for all the same, and an item in LATER can start."""
    second = await confirm(stage)
    await stage.types("defer 2", who=BOB)
    await stage.sends(second)
    wip = stage.board().wip
    assert wip is not None
    assert wip.number == 2


async def test_a_button_of_a_message_three_states_old(stage: Stage) -> None:
    """The board message that is clicked still shows #1 in progress and #2 waiting."""
    await stage.sends(await confirm(stage))
    await stage.types("park 2 no index")
    await stage.types("queue 4 1")
    stage.clock.forward(hours=3)
    before = stage.board()
    for action, value, words in (
        ("do:finish", "1", "#1 Payments* was already finished by Alice 3 h ago."),
        ("do:start", "1", "#1 Payments* can't be started: it was finished by Alice 3 h ago."),
        ("do:finish", "2", "#2 Search* is parked in BLOCKED"),
        ("do:park", "1", "#1 Payments* can't be parked"),
        ("do:defer", "2", "#2 Search* is parked in BLOCKED"),
    ):
        answer = await stage.clicks(action, value, who=BOB)
        if "view" in str(answer.calls[-1].given):
            answer = await stage.sends(answer.view, reason="late")
        assert words in answer.words
    assert stage.board() == before


async def test_an_item_that_came_without_a_dod_is_given_one_first(stage: Stage) -> None:
    """An imported document may have such an item in progress."""
    importing.import_document(stage.db, Ask("C3", None, stage.clock()), "## WIP\n- Old work\n\n## NEXT\n- More\n")
    answer = await stage.types("finish", channel="C3")
    assert "#1 Old work* has no Definition of Done, so nobody can tell that it is done." in answer.words
    dialog = (await stage.clicks("do:dod:1", "1", channel="C3")).view
    await stage.sends(dialog, dod="CI is green")
    assert (await stage.types("finish", channel="C3")).view["callback_id"] == "do:finish"


async def test_more_criteria_than_a_group_of_boxes_holds(stage: Stage) -> None:
    await stage.sends(
        await _dialog(stage, "dod 1"), dod="\n".join(f"{'long ' * 20}/check/{k} is 200" for k in range(10))
    )
    dialog = await ask(stage)
    assert "10. long long" in written(dialog["blocks"])  # whole, above the boxes
    answer = await stage.sends(dialog, met0=[str(k) for k in range(1, 11)])
    assert answer.ack["response_action"] == "push"


async def test_a_result_that_is_too_long_stands_on_its_field(stage: Stage) -> None:
    answer = await stage.sends(await ask(stage), met0=ALL, result="x" * 3001)
    assert answer.errors.keys() == {"result"}
    assert stage.board().item(1).settled == 1


async def _dialog(stage: Stage, typed: str) -> View:
    return (await stage.types(typed)).view
