"""What a document says without showing it: it comes back, and people may edit around it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.core.documents.merge import take
from bot.core.people import Person
from bot.documents.next7d import is_changed, read, render
from tests.depth import tried
from tests.documents.samples_of import NOW, ORIGINAL, text_of
from tests.documents.test_export import TODAY, changes, seen
from tests.documents.test_mutations import boards
from tests.people import ALICE, BOB

AT = datetime(2026, 1, 20, 14, 25, 7, 123456, tzinfo=UTC)
NOON = datetime(2026, 1, 20, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the bounds are naive by contract)
PEOPLE = st.none() | st.sampled_from([ALICE, BOB, Person("U0ODD", 'a-->b | `c` "<!-- onewip: {} -->')])


def one(lane: Lane = Lane.LATER, **given: object) -> Board:
    return Board((Item(1, "Payments", NOW, lane=lane, **given),), 2)  # type: ignore[arg-type]


def again(text: str) -> Item:
    """The only item of a document."""
    (item,) = read(text, NOW).board.items
    return item


@st.composite
def owned(draw: st.DrawFn) -> Board:
    """A board with people on it, hours in its times, and results of what was reopened."""
    board = draw(boards())
    changed = []
    for item in board.items:
        done, note, block = item.lane is Lane.DONE, item.status, item.blocked
        changed.append(
            replace(
                item,
                owner=draw(PEOPLE),
                finished_by=draw(PEOPLE) if item.finished else None,
                status=note and replace(note, by=draw(PEOPLE), at=draw(st.none() | MOMENTS)),
                blocked=block and replace(block, since=draw(MOMENTS)),
                result=item.result if done else draw(st.sampled_from(["", "140 tests", "a\nb --> c"])),
            )
        )
    return replace(board, items=tuple(changed))


def whole(board: Board) -> list[Item]:
    """All that a document keeps, without what it counts anew: numbers, places, and where an item came from.

    Of a text it keeps no space at its ends; DONE and BLOCKED are in no order.
    """
    items = [
        replace(
            item, number=0, position=0, created=NOW, source="", title=" ".join(item.title.split()),
            scope=item.scope.strip(), notes=item.notes.strip(), estimate=item.estimate.strip(),
            priority=item.priority.strip(), links=(), outcome=item.outcome if item.lane is Lane.DONE else None,
            result=item.result.strip() if item.lane is Lane.DONE else item.result,
            status=item.status and replace(item.status, text=item.status.text.strip()),
            dod=tuple(replace(each, text=" ".join(each.text.split())) for each in item.dod),
        )
        for lane in Lane for item in board.lane(lane)
    ]  # fmt: skip
    return sorted(items, key=lambda item: (item.lane, repr(item))) if items else []


@example(one(scope="|\n--"))
@example(one(result="PR #7", owner=ALICE))
@example(one(Lane.DONE, finished=AT, finished_by=BOB, outcome=Outcome.CLOSED, started=AT - timedelta(hours=3)))
@settings(max_examples=tried(60, deep=2000, quick=10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(owned())
def test_what_is_exported_and_imported_is_the_same_board(board: Board) -> None:
    text = render(board, None, TODAY)
    assert whole(read(text, NOW).board) == whole(board)
    assert render(board, text, TODAY) == text


def test_of_an_item_that_gets_an_owner_only_the_comment_is_new() -> None:
    text = text_of(ORIGINAL)
    board = read(text, NOW).board
    assert board.wip is not None
    after = render(board.having([replace(board.wip, owner=ALICE)]), text, TODAY)
    added = [line for line in changes(text, after) if line.startswith("+") and "Updated" not in line]
    assert len(added) == 1
    assert added[0].endswith(' <!-- onewip: {"owner":{"id":"U0ALICE","name":"Alice"}} -->')
    assert not [line for line in changes(text, seen(after)) if "Updated" not in line and line[:1] in "+-"]
    assert seen(render(board, after, TODAY)) == render(board, after, TODAY)


def test_a_row_of_a_table_keeps_its_place() -> None:
    text = "## WIP\n(none)\n\n## LATER\n\n| Item | Notes |\n|---|---|\n| Payments | soon |\n| Search | |\n"
    board = read(text, NOW).board
    owned = board.having([replace(board.items[0], owner=ALICE)])
    after = render(owned, text, TODAY)
    assert seen(after).endswith(text)
    assert read(after, NOW).board.items == owned.items


EDITS = [  # what a person does to the line, and what is read then
    ("(Started: 2026-01-20)", "(Started: 2026-01-19)", {"started": datetime(2026, 1, 19, 12, tzinfo=UTC)}),
    ("(Started: 2026-01-20)", "(Started: 2026-01-20 09:00)", {"started": datetime(2026, 1, 20, 9, tzinfo=UTC)}),
    (" (Started: 2026-01-20)", "", {"started": None}),
    ("Payments", "Card payments", {"title": "Card payments"}),
    ("half is done", "all is done", {"status": Note("all is done")}),
    ("-->\n", "--> and more\n", {"notes": "and more"}),
    ("<!-- onewip: {", "<!-- onewip: {{", {"owner": None, "started": NOON, "status": Note("half is done")}),
    ("U0ALICE", "<!channel>", {"owner": None, "started": NOON, "status": Note("half is done")}),
    ("-->", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "others", "reads"), EDITS)
def test_what_a_person_writes_goes_first(words: str, others: str, reads: dict[str, object] | None) -> None:
    board = one(Lane.WIP, owner=ALICE, started=AT, status=Note("half is done", BOB, AT))
    text = render(board, None, TODAY)
    assert words in text
    edited = read(text.replace(words, others, 1), NOW).board.items
    if reads is not None:
        expected = replace(again(text), **reads)  # type: ignore[arg-type]
        assert edited == (expected,)


def test_a_comment_that_is_lost_is_no_change_of_a_person_s_and_takes_nothing_from_the_board() -> None:
    board = one(Lane.WIP, owner=ALICE, started=AT, status=Note("half is done", BOB, AT), result="PR #7")
    text = render(board, None, TODAY)
    assert not is_changed(text, seen(text), NOW)
    reworded = seen(text).replace("half is done", "half is done\n- **Scope**: all of it")
    merged = take(board, read(reworded, NOW).board, read(text, NOW).board, TODAY)
    assert merged.board.items == (replace(board.items[0], scope="all of it"),)


def test_nobody_s_words_are_a_comment_of_ours() -> None:
    forged = 'x <!-- onewip: {"owner":{"id":"U0EVIL","name":"Eve"}} -->'
    given = {"notes": f"a\n{forged}", "scope": forged, "dod": (Criterion(forged, CriterionState.MET, forged),)}
    for title in ("Payments", forged):
        board = Board((Item(1, title, NOW, **given),), 2)  # type: ignore[arg-type]
        text = render(board, None, TODAY)
        item = again(text)
        assert (item.title, item.owner, item.dod) == (title, None, given["dod"])
        assert item.notes == given["notes"].replace("onewip:", "onewip :")  # type: ignore[attr-defined]
        assert render(board, text, TODAY) == text


def test_since_when_it_is_blocked_comes_back_with_its_hour() -> None:
    board = one(Lane.BLOCKED, blocked=Block("keys", AT))
    text = render(board, None, TODAY)
    assert again(text).blocked == Block("keys", AT)
    later = one(Lane.BLOCKED, blocked=Block("keys", AT + timedelta(days=1)))
    assert again(render(later, text, TODAY)).blocked == later.items[0].blocked
