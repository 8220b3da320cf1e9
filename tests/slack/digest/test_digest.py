"""What people type, click and send about the digest: its settings, nudges and check-ins."""

import json
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.core.digest.schedule import Plan
from bot.core.production.readings import Health, Reading
from bot.services.board import look
from bot.services.change import Ask
from bot.services.digest import nudges, schedule
from bot.services.production import runs
from bot.slack.digest.schedule import CHOICES
from bot.slack.layout.blocks import spelt
from bot.store import posts
from tests.fakes import MONDAY
from tests.people import ALICE, BOB
from tests.slack.stage import Stage

NEXT = "The next one: "


def plan(stage: Stage) -> Plan:
    return look.look(stage.db, "C1", stage.clock()).plan


def posted(stage: Stage) -> None:
    """Today's digest stands in the channel."""
    schedule.post_now(stage.db, Ask("C1", ALICE, stage.clock()))
    key = f"digest:C1/{stage.clock():%Y-%m-%d}"
    stage.db.write(posts.intend, key, "C1", stage.clock())
    stage.db.write(posts.landed, key, "1.000000", stage.clock())


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("digest at 09:30", time(9, 30)),
        ("digest at 9:30", time(9, 30)),
        ("digest at 9", time(9)),
        ("digest at 9am", time(9)),
        ("digest at 9 pm", time(21)),
        ("digest 9am", time(9)),
        ("digest 9:30 pm", time(21, 30)),
        ("digest on", time(9)),
        ("digest on 8:15", time(8, 15)),
    ],
)
async def test_a_time_is_set_in_the_form_that_people_use_and_said_back(stage: Stage, typed: str, at: time) -> None:
    told = await stage.types(typed)
    assert plan(stage).at == at
    assert told.words.startswith(f"The digest comes at {at:%H:%M} (UTC), Mon–Fri. {NEXT}")


async def test_each_setting_is_said_back_with_the_next_time_in_the_reader_s_own_zone(stage: Stage) -> None:
    await stage.types("digest at 9")
    await stage.types("digest zone europe/athens")
    await stage.types("digest days mon-thu")
    await stage.types("digest days off 2026-03-03, 2026-03-04")
    await stage.types("digest weekly on")
    told = await stage.types("digest holidays Greece")
    assert plan(stage) == Plan(
        time(9), frozenset({0, 1, 2, 3}), "Europe/Athens", "GR", frozenset({date(2026, 3, 3), date(2026, 3, 4)}), True
    )
    assert spelt(told.words) == (
        "The digest comes at 09:00 (Europe/Athens), Mon–Thu, not on holidays of Greece, "
        "not on 3 Mar 2026, 4 Mar 2026, with the week on its last workday. "
        "The next one: 05 Mar 07:00 UTC your time."
    )
    assert (await stage.types("digest")).words == told.words


@pytest.mark.parametrize(
    ("zone", "whose"),
    [
        ("Europe/Athens", "UTC."),
        ("Europe/Bucharest", "UTC."),
        ("Europe/Berlin", "UTC your time."),
        ("", "UTC your time."),
    ],
)
async def test_a_time_is_called_the_reader_s_where_their_clock_shows_another(
    stage: Stage, zone: str, whose: str
) -> None:
    stage.slack.zones[ALICE.id] = zone
    await stage.types("digest zone Europe/Athens")
    assert spelt((await stage.types("digest at 9")).words).endswith(whose)


async def test_help_names_every_word_of_the_digest(stage: Stage) -> None:
    told = await stage.types("help digest")
    for word in CHOICES:
        assert f" {word}" in told.words, word


@pytest.mark.parametrize("typed", ["digest off", "digest at off"])
async def test_it_is_switched_off(stage: Stage, typed: str) -> None:
    await stage.types("digest at 9")
    assert "There is no digest." in (await stage.types(typed)).words
    assert plan(stage).at is None


async def test_what_was_set_is_unset(stage: Stage) -> None:
    for typed in ("digest holidays GR", "digest days off 2026-03-03", "digest weekly on"):
        await stage.types(typed)
    for typed in ("digest holidays none", "digest days off none", "digest weekly off"):
        await stage.types(typed)
    assert plan(stage) == Plan()


async def test_a_plan_without_a_day_left_says_so(stage: Stage) -> None:
    mondays = ", ".join(str(date(2026, 3, 2) + timedelta(weeks=k)) for k in range(100))
    await stage.types("digest days mon")
    await stage.types(f"digest days off {mondays}")
    stage.clock.time = MONDAY - timedelta(days=90)
    told = await stage.types("digest at 9")
    assert NEXT in told.words
    stage.clock.time = MONDAY
    assert "There is no digest" not in (await stage.types("digest at 10")).words  # a hundred Mondays are not two years


@pytest.mark.parametrize("typed", ["digest now", "digest preview"])
async def test_a_preview_is_for_the_asker_alone_and_can_not_be_answered(stage: Stage, typed: str) -> None:
    told = await stage.types(typed)
    assert told.ack["response_type"] == "ephemeral"
    assert "*In progress, day 3*  #1 Payments" in told.words
    assert "Add yours" not in told.buttons
    assert told.words.startswith("A preview that only you see; it does not count as today's digest.")
    assert told.ack["text"].startswith("A preview that only you see")
    assert look.look(stage.db, "C1", stage.clock()).digest_due is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("digest holidays Narnia", "Narnia is not a country whose holidays I know."),
        ("digest days off tomorrow", "tomorrow is not a date."),
        ("digest weekly", "Write `/board digest weekly on` or `/board digest weekly off`."),
        ("digest 25", "25 is not a time of day."),
        ("digest loudly", "loudly is nothing that the digest knows."),
        ("nudge loudly", "loudly is nothing that nudge knows. Write `/board nudge snooze | stop | on`."),
        ("checkin", "There is no digest to answer to yet."),
    ],
)
async def test_what_is_not_understood_changes_nothing(stage: Stage, typed: str, words: str) -> None:
    before = plan(stage)
    assert words in (await stage.types(typed)).words
    assert plan(stage) == before


async def test_the_settings_dialog_has_it_all(stage: Stage) -> None:
    dialog = (await stage.types("settings")).view
    told = await stage.sends(
        dialog,
        wanted=["yes"],
        zone="Europe/Berlin",
        holidays="DE-BY",
        off="2026-12-24\n2026-12-31",
        weekly=["yes"],
    )
    off = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
    assert plan(stage) == Plan(time(9), zone="Europe/Berlin", holidays="DE-BY", off=off, weekly=True)
    assert "not on holidays of Germany (BY)" in told.words
    assert NEXT in told.words
    assert "Owners: Alice" in told.words  # who saves them first is one, and is told
    again = (await stage.types("settings")).view
    shown = {block["block_id"]: block["element"] for block in again["blocks"]}
    assert shown["holidays"]["initial_value"] == "DE-BY"
    assert shown["off"]["initial_value"] == "2026-12-24\n2026-12-31"
    assert len(shown["weekly"]["initial_options"]) == 1


@pytest.mark.parametrize(("typed", "ticked"), [("settings", False), ("settings digest", True)])
async def test_whoever_wants_a_digest_finds_its_box_ticked(stage: Stage, typed: str, ticked: bool) -> None:
    [box] = [block for block in (await stage.types(typed)).view["blocks"] if block["block_id"] == "wanted"]
    assert ("initial_options" in box["element"]) is ticked


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("holidays", "Narnia", "Narnia is not a country"),
        ("off", "soon", "soon is not a date"),
        ("zone", "Athens", "Did you mean Europe/Athens?"),
        ("days", [], "Choose at least one day."),
    ],
)
async def test_what_is_wrong_stands_on_its_field(stage: Stage, field: str, value: Any, words: str) -> None:
    dialog = (await stage.types("settings")).view
    told = await stage.sends(dialog, **{field: value})
    assert words in told.errors[field]
    assert plan(stage) == Plan()


async def test_checking_in_from_the_digest(stage: Stage) -> None:
    posted(stage)
    dialog = (await stage.clicks("do:checkin")).view
    assert "*" not in dialog["blocks"][0]["text"]["text"]
    told = await stage.sends(dialog, did="the page", blockers="the keys")
    assert "Your answer is in the digest." in told.words
    item = stage.board().item(1)
    assert item.blocked is not None
    assert item.blocked.reason == "the keys"
    again = (await stage.clicks("do:checkin")).view
    shown = {
        block["block_id"]: block["element"].get("initial_value") for block in again["blocks"] if "element" in block
    }
    assert shown == {"did": "the page", "next": None, "blockers": "the keys", "park": None}


async def test_the_dialog_says_whether_a_blocker_flags_the_item(stage: Stage) -> None:
    posted(stage)
    for who, hint in ((ALICE, "#1 is yours, so it is flagged"), (BOB, "It stands in every digest until it is gone.")):
        dialog = (await stage.clicks("do:checkin", who=who)).view
        [field] = [block for block in dialog["blocks"] if block.get("block_id") == "blockers"]
        assert field["hint"]["text"].startswith(hint)
        assert any(block.get("block_id") == "park" for block in dialog["blocks"]) == (who == ALICE)


async def test_an_empty_answer_is_refused_on_its_field(stage: Stage) -> None:
    posted(stage)
    dialog = (await stage.types("checkin")).view
    assert (await stage.sends(dialog)).errors == {"did": "Write at least one of the three."}


async def test_being_asked_is_snoozed_stopped_and_taken_up_again(stage: Stage) -> None:
    def asked() -> bool:
        return nudges.read(stage.db, "C1", ALICE.id, stage.clock()) is not None

    schedule.set_time(stage.db, Ask("C1", ALICE, stage.clock()), time(9, 30))
    assert asked()
    until = f"{stage.clock() + timedelta(days=7):%d %b %H:%M} UTC"
    snoozed = await stage.clicks("do:nudge", "snooze")
    assert f"until {until}" in spelt(snoozed.words)
    assert "&lt;" not in (await stage.types("nudge snooze")).ack["text"]
    assert not asked()
    await stage.types("nudge on")
    assert asked()
    assert "any more" in (await stage.clicks("do:nudge:2", "stop")).words
    assert not asked()
    await stage.types("nudge on", who=BOB)  # each for themselves
    assert not asked()


async def test_a_button_of_a_nudge_belongs_to_the_board_it_is_about(stage: Stage) -> None:
    """It stands in a direct message; the dialog it opens writes onto the board of the channel."""
    told = await stage.clicks("do:status", "#1", channel="D0ALICE", block="board:C1:1")
    assert json.loads(told.view["private_metadata"]) == {"channel": "C1", "item": 1, "elsewhere": True}
    sent = await stage.sends(told.view, status="waiting for the keys")
    note = stage.board().item(1).status
    assert note is not None
    assert note.text == "waiting for the keys"
    assert sent.ack["response_action"] == "update"  # where they are, not in the channel
    assert "› waiting for the keys" in sent.words


async def test_a_question_that_is_answered_by_a_click_says_so_itself(stage: Stage) -> None:
    told = await stage.clicks("do:nudge", "snooze", channel="D0ALICE", block="board:C1:1")
    assert {call.method for call in told.calls} <= {"person"}
    assert nudges.read(stage.db, "C1", ALICE.id, stage.clock()) is None


async def test_a_setting_is_not_cleared_by_asking_for_it(stage: Stage) -> None:
    await stage.types("digest holidays GR")
    await stage.types("digest holidays")
    await stage.types("digest days off 2031-12-24")
    await stage.types("digest days off")
    assert "not on holidays of Greece, not on 24 Dec 2031" in (await stage.types("digest at 9")).words
    assert "Greece" not in (await stage.types("digest holidays none")).words


async def test_a_word_that_is_like_no_country_is_taken_for_none(stage: Stage) -> None:
    assert "Did you mean Germany?" in (await stage.types("digest holidays Germny")).words
    assert "Did you mean" not in (await stage.types("digest holidays XX")).words


async def test_a_preview_before_there_is_a_board_shows_production_as_it_is(empty: Stage) -> None:
    green = Reading("Shop", "script", Health.GREEN, "200", 85)
    runs.keep_run(empty.db, empty.clock(), 1400, [green], empty.desk.listed.facts())
    assert "*Production*  🟢 1 of 1" in (await empty.types("digest now")).words
