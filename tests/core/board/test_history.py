"""What happened, in a few words for a digest and in a sentence for the log."""

from dataclasses import replace

import pytest

from bot.core.board.history import DEEDS, TICKS, UNDO, Event, sentence, ticks, undoing, undone_changes
from bot.core.board.model import CriterionState, Lane
from bot.core.board.ways import MOVES
from bot.core.people import Person
from tests.core.boards import NOW, OPEN, item
from tests.people import ALICE, BOB


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


def test_a_note_of_ticks_counts_what_is_met_and_no_waiver() -> None:
    waived, met = (replace(OPEN, state=state) for state in (CriterionState.WAIVED, CriterionState.MET))
    before = item(1, Lane.WIP, dod=(waived, OPEN))
    assert ticks(before, replace(before, dod=(OPEN, OPEN))) == f"0\n-{OPEN.text}"
    assert ticks(before, replace(before, dod=(waived, met))) == f"1\n+{OPEN.text}"


def test_an_undo_says_what_it_undid_and_whose_it_was() -> None:
    done = [Event(8, "finish", 12, ALICE, NOW), Event(8, "start", 13, ALICE, NOW)]
    own = Event(9, UNDO, None, ALICE, NOW, undoing(8, done, ALICE))
    assert sentence(own) == "Alice undid: finished #12; started #13"
    assert undone_changes([own]) == {8}
    others = Event(9, UNDO, None, BOB, NOW, undoing(8, done[:1], BOB))
    assert sentence(others) == "Bob undid: Alice finished #12"
