"""Prod facts as people ask for them, add them and act on an incident, through the real Bolt app."""

import pytest

from bot.core.production.readings import Health, Reading
from bot.services.board import moves
from bot.services.change import Ask
from bot.services.production import incidents, runs, watching
from bot.slack.client import SlackRefused
from bot.slack.layout import words
from bot.store.outbox import Owed
from tests.effects.ledger import owed
from tests.people import ALICE, BOB
from tests.slack.stage import Stage

GREEN = Reading("Shop", "script", Health.GREEN, "200", 85)
RED = Reading("Shop", "script", Health.RED, "200, but “Organic” not found", 140)


def look(stage: Stage, *readings: Reading) -> None:
    runs.keep_run(stage.db, stage.clock(), 1400, readings, stage.desk.listed.facts())


async def test_the_sheet_has_the_last_readings_two_weeks_and_a_chart_with_words(stage: Stage) -> None:
    for _ in range(3):
        stage.clock.forward(days=1)
        look(stage, GREEN)
    look(stage, RED)
    answer = await stage.types("facts")
    assert "🔴 0 of 1" in answer.words
    assert "🔴 Shop   200, but “Organic” not found · 140 ms · red since" in answer.words
    assert "   ██▅" in answer.words  # from the first day that was looked at
    [chart] = [block for block in answer.blocks if block["type"] == "data_visualization"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [85, 85, 112]
    assert "Typically of late: Shop 112 ms, slowest 140 ms" in answer.words
    assert "Shop: red. 200, but “Organic” not found · 140 ms" in answer.ack["text"]
    assert answer.buttons.keys() == {"Run again", "History"}


async def test_history_tells_looks_and_incidents(stage: Stage) -> None:
    look(stage, RED)
    stage.clock.forward(minutes=20)
    for _ in range(2):
        look(stage, GREEN)
    told = (await stage.types("facts history")).words
    assert "2 of 3 looks green" in told
    assert "🟢 Shop · " in told
    assert ", 20 min" in told


async def test_history_has_bars_from_the_first_day(stage: Stage) -> None:
    look(stage, GREEN)
    assert "·············█   🟢 Shop   1 of 1 look green" in (await stage.types("facts history")).words


async def test_a_facts_name_leads_to_its_last_reading(stage: Stage) -> None:
    look(stage, GREEN)
    stage.clock.forward(minutes=20)
    look(stage, RED)
    history = await stage.types("facts history")
    [chooser] = [e for b in history.blocks for e in b.get("elements", ()) if e["type"] == "static_select"]
    [choice] = chooser["options"]
    assert (choice["text"]["text"], choice["value"]) == ("Shop", "facts show Shop")
    for typed in ("facts show Shop", "facts show shop", "facts SHOP", "facts shop"):
        answer = await stage.types(typed)
        assert "*🔴 Shop*\n200, but “Organic” not found" in answer.words
        assert "140 ms · red since" in answer.words
        assert "·············▅   1 of 2 looks green" in answer.words
        assert answer.buttons.keys() == {"Ask it again", "History"}
    assert "No prod fact here is called Mail." in (await stage.types("facts show Mail")).words
    assert "Mail is nothing that facts knows." in (await stage.types("facts Mail")).words


async def test_a_file_with_a_fault_is_said(stage: Stage) -> None:
    look(stage, GREEN)
    stage.file.fault = "facts.toml has faults: <!channel>"
    assert "🟡 facts.toml has faults: <!channel>" in (await stage.types("facts")).words


async def test_one_fact_is_run_by_its_name(stage: Stage) -> None:
    assert "Asking production" in (await stage.types("facts run shop")).words
    assert owed(stage.db, Owed.FACTS) == [f"C1/{ALICE.id}/shop"]
    assert "There is no fact called Mail here. There are: Shop." in (await stage.types("facts run Mail")).words


async def test_an_owner_adds_a_fact_and_takes_it_away(stage: Stage) -> None:
    typed = 'facts add <https://shop.example/> contains="Add to cart" status=200,301 max_latency_ms=800 name=Products'
    assert "*Products* is a prod fact of this board now." in (await stage.types(typed)).words
    [fact] = watching.added_facts(stage.db)
    assert (fact.name, fact.url, fact.status) == ("Products", "https://shop.example/", (200, 301))
    assert (fact.contains, fact.max_latency_ms, fact.channels) == (("Add to cart",), 800, ("C1",))
    assert fact in stage.desk.listed.of("C1")
    assert fact not in stage.desk.listed.of("C2")
    assert owed(stage.db, Owed.FACTS) == [f"C1/{ALICE.id}/Products"]
    assert "*Products* is no prod fact any more." in (await stage.types("facts rm products")).words
    assert watching.added_facts(stage.db) == ()


async def test_a_fact_that_was_never_green_is_watched_as_it_is_when_an_owner_says_so(stage: Stage) -> None:
    await stage.types("facts add https://shop.example/ name=Products")
    look(stage, Reading("Products", "http", Health.RED, "404"))
    assert owed(stage.db, Owed.INCIDENT) == []
    assert "Products   never green yet: 404" in (await stage.types("facts")).words
    assert "Only owners" in (await stage.types("facts watch Products", BOB)).words
    assert "*Products* is watched as it is" in (await stage.types("facts watch products")).words
    assert owed(stage.db, Owed.INCIDENT) == ["C1/1"]
    assert "Products is watched already" in (await stage.types("facts watch products")).words
    await stage.types("facts rm Products")
    look(stage, GREEN)
    assert "⚪ Products · no longer watched" in (await stage.types("facts history")).words


async def test_a_name_that_is_taken_gets_a_number(stage: Stage) -> None:
    for _ in range(2):
        await stage.types("facts add https://shop.example/ name=Shop")
    assert [fact.name for fact in watching.added_facts(stage.db)] == ["Shop (2)", "Shop (3)"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("facts add", "Write the address"),
        ("facts add https://shop.example/ contains", "contains is no key with a value."),
        ("facts add http://127.0.0.1/", "127.0.0.1 is inside this server's own network."),
        ("facts add http://169.254.169.254/latest", "inside this server's own network"),
        ("facts add ftp://shop.example/", "url: should be an address like https://"),
        ("facts add https://shop.example/ regex=(a+)+", "regex can only be set in the server's file."),
        ("facts add https://shop.example/ allow_private=true", "can only be set in the server's file."),
        ("facts add https://shop.example/ channels=C2", "for this board alone"),
        ("facts add https://shop.example/ status=many", "status"),
        ('facts add "https://shop.example/', "Write the address"),
        ("facts rm Shop", "No fact called Shop was added to this board."),
        ("facts watch Shop", "No fact called Shop was added to this board."),
        ("facts pause", "How long? Write `30m`, `2h` or `1d`."),
        ("facts pause 2 weeks", "no length of time"),
        ("facts pause 2h Mail", "There is no fact called Mail here."),
        ("facts resume", "There is no maintenance here."),
        ("facts ack", "Which one?"),
        ("facts ack 99", "There is no incident 99 on this board."),
        ("facts snooze 99 4h", "There is no incident 99"),
        ("facts snooze 1", "How long?"),
        ("facts check 999", "There is no such finish on this board."),
        ("facts history", "Production has not been asked yet."),
    ],
)
async def test_what_can_not_be_is_said_and_changes_nothing(stage: Stage, typed: str, words: str) -> None:
    assert words in (await stage.types(typed)).words
    assert watching.added_facts(stage.db) == ()
    assert owed(stage.db) == []


async def test_only_owners_add_and_remove(stage: Stage) -> None:
    await stage.types("facts add https://shop.example/ name=Products")
    for typed in ("facts add https://shop.example/", "facts rm Products"):
        assert "Only owners of this board can add or remove prod facts: Alice." in (await stage.types(typed, BOB)).words
    assert len(watching.added_facts(stage.db)) == 1


async def test_a_fact_of_one_board_is_removed_by_no_other(stage: Stage) -> None:
    await stage.types("facts add https://shop.example/ name=Products")
    assert "No fact called Products" in (await stage.types("facts rm Products", channel="C2")).words
    assert len(watching.added_facts(stage.db)) == 1


async def test_the_buttons_of_an_incident(stage: Stage) -> None:
    look(stage, RED)
    taken = await stage.clicks("do:facts", "ack 1", who=BOB)
    assert taken.ack == {}
    assert incidents.read(stage.db, "C1", 1, stage.clock()).incident.acknowledged_by == "Bob"
    assert "Bob is already on it." in (await stage.clicks("do:facts", "ack 1")).words
    await stage.clicks("do:facts:2", "snooze 1 4h")
    assert incidents.read(stage.db, "C1", 1, stage.clock()).incident.snoozed_until is not None
    assert "There is no incident 1 on this board." in (await stage.clicks("do:facts", "ack 1", channel="C2")).words


async def test_maintenance_is_typed_and_shown(stage: Stage) -> None:
    assert "All of production is under maintenance until" in (await stage.types("facts pause 2h")).words
    look(stage, RED)
    assert "🟡 maintenance until" in (await stage.types("facts")).words
    assert "🟡 maintenance until" in (await stage.types("")).words
    assert [key for key in owed(stage.db, Owed.INCIDENT) if key.startswith("C1/")] == []
    assert "Maintenance is over." in (await stage.types("facts resume")).words
    assert [key.partition("/")[0] for key in owed(stage.db, Owed.INCIDENT)] == ["C2", "C1"]


async def test_a_finish_is_checked_again(stage: Stage) -> None:
    for k in (1, 3):
        await stage.types(f"tick 1 {k}")
    moves.finish(stage.db, Ask("C1", ALICE, stage.clock()), 1)
    change = owed(stage.db, Owed.CHECK)[0].rpartition("/")[2]
    assert (await stage.clicks("do:facts", f"check {change}")).ack == {}
    assert owed(stage.db, Owed.CHECK) == [f"C1/{change}"]


async def test_a_channel_without_facts_offers_none(stage: Stage) -> None:
    stage.lists()
    assert "An owner adds one with `/board facts add https://…`" in (await stage.types("facts")).words
    await stage.types("facts add https://shop.example/")
    assert "Run prod facts" in (await stage.types("")).buttons
    assert "Run prod facts" not in (await stage.types("", channel="C2")).buttons
    await stage.types("facts rm shop.example")
    assert "Run prod facts" not in (await stage.types("")).buttons


KEY = "C1/U0ALICE"


async def test_asked_where_nothing_can_be_replaced_a_dialog_becomes_the_answer(stage: Stage) -> None:
    """Slack replaces neither the answer to a typed command nor, for one person, a message of the channel."""
    home = {"type": "home", "blocks": []}
    for asking in (
        stage.clicks("do:facts", "run", within=home, block="board:C1"),
        stage.clicks("do:facts", "run"),
        stage.types("facts run"),
    ):
        told = await asking
        assert told.words == "⏳ Asking production…"
        [place] = await stage.desk.awaited.take(KEY)
        assert (place.channel, place.response_url) == ("C1", "")
        assert place.view_id.startswith("V")


async def test_asked_on_what_only_they_see_the_answer_takes_its_place(stage: Stage) -> None:
    told = await stage.clicks("do:facts", "run", own=True)
    assert [call.given["replace"] for call in told.calls if call.method == "answer"] == [True]
    [place] = await stage.desk.awaited.take(KEY)
    assert (place.view_id, place.response_url) == ("", "https://hooks.slack.test/click")


async def test_asked_in_a_dialog_that_dialog_becomes_the_answer(stage: Stage) -> None:
    told = await stage.clicks("do:facts", "run", within=words.notice("C1", words.line("…")))
    assert [call.method for call in told.calls if call.method in ("change", "open", "push")] == ["change"]
    assert [place.view_id for place in await stage.desk.awaited.take(KEY)] == ["V1"]


async def test_a_dialog_that_never_came_waits_for_nothing(stage: Stage) -> None:
    stage.slack.fails("open", SlackRefused("expired_trigger_id"))
    await stage.types("facts run")
    assert await stage.desk.awaited.take(KEY) == ()
