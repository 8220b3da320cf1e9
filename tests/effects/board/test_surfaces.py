"""What follows beyond the board message: the trail, the App Home, the introduction, the answer in a thread."""

from datetime import timedelta

import pytest

from bot.core.board.edits import Draft
from bot.services.board import home, items, joining, moves
from bot.services.change import Ask
from bot.services.production import runs
from bot.slack.board import app_home as views
from bot.slack.client import Room, SlackRefused, SlackUnreachable
from bot.store.outbox import Owed
from tests.effects.board.test_messages import words
from tests.effects.ledger import dead, owed
from tests.effects.stage import RED, Works
from tests.furnished import on_both
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import buttons, written


def home_of(works: Works, user: str) -> str:
    return written([block for block in works.slack.homes[user]["blocks"] if block["type"] != "actions"])


async def open_home(works: Works, user: str = ALICE.id) -> None:
    home.opened(works.db, user, works.clock())
    await works.pay()


# The trail


@on_both
async def test_each_change_is_one_line_in_the_thread_of_the_board_in_its_order(works: Works) -> None:
    items.tick(works.db, works.alice, 1, 1)
    items.set_status(works.db, Ask("C1", BOB, works.clock()), None, "waiting for *keys* <!channel>")
    moves.park(works.db, works.alice, 1, "no keys")
    await works.pay()
    [board] = works.slack.in_channel("board")
    lines = works.slack.in_threads("trail")
    assert {line.thread for line in lines} == {board.ts}
    assert [words(line) for line in lines] == [
        "Alice ticked on #1: POST /checkout returns 201",
        "Bob noted on #1: waiting for *keys* <!channel>",
        "Alice parked #1: no keys",
    ]


async def test_a_change_of_two_events_is_one_line(works: Works) -> None:
    for k in (1, 3):
        items.tick(works.db, works.alice, 1, k)
    moves.finish(works.db, works.alice, 1, then=2)
    await works.pay()
    assert words(works.slack.in_threads("trail")[-1]) == "Alice finished #1 · Alice started #2"


async def test_a_line_whose_answer_was_lost_is_not_told_twice(works: Works) -> None:
    items.tick(works.db, works.alice, 1, 1)
    works.slack.fails("post_in_thread", SlackUnreachable("reset"), after=True)
    await works.pay()
    works.clock.forward(seconds=2)
    await works.pay()
    [line] = works.slack.in_threads("trail")
    assert line.edits == 1
    assert (owed(works.db), dead(works.db)) == ([], [])


async def test_a_long_note_is_a_short_line(works: Works) -> None:
    items.set_status(works.db, works.alice, None, "x" * 3000)
    await works.pay()
    [line] = works.slack.in_threads("trail")
    assert len(words(line)) < 350


async def test_an_old_board_message_is_posted_anew_and_the_old_one_says_so(works: Works) -> None:
    items.tick(works.db, works.alice, 1, 1)
    await works.pay()
    works.clock.forward(days=59)
    items.tick(works.db, works.alice, 1, 3)
    await works.pay()
    assert len(works.slack.in_channel("board")) == 1
    works.clock.forward(days=1)
    items.untick(works.db, works.alice, 1, 3)
    await works.pay()
    old, new = works.slack.in_channel("board")
    assert "The board has moved" in words(old)
    assert list(buttons(list(old.blocks))) == []
    assert (old.pinned, new.pinned) == (False, True)
    assert works.slack.in_threads("trail")[-1].thread == new.ts


@pytest.mark.parametrize("code", ["is_archived", "is_inactive", "not_in_channel"])
async def test_where_the_bot_can_not_write_it_stops_and_the_next_change_resumes(works: Works, code: str) -> None:
    items.tick(works.db, works.alice, 1, 1)
    await works.pay()
    works.slack.fails("update", SlackRefused(code))
    works.slack.fails("post_in_thread", SlackRefused(code))
    items.tick(works.db, works.alice, 1, 3)
    await works.pay()
    assert [kind for kind, _ in dead(works.db)] == ["board", "trail"]
    items.untick(works.db, works.alice, 1, 3)
    await works.pay()
    [board] = works.slack.in_channel("board")
    assert "2 of 3" in words(board)
    assert words(works.slack.in_threads("trail")[-1]) == "Alice opened again on #1: The docs name the new path"


# The App Home


async def test_the_home_shows_boards_items_and_what_is_red(works: Works) -> None:
    works.production = (RED,)
    runs.ask_for_run(works.db, "C1", ALICE.id, works.clock())
    await works.pay()
    await open_home(works)
    shown = home_of(works, ALICE.id)
    assert "*<#C1>* · day 3\n*#1 Payments*   Alice\n▰▱▱  1 of 3\n2 in NEXT · 1 blocked · 1 in LATER · 1 done" in shown
    assert "#1 Payments\nin progress · 1 of 3\n<#C2>" in shown
    assert "🔴 0 of 1" in shown
    assert "🔴 Shop   never green yet: “Organic” is missing" in shown


@on_both
async def test_it_is_kept_true_for_everybody_in_the_channel(works: Works) -> None:
    works.slack.outsiders |= {("C1", CAROL.id), ("C2", CAROL.id)}
    for person in (ALICE, BOB, CAROL):
        await open_home(works, person.id)
    published = len(works.slack.called("publish"))
    items.tick(works.db, works.alice, 1, 1)
    await works.pay()
    assert "2 of 3" in home_of(works, ALICE.id)
    assert "2 of 3" in home_of(works, BOB.id)  # who has never done anything on it
    assert len(works.slack.called("publish")) == published + 2
    assert views.FIRST in home_of(works, CAROL.id)


async def test_the_boards_with_something_on_them_come_first_and_an_empty_one_says_so(works: Works) -> None:
    works.slack.everywhere |= {"C0"}
    await open_home(works, CAROL.id)
    assert "*<#C0>*\nNothing on this board yet." in home_of(works, CAROL.id)
    assert home_of(works, CAROL.id).index("<#C1>") < home_of(works, CAROL.id).index("<#C0>")


async def test_many_who_look_cost_few_calls(works: Works) -> None:
    for person in (ALICE, BOB, CAROL):
        await open_home(works, person.id)
    asked = len(works.slack.calls)
    for k in (1, 3):
        items.tick(works.db, works.alice, 1, k)
        await works.pay()
    looked = [call.method for call in works.slack.calls[asked:] if call.method in ("channels", "members", "room")]
    assert looked == ["members"]


@on_both
async def test_one_who_comes_or_goes_sees_so_at_once(works: Works) -> None:
    works.slack.outsiders |= {("C1", BOB.id), ("C2", BOB.id)}
    await open_home(works, BOB.id)
    assert views.FIRST in home_of(works, BOB.id)
    works.slack.outsiders.clear()
    works.means.directory.moved("C1", BOB.id)
    home.owed(works.db, [BOB.id, CAROL.id], works.clock())
    await works.pay()
    assert "#1 Payments" in home_of(works, BOB.id)
    assert works.slack.homes.keys() == {BOB.id}


@on_both
async def test_an_item_that_is_given_away_leaves_one_home_and_comes_onto_the_other(works: Works) -> None:
    items.assign(works.db, works.alice, 4, CAROL)
    await open_home(works, CAROL.id)
    assert "#4 Shipping" in home_of(works, CAROL.id)
    items.assign(works.db, works.alice, 4, BOB)
    await works.pay()
    assert "You own no open item." in home_of(works, CAROL.id)


async def test_red_facts_reach_every_home(works: Works) -> None:
    await open_home(works, CAROL.id)
    runs.keep_run(works.db, works.clock(), 100, (RED,))
    await works.pay()
    assert "🔴 0 of 1" in home_of(works, CAROL.id)


async def test_a_board_of_a_channel_that_one_has_left_is_not_shown(works: Works) -> None:
    works.slack.outsiders.add(("C1", ALICE.id))
    works.slack.rooms["C2"] = Room("C2", "old", is_joined=True, is_archived=True)
    await open_home(works)
    assert views.FIRST in home_of(works, ALICE.id)


async def test_without_slacks_word_on_who_is_where_it_waits(works: Works) -> None:
    works.slack.fails("channels", SlackUnreachable("no answer"), times=2)
    await open_home(works)
    assert works.slack.homes == {}
    works.clock.forward(seconds=2)
    await works.pay()
    assert "#1 Payments" in home_of(works, ALICE.id)


async def test_one_who_left_the_workspace_has_no_home_any_more(works: Works) -> None:
    await open_home(works)
    works.slack.fails("publish", SlackRefused("user_not_found"))
    items.tick(works.db, works.alice, 1, 1)
    await works.pay()
    items.tick(works.db, works.alice, 1, 3)
    assert owed(works.db, Owed.HOME) == []
    assert dead(works.db) == []


async def test_one_that_was_not_opened_for_a_week_waits_until_it_is(works: Works) -> None:
    await open_home(works)
    works.clock.forward(days=7, seconds=1)
    items.tick(works.db, works.alice, 1, 1)
    assert owed(works.db, Owed.HOME) == []
    await open_home(works)
    assert "2 of 3" in home_of(works, ALICE.id)


# The introduction


async def test_an_empty_channel_gets_one_introduction_with_three_ways(works: Works) -> None:
    for _ in range(2):
        joining.joined(works.db, "C9", works.clock())
        await works.pay()
    [intro] = works.slack.in_channel("intro")
    assert [button["text"]["text"] for button in buttons(list(intro.blocks))] == [
        "Import a document",
        "Add the first item",
        "Set the digest time",
    ]
    assert [message.channel for message in works.slack.in_channel()] == ["C9"]


@on_both
async def test_invited_again_it_introduces_itself_only_while_the_board_is_empty(works: Works) -> None:
    joining.joined(works.db, "C9", works.clock())
    await works.pay()
    works.clock.forward(hours=1)
    joining.joined(works.db, "C9", works.clock())
    joining.joined(works.db, "C9", works.clock())  # the event is delivered twice
    await works.pay()
    assert len(works.slack.in_channel("intro")) == 2
    moves.add(works.db, Ask("C9", ALICE, works.clock()), Draft("First"))
    await works.pay()
    works.clock.forward(hours=1)
    joining.joined(works.db, "C9", works.clock())
    await works.pay()
    assert len(works.slack.in_channel("intro")) == 2
    assert [message.edits for message in works.slack.in_channel("board")] == [1]  # its board is seen again


async def test_an_event_that_comes_late_a_second_time_introduces_nobody(works: Works) -> None:
    at = works.clock()
    joining.joined(works.db, "C9", at)
    await works.pay()
    works.clock.forward(minutes=50)
    joining.joined(works.db, "C9", at + timedelta(seconds=1))
    await works.pay()
    assert len(works.slack.in_channel("intro")) == 1


@pytest.mark.parametrize("room", [Room("C9", "x", is_joined=True, is_shared=True), Room("C9", "x", is_joined=False)])
async def test_where_it_keeps_no_board_it_says_nothing(works: Works, room: Room) -> None:
    works.slack.rooms["C9"] = room
    joining.joined(works.db, "C9", works.clock())
    await works.pay()
    assert works.slack.in_channel() == []
    assert owed(works.db) == []


# The answer in a thread


async def test_a_message_that_became_an_item_is_answered_in_its_thread(works: Works) -> None:
    ts = await works.slack.post("C1", "Test payments", [], {"event_payload": {"kind": "said", "key": "said"}})
    moves.add(works.db, works.alice, Draft("Test <payments>"), thread=ts)
    await works.pay()
    [answer] = works.slack.in_threads("answer")
    assert (answer.thread, words(answer)) == (ts, "This is *#7 Test <payments>* now, in NEXT.")
    assert answer.text == "This is #7 Test <payments> now, in NEXT."
