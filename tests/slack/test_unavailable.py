"""A database that fails within a request: what is said of the change is so, however it was asked."""

from typing import Any

import pytest

from bot.core.board.model import Lane
from bot.errors import Unavailable, Unclear
from bot.services.board import moves
from bot.store.database import UNCLEAR
from bot.store.faults import State, illness
from tests.illness import Illness
from tests.slack.stage import Stage, copyable

GONE = illness(State.GONE, "server closed the connection")


def failing(monkeypatch: pytest.MonkeyPatch, error: Unavailable, *, is_done: bool) -> None:
    """Let parking fail, before or after it was done."""
    park = moves.park

    def fail(*args: Any, **kwargs: Any) -> None:
        if is_done:
            park(*args, **kwargs)
        raise error

    monkeypatch.setattr(moves, "park", fail)


async def test_what_was_not_done_is_said_to_have_changed_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, GONE, is_done=False)
    answer = await stage.types("park waiting")
    assert "it is out of reach. Nothing was changed" in answer.words
    assert "server closed" not in answer.words
    assert stage.board().item(1).lane is Lane.WIP


async def test_what_was_done_before_the_database_went_is_not_said_to_have_changed_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, GONE, is_done=True)
    answer = await stage.types("park waiting")
    assert (
        answer.words == "The database does not answer me just now. What you asked for is done, and `/board` shows it."
    )
    assert stage.board().item(1).lane is Lane.BLOCKED


async def test_what_nobody_knows_is_said_with_a_way_to_see(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, Unclear(UNCLEAR, state=State.GONE), is_done=True)
    answer = await stage.types("park waiting")
    assert "it can't be asked yet whether that was done" in answer.words
    assert "`/board log` shows the newest changes" in answer.words
    assert "Nothing was changed" not in answer.words


async def test_a_dialog_that_could_not_be_kept_gives_back_what_was_written(stage: Stage, illness: Illness) -> None:
    dialog = (await stage.types("add")).view
    illness.is_read_only = True
    answer = await stage.sends(dialog, title="A title of some length")
    assert "it is read-only. Nothing was changed." in answer.words
    assert copyable(answer.view) == ["A title of some length"]
