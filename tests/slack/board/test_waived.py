"""A waiver is not a tick: whatever counts criteria says what is met, and who waived what and why."""

import json
from datetime import UTC

import pytest

from bot.core.board.model import Lane
from bot.services.board import home, look
from bot.services.board.finishes import Ledger
from bot.services.digest import content
from bot.slack.board import app_home, board, finish_post
from bot.slack.client import Profile
from bot.slack.digest import aloud, message
from tests.people import ALICE
from tests.slack.stage import CHANNEL, Stage

WAIVED = "1 met · 1 waived by Alice: no data yet"


@pytest.fixture
async def waived(stage: Stage) -> Stage:
    """The furnished board, the first criterion of whose item in progress was waived; the third is open."""
    await stage.types("waive 1 1 no data yet")
    return stage


async def test_the_board_the_home_and_the_digest_count_it_by_itself(waived: Stage) -> None:
    now = waived.clock()
    homes = home.read(waived.db, ALICE.id, [CHANNEL], now)
    digest = content.read(waived.db, CHANNEL, now).digest
    profile = Profile(ALICE, is_admin=False)
    shown = {
        "board": board.message(look.look(waived.db, CHANNEL, now)),
        "home": app_home.page(homes, profile)["blocks"],
        "mine": app_home.my_items(homes),
        "digest": message.digest(digest),
    }
    assert {name for name, blocks in shown.items() if WAIVED not in json.dumps(blocks, ensure_ascii=False)} == set()
    assert "criteria: 1 met, 1 waived by Alice: no data yet, 1 open" in aloud.spoken(digest)


@pytest.mark.parametrize(
    "typed", ["show 1", "start 2", "gate 2", "untick 1 2", "evidence 1 2 CI 7 is green", "block x"]
)
async def test_cards_answers_and_refusals_count_it_by_itself(waived: Stage, typed: str) -> None:
    count = WAIVED.replace("1 met", "0 met") if typed.startswith("untick") else WAIVED
    assert count in (await waived.types(typed)).words


async def test_the_bar_is_of_what_is_met(waived: Stage) -> None:
    assert "▰▱▱  1 met" in (await waived.types("show 1")).words


async def test_a_criterion_says_who_waived_it(waived: Stage) -> None:
    line = "☒ 1  POST /checkout returns 201 — waived by Alice: no data yet"
    assert line in (await waived.types("show 1")).words
    assert line in (await waived.types("dod 1")).words


async def test_what_is_waived_has_no_box_to_tick_and_stays_waived_when_the_dialog_is_sent(waived: Stage) -> None:
    dialog = (await waived.types("finish")).view
    [boxes] = [block["element"] for block in dialog["blocks"] if block.get("block_id", "").startswith("met")]
    assert [option["value"] for option in boxes["options"]] == ["2", "3"]
    assert [option["value"] for option in boxes["initial_options"]] == ["2"]
    assert "☒ 1  POST /checkout returns 201 — waived by Alice: no data yet" in str(dialog)
    saved = await waived.sends(dialog, met0=["2"])
    assert f"Saved {WAIVED} · 1 open." in saved.words
    second = await waived.sends(saved.view, met0=["2", "3"])
    await waived.sends(second.view)
    done = waived.board().item(1)
    assert done.lane is Lane.DONE
    count = "2 met · 1 waived by Alice: no data yet"
    post = finish_post.post(Ledger(done, None, "", "none", None, UTC), waived.clock())
    assert count in str(post)
    assert count in (await waived.types("show 1")).words


async def test_with_all_waived_there_is_nothing_to_tick(stage: Stage) -> None:
    for k in (1, 2, 3):
        await stage.types(f"waive 1 {k} nobody asked")
    second = (await stage.sends((await stage.types("finish")).view)).view
    assert second["title"]["text"] == "Finish #1"
