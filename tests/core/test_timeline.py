"""Dates that versions of a document tell, and those they don't."""

from datetime import UTC, datetime, timedelta

from bot.core.board.model import Board, Item, Lane
from bot.core.documents.timeline import Version, backfill, timeline

DAY = datetime(2026, 1, 1, 9, tzinfo=UTC)


def board(**lanes: Lane) -> Board:
    return Board(tuple(Item(k, title, DAY, lane) for k, (title, lane) in enumerate(lanes.items(), 1)))


def versions(*boards: Board) -> list[Version]:
    return [Version(DAY + timedelta(days=k), each) for k, each in enumerate(boards)]


def test_started_when_first_in_wip_and_finished_when_first_done() -> None:
    told = timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.WIP), board(a=Lane.DONE)))
    assert (told["a"].started, told["a"].finished, told["a"].why) == (
        DAY + timedelta(days=1), DAY + timedelta(days=3), "",
    )  # fmt: skip


def test_what_the_first_version_has_is_older_than_it() -> None:
    told = timeline(versions(board(a=Lane.WIP, b=Lane.DONE), board(a=Lane.DONE, b=Lane.DONE)))
    assert (told["a"].started, told["a"].finished) == (None, DAY + timedelta(days=1))
    assert told["a"].why == "no version tells when it was started"
    assert told["b"].why == "no version tells when it was started or finished"


def test_one_that_appears_as_done_was_finished_then() -> None:
    told = timeline(versions(board(x=Lane.NEXT), board(x=Lane.NEXT, a=Lane.DONE)))
    assert (told["a"].started, told["a"].finished) == (None, DAY + timedelta(days=1))


def test_one_that_was_reopened_was_finished_the_last_time() -> None:
    told = timeline(versions(board(a=Lane.WIP), board(a=Lane.DONE), board(a=Lane.WIP), board(a=Lane.DONE)))
    assert told["a"].finished == DAY + timedelta(days=3)


def test_a_day_in_the_document_goes_first() -> None:
    at = DAY - timedelta(days=9)
    done = Board((Item(1, "a", DAY, Lane.DONE, started=at, finished=at),))
    assert timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), done))["a"].finished == at


def test_of_a_title_that_stands_twice_nothing_is_told() -> None:
    twice = Board((Item(1, "a", DAY, Lane.WIP), Item(2, "a", DAY, Lane.DONE)))
    assert timeline(versions(board(a=Lane.NEXT), twice))["a"].why == "the title stands twice"


def test_dates_that_are_there_stay_and_what_stays_open_is_listed() -> None:
    told = timeline(versions(board(a=Lane.NEXT, c=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.DONE)))
    mine = Board(
        (
            Item(1, "a", DAY, Lane.DONE, finished=DAY + timedelta(days=5)),
            Item(2, "b", DAY, Lane.DONE),
            Item(3, "c", DAY, Lane.NEXT),
        )
    )
    filled = backfill(mine, told)
    assert filled.filled == (1,)
    first = filled.board.item(1)
    assert (first.started, first.finished) == (DAY + timedelta(days=1), DAY + timedelta(days=5))
    assert filled.open == ((2, "no version has it"),)
    assert filled.board.item(3) == mine.item(3)


def test_nothing_ends_before_it_begins() -> None:
    told = timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.DONE)))
    mine = Board((Item(1, "a", DAY, Lane.DONE, finished=DAY - timedelta(days=30)),))
    filled = backfill(mine, told)
    assert filled.filled == ()
    assert filled.open == ((1, "its dates contradict each other"),)
