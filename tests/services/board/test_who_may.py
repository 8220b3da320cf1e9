"""Who may: everybody moves items, owners do what is for them, and a change is undone by who made it or an owner."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.board.edits import Draft
from bot.core.board.model import Outcome
from bot.core.digest.schedule import Plan
from bot.core.people import Person
from bot.errors import NotAllowed, NotFound, RuleBroken, UserError
from bot.services.board import history, items, look, moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store.database import Database
from tests.people import ALICE, BOB, CAROL
from tests.services.stage import CHANNEL, NOW, add, ask, begin, everything, story

LATER = NOW + timedelta(minutes=1)
LIMIT = timedelta(minutes=10)


def owners(db: Database) -> tuple[Person, ...]:
    return look.look(db, CHANNEL, NOW).owners


def finished(db: Database, outcome: Outcome) -> None:
    """A board of alice's, #1 done, #2 in NEXT."""
    begin(db, "Payments", "Search")
    moves.finish(db, ask(), 1, outcome=outcome)


FOR_OWNERS: dict[str, tuple[Callable[[Database, Ask], object], str]] = {
    "time": (lambda db, by: schedule.set_time(db, by, NOW.time()), "change its settings"),
    "zone": (lambda db, by: schedule.set_zone(db, by, "Asia/Tokyo"), "change its settings"),
    "days": (lambda db, by: schedule.set_days(db, by, frozenset({1})), "change its settings"),
    "owners": (lambda db, by: schedule.set_all(db, by, Plan(), (CAROL, ALICE)), "change its settings"),
    "waive": (lambda db, by: items.waive(db, by, 2, 1, "no data yet"), "waive a criterion"),
    "reopen": (lambda db, by: moves.reopen(db, by, 1, "https://ci/2 is red"), "reopen what is CLOSED"),
}


@pytest.mark.parametrize("deed", FOR_OWNERS)
def test_what_is_for_owners_is_refused_to_others_and_changes_nothing(db: Database, deed: str) -> None:
    finished(db, Outcome.CLOSED)
    service, what = FOR_OWNERS[deed]
    before = everything(db)
    with pytest.raises(NotAllowed) as caught:
        service(db, ask(BOB, LATER))
    assert str(caught.value) == f"Only owners of this board can {what}: Alice. Ask one of them. Nothing was changed."
    assert everything(db) == before


@pytest.mark.parametrize("by", [ask(ALICE, LATER), ask(BOB, LATER, is_admin=True), ask(None, LATER)])
@pytest.mark.parametrize("deed", FOR_OWNERS)
def test_an_owner_an_admin_and_a_program_may(sqlite: Database, deed: str, by: Ask) -> None:
    finished(sqlite, Outcome.CLOSED)
    told = len(story(sqlite))
    FOR_OWNERS[deed][0](sqlite, by)
    assert len(story(sqlite)) == told + 1


def test_everybody_may_reopen_what_is_stable(db: Database) -> None:
    finished(db, Outcome.STABLE)
    assert moves.reopen(db, ask(CAROL, LATER), 1, "it is slow again").lane == "next"


def test_who_makes_the_first_change_becomes_the_owner(db: Database) -> None:
    add(db, "Payments")
    moves.add(db, ask(BOB), Draft("Search"))
    assert owners(db) == (ALICE,)


def test_a_refusal_makes_nobody_an_owner(db: Database) -> None:
    with pytest.raises(UserError):
        moves.add(db, ask(BOB), Draft(""))
    with pytest.raises(UserError):
        schedule.set_all(db, ask(BOB), Plan(), ())
    add(db, "Payments")
    assert owners(db) == (ALICE,)


@pytest.mark.parametrize("deed", ["zone", "owners", "waive", "reopen"])
def test_on_a_board_that_a_program_began_admins_are_what_owners_are_and_nobody_becomes_one(
    db: Database, deed: str
) -> None:
    for title in ("Payments", "Search"):
        moves.add(db, ask(None), Draft(title, dod="/one answers 200"))
    moves.start(db, ask(BOB), 1)
    items.tick(db, ask(BOB), 1, 1)
    moves.finish(db, ask(BOB), 1)
    service, what = FOR_OWNERS[deed]
    before = everything(db)
    with pytest.raises(NotAllowed) as caught:
        service(db, ask(BOB, LATER))
    assert str(caught.value) == (
        f"This board has no owner yet, so only admins of the workspace can {what}. "
        "One of them can name its owners in `/board settings`. Nothing was changed."
    )
    assert everything(db) == before
    service(db, ask(BOB, LATER, is_admin=True))
    assert owners(db) == ((CAROL, ALICE) if deed == "owners" else ())


def test_who_sets_up_what_nobody_has_begun_owns_it(db: Database) -> None:
    schedule.set_time(db, ask(BOB), NOW.time())
    assert owners(db) == (BOB,)
    with pytest.raises(NotAllowed, match="Only owners of this board can change its settings: Bob"):
        schedule.set_time(db, ask(), None)


def test_an_owner_who_gave_the_board_away_is_one_no_more(db: Database) -> None:
    add(db, "Payments")
    schedule.set_all(db, ask(), Plan(), (BOB,))
    with pytest.raises(NotAllowed, match="Only owners of this board can waive a criterion: Bob"):
        items.waive(db, ask(), 1, 1, "no data yet")
    items.waive(db, ask(BOB), 1, 1, "no data yet")


# Undoing


@pytest.mark.parametrize("by", [ask(BOB, LATER), ask(ALICE, LATER), ask(CAROL, LATER, is_admin=True), ask(None, LATER)])
def test_who_made_a_change_an_owner_an_admin_and_a_program_may_undo_it(db: Database, by: Ask) -> None:
    add(db, "Payments")
    items.set_status(db, ask(BOB), 1, "waiting")
    history.undo(db, by)
    assert look.show(db, CHANNEL, 1).status is None


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (BOB, "The last change is Bob's. They or an owner of the board can undo it."),
        (ALICE, "The last change is Alice's. They or an owner of the board can undo it."),
        (None, "The last change was made on the server. An owner or an admin of the workspace can undo it."),
    ],
)
def test_others_may_not_undo_it(db: Database, who: Person | None, words: str) -> None:
    add(db, "Payments")
    items.set_status(db, ask(who), 1, "waiting")
    before = everything(db)
    with pytest.raises(NotAllowed) as caught:
        history.undo(db, ask(CAROL, LATER))
    assert str(caught.value) == words
    assert everything(db) == before


def test_somebody_s_own_change_below_another_s_is_not_theirs_to_reach(db: Database) -> None:
    add(db, "Payments")
    items.set_status(db, ask(BOB), 1, "waiting")
    items.set_status(db, ask(CAROL), 1, "still waiting")
    with pytest.raises(NotAllowed, match="The last change is Carol's"):
        history.undo(db, ask(BOB, LATER))
    history.undo(db, ask(CAROL, LATER))
    history.undo(db, ask(BOB, LATER))
    assert look.show(db, CHANNEL, 1).status is None


def test_on_a_board_that_nobody_owns_an_admin_may_undo_what_a_program_did(db: Database) -> None:
    moves.add(db, ask(None), Draft("Payments"))
    with pytest.raises(NotAllowed, match="An owner or an admin of the workspace can undo it"):
        history.undo(db, ask(CAROL, LATER))
    history.undo(db, ask(CAROL, LATER, is_admin=True))
    assert look.show(db, CHANNEL, 1).lane == "dropped"


def test_after_ten_minutes_a_change_stands_whoever_asks(db: Database) -> None:
    add(db, "Payments")
    before = everything(db)
    with pytest.raises(RuleBroken, match="older than ten minutes, so it stands"):
        history.undo(db, ask(at=NOW + LIMIT + timedelta(seconds=1)))
    assert everything(db) == before
    history.undo(db, ask(at=NOW + LIMIT))


def test_an_undo_does_not_make_an_older_change_any_younger(db: Database) -> None:
    add(db, "Payments")
    items.set_status(db, ask(at=NOW + LIMIT), 1, "waiting")
    history.undo(db, ask(at=NOW + LIMIT + timedelta(minutes=1)))
    with pytest.raises(RuleBroken, match="older than ten minutes, so it stands"):
        history.undo(db, ask(at=NOW + LIMIT + timedelta(minutes=1)))


def test_where_nothing_happened_there_is_nothing_to_undo(db: Database) -> None:
    with pytest.raises(NotFound, match="There is nothing to undo on this board"):
        history.undo(db, ask())
    add(db, "Payments")
    history.undo(db, ask())
    with pytest.raises(NotFound, match="There is nothing to undo on this board"):
        history.undo(db, ask())
    assert len(story(db)) == 2
