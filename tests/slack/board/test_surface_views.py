"""The Home, the introduction, the choice of a board, the trail: Slack takes each, at every size and in every script."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from bot.core.board.edits import Draft
from bot.core.board.history import Event
from bot.core.board.model import Board
from bot.core.people import Person
from bot.sandbox.rules import check
from bot.services.board.home import Glance, Home
from bot.slack.board import app_home, introduction, trail
from bot.slack.client import Profile
from bot.slack.layout import forms
from bot.slack.layout.blocks import board_of
from bot.slack.table import find
from tests.fakes import MONDAY
from tests.people import ALICE
from tests.slack.exhibits import SCRIPTS, SIZES, Exhibit, a_board, a_note, a_run, long
from tests.slack.stage import buttons, texts
from tests.slack.test_views import ENTITY

OURS = re.compile(r"<!date\^\d+\^[^|<>&]*\|[^<>&]*>|<#C\d+>")
every = pytest.mark.parametrize(
    ("script", "size", "boards"),
    [(s, n, b) for s in SCRIPTS for n, b in zip(SIZES, cycle((0, 1, 2, 60)), strict=False)],
)


def surfaces(script: str, size: int, boards: int) -> Iterator[Exhibit]:
    who = Person("U1", long(script, 80))
    board = a_board(script, size)
    glances = tuple(Glance(f"C{k}", board, (who,), is_begun=True) for k in range(boards))
    for run in (a_run(script), None):
        for profile in (Profile(who), Profile(Person("U2", "Other")), Profile(Person("U2", "Other"), is_admin=True)):
            told = Home(profile.person.id, glances, run, MONDAY, has_facts=run is not None)
            yield Exhibit("home", "home", app_home.page(told, profile))
    yield Exhibit("mine", "blocks", app_home.my_items(Home("U1", glances, None, MONDAY)))
    yield Exhibit("choice", "blocks", app_home.choice(told, "Which board?", "Show", "board", ""))
    for is_empty in (True, False):
        yield Exhibit("introduction", "blocks", introduction.introduction(is_empty=is_empty))
    yield Exhibit("add anywhere", "modal", forms.add_anywhere(Draft(long(script, 4000)), "C1"))
    yield Exhibit("add from a message", "modal", forms.add("C1", Board(), Draft("x"), ALICE, ts="1.0", thread_ts="1.0"))
    happened = [Event(k, verb, k, who, MONDAY, a_note(verb, script)) for k, verb in enumerate(("park", "tick", "undo"))]
    yield Exhibit("trail", "blocks", trail.line(happened))
    if size:
        yield Exhibit("answer", "blocks", trail.added(board.items[0]))


@every
def test_slack_takes_each_and_nothing_in_it_is_live(script: str, size: int, boards: int) -> None:
    for exhibit in surfaces(script, size, boards):
        assert check(exhibit.surface, exhibit.payload) == [], exhibit.name
        for text in texts(exhibit.payload):
            if text["type"] == "mrkdwn":
                assert not set("<>&") & set(ENTITY.sub("", OURS.sub("", text["text"]))), (exhibit.name, text)


@every
def test_every_button_is_a_command_and_one_for_a_board_knows_which(script: str, size: int, boards: int) -> None:
    for exhibit in surfaces(script, size, boards):
        payload: Any = exhibit.payload
        for block in payload["blocks"] if isinstance(payload, dict) else payload:
            for button in buttons([block]):
                command = find(button["action_id"].split(":")[1])
                assert command is not None, (exhibit.name, button)
                if exhibit.name in ("home", "mine", "choice"):
                    assert board_of(block.get("block_id", "")) or command.anywhere, (exhibit.name, block)


def test_a_home_of_sixty_boards_says_how_many_more_there_are() -> None:
    [shown, *_] = [exhibit.payload for exhibit in surfaces("latin", 500, 60) if exhibit.name == "home"]
    assert "and 40 more" in str(shown)
