"""An item's card: whole, and true in every lane."""

from datetime import date

from bot.services.board import items, moves
from bot.services.change import Ask
from tests.people import BOB
from tests.slack.stage import CHANNEL, Stage


async def test_a_dropped_item_says_so_and_why(stage: Stage) -> None:
    moves.drop(stage.db, Ask(CHANNEL, BOB, stage.clock()), 4, "nobody asked for it")
    card = (await stage.types("show 4")).words
    assert "finished" not in card
    assert "*Why it was dropped*\nnobody asked for it" in card


async def test_a_card_says_when_to_look_again(stage: Stage) -> None:
    ask, told = Ask(CHANNEL, BOB, stage.clock()), "the keys are missing · under a minute · back on Thu 4 Dec"
    items.block(stage.db, ask, 1, "the keys are missing", date(2031, 12, 4))
    assert f"⛔ blocked: {told}" in (await stage.types("show 1")).words
    moves.park(stage.db, ask, 1, "the keys are missing", date(2031, 12, 4))
    assert f"⛔ {told}" in (await stage.types("show 1")).words


async def test_long_words_are_whole_on_the_card_and_in_the_items_own_log(stage: Stage) -> None:
    note, reason = "half of it " * 200 + "ends", "the keys " * 200 + "lack"
    await stage.types(f"status {note}")
    await stage.types(f"block {reason}")
    card, own, log = [(await stage.types(typed)).words for typed in ("show 1", "log 1", "log")]
    for words in (note, reason):
        assert words in card
        assert words in own
        assert words[:150] in log
        assert words not in log


async def test_a_card_says_why_work_like_finished_work_was_started(stage: Stage) -> None:
    await stage.types("park the keys are missing")
    await stage.types("dod 2 GET /health answers 200")
    moves.start(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, "the importer *fails* again")
    assert "*Why it was started*\nthe importer *fails* again" in (await stage.types("show 2")).words
    moves.park(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2, "no keys")
    moves.unblock(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2)
    moves.start(stage.db, Ask(CHANNEL, BOB, stage.clock()), 2)
    assert "Why it was started" not in (await stage.types("show 2")).words  # that was another start
