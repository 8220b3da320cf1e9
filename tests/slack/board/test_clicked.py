"""A button is a typed command (law 6): the same verb and words, clicked, do and say the same."""

import json

import pytest

from bot.core.board.model import Board, Item
from bot.slack.layout import words
from bot.slack.table import BY_WORD, find
from tests.people import BOB
from tests.slack.board.test_typed import MOVED, OPENED, REFUSED, SHOWN, UNKNOWN
from tests.slack.stage import Stage

OTHER = "C2"  # the same board, where the clicks happen
TYPED = [row[0] for table in (MOVED, REFUSED, SHOWN, OPENED, UNKNOWN) for row in table]


@pytest.mark.parametrize("typed", TYPED)
async def test_clicking_is_typing(stage: Stage, typed: str) -> None:
    verb, _, argument = " ".join(typed.split()).partition(" ")
    by_words = await stage.types(typed)
    by_click = await stage.clicks(f"do:{verb.lower() or 'board'}", argument, channel=OTHER)
    if by_words.ack:
        assert _said(by_click.blocks) == _said(by_words.blocks)
    else:
        assert _said(by_click.view) == _said(by_words.view)
    assert _items(stage.board(OTHER)) == _items(stage.board())


@pytest.mark.parametrize("verb", BY_WORD)
async def test_a_suffix_tells_buttons_apart_and_nothing_else(stage: Stage, verb: str) -> None:
    plain = await stage.clicks(f"do:{verb}", "999")
    suffixed = await stage.clicks(f"do:{verb}:2", "999")
    own = {"trigger": ""}  # each click has another
    assert str(suffixed.calls[-1].given | own) == str(plain.calls[-1].given | own)


async def test_the_answer_takes_the_place_of_what_only_they_saw(stage: Stage) -> None:
    on_theirs = await stage.clicks("do:show", "1", own=True)
    on_the_channels = await stage.clicks("do:show", "1", own=False)
    assert [
        call.given["replace"] for call in (*on_theirs.calls, *on_the_channels.calls) if call.method == "answer"
    ] == [
        True,
        False,
    ]


async def test_a_click_within_a_dialog_answers_in_that_dialog(stage: Stage) -> None:
    notice = words.notice("C1", words.line("…"))
    told = await stage.clicks("do:show", "1", within=notice)
    assert [call.method for call in told.calls] == ["person", "change"]
    assert "#1 Payments" in told.words
    opened = await stage.clicks("do:finish", "1", within=notice)
    assert [call.method for call in opened.calls] == ["change"]  # a notice gives way: Slack stacks three dialogs
    form = (await stage.types("dod 1")).view
    over = await stage.clicks("do:waive", "1 1", within=form)
    assert [call.method for call in over.calls] == ["push"]


async def test_a_click_belongs_to_who_clicked(stage: Stage) -> None:
    await stage.types("park waiting")
    await stage.clicks("do:start", "2", who=BOB)
    assert stage.board().item(2).owner == BOB


@pytest.mark.parametrize("action", ["tick-me", "met0", "undo:1", "do", ""])
async def test_what_nobody_waits_for_is_acknowledged_in_silence(stage: Stage, action: str) -> None:
    answer = await stage.clicks(action or "x")
    assert (answer.ack, answer.calls) == ({}, [])


async def test_a_button_of_another_time_is_answered(stage: Stage) -> None:
    answer = await stage.clicks("do:teleport", "1")
    assert "There is no `/board teleport`." in answer.words


LOOKS = ("board", "show", "facts", "help", "nudge")  # nothing of the board is changed by these


@pytest.mark.parametrize("typed", [row[0] for row in REFUSED] + ["park waiting", "start 3"])
async def test_the_ways_on_of_a_refusal_are_commands_that_are_understood(stage: Stage, typed: str) -> None:
    """Every button leads somewhere: its command exists, its value is read, and the move is not refused as well."""
    refusal = await stage.types(typed)
    offered = refusal.buttons.values()
    assert len({button["action_id"] for button in offered}) == len(offered)
    before = stage.board()
    is_taken = typed == "start 2 now"  # what it offers is the same without the word that is too much
    for button in offered:
        verb = button["action_id"].split(":")[1]
        assert find(verb) is not None
        answer = await stage.presses(button)
        opened = [call for call in answer.calls if call.method == "open"]
        is_led_on = opened or stage.board() != before or verb in LOOKS or is_taken
        assert is_led_on, f"{button['text']['text']} led nowhere: {answer.words}"


async def test_what_can_be_typed_about_an_item_can_be_clicked(stage: Stage) -> None:
    card = await stage.chooses(await stage.types(""), "Show #1")
    assert "*#1 Payments*" in card.words
    assert (await stage.chooses(card, "What happened")).words.startswith("*What happened to #1*")
    assert (await stage.chooses(card, "Change the owner…")).view["callback_id"] == "do:assign"
    await stage.chooses(await stage.types("show 3"), "Move up")
    assert [item.number for item in stage.board().next] == [3, 2]
    assert "*The gate for #3" in (await stage.chooses(await stage.types("show 3"), "Ask the gate")).words
    assert "opens the form" in (await stage.chooses(await stage.types(""), "What can be typed")).words


def _said(shown: object) -> str:
    return json.dumps(shown, sort_keys=True).replace(OTHER, "C1")


def _items(board: Board) -> dict[int, Item]:
    return {item.number: item for item in board.items}
