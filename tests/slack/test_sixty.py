"""Sixty things that people type, and what comes of each: it is done, shown or asked for, or it is one click away."""

import pytest

from bot.core.board.model import Lane
from tests.people import BOB
from tests.slack.stage import Answer, Stage

# On a board with #1 Payments in progress (criterion 2 of 3 met), #2 Search and #3 Ideas (no DoD) next, #4 Shipping
# later, #5 Cards parked, #6 Login done: what is typed, the words that come (of a dialog: its title), and the button
# that does what was meant, where that is not done already.
SIXTY = [
    # A number or a title alone shows the item.
    ("1", "*#1 Payments*", ""),
    ("#1", "*#1 Payments*", ""),
    ("6", "*#6 Login*", ""),
    ("99", "There is no #99 on this board.", "Show the board"),
    ("payments", "*#1 Payments*", ""),
    ("Search", "*#2 Search*", ""),
    ("pay", "“pay” was taken for #1 Payments.", ""),
    # An item first, and then what is to be done with it.
    ("payments is done", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("payments done", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("1 done", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("1 is finished", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("#1 ready", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("payments is blocked by the keys", "Did you mean `/board park 1 by the keys`?", "Park #1…"),
    ("payments is waiting for the keys", "Did you mean `/board park 1 for the keys`?", "Flag #1 as blocked…"),
    ("1 park waiting", "Did you mean `/board park 1 waiting`?", "Park #1…"),
    ("search is next", "#2 is in NEXT. This can be done with it now:", "Defer #2"),
    ("shipping next", "Did you mean `/board queue 4`?", "Queue #4"),
    ("search later", "Did you mean `/board defer 2`?", "Defer #2"),
    ("2 drop nobody asked for it", "Did you mean `/board drop 2 nobody asked for it`?", "Drop #2…"),
    ("cards unblock", "Did you mean `/board unblock 5`?", "Unblock #5"),
    ("login reopen it fails on phones", "Did you mean `/board reopen 6 it fails on phones`?", "Reopen #6…"),
    ("payments is done and dusted", "Did you mean `/board finish 1`?", "Finish #1…"),
    ("search is done", "#2 is in NEXT. This can be done with it now:", "Show #2"),
    ("1 half of it works", "Did you mean `/board status #1 half of it works`?", "Note it on #1…"),
    ("payments owner", "Did you mean `/board status #1 owner`?", "Show #1"),
    # A word that is mistyped keeps what stands behind it.
    ("finsh 3", "Did you mean `/board finish 3`?", "/board finish 3"),
    ("strat 2", "Did you mean `/board start 2`?", "/board start 2"),
    (
        "prak waiting for the keys",
        "Did you mean `/board park waiting for the keys`?",
        "/board park waiting for the keys",
    ),
    ("tikc 1", "Did you mean `/board tick 1`?", "/board tick 1"),
    ("statsu half is done", "Did you mean `/board status half is done`?", "/board status half is done"),
    ("hlep", "Did you mean `/board help`?", "/board help"),
    ("setings", "Did you mean `/board settings`?", "/board settings"),
    ("xyzzy", "There is no `/board xyzzy`.", "Show the board"),
    # Several criteria at once.
    ("tick 1, 3", "1 is met: POST /checkout returns 201\n3 is met: The docs name the new path", ""),
    ("tick 1,3", "3 is met", ""),
    ("tick 1 and 3", "3 is met", ""),
    ("tick 1, 2", "2 is met: CI is green", ""),  # 2 was met before: what was meant holds
    ("tick payments 1, 3", "3 is met", ""),
    ("tick #1 1 & 3", "3 is met", ""),
    ("untick 1, 2", "2 is open again", ""),
    ("tick 1, 9", "#1 has 3 criteria; there is no 9.", "Show #1"),
    ("tick 1 2 3", "Which criteria?", "#1: 3 The docs name the new path"),
    ("tick", "Which criterion?", "#1: 1 POST /checkout returns 201"),
    ("tick all", "Which criterion?", "#1: 1 POST /checkout returns 201"),
    ("untick", "Which criterion?", "#1: 2 CI is green"),
    # The obvious item, and the words for it.
    ("done", "Mark DoD done · #1", ""),
    ("done 1", "Mark DoD done · #1", ""),
    ("finish 1 please", "Only an item is expected here", "/board finish 1"),
    ("start", "WIP is taken", "Park #1…"),
    ("start ideas", "WIP is taken", "Park #1…"),
    ("park", "Park · #1", ""),
    ("park waiting for the keys", "*#1 Payments* is parked in BLOCKED", "Start #2"),
    # Which item?
    ("queue", "Which item?", "#4 Shipping"),
    ("defer", "Which item?", "#2 Search"),
    ("reopen", "Which item?", "#6 Login"),
    ("move 3", "Where to?", "Move #3 up"),
    # Settings and production.
    ("digest", "There is no digest.", "Set the digest…"),
    ("digest at soon", "soon is not a time of day.", "Set the digest…"),
    ("digest tomorrow", "tomorrow is nothing that the digest knows.", "Set the digest…"),
    ("nudge", "Write `/board nudge snooze | stop | on`.", "Snooze for a week"),
    ("facts", "Production has not been asked yet.", "Ask production now"),
    ("facts tell", "tell is nothing that facts knows.", "Ask production now"),
    ("facts run", "⏳ Asking production…", ""),
    ("undo 1 2", "`/board undo` takes back the last change", "How undo works"),
]


def _words(answer: Answer) -> str:
    dialogs = [call.given["view"]["title"]["text"] for call in answer.calls if call.method == "open"]
    return "\n".join([*dialogs, answer.words])


def test_they_are_sixty_at_least() -> None:
    assert len({typed for typed, _, _ in SIXTY}) == len(SIXTY) >= 60


@pytest.mark.parametrize(("typed", "words", "way"), SIXTY)
async def test_what_people_type_is_done_or_one_click_away(stage: Stage, typed: str, words: str, way: str) -> None:
    answer = await stage.types(typed)
    assert words in _words(answer)
    assert not way or way in answer.buttons


GUESSED = [typed for typed, words, _ in SIXTY if "Did you mean" in words or "This can" in words]


@pytest.mark.parametrize("typed", GUESSED)
async def test_a_guess_changes_nothing_before_it_is_clicked(stage: Stage, typed: str) -> None:
    before = stage.board()
    await stage.types(typed)
    assert stage.board() == before


async def test_the_click_on_a_guess_does_what_was_meant(stage: Stage) -> None:
    answer = await stage.types("payments is waiting for the keys")
    told = await stage.presses(answer.buttons["Park #1…"])
    assert "*#1 Payments* is parked in BLOCKED" in told.words
    assert stage.board().item(1).blocked.reason == "for the keys"  # type: ignore[union-attr]
    mistyped = await stage.types("statr 2")
    assert "*#2 Search* is in progress" in (await stage.presses(mistyped.buttons["/board start 2"], BOB)).words
    assert stage.board().item(2).lane is Lane.WIP


async def test_what_is_said_of_an_item_is_noted_by_a_click(stage: Stage) -> None:
    answer = await stage.types("1 half of it works")
    await stage.presses(answer.buttons["Note it on #1…"])
    note = stage.board().item(1).status
    assert note is not None
    assert note.text == "half of it works"


async def test_several_items_that_may_be_meant_are_offered(stage: Stage) -> None:
    await stage.sends((await stage.types("add")).view, title="Payments by card", dod="GET / is 200")
    assert "2 items have “payments” in their title." in (await stage.types("payments")).words
    answer = await stage.types("payments is done")
    assert {"#1 Payments", "#7 Payments by card"} <= answer.buttons.keys()


async def test_who_may_not_see_the_board_is_guessed_nothing_of_it(stage: Stage) -> None:
    stage.slack.outsiders.add(("C1", BOB.id))
    answer = await stage.types("payments is done", who=BOB)
    assert answer.words.splitlines()[0] == "There is no `/board payments`."
    assert "Finish #1…" not in answer.buttons


async def test_wherever_typing_is_suggested_there_is_a_button(stage: Stage) -> None:
    """Every refusal of what may be typed that names a command has a way on that is clicked."""
    for typed, words, _ in SIXTY:
        answer = await stage.types(typed)
        if "`/board" in answer.words and "Did you mean" not in words:
            assert answer.buttons, typed


async def test_what_the_gate_finds_wrong_has_its_button(stage: Stage) -> None:
    gate = await stage.types("gate 3")
    assert {"Write the DoD of #3…", "Show production"} <= gate.buttons.keys()
