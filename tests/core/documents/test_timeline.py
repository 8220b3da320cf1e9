"""Dates that versions of a document tell, and those they don't."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.board.model import HISTORY, Board, Criterion, Item, Lane, Outcome
from bot.core.documents.timeline import Version, backfill, timeline

DAY = datetime(2026, 1, 1, 9, tzinfo=UTC)


def board(**lanes: Lane) -> Board:
    return Board(tuple(Item(k, title, DAY, lane) for k, (title, lane) in enumerate(lanes.items(), 1)))


def versions(*boards: Board) -> list[Version]:
    return [Version(DAY + timedelta(days=k), each) for k, each in enumerate(boards)]


def test_started_when_first_in_wip_and_finished_when_first_done() -> None:
    told = timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.WIP), board(a=Lane.DONE))).dates
    assert (told["a"].started, told["a"].finished, told["a"].why) == (
        DAY + timedelta(days=1), DAY + timedelta(days=3), "",
    )  # fmt: skip


def test_what_the_first_version_has_is_older_than_it() -> None:
    told = timeline(versions(board(a=Lane.WIP, b=Lane.DONE), board(a=Lane.DONE, b=Lane.DONE))).dates
    assert (told["a"].started, told["a"].finished) == (None, DAY + timedelta(days=1))
    assert told["a"].why == "no version tells when it was started"
    assert told["b"].why == "no version tells when it was started or finished"


def test_one_that_appears_as_done_was_finished_then() -> None:
    told = timeline(versions(board(x=Lane.NEXT), board(x=Lane.NEXT, a=Lane.DONE))).dates
    assert (told["a"].started, told["a"].finished) == (None, DAY + timedelta(days=1))


def test_one_that_was_reopened_was_finished_the_last_time() -> None:
    told = timeline(versions(board(a=Lane.WIP), board(a=Lane.DONE), board(a=Lane.WIP), board(a=Lane.DONE))).dates
    assert told["a"].finished == DAY + timedelta(days=3)


def test_a_day_in_the_document_goes_first() -> None:
    at = DAY - timedelta(days=9)
    done = Board((Item(1, "a", DAY, Lane.DONE, started=at, finished=at),))
    assert timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), done)).dates["a"].finished == at


def test_of_a_title_that_stands_twice_nothing_is_told() -> None:
    twice = Board((Item(1, "a", DAY, Lane.WIP), Item(2, "a", DAY, Lane.DONE)))
    assert timeline(versions(board(a=Lane.NEXT), twice)).dates["a"].why == "the title stands twice"


def test_dates_that_are_there_stay_and_what_stays_open_is_listed() -> None:
    told = timeline(versions(board(a=Lane.NEXT, c=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.DONE))).dates
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
    told = timeline(versions(board(a=Lane.NEXT), board(a=Lane.WIP), board(a=Lane.DONE))).dates
    mine = Board((Item(1, "a", DAY, Lane.DONE, finished=DAY - timedelta(days=30)),))
    filled = backfill(mine, told)
    assert filled.filled == ()
    assert filled.open == ((1, "its dates contradict each other"),)


# Items that came and went


def named(lanes: Mapping[str, Lane]) -> Board:
    """A board of items with whole titles."""
    return Board(tuple(Item(k, title, DAY, lane) for k, (title, lane) in enumerate(lanes.items(), 1)))


def days(*numbers: int | None) -> tuple[datetime | None, ...]:
    return tuple(None if number is None else DAY + timedelta(days=number) for number in numbers)


OVER = {"Something else": Lane.NEXT}  # a version without the item


def test_what_the_newest_version_has_no_more_is_done_or_dropped() -> None:
    done = Item(1, "Pay by card", DAY, Lane.DONE, dod=(Criterion("200"),), outcome=Outcome.CLOSED, position=7)
    seen = versions(
        named({"Pay by card": Lane.WIP, "Old idea": Lane.LATER}),
        Board((done, Item(2, "Old idea", DAY, Lane.NEXT))),
        named(OVER),
        named(OVER),
    )
    card, idea = timeline(seen).gone
    assert (card.title, card.lane, card.dod, card.outcome, card.source) == (
        "Pay by card", Lane.DONE, done.dod, Outcome.CLOSED, HISTORY,
    )  # fmt: skip
    assert (card.finished, card.position) == (DAY + timedelta(days=1), 0)
    assert (idea.lane, idea.result) == (Lane.DROPPED, "Gone from the document; it stood in NEXT")
    assert idea.finished == DAY + timedelta(days=2)  # of the first version without it


def test_what_was_done_before_the_first_version_was_done_by_then() -> None:
    (done,) = timeline(versions(named({"Pay by card": Lane.DONE}), named(OVER))).gone
    assert done.finished == DAY


def test_what_comes_back_is_not_gone() -> None:
    seen = versions(named({"Pay by card": Lane.NEXT}), named(OVER), named({"Pay by card": Lane.WIP}))
    told = timeline(seen)
    assert [item.title for item in told.gone] == ["Something else"]
    assert told.dates["Pay by card"].started == DAY + timedelta(days=2)


AUDIT = "Producer permissions audit"
RENAMED = [  # titles of one item in NEXT, WIP and DONE, as teams write them
    ("TEST-01 — Enable tests (to do)", "TEST-01: Enable tests", "TEST-01 (P1): 8 tests enabled"),
    ("Pass 52 — Card payments", "Pass 52 (Card payments by Stripe)", "Pass 52"),
    ("Backend API Stability Check", "Pass 23 (Backend API Stability Check)", "Pass 23 — Backend is stable"),
    (f"{AUDIT} (Stage 2)", f"{AUDIT}: stage 2", f"{AUDIT.upper()} STAGE 2"),
]  # fmt: skip


@pytest.mark.parametrize("titles", RENAMED)
def test_an_item_that_changes_its_title_on_the_way_is_one(titles: tuple[str, str, str]) -> None:
    lanes = (Lane.NEXT, Lane.WIP, Lane.DONE)
    told = timeline(versions(*(named({title: lane}) for title, lane in zip(titles, lanes, strict=True))))
    assert told.gone == ()
    assert {(dates.started, dates.finished) for dates in told.dates.values()} == {days(1, 2)}
    assert told.dates.keys() == set(titles)


DIFFERENT = [  # boards one after the other, whose second has another item than the first
    ({"Pass 3 (Permissions audit)": Lane.DONE}, {"Pass 14 (Permissions audit)": Lane.NEXT}),
    ({"CI-01-1: QA": Lane.NEXT}, {"CI-01-2: QA": Lane.NEXT}),
    ({"Tests": Lane.NEXT}, {"tests!": Lane.NEXT}),
    ({"Stage 3 Producer audit": Lane.NEXT}, {"Stage 3 Orders audit": Lane.NEXT}),
    ({"CI-01: a": Lane.NEXT, "CI-01: b": Lane.NEXT}, {"CI-01: c": Lane.WIP}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), DIFFERENT)
def test_what_might_be_two_items_is_two(before: Mapping[str, Lane], after: Mapping[str, Lane]) -> None:
    told = timeline(versions(named(before), named(after)))
    assert {item.title for item in told.gone} == set(before)
