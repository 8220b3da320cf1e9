"""Typed, clicked and sent become one Request."""

import pytest

from bot.slack.request import Request, Via, from_button, from_command, from_dialog
from tests.fakes import MONDAY
from tests.people import ALICE

TYPED = [
    ("", "board", ""),
    ("   ", "board", ""),
    ("START 12", "start", "12"),
    ("  park   12   the  keys ", "park", "12 the keys"),
    ("status “all’s well”", "status", '"all\'s well"'),
    ("add\tA title", "add", "A title"),
    ("status two\nlines", "status", "two lines"),
    ("status\u00a0x", "status", "x"),  # a space that a phone put there
    ("Status Ελληνικά", "status", "Ελληνικά"),
]

NUMBERS = [
    ("12", 12, ""),
    ("#12", 12, ""),
    ("12 the rest", 12, "the rest"),
    ("", None, ""),
    ("twelve", None, "twelve"),
    ("-1", None, "-1"),
    ("1.5", None, "1.5"),
    ("²", None, "²"),
    ("##1", None, "##1"),
    ("12345678901234567890", None, "12345678901234567890"),
]


@pytest.mark.parametrize(("text", "verb", "words"), TYPED)
def test_the_first_word_is_the_verb(text: str, verb: str, words: str) -> None:
    request = from_command({"text": text, "channel_id": "C1"}, ALICE, MONDAY)
    assert (request.verb, request.words, request.via) == (verb, words, Via.COMMAND)


@pytest.mark.parametrize(("words", "number", "rest"), NUMBERS)
def test_a_number_in_front(words: str, number: int | None, rest: str) -> None:
    assert Request("start", words, "C1", ALICE, MONDAY, Via.COMMAND).number() == (number, rest)


def test_a_click_says_where_it_was_made() -> None:
    action = {"action_id": "do:start:2", "value": "12"}
    on_message = {"actions": [action], "channel": {"id": "C1"}, "container": {"is_ephemeral": True}}
    request = from_button(on_message, ALICE, MONDAY)
    assert (request.verb, request.words, request.channel, request.from_own) == ("start", "12", "C1", True)
    in_dialog = {"actions": [action], "view": {"id": "V1", "private_metadata": '{"channel": "C2"}'}}
    request = from_button(in_dialog, ALICE, MONDAY)
    assert (request.channel, request.view_id, request.from_own) == ("C2", "V1", False)


def test_a_dialog_gives_its_fields_and_what_it_kept() -> None:
    values = {
        "title": {"value": {"type": "plain_text_input", "value": None}},
        "met0": {"value": {"type": "checkboxes", "selected_options": [{"value": "1"}, {"value": "3"}]}},
        "outcome": {"value": {"type": "radio_buttons", "selected_option": {"value": "stable"}}},
        "none": {"value": {"type": "radio_buttons", "selected_option": None}},
        "bare": {},
    }
    view = {
        "id": "V1",
        "callback_id": "do:finish:confirm",
        "private_metadata": '{"channel": "C1", "item": 12, "then": 13}',
        "state": {"values": values},
    }
    request = from_dialog({"view": view}, ALICE, MONDAY)
    assert (request.verb, request.step, request.words, request.channel) == ("finish", "confirm", "12", "C1")
    assert request.fields == {"title": "", "met0": ["1", "3"], "outcome": "stable", "none": None, "bare": ""}
    assert request.metadata["then"] == 13
    assert request.is_sent
