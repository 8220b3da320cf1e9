"""What happened, in a few words."""

import pytest

from bot.core.history import Event, told
from tests.core.boards import NOW
from tests.people import ALICE


def happened(*story: str) -> list[Event]:
    """Events from short notes: `finish 12`, `tick 12 3` (three criteria), `status` (of the board)."""
    events = []
    for change, line in enumerate(story, 1):
        verb, *rest = line.split()
        number = int(rest[0]) if rest else None
        events.append(Event(change, verb, number, ALICE, NOW, " ".join(rest[1:])))
    return events


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ([], ()),
        (["add 1"], ("#1 added",)),
        (["finish 12", "start 13"], ("#12 finished", "#13 started")),
        (["park 1", "queue 2", "unblock 3", "defer 4"], ("#1 parked", "#2 queued", "#3 unblocked", "#4 deferred")),
        (["start 1", "park 1", "start 1"], ("#1 started", "#1 parked")),
        (["tick 1 1"], ("1 criterion ticked on #1",)),
        (
            ["tick 1 1", "tick 1 2", "finish 1", "tick 2 1"],
            ("#1 finished", "3 criteria ticked on #1", "1 criterion ticked on #2"),
        ),
        (["tick 1 2", "tick 1 -1"], ("1 criterion ticked on #1",)),
        (["tick 1 1", "tick 1 -1"], ()),
        (["tick 1 -2"], ()),
        (["tick 1 0"], ()),
        (["tick 1"], ("1 criterion ticked on #1",)),
        (["status 1 waiting for the review", "dod 1", "import"], ()),
    ],
)
def test_each_item_and_verb_is_told_once_and_ticks_are_counted_last(story: list[str], words: tuple[str, ...]) -> None:
    assert told(happened(*story)) == words
