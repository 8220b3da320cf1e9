"""What happened, in a few words for a digest and in a sentence for the log."""

from datetime import timedelta

import pytest

from bot.core.board.history import DEEDS, TICKS, UNDO, Event, sentence, told, undoing, undone_changes
from bot.core.board.ways import MOVES
from bot.core.people import Person
from tests.core.boards import NOW
from tests.people import ALICE, BOB

BEFORE = NOW - timedelta(seconds=1)


def happened(*story: str) -> list[Event]:
    """Events from short notes: `finish 12`, `tick 12 3` (three criteria), `import - 7 items` (of the board).

    Each is a change of its own, numbered from 1; `+` in front joins one to the change before.
    """
    events: list[Event] = []
    for line in story:
        verb, *rest = line.removeprefix("+").split()
        number = int(rest[0]) if rest and rest[0] != "-" else None
        change = (events[-1].change if events else 0) + (not line.startswith("+"))
        events.append(Event(change, verb, number, ALICE, NOW, " ".join(rest[1:])))
    return events


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ([], ()),
        (["add 1"], ("#1 added",)),
        (["finish 12", "+start 13"], ("#12 finished", "#13 started")),
        (["park 1", "queue 2", "unblock 3", "defer 4"], ("#1 parked", "#2 queued", "#3 unblocked", "#4 deferred")),
        (["drop 1", "reopen 2", "move 3 up"], ("#1 dropped", "#2 reopened", "#3 moved")),
        (["block 1 no keys", "unblock 1"], ("#1 flagged as blocked", "#1 unblocked")),
        (["start 1", "park 1", "start 1"], ("#1 started", "#1 parked")),
        (["tick 1 1"], ("1 criterion ticked on #1",)),
        (
            ["tick 1 1", "tick 1 2", "finish 1", "tick 2 1"],
            ("#1 finished", "3 criteria ticked on #1", "1 criterion ticked on #2"),
        ),
        (["tick 1 2", "tick 1 -1"], ("1 criterion ticked on #1",)),
        (["tick 1 2", "untick 1 -1"], ("1 criterion ticked on #1",)),
        (["tick 1 1", "untick 1 -1"], ()),
        (["untick 1 -1"], ()),
        (["tick 1 0"], ()),
        (["status 1 waiting", "dod 1", "edit 1", "assign 1 Bob", "waive 1 no data", "evidence 1 ci"], ()),
        (["import - 7 items", "settings - zone UTC"], ()),
        # what was undone did not happen
        (["add 1", "undo - 1"], ()),
        (["add 1", "finish 2", "+start 3", "undo - 2"], ("#1 added",)),
        (["tick 1 2", "tick 1 1", "undo - 2"], ("2 criteria ticked on #1",)),
        (["add 1", "start 1", "undo - 2", "undo - 1", "add 2"], ("#2 added",)),
        (["settings - zone UTC", "settings - as before", "+undo - 1", "park 1"], ("#1 parked",)),
    ],
)
def test_each_item_and_verb_is_told_once_and_ticks_are_counted_last(story: list[str], words: tuple[str, ...]) -> None:
    assert told(happened(*story), BEFORE) == words


def test_what_was_before_the_moment_is_not_told_unless_it_was_undone_after_it() -> None:
    past = happened("add 7", "finish 8", "+start 9")
    later = [Event(3, "park", 9, ALICE, NOW + timedelta(minutes=1)), Event(3, "undo", None, ALICE, NOW, "2")]
    assert told([*past, later[0]], NOW) == ("#9 parked",)
    undo = Event(3, "undo", None, ALICE, NOW + timedelta(minutes=2), "2")
    assert told([*past, undo], NOW) == ("finish of #8 undone", "start of #9 undone")
    assert told([*past, undo], NOW + timedelta(minutes=2)) == ()


SENTENCES = {
    "add 12": "Alice added #12",
    "start 12": "Alice started #12",
    "start 12 it fails otherwise": "Alice started #12: it fails otherwise",
    "finish 12": "Alice finished #12",
    "park 12 no keys": "Alice parked #12: no keys",
    "unblock 12": "Alice unblocked #12",
    "queue 12": "Alice queued #12",
    "queue 12 no keys": "Alice queued #12: no keys",
    "defer 12": "Alice deferred #12",
    "move 12 up": "Alice moved #12 up",
    "drop 12 nobody needs it": "Alice dropped #12: nobody needs it",
    "reopen 12 it is red": "Alice reopened #12: it is red",
    "tick 12 1": "Alice ticked 1 criterion on #12",
    "tick 12 3": "Alice ticked 3 criteria on #12",
    "tick 12 0": "Alice wrote the result of #12",
    "tick 12 -2": "Alice opened 2 criteria on #12 again",
    "untick 12 -1": "Alice opened 1 criterion on #12 again",
    "waive 12 p95 — no data": "Alice waived a criterion of #12: p95 — no data",
    "evidence 12 p95 — https://ci/1": "Alice gave evidence on #12: p95 — https://ci/1",
    "dod 12": "Alice wrote the DoD of #12",
    "edit 12": "Alice edited #12",
    "status 12 waiting": "Alice noted on #12: waiting",
    "assign 12 Bob": "Alice gave #12 to Bob",
    "assign 12 nobody": "Alice gave #12 to nobody",
    "block 12 no keys": "Alice flagged #12 as blocked: no keys",
    "import - 7 items": "Alice imported 7 items",
    "take - NEXT-7D.md": "Alice took NEXT-7D.md as it was changed by hand",
    "dates - the dates of 7 items": "Alice filled in the dates of 7 items from the history of the document",
    "settings - zone UTC": "Alice changed the settings: zone UTC",
    "undo - 41": "Alice undid change 41",
}


def test_there_is_a_sentence_for_every_verb() -> None:
    assert {line.split()[0] for line in SENTENCES} == MOVES.keys() | DEEDS.keys() | TICKS | {UNDO}


@pytest.mark.parametrize(("line", "words"), SENTENCES.items())
def test_an_event_is_told_in_a_sentence(line: str, words: str) -> None:
    (event,) = happened(line)
    assert sentence(event) == words


def test_a_program_has_no_name() -> None:
    assert sentence(Event(1, "add", 1, None, NOW)) == "Somebody on the server added #1"


def test_people_s_words_and_names_are_escaped_once_and_are_never_ours() -> None:
    event = Event(1, "park", 1, Person("U1", "<@u> {note} {n}"), NOW, "{n} & {note} <!here>")
    assert sentence(event, str.upper) == "<@U> {NOTE} {N} parked #1: {N} & {NOTE} <!HERE>"


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("2\n+CI is green\n+docs/a.md exists", "Alice ticked on #12: CI is green; docs/a.md exists"),
        ("-1\n-CI is green", "Alice opened again on #12: CI is green"),
        (
            "0\n+CI is green\n-docs/a.md exists",
            "Alice ticked on #12: CI is green, and opened again on #12: docs/a.md exists",
        ),
        ("1\n+a < b", "Alice ticked on #12: a &lt; b"),
    ],
)
def test_ticks_name_their_criteria(note: str, words: str) -> None:
    assert sentence(Event(1, "tick", 12, ALICE, NOW, note), lambda text: text.replace("<", "&lt;")) == words


def test_an_undo_says_what_it_undid_and_whose_it_was() -> None:
    done = [Event(8, "finish", 12, ALICE, NOW), Event(8, "start", 13, ALICE, NOW)]
    own = Event(9, UNDO, None, ALICE, NOW, undoing(8, done, ALICE))
    assert sentence(own) == "Alice undid: finished #12; started #13"
    assert undone_changes([own]) == {8}
    others = Event(9, UNDO, None, BOB, NOW, undoing(8, done[:1], BOB))
    assert sentence(others) == "Bob undid: Alice finished #12"
