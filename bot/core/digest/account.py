"""What came of a period: one account, from which the digest's line, the week and its chart are made."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from bot.core.board.history import PAST, TICKS, UNDO, Event, counted_criteria, number_of, undone_changes
from bot.core.board.model import LIVE, Board, Item
from bot.core.board.words import clipped
from bot.core.people import Person

TITLE, REASON = 60, 80  # characters of an item's title and of people's reasons in a phrase
REASONED = frozenset({"park", "block", "drop", "reopen", "queue"})  # their note is somebody's reason


@dataclass(frozen=True, slots=True)
class Finish:
    """An item that was finished in the period and still is."""

    item: Item
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A criterion of an item that was ticked or waived in the period and still is."""

    number: int
    at: datetime
    who: Person | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What happened to an item, as it is said: `Alice parked #1 Payments: waits for staging`."""

    verb: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """What stands at the end of a period of what happened in it.

    `events` are those of the period, oldest first, without what was undone; `line` says them, one short phrase for each
    item and verb, criteria counted last.
    """

    events: tuple[Event, ...]
    finished: tuple[Finish, ...]
    reopened: tuple[int, ...]
    ticked: tuple[Settled, ...]
    waived: tuple[Settled, ...]
    line: tuple[Phrase, ...]


def account(board: Board, past: Sequence[Event], since: datetime, titles: Mapping[int, str] | None = None) -> Account:
    """Account for what happened after a moment, given the board as it is since.

    `past` is in order, and reaches back as far before `since` as an undo can (`undo.LIMIT`): what was undone in the
    period did not happen, and if it had happened before, its undoing is told. `titles`: of items that are not on the
    board any more.
    """
    undone = undone_changes(event for event in past if event.at > since)
    events = tuple(e for e in past if e.at > since and e.change not in undone and e.verb != UNDO)
    ticked, waived = tuple(_standing(events, _ticks)), tuple(_standing(events, _waivers))
    names = {**(titles or {}), **{item.number: item.title for item in board.items}}
    phrases = [
        *_taken_back(past, since, undone, names),
        *_phrases(board, events, names),
        *_counted(ticked, "ticked", names),
        *_counted(waived, "waived", names),
    ]
    return Account(
        events=events,
        finished=_finished(board, events),
        reopened=tuple(dict.fromkeys(event.number for event in events if event.verb == "reopen" and event.number)),
        ticked=ticked,
        waived=waived,
        line=tuple({(phrase.verb, phrase.number): phrase for phrase in phrases}.values()),
    )


def _taken_back(past: Sequence[Event], since: datetime, undone: Set[int], names: Mapping[int, str]) -> Iterator[Phrase]:
    """Say what was undone in the period and had happened before it."""
    by = {number_of(event.note): event.who for event in past if event.at > since and event.verb == UNDO}
    for event in past:
        if event.at <= since and event.change in undone and event.number:
            deed = f"undid the {event.verb} of {_item(event.number, names)}"
            yield Phrase(f"{UNDO} {event.verb}", event.number, f"{_name(by[event.change])} {deed}")


def _finished(board: Board, events: Sequence[Event]) -> tuple[Finish, ...]:
    """Return the finishes that stand, each item's last one; an import is the baseline, and finishes nothing."""
    live, reopened = _live(board), _last(events, "reopen")
    at = {e.number: e.at for k, e in enumerate(events) if e.verb == "finish" and not _is_over(e, k, live, reopened)}
    return tuple(Finish(item, at[item.number]) for item in board.done if item.number in at)


def _phrases(board: Board, events: Sequence[Event], names: Mapping[int, str]) -> Iterator[Phrase]:
    """Say each event shortly; a finish that did not stand and its reopening are one."""
    live, reopened = _live(board), _last(events, "reopen")
    finished: set[int] = set()
    for k, event in enumerate(events):
        if event.verb not in PAST or event.number is None:
            continue
        words = _past(event, event.number, names)
        if event.verb != "finish":
            if event.verb != "reopen" or event.number not in finished:
                yield Phrase(event.verb, event.number, words)
            continue
        finished.add(event.number)
        if _is_over(event, k, live, reopened):
            yield Phrase("finish and reopen", event.number, f"{words}, and it was {PAST['reopen']}")
        else:
            yield Phrase(event.verb, event.number, words)


def _past(event: Event, number: int, names: Mapping[int, str]) -> str:
    """Say an event with who, what and why: `Alice parked #1 Payments: waits for staging`."""
    item, (deed, _, beside) = _item(number, names), PAST[event.verb].partition(" ")
    words = f"{_name(event.who)} {deed} {item}" + (f" {beside}" if beside else "")
    if event.verb == "move":
        return f"{words} {event.note}".rstrip()
    reason = clipped(event.note, REASON) if event.verb in REASONED else ""
    return f"{words}: {reason}" if reason else words


def _item(number: int, names: Mapping[int, str]) -> str:
    return f"#{number} {clipped(names[number], TITLE)}" if number in names else f"#{number}"


def _name(who: Person | None) -> str:
    return who.name if who else "Somebody on the server"


def _is_over(finish: Event, place: int, live: Set[int], reopened: Mapping[int, int]) -> bool:
    """Return whether a finish did not stand: the item was reopened after it, or is open again without that."""
    return finish.number is not None and (reopened.get(finish.number, -1) > place or finish.number in live)


def _live(board: Board) -> frozenset[int]:
    return frozenset(item.number for item in board.items if item.lane in LIVE)


def _last(events: Sequence[Event], verb: str) -> dict[int, int]:
    """Return, for each item, the place of its last event of that verb."""
    return {event.number: k for k, event in enumerate(events) if event.verb == verb and event.number is not None}


def _standing(events: Sequence[Event], steps: Callable[[Event], int]) -> Iterator[Settled]:
    """Return the steps forward that were not taken back: a step back takes back the newest one, and one before it none.

    What is reopened has no ticks and no waivers any more.
    """
    stacks: dict[int, list[tuple[bool, Event]]] = {}
    for event in events:
        if event.number is None:
            continue
        stack = stacks.setdefault(event.number, [])
        if event.verb == "reopen":
            stack.clear()
        count = steps(event)
        for _ in range(abs(count)):
            if stack and stack[-1][0] != (count > 0):
                stack.pop()
            else:
                stack.append((count > 0, event))
    for number, stack in stacks.items():
        yield from (Settled(number, event.at, event.who) for is_forward, event in stack if is_forward)


def _ticks(event: Event) -> int:
    return number_of(event.note) if event.verb in TICKS else 0


def _waivers(event: Event) -> int:
    """Return +1 for a waiver, -1 for one that was taken back: an untick that opened nothing that was met."""
    if event.verb == "waive":
        return 1
    return -1 if event.verb == "untick" and number_of(event.note) == 0 else 0


def _counted(settled: Sequence[Settled], how: str, names: Mapping[int, str]) -> Iterator[Phrase]:
    """Count criteria by item: with who did it where it was one person, else without."""
    counts = Counter(step.number for step in settled)
    for number, count in counts.items():
        people = {step.who for step in settled if step.number == number}
        item, criteria = _item(number, names), counted_criteria(count)
        words = (
            f"{_name(people.pop())} {how} {criteria} on {item}" if len(people) == 1 else f"{criteria} {how} on {item}"
        )
        yield Phrase(how, number, words)
