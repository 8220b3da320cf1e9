"""What differs between two boards, and an item put back from it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.core.board.undo import difference, restored
from bot.core.people import Person
from tests.core.boards import NOW, board, changed
from tests.people import BOB

HERE = board(wip=[1], next=[2, 3])
SINCE = "2026-03-02T09:00:00+00:00"

DIFFERENCES = [
    (HERE, HERE, {}, {}),
    (HERE, changed(HERE, 2, title="Τίτλος 🚀"), {"2": {"title": "Item 2"}}, {"2": {"title": "Τίτλος 🚀"}}),
    (
        HERE,
        changed(changed(HERE, 2, position=2), 3, position=1),
        {"2": {"position": 1}, "3": {"position": 2}},
        {"2": {"position": 2}, "3": {"position": 1}},
    ),
    (
        HERE,
        changed(HERE, 2, blocked=Block("no keys", NOW), links=("a", "b"), status=Note("hm", BOB, NOW)),
        {"2": {"blocked": None, "links": [], "status": None}},
        {
            "2": {
                "blocked": {"reason": "no keys", "since": SINCE, "back_on": None},
                "links": ["a", "b"],
                "status": {"text": "hm", "by": {"id": "U0BOB", "name": "Bob"}, "at": SINCE},
            }
        },
    ),
]


@pytest.mark.parametrize(("before", "after", "was", "became"), DIFFERENCES)
def test_a_difference_names_the_fields_that_changed(
    before: Board, after: Board, was: dict[str, Any], became: dict[str, Any]
) -> None:
    assert difference(before, after) == (was, became)
    assert difference(after, before) == (became, was)


def test_a_new_item_was_nothing_before() -> None:
    was, became = difference(Board(), board(next=[1]))
    assert was == {"1": None}
    assert became["1"]["title"] == "Item 1"
    assert became["1"]["lane"] == "next"
    assert became["1"]["dod"][0]["state"] == "met"
    assert became["1"]["owner"] is None
    assert difference(board(next=[1]), Board()) == (became, was)


TEXTS = st.text(max_size=5)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PEOPLE = st.builds(Person, TEXTS, TEXTS)
CRITERIA = st.builds(
    Criterion, TEXTS, st.sampled_from(CriterionState), TEXTS, st.none() | PEOPLE, st.none() | MOMENTS, st.booleans()
)
ITEMS = st.builds(
    Item,
    number=st.just(1),
    title=TEXTS,
    created=MOMENTS,
    lane=st.sampled_from(Lane),
    position=st.integers(-9, 9),
    scope=TEXTS,
    dod=st.lists(CRITERIA, max_size=2).map(tuple),
    owner=st.none() | PEOPLE,
    estimate=TEXTS,
    priority=TEXTS,
    status=st.none() | st.builds(Note, TEXTS, st.none() | PEOPLE, st.none() | MOMENTS),
    links=st.lists(TEXTS, max_size=2).map(tuple),
    started=st.none() | MOMENTS,
    finished=st.none() | MOMENTS,
    finished_by=st.none() | PEOPLE,
    result=TEXTS,
    outcome=st.none() | st.sampled_from(Outcome),
    blocked=st.none() | st.builds(Block, TEXTS, MOMENTS, st.none() | st.dates()),
    notes=TEXTS,
    source=TEXTS,
)


@given(ITEMS, ITEMS)
def test_any_item_is_put_back_as_it_was_from_what_the_database_keeps(before: Item, after: Item) -> None:
    was, became = json.loads(json.dumps(difference(Board((before,)), Board((after,)))))
    assert restored(after, was.get("1", {})) == before
    assert restored(before, became.get("1", {})) == after


@given(ITEMS)
def test_a_new_item_is_told_whole(item: Item) -> None:
    _, became = json.loads(json.dumps(difference(Board(), Board((item,)))))
    assert restored(Item(1, "", NOW), became["1"]) == item


def test_an_older_snapshot_says_nothing_of_who_judges() -> None:
    was = {"dod": [{"text": "a", "state": "open", "evidence": "", "by": None, "at": None}]}
    assert restored(board(next=[1]).item(1), was) == replace(board(next=[1]).item(1), dod=(Criterion("a"),))
