"""Every command as people type it: the good ones do it, the bad ones say what would be, and nothing breaks."""

import pytest

from bot.core.board.model import Board, Lane
from bot.slack.table import COMMANDS
from tests.people import BOB
from tests.slack.stage import Stage

# What is typed: words of the answer, and where an item is afterwards.
MOVED = [
    ("defer 2", "#2 Search* is in LATER", 2, Lane.LATER),
    ("later 2", "#2 Search* is in LATER", 2, Lane.LATER),
    ("DEFER   #2 ", "#2 Search* is in LATER", 2, Lane.LATER),
    ("queue 4", "#4 Shipping* is in NEXT", 4, Lane.NEXT),
    ("queue 4 1", "#4 Shipping* is in NEXT", 4, Lane.NEXT),
    ("Queue 1 the keys are missing", "#1 Payments* is in NEXT", 1, Lane.NEXT),
    ("unblock 5", "#5 Cards* is in NEXT", 5, Lane.NEXT),
    ("park waiting for the keys", "#1 Payments* is parked in BLOCKED", 1, Lane.BLOCKED),
    ("park 1 waiting for the keys", "#1 Payments* is parked in BLOCKED", 1, Lane.BLOCKED),
    ("park   #1   waiting", "#1 Payments* is parked in BLOCKED", 1, Lane.BLOCKED),
]

# What is typed, and words of the refusal; the board stays as it is.
REFUSED = [
    ("start 2", "WIP is taken: *#1 Payments*, Alice, day 3, 1 of 3.\n#2 was not started."),
    ("start", "WIP is taken"),
    ("pull", "WIP is taken"),
    ("start 999", "There is no #999 on this board."),
    ("start 0", "There is no #0"),
    ("start x", "No item has “x” in its title."),
    ("start 2 now", "Only an item is expected here"),
    ("start 1234567", "No item has “1234567” in its title."),
    ("start 6", "#6 Login* can't be started: it was finished by Bob"),
    ("START 1", "#1 Payments* is in progress"),
    ("finish 2", "#2 Search* is in NEXT"),
    ("finish 999", "There is no #999"),
    ("done x", "No item has “x” in its title."),
    ("finish 6", "#6 Login* was already finished by Bob 2 days ago."),
    ("park 2 no reason to", "#2 Search* is in NEXT"),
    ("park 999 gone", "There is no #999"),
    ("park 0 gone", "There is no #0"),
    ("unblock 1", "#1 Payments* is in progress"),
    ("unblock 2", "#2 Search* is in NEXT"),
    ("unblock x", "No item has “x” in its title."),
    ("queue", "Which item? Write its number in front: `/board queue 12 …`."),
    ("queue x", "“x” begins with no item's title. Write its number in front: `/board queue 12 …`."),
    ("queue 2", "#2 Search* is in NEXT"),
    ("queue 4 9", "a position goes from 1 to 3."),
    ("queue 4 0", "a position goes from 1 to 3."),
    ("defer", "Which item?"),
    ("defer 4", "#4 Shipping* is in LATER"),
    ("tick", "Which criterion?"),
    ("tick x", "Which criterion?"),
    ("tick 1 2 3", "Which criteria? Write their numbers with commas: `/board tick 3, 4`."),
    ("tick 9", "#1 has 3 criteria; there is no 9."),
    ("tick 1 0", "#1 has 3 criteria; there is no 0."),
    ("tick 0 1", "There is no #0"),
    ("tick 999 1", "There is no #999"),
    ("tick 3 1", "#3 has no criteria yet"),
    ("tick 2", "2 CI is green is already met."),
    ("tick 6 1", "#6 Login* is done"),
    ("status #6 a word", "#6 Login* is done"),
    ("status #999 a word", "There is no #999"),
    ("show 999", "There is no #999"),
    ("show x", "No item has “x” in its title."),
    ("dod 999", "There is no #999"),
    ("digest never", "never is nothing that the digest knows"),
    ("digest at soon", "soon is not a time of day"),
    ("digest at", "Which time? Write hours and minutes, for example `/board digest at 09:00`."),
    ("digest at 25:00", "25:00 is not a time of day"),
    ("digest zone Europe/Athen", "Did you mean `Europe/Athens`?"),
    ("digest zone", "Which zone? Zones look like `Europe/Athens`."),
    ("digest holidays", "Whose holidays? Write a country, for example `/board digest holidays GR`, or `none`."),
    ("digest days off", "Which days? Write dates, for example `/board digest days off 2026-12-24`, or `none`."),
    ("nudge", "Write `/board nudge snooze | stop | on`."),
    ("digest days someday", "someday are not weekdays I can read"),
    ("digest days", "Which days? Write `mon-fri`, `mon,wed,fri` or `daily`."),
    ("facts dance", "dance is nothing that facts knows"),
    ("facts", "Production has not been asked yet."),
]

SHOWN = [
    ("", "#1 Payments\nAlice · in progress, day 3"),
    ("board", "#1 Payments\nAlice"),
    ("  BOARD ", "#1 Payments\nAlice"),
    ("show", "*#1 Payments*"),
    ("show 5", "Stripe keys"),
    ("show #6", "*#6 Login*"),
    ("help", "`/board add`"),
    ("help all", "`/board unblock N`"),
    ("help tick", "`/board tick [N] k`"),
    ("help nonsense", "There is no `/board nonsense`."),
    ("help strat", "There is no `/board strat`. Did you mean `/board start`?"),
    ("digest", "There is no digest."),
    ("digest now", "*Monday 2 March*"),
    ("digest NOW", "*Monday 2 March*"),
    ("digest off", "There is no digest."),
    ("facts run", "Asking production"),
    ("FACTS Run", "Asking production"),
    ("share", "shared with the channel"),
]

OPENED = [
    ("add", "do:add"),
    ("add A title at once", "do:add"),
    ("finish", "do:finish"),
    ("finish 1", "do:finish"),
    ("Done #1", "do:finish"),
    ("status", "do:status"),
    ("status #2", "do:status"),
    ("park", "do:park"),
    ("park 1", "do:park"),
    ("queue 1", "do:queue"),
    ("dod 3", "do:dod"),
    ("dod", "do:dod"),
]

UNKNOWN = [
    ("strat 2", "Did you mean `/board start 2`?"),
    ("finnish", "Did you mean `/board finish`?"),
    ("queu 4", "Did you mean `/board queue 4`?"),
    ("hlep", "Did you mean `/board help`?"),
    ("lgo", "Did you mean `/board log`?"),
    ("xyzzy", "There is no `/board xyzzy`."),
    ("<!channel>", "There is no `/board <!channel>`."),
]


def seen(board: Board) -> set[tuple[int, Lane, int]]:
    return {(item.number, item.lane, item.position) for item in board.items}


@pytest.mark.parametrize(("typed", "words", "number", "lane"), MOVED)
async def test_a_move_is_made_and_told(stage: Stage, typed: str, words: str, number: int, lane: Lane) -> None:
    answer = await stage.types(typed)
    assert words in answer.words
    assert (answer.ack["response_type"], answer.ack["mrkdwn"]) == ("ephemeral", False)
    assert stage.board().item(number).lane is lane


@pytest.mark.parametrize(("typed", "words"), REFUSED)
async def test_a_refusal_says_why_and_changes_nothing(stage: Stage, typed: str, words: str) -> None:
    before = stage.board()
    answer = await stage.types(typed)
    assert words in answer.words
    assert answer.ack["response_type"] == "ephemeral"
    assert stage.board() == before


@pytest.mark.parametrize(("typed", "words"), SHOWN)
async def test_looking_shows_and_changes_nothing(stage: Stage, typed: str, words: str) -> None:
    before = stage.board()
    answer = await stage.types(typed)
    assert words in answer.words
    assert stage.board() == before


@pytest.mark.parametrize(("typed", "callback"), OPENED)
async def test_what_needs_more_words_opens_a_dialog(stage: Stage, typed: str, callback: str) -> None:
    before = stage.board()
    answer = await stage.types(typed)
    assert answer.view["callback_id"] == callback
    assert answer.ack == {}
    assert stage.board() == before


@pytest.mark.parametrize(("typed", "words"), UNKNOWN)
async def test_an_unknown_word_gets_the_nearest_one_and_the_help(stage: Stage, typed: str, words: str) -> None:
    answer = await stage.types(typed)
    assert words in answer.words.splitlines()[0]
    assert "`/board add`" in answer.words


async def test_a_number_in_front_of_a_status_needs_its_sign(stage: Stage) -> None:
    await stage.types("status 3 tests are red")
    await stage.types("status #2 waits for the index", who=BOB)
    await stage.types("status #later")
    notes = {item.number: (item.status.text, item.status.by) for item in stage.board().items if item.status}
    assert notes[2] == ("waits for the index", BOB)
    assert notes[1][0] == "#later"


async def test_ticking_with_and_without_a_number(stage: Stage) -> None:
    assert "1 is met: POST /checkout returns 201" in (await stage.types("tick 1")).words
    assert "#2 Search" in (await stage.types("tick #2 1")).words
    assert [k for k, _ in stage.board().item(1).open_criteria] == [3]
    assert stage.board().item(2).open_criteria == ()


async def test_starting_without_a_number_takes_the_first_of_next(stage: Stage) -> None:
    await stage.types("park waiting")
    assert "#2 Search* is in progress" in (await stage.types("start", who=BOB)).words
    wip = stage.board().wip
    assert wip is not None
    assert (wip.number, wip.owner) == (2, BOB)


async def test_without_a_number_and_without_anything_in_progress(stage: Stage) -> None:
    await stage.types("park waiting")
    for typed in ("finish", "status all is well", "tick 1", "park again", "show"):
        verb = typed.split()[0]
        example = "12 1" if verb == "tick" else "12"
        assert f"Nothing is in progress. Say which item: `/board {verb} {example}`." in (await stage.types(typed)).words


async def test_an_item_without_a_dod_cannot_start_and_the_way_to_write_one_is_open(stage: Stage) -> None:
    await stage.types("park waiting")
    answer = await stage.types("start 3")
    assert "#3 Ideas* has no Definition of Done, so it can't start." in answer.words
    dialog = (await stage.presses(answer.buttons["Write the DoD of #3…"])).view
    told = await stage.sends(dialog, dod="- docs/ideas.md lists 3\n- Bob confirms them")
    assert "Its Definition of Done is saved: 2 checks." in told.words
    assert "is in progress" in (await stage.types("start 3")).words


async def test_the_digest_is_planned_in_words(stage: Stage) -> None:
    assert "The digest comes at 09:30 (UTC), Mon–Fri." in (await stage.types("digest at 9:30")).words
    assert "(Europe/Athens)" in (await stage.types("digest zone europe/athens")).words
    answer = await stage.types("digest days mon,wed,fri")
    assert "The digest comes at 09:30 (Europe/Athens), Mon, Wed, Fri." in answer.words
    wednesday = 1772609400  # 4 March 2026, 07:30 UTC: Monday's half past nine has passed in Athens
    assert f"<!date^{wednesday}^" in answer.words
    assert "There is no digest." in (await stage.types("digest off")).words


async def test_everything_works_on_a_channel_without_a_board(empty: Stage) -> None:
    for command in COMMANDS:
        for words in ("", "1", "now", "run", "at 09:00"):
            answer = await empty.types(f"{command.verb} {words}")
            assert "(ref" not in str(answer.ack), (command.verb, words)
    assert empty.board().items == ()


async def test_facts_that_are_not_set_up_are_said_so(stage: Stage) -> None:
    stage.lists()
    assert "No prod facts are set up." in (await stage.types("facts run")).words
    assert "Run prod facts" not in (await stage.types("")).buttons


async def test_lanes_are_counted_up_as_people_do(stage: Stage) -> None:
    assert "only an item in WIP, LATER or BLOCKED can be queued" in (await stage.types("queue 2")).words


async def test_a_moved_item_says_at_which_place_it_is(stage: Stage) -> None:
    assert "*#4 Shipping* is in NEXT, first" in (await stage.types("queue 4 1")).words
    assert "*#4 Shipping* is in NEXT, third" in (await stage.types("move 4 LAST")).words
    assert "Alice moved #4 last" in (await stage.types("log")).words
    await stage.types("move 4 2")
    assert "Alice moved #4 to 2" in (await stage.types("log")).words


async def test_a_page_that_the_log_has_not_is_refused(stage: Stage) -> None:
    for page in (0, 99):
        assert f"There is no page {page}; the log goes from 1 to " in (await stage.types(f"log page {page}")).words
