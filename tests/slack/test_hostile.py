"""Sixty hostile texts through every view: no mrkdwn holds a word of theirs, and rich text has them letter by letter."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from bot.core.people import Person
from bot.sandbox.rules import check
from tests.slack.board.test_surface_views import surfaces
from tests.slack.exhibits import Exhibit, exhibits
from tests.slack.hostile import HOSTILE, MARKER
from tests.slack.stage import Json, Stage, rows, texts

TYPED = (
    "show {}", "start {}", "log {}", "gate {}", "dod {}", "copy {}", "queue {}", "move 2 {}", "assign 2 {}",
    "tick 1 {}", "waive 1 1 {}", "evidence 1 2 {}", "status #1 {}", "block 1 {}", "reopen 6 {}", "show 1", "log",
    "undo", "facts {}", "facts add {}", "facts rm {}", "facts pause {}", "export {}", "take {}", "retry 6 {}",
    "doctor {}", "{}", "help {}", "digest {}", "digest zone {}",
)  # fmt: skip
MASKED = {"drift"}  # shows lines without secrets and without what nobody sees


def test_they_are_sixty_and_each_can_be_told() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) == 60
    assert all(MARKER in text for text in HOSTILE)


@pytest.fixture(scope="module", params=HOSTILE)
def shown(request: pytest.FixtureRequest) -> tuple[str, tuple[Exhibit, ...]]:
    """A hostile text, and every view of a board on which it is all that anybody wrote."""
    views = (*exhibits(request.param, 7), *surfaces(request.param, 7, 2))
    return request.param, views


def test_no_mrkdwn_holds_a_word_of_theirs(shown: tuple[str, tuple[Exhibit, ...]]) -> None:
    _, views = shown
    held = [(view.name, text) for view in views for text in texts(view.payload) if _is_parsed(text)]
    assert [(name, text) for name, text in held if MARKER in text["text"]] == []


def _is_parsed(text: Json) -> bool:
    return bool(text["type"] == "mrkdwn")


def test_slack_takes_each_view(shown: tuple[str, tuple[Exhibit, ...]]) -> None:
    _, views = shown
    assert {view.name: wrong for view in views if (wrong := check(view.surface, view.payload))} == {}


def test_rich_text_has_their_words_letter_by_letter_and_makes_nothing_of_them(
    shown: tuple[str, tuple[Exhibit, ...]],
) -> None:
    written, views = shown
    lines = {
        written,
        *written.splitlines(),
        " ".join(written.split()),
        written.rpartition("/")[2],
    }  # of a file, its own
    for view in views:
        for element in _inline(view.payload if view.name not in MASKED else ()):
            if MARKER in str(element):
                assert element["type"] in ("text", "link"), (view.name, element)
                assert _holds(element, lines), (view.name, element)
            elif element["type"] != "text":
                assert "evil" not in str(element), (view.name, element)


def _inline(payload: Any) -> Iterator[Json]:
    return chain.from_iterable(rows(payload))


def _holds(element: Json, lines: set[str]) -> bool:
    """Whether an element has a line of theirs as it was written: as text, or as the address of a link of an item."""
    if element["type"] == "link":
        return bool(element["url"].startswith("https://"))
    return any(line in element["text"] for line in lines if MARKER in line)


async def test_no_answer_to_what_is_typed_has_it_in_mrkdwn(stage: Stage) -> None:
    mallory = Person("U9", f"{MARKER} *x*")
    stage.slack.people[mallory.id] = mallory
    for written in HOSTILE[::6]:
        for typed in TYPED:
            answer = await stage.types(typed.format(written), mallory)
            shown = [answer.ack, *(call.given for call in answer.calls)]
            held = [text for text in texts(shown) if text["type"] == "mrkdwn" and MARKER in text["text"]]
            assert held == [], (typed, written)
