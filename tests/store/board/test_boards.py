"""A board in rows: what is saved is what is loaded, and nothing else is touched."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.core.board import moves
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome, Slots
from bot.core.digest.schedule import Coming, Plan
from bot.core.people import Person
from bot.store import tables
from bot.store.board import boards, people
from bot.store.database import Database
from bot.store.digest import digests
from tests.core.boards import board, changed, item, numbers, shape
from tests.people import ALICE, BOB, CAROL
from tests.store.stage import CHANNEL, NOW, keep, kept

TEXTS = [
    "Checkout με Stripe",
    "תשלומים לפני הכול",
    "🚀👩‍👩‍👧‍👦 e\u0301 \u202eright to left\u202c",
    "<!channel> &amp; & <script>'\"; DROP TABLE item; --",
    "line one\nline two\r\n\ttabbed \\ %s {0} :name",
]
ATHENS = timezone(timedelta(hours=2))


def everything(text: str) -> Item:
    """An item with every field filled, each with that text where it is text."""
    return Item(
        number=1,
        title=text,
        created=NOW - timedelta(days=9),
        lane=Lane.BLOCKED,
        scope=text,
        dod=(
            Criterion(text),
            Criterion(text, CriterionState.MET, evidence=text, by=ALICE, at=NOW, judged=True),
            Criterion(text, CriterionState.WAIVED, evidence=text, by=Person("U0EMOJI", text), at=NOW),
        ),
        owner=BOB,
        estimate=text,
        priority=text,
        status=Note(text, CAROL, NOW.replace(microsecond=123456)),
        links=(text, "https://example.org/pull/1"),
        started=NOW - timedelta(days=2),
        finished=NOW,
        finished_by=ALICE,
        result=text,
        outcome=Outcome.STABLE,
        blocked=Block(text, NOW, date(2026, 3, 9)),
        notes=text,
        source=text,
    )


@pytest.mark.parametrize("text", TEXTS)
def test_every_field_comes_back_as_it_went_in(db: Database, text: str) -> None:
    full = everything(text)
    record = keep(db, Board((full,), 2))
    assert record.board.items == (full,)
    assert record.board.next_number == 2


def test_a_bare_item_comes_back_bare(db: Database) -> None:
    bare = Item(1, "Bare", NOW)
    assert keep(db, Board((bare,), 2)).board.items == (bare,)


def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(db: Database) -> None:
    local = datetime(2026, 3, 2, 11, 0, 0, 5, tzinfo=ATHENS)
    created = keep(db, Board((Item(1, "Zoned", local),), 2)).board.item(1).created
    assert created == local
    assert created.tzinfo is UTC
    assert created.hour == 9


def test_a_text_of_fifty_thousand_characters_is_kept_whole(db: Database) -> None:
    long = "ψ" * 50_000
    assert keep(db, Board((Item(1, "Long", NOW, notes=long),), 2)).board.item(1).notes == long


def test_a_channel_without_a_board_is_seen_as_none_and_opened_as_an_empty_one(db: Database) -> None:
    with db.read() as tx:
        assert boards.look(tx, CHANNEL) is None
    with db.begin() as tx:
        opened = boards.open_board(tx, CHANNEL)
    assert (opened.board.items, opened.version, opened.plan) == ((), 0, Plan())
    assert (opened.digest_due, opened.document, opened.updated, opened.owners) == (None, None, None, ())
    assert kept(db) == opened


REORDERED = [
    board(wip=[1], next=[4, 3, 2], later=[5, 6]),
    board(wip=[1], next=[3, 2, 4], later=[5, 6]),
    board(wip=[2], next=[1, 3, 4], later=[5, 6]),
    board(next=[5, 2, 6], later=[1, 4, 3]),
    board(wip=[4], done=[1], next=[2, 3], later=[5, 6]),
    board(blocked=[1, 2, 3], later=[4, 5, 6]),
    board(later=[1, 2, 3, 4, 5, 6]),
    board(wip=[3], next=[1, 2], done=[4], dropped=[5], later=[6]),
    board(dropped=[1, 2, 3, 4, 5, 6]),
]


@pytest.mark.parametrize("after", REORDERED, ids=lambda on: str(shape(on)))
def test_any_board_becomes_any_other_past_the_unique_places(db: Database, after: Board) -> None:
    before = board(wip=[1], next=[2, 3, 4])
    before = before.having([item(5, Lane.LATER, 11), item(6, Lane.LATER, 12)])
    keep(db, before)
    assert set(keep(db, after).board.items) == set(after.items)


def test_the_longest_way_round_through_next_is_kept(db: Database) -> None:
    on = keep(db, board(wip=[1], next=[2, 3, 4], later=[5])).board
    on = moves.start(moves.park(on, 1, NOW, "no keys yet"), 3, ALICE, NOW)
    on = moves.queue(moves.defer(on, 2, NOW), 5, NOW, 1)
    assert numbers(on, Lane.NEXT) == [5, 4]
    assert keep(db, on).board == on


def test_saving_writes_only_what_differs(db: Database) -> None:
    keep(db, board(wip=[1], next=[2], later=[3]))
    with db.begin() as tx:
        first = boards.open_board(tx, CHANNEL)
        boards.save(tx, first, changed(first.board, 3, title="Changed"))
        # Saved again from what was loaded before: #3 does not differ between these two, so it keeps its new title.
        boards.save(tx, first, changed(first.board, 2, title="Also changed"))
    assert [one.title for one in kept(db).board.items] == ["Item 1", "Also changed", "Changed"]


def test_criteria_that_are_fewer_or_in_another_order_leave_no_rest(db: Database) -> None:
    a, b, c = Criterion("a"), Criterion("b"), Criterion("c")
    for dod in ((a, b, c), (c, a), (b,), (), (a, a)):
        assert keep(db, changed(board(next=[1]), 1, dod=dod)).board.item(1).dod == dod


def test_done_items_are_loaded_where_they_are_wanted(db: Database) -> None:
    on = board(wip=[1], done=[2, 3])
    keep(db, changed(changed(on, 2, finished=NOW - timedelta(days=7)), 3, finished=NOW - timedelta(days=8)))
    with db.read() as tx:
        week = boards.look(tx, CHANNEL, done_since=NOW - timedelta(days=7))
    assert week is not None
    assert shape(week.board) == {"wip": [1], "done": [2]}
    assert shape(kept(db).board) == {"wip": [1], "done": [3, 2]}
    with db.begin() as tx:
        assert shape(boards.open_board(tx, CHANNEL).board) == {"wip": [1]}
        assert shape(boards.open_board(tx, CHANNEL, also=[3, 99]).board) == {"wip": [1], "done": [3]}
        assert shape(boards.open_board(tx, CHANNEL, also=None).board) == {"wip": [1], "done": [3, 2]}


def test_a_dropped_item_is_loaded_only_where_all_or_its_number_is_asked_for(db: Database) -> None:
    keep(db, board(wip=[1], dropped=[2, 3]))
    with db.read() as tx:
        week = boards.look(tx, CHANNEL, done_since=NOW - timedelta(days=7))
    assert week is not None
    assert shape(week.board) == {"wip": [1]}
    assert shape(kept(db).board) == {"wip": [1], "dropped": [2, 3]}
    with db.begin() as tx:
        assert shape(boards.open_board(tx, CHANNEL, also=[3]).board) == {"wip": [1], "dropped": [3]}


def test_a_change_counts_and_dates_the_board(db: Database) -> None:
    keep(db, board())
    with db.begin() as tx:
        record = boards.bump(tx, boards.open_board(tx, CHANNEL), NOW)
    assert (record.version, record.updated) == (1, NOW)
    assert kept(db) == record


@pytest.mark.parametrize(
    "plan",
    [
        Plan(time(9, 5), frozenset({0, 2, 6}), "Europe/Athens"),
        Plan(None, frozenset(range(7)), "Asia/Kathmandu"),
        Plan(time(0), frozenset(), "UTC"),
        Plan(time(9), holidays="DE-BY", off=frozenset({date(2026, 12, 24), date(2027, 1, 4)}), weekly=True),
    ],
)
def test_the_digest_s_plan_and_the_document_are_kept(db: Database, plan: Plan) -> None:
    with db.begin() as tx:
        record = boards.set_plan(tx, boards.open_board(tx, CHANNEL), plan)
        record = boards.set_coming(tx, record, Coming(NOW, NOW - timedelta(minutes=30), NOW - timedelta(days=1)))
        record = boards.keep_document(tx, record, "# Next 7D\n", NOW - timedelta(days=1))
    assert kept(db) == record
    assert record.board.zone == ZoneInfo(plan.zone)
    assert record.updated == NOW - timedelta(days=1)
    with db.begin() as tx:
        bare = boards.keep_document(tx, record, None, NOW)
    assert (bare.document, kept(db)) == (None, bare)


def test_owners_are_kept_in_their_order_and_go_by_the_name_they_have_now(db: Database) -> None:
    with db.begin() as tx:
        record = boards.set_owners(tx, boards.open_board(tx, CHANNEL), (BOB, ALICE))
        boards.set_owners(tx, boards.open_board(tx, "C0OTHER"), (CAROL,))
        people.remember(tx, [Person(ALICE.id, "Alicia")])
    assert record.owners == (BOB, ALICE)
    assert kept(db).owners == (BOB, Person(ALICE.id, "Alicia"))


def test_due_digests_are_named_and_nudges_and_what_was_planned_by_a_clock_ahead_of_ours(db: Database) -> None:
    later, ahead = NOW + timedelta(seconds=1), NOW + timedelta(minutes=5)
    due: dict[str, tuple[datetime | None, datetime | None, datetime]] = {
        "C1": (NOW, None, NOW),
        "C2": (later, None, NOW),
        "C3": (None, None, ahead),
        "C4": (later, NOW, NOW),
        "C5": (later, later, NOW),
        "C6": (later, None, ahead + timedelta(seconds=1)),
        "C7": (NOW, NOW, NOW),
    }
    with db.begin() as tx:
        for channel, moments in due.items():
            boards.set_coming(tx, boards.open_board(tx, channel), Coming(*moments))
        assert sorted(digests.due(tx, NOW, ahead)) == ["C1", "C4", "C6", "C7"]
        assert boards.channels(tx) == tuple(due)


def test_people_go_by_the_name_they_have_now(db: Database) -> None:
    keep(db, board(wip=[1]))
    with db.begin() as tx:
        people.remember(tx, [Person(BOB.id, "Robert Ω 🚀")])
        people.remember(tx, [])
        known = people.known(tx)
        assert known[BOB.id] == known.get(BOB.id) == Person(BOB.id, "Robert Ω 🚀")
        assert (known.get(None), known.get("U0NOBODY")) == (None, None)
        with pytest.raises(KeyError):
            known["U0NOBODY"]
    assert kept(db).board.item(1).owner == Person(BOB.id, "Robert Ω 🚀")


def test_a_position_far_out_is_still_a_place(db: Database) -> None:
    on = board(later=[1, 2])
    far = changed(changed(on, 1, position=-2_000_000_000), 2, position=2_000_000_000)
    assert keep(db, far).board.items == far.items


# Slots


def for_each(*owners: Person) -> Board:
    """A board with a slot for each person, on which these have #1, #2 and so on in progress."""
    on = board(wip=[*range(1, len(owners) + 1)], next=[8, 9])
    owned = [replace(on.item(k), owner=owner) for k, owner in enumerate(owners, 1)]
    return replace(on.having(owned), slots=Slots.PERSON)


def slots(db: Database) -> dict[int, str]:
    """Which slot each item in progress holds, as the database has it."""
    of = tables.items.c
    with db.read() as tx:
        return {row.number: row.slot for row in tx.execute(select(of.number, of.slot).where(of.lane == Lane.WIP))}


def test_several_are_in_progress_each_in_the_slot_of_its_owner(db: Database) -> None:
    record = keep(db, for_each(ALICE, BOB))
    assert (record.board.items, record.board.slots) == (for_each(ALICE, BOB).items, Slots.PERSON)
    assert slots(db) == {1: ALICE.id, 2: BOB.id}


def test_a_switch_moves_what_is_in_progress_to_its_other_slot(db: Database) -> None:
    each = for_each(ALICE)
    keep(db, replace(each, slots=Slots.BOARD))
    assert slots(db) == {1: ""}
    assert keep(db, each).board.slots is Slots.PERSON
    assert slots(db) == {1: ALICE.id}
    keep(db, replace(each, slots=Slots.BOARD))
    assert slots(db) == {1: ""}
    with db.read() as tx:
        assert boards.slots_of(tx, CHANNEL) is Slots.BOARD
        assert boards.slots_of(tx, "C0NOWHERE") is Slots.BOARD


def test_owners_can_change_their_items_for_each_other_s_in_one_change(db: Database) -> None:
    keep(db, for_each(ALICE, BOB, CAROL))
    around = for_each(BOB, CAROL, ALICE)
    assert keep(db, around).board.items == around.items
    assert slots(db) == {1: BOB.id, 2: CAROL.id, 3: ALICE.id}


def test_an_item_leaves_its_slot_and_another_enters_it_in_one_change(db: Database) -> None:
    on = keep(db, for_each(ALICE, BOB)).board
    after = moves.start(moves.park(on, 1, NOW, "no keys yet"), 8, ALICE, NOW)
    assert keep(db, after).board == after
    assert slots(db) == {2: BOB.id, 8: ALICE.id}
