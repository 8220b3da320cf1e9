"""The board message: what is in progress stands out, red production is on top in words, information is grey."""

from dataclasses import replace
from datetime import timedelta

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Slots
from bot.core.digest.schedule import Plan
from bot.core.people import Person
from bot.core.production.incidents import Pause, Window
from bot.core.production.readings import Health, Reading, Run
from bot.services.board.look import Sight
from bot.slack.board import board
from tests.fakes import MONDAY
from tests.people import ALICE, BOB
from tests.slack.stage import Json, buttons, written

HOUR = timedelta(hours=1)
PICTURED = replace(ALICE, picture="https://pictures.test/alice.png")
DOD = (Criterion("/pay answers 200", CriterionState.MET, at=MONDAY - HOUR), Criterion("/refund answers 200"))
PAYMENTS = Item(1, "Payments", MONDAY, Lane.WIP, dod=DOD, owner=PICTURED, started=MONDAY - 54 * HOUR)
SEARCH = Item(2, "Search", MONDAY, Lane.NEXT, position=1, dod=DOD)
GREEN = Reading("Mail", "http", Health.GREEN, "200")
RED = Reading("Search", "http", Health.RED, "500", red_since=MONDAY - HOUR)


def sight(*items: Item, run: Run | None = None, pause: Pause | None = None, slots: Slots = Slots.BOARD) -> Sight:
    shown = Board(items, 9, slots=slots)
    return Sight("C1", shown, 1, Plan(), None, run, MONDAY, has_facts=run is not None, pause=pause)


def look(*readings: Reading) -> Run:
    return Run(1, MONDAY, 5, readings)


def kinds(blocks: list[Json]) -> list[str]:
    return [block["type"] for block in blocks]


def grey(blocks: list[Json]) -> str:
    return "\n".join(written(block) for block in blocks if block["type"] == "context")


def test_the_item_in_progress_is_the_heading_with_its_owner_and_its_buttons_beneath() -> None:
    note = Note("Waiting for the keys", PICTURED, MONDAY - HOUR)
    blocks = board.message(sight(replace(PAYMENTS, status=note), SEARCH))
    assert kinds(blocks)[:7] == ["context", "header", "context", "rich_text", "context", "actions", "divider"]
    assert blocks[1]["text"]["text"] == "#1 Payments"
    picture, words, *_ = blocks[2]["elements"]
    assert (picture["image_url"], words["text"]) == (PICTURED.picture, "Alice · in progress, day 3 · last tick")
    assert written(blocks[3]) == "Definition of Done  ▰▱  1 of 2\nWaiting for the keys"
    assert [button["action_id"] for button in blocks[5]["elements"]] == ["do:finish", "do:status"]


def test_what_is_only_information_is_grey() -> None:
    done = replace(SEARCH, number=3, lane=Lane.DONE, title="Login", finished=MONDAY)
    later = replace(SEARCH, number=4, lane=Lane.LATER, title="Shipping")
    blocks = board.message(sight(PAYMENTS, SEARCH, done, later, run=look(GREEN)))
    assert "LATER   #4 Shipping" in grey(blocks)
    assert "DONE THIS WEEK   1 · last: #3 Login" in grey(blocks)
    assert "PRODUCTION   🟢 1 of 1" in grey(blocks)


def test_red_production_is_on_top_in_words_and_nowhere_else() -> None:
    blocks = board.message(sight(PAYMENTS, run=look(GREEN, RED)))
    assert written(blocks[0]).startswith("🔴 *Production is red: Search*, since ")
    [row] = blocks[0]["elements"]
    assert row["elements"][-1] | {"fallback": ""} == {
        "type": "date", "timestamp": int((MONDAY - HOUR).timestamp()), "format": "{time}", "fallback": "",
    }  # fmt: skip
    assert "Search: 500" in grey(blocks)
    assert "1 of 2 are green" in grey(blocks)
    assert "PRODUCTION" not in grey(blocks)
    assert {"Show Search"} <= {button["text"]["text"] for button in buttons(blocks)}
    assert board.spoken(sight(PAYMENTS, run=look(RED))).endswith("0 items in NEXT. Production is red: Search.")


def test_what_is_red_for_longer_says_since_which_day_and_many_are_counted() -> None:
    old = [replace(RED, name=f"Page {k}", red_since=MONDAY - k * 24 * HOUR) for k in range(1, 6)]
    [words, *_] = board.message(sight(PAYMENTS, run=look(*old)))
    assert "*Production is red: Page 1, Page 2, Page 3 and 2 more*, since " in written(words)
    assert words["elements"][0]["elements"][-1]["format"] == "{date_short_pretty} {time}"
    assert words["elements"][0]["elements"][-1]["timestamp"] == int((MONDAY - 5 * 24 * HOUR).timestamp())


def test_what_is_unknown_or_under_maintenance_is_no_alarm() -> None:
    pause = Pause(Window(MONDAY - HOUR, MONDAY + HOUR, frozenset({"Search"})), "Alice")
    for seen in (sight(PAYMENTS, run=look(RED), pause=pause), sight(run=look(replace(RED, health=Health.UNKNOWN)))):
        blocks = board.message(seen)
        assert "Production is red" not in written(blocks)
        assert "PRODUCTION" in grey(blocks)
        assert "Production" not in board.spoken(seen)


def test_of_several_in_progress_each_has_its_owner_and_a_button_means_whoever_clicks() -> None:
    flag = Block("Staging is down", MONDAY - HOUR)
    his = replace(PAYMENTS, number=5, title="Mail", owner=BOB, started=MONDAY, blocked=flag)
    blocks = board.message(sight(PAYMENTS, his, SEARCH, slots=Slots.PERSON))
    assert blocks[1]["text"]["text"] == "2 in progress"
    said = "\n".join(map(written, blocks))
    assert said.index("*#1 Payments*") < said.index("Alice · in progress, day 3") < said.index("*#5 Mail*")
    assert said.index("*#5 Mail*") < said.index("Bob · in progress, day 1") < said.index("⛔ blocked: Staging is down")
    row = next(block for block in blocks if block["type"] == "actions")
    assert [("value" in button, button["action_id"]) for button in row["elements"]] == [
        (False, "do:finish"),
        (False, "do:status"),
    ]
    assert "Start #2" in {button["text"]["text"] for button in buttons(blocks)}  # for somebody whose slot is free
    assert board.spoken(sight(PAYMENTS, his, slots=Slots.PERSON)).startswith("Board: in progress #1 Payments, #5 Mail;")


def test_a_board_with_nothing_in_progress_says_what_to_do_first() -> None:
    for items, words, primary in (
        ((), "Try Add item: write down how you will know", "Add item"),
        ((SEARCH,), "Start #2 or add an item.", "Start #2"),
        ((replace(SEARCH, dod=()),), "#2 comes next and needs a Definition of Done", "Write the DoD"),
    ):
        blocks = board.message(sight(*items))
        assert blocks[1]["text"]["text"] == "Nothing in progress"
        assert words in written(blocks)
        [first] = [b["text"]["text"] for b in buttons(blocks) if b.get("style") == "primary"]
        assert first.startswith(primary)


def test_more_in_progress_than_there_is_room_for_are_counted() -> None:
    many = tuple(replace(PAYMENTS, number=k, owner=Person(f"U{k}", f"P{k}")) for k in range(1, 21))
    blocks = board.message(sight(*many, slots=Slots.PERSON))
    assert f"and {20 - board.AT_ONCE} more" in grey(blocks)
    assert len(blocks) < 50
