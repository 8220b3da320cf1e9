"""The standup in people's hands: words of a thread, what is gone, wishes, and whom the settings name."""

from datetime import time, timedelta

import pytest

from bot.core.digest.standup import Wish
from bot.services.change import Ask
from bot.services.digest import checkins, nudges, schedule
from bot.store import posts
from bot.store.digest import standups as wishes
from tests.fakes import MONDAY
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import Stage

THREAD = f"{MONDAY.timestamp():.6f}"
DAY = timedelta(days=1)


def posted(stage: Stage, ts: str = THREAD) -> None:
    """Today's digest stands in the channel."""
    schedule.post_now(stage.db, Ask("C1", ALICE, stage.clock()))
    key = f"digest:C1/{stage.clock():%Y-%m-%d}"
    stage.db.write(posts.intend, key, "C1", stage.clock())
    stage.db.write(posts.landed, key, ts, stage.clock())


def tomorrow(stage: Stage) -> None:
    stage.clock.forward(days=1)
    posted(stage, f"{stage.clock().timestamp():.6f}")


def answer(stage: Stage, who: object = ALICE) -> checkins.Place:
    return checkins.place(stage.db, "C1", who)  # type: ignore[arg-type]


async def test_words_of_the_thread_become_an_answer_only_by_their_button(stage: Stage) -> None:
    posted(stage)
    told = await stage.makes_answer("the page is there, see <@U0CAROL>", BOB, thread=THREAD)
    assert "Your words are your answer" in told.words
    assert list(told.buttons) == ["Change it"]
    said = answer(stage, BOB).said
    assert said is not None
    assert (said.words, said.did, said.blockers) == ("the page is there, see @Carol", "", "")


@pytest.mark.parametrize(
    ("by", "thread", "refusal"),
    [
        (BOB, THREAD, "somebody else's words"),
        (ALICE, "1.0", "not in the thread of the last digest"),
        (ALICE, "", "not in the thread of the last digest"),
    ],
)
async def test_words_of_others_and_from_elsewhere_are_no_answer(
    stage: Stage, by: object, thread: str, refusal: str
) -> None:
    posted(stage)
    told = await stage.makes_answer("the page", ALICE, by=by, thread=thread)  # type: ignore[arg-type]
    assert refusal in told.words
    assert answer(stage).said is None


async def test_who_has_answered_keeps_that_answer(stage: Stage) -> None:
    posted(stage)
    await stage.sends((await stage.types("checkin")).view, did="the tests")
    told = await stage.makes_answer("the page", thread=THREAD)
    assert "You have answered already" in told.words
    assert list(told.buttons) == ["Add yours"]
    said = answer(stage).said
    assert said is not None
    assert said.did == "the tests"


async def test_words_leave_what_was_in_the_way_where_it_was(stage: Stage) -> None:
    posted(stage)
    await stage.sends((await stage.types("checkin", BOB)).view, BOB, blockers="no access")
    tomorrow(stage)
    await stage.makes_answer("the page", BOB, thread=f"{stage.clock().timestamp():.6f}")
    place = answer(stage, BOB)
    assert place.obstacle is not None
    assert (place.obstacle.text, place.obstacle.since) == ("no access", MONDAY)


async def test_what_is_in_the_way_stands_in_the_next_dialog_until_it_is_taken_out(stage: Stage) -> None:
    posted(stage)
    await stage.sends((await stage.types("checkin", BOB)).view, BOB, blockers="no access")
    tomorrow(stage)
    dialog = (await stage.types("checkin", BOB)).view
    [field] = [block for block in dialog["blocks"] if block.get("block_id") == "blockers"]
    assert field["element"]["initial_value"] == "no access"
    assert field["hint"]["text"].startswith("Said 1 day ago. Take it out when it is gone.")
    assert "Bob" in (await stage.types("standup")).words
    await stage.sends(dialog, BOB, did="the page", blockers="")
    assert answer(stage, BOB).obstacle is None


async def test_parking_takes_the_place_of_the_flag(stage: Stage) -> None:
    posted(stage)
    await stage.sends((await stage.types("checkin")).view, blockers="no keys", park=["yes"])
    assert stage.board().wip is None
    [parked] = [item for item in stage.board().blocked if item.number == 1]
    assert parked.blocked is not None
    assert parked.blocked.reason == "no keys"


async def test_anybody_says_that_it_is_gone_and_the_flag_goes_with_it(stage: Stage) -> None:
    posted(stage)
    await stage.sends((await stage.types("checkin")).view, blockers="no keys")
    tomorrow(stage)
    shown = await stage.types("standup", CAROL)
    assert "⛔ Still in the way of *Alice*: no keys · 1 day · #1 waits" in shown.words
    [gone] = [button for label, button in shown.buttons.items() if label.startswith("Gone: ")]
    assert "What was in the way of Alice is gone." in (await stage.presses(gone, CAROL)).words
    assert stage.board().item(1).blocked is None
    assert "Nothing that Alice said is in the way any more." in (await stage.presses(gone, BOB)).words
    assert "Still in the way" not in (await stage.types("standup")).words


WISHES = [
    ("ask", Wish(ask_at=time(9)), "at 09:00 your time, once a day"),
    ("ask at 8:30", Wish(ask_at=time(8, 30)), "at 08:30 your time"),
    ("ask 10", Wish(ask_at=time(10)), "at 10:00 your time"),
    ("ask off", Wish(), "You belong to the standups"),
    ("never", Wish(never=True), "You belong to no standup any more"),
    ("on", Wish(), "You belong to the standups"),
    ("holidays Greece", Wish(holidays="GR"), "on holidays of Greece you count as away"),
]


@pytest.mark.parametrize(("typed", "wish", "words"), WISHES)
async def test_people_say_once_what_they_wish(stage: Stage, typed: str, wish: Wish, words: str) -> None:
    assert words in (await stage.types(f"standup {typed}")).words
    assert stage.db.query(wishes.wish, ALICE.id) == wish
    assert stage.db.query(wishes.wish, BOB.id) == Wish()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("maybe", "maybe is nothing that the standup knows"), ("ask 25", "is not a time"), ("holidays", "Whose holidays")],
)
async def test_what_it_does_not_know_changes_nothing(stage: Stage, typed: str, words: str) -> None:
    assert words in (await stage.types(f"standup {typed}")).words
    assert stage.db.query(wishes.wish, ALICE.id) == Wish()


async def test_who_is_asked_in_the_morning_or_never_is_not_nudged_before_the_digest(stage: Stage) -> None:
    schedule.set_time(stage.db, Ask("C1", ALICE, stage.clock()), time(9, 30))
    for typed in ("ask", "never"):
        assert nudges.read(stage.db, "C1", ALICE.id, stage.clock()) is not None
        await stage.types(f"standup {typed}")
        assert nudges.read(stage.db, "C1", ALICE.id, stage.clock()) is None
        await stage.types("standup ask off")


async def test_settings_name_others_and_take_some_out(stage: Stage) -> None:
    dialog = (await stage.types("settings")).view
    told = await stage.sends(dialog, also=[CAROL.id], left_out=[BOB.id])
    assert "Owners: Alice" in told.words
    again = {block["block_id"]: block["element"] for block in (await stage.types("settings")).view["blocks"]}
    assert (again["also"]["initial_users"], again["left_out"]["initial_users"]) == ([CAROL.id], [BOB.id])
    await stage.types("undo")
    again = {block["block_id"]: block["element"] for block in (await stage.types("settings")).view["blocks"]}
    assert "initial_users" not in again["also"]
