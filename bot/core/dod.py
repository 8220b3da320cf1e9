"""The Definition of Done: writing its criteria, ticking them, and keeping what was ticked when it is rewritten."""

from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from bot.core.board import CRITERION_LIMIT, DOD_LIMIT, Board, Criterion, CriterionState, Item, Lane, Person
from bot.errors import BadInput, RuleBroken


def criteria(lines: str) -> tuple[Criterion, ...]:
    """Read one criterion a line; bullets and numbers in front are dropped, empty lines too."""
    texts = (_without_bullet(line) for line in lines.splitlines())
    return tuple(Criterion(text) for text in texts if text)


def checked_criteria(lines: str) -> tuple[Criterion, ...]:
    """Read one criterion a line, 10 at most and none over-long. Raises BadInput on the field `dod`."""
    found = criteria(lines)
    if len(found) > DOD_LIMIT:
        raise BadInput(
            f"That is {len(found)} criteria; {DOD_LIMIT} is the most, 2–5 work best. Split the item or join some.",
            field="dod",
        )
    for k, criterion in enumerate(found, 1):
        if len(criterion.text) > CRITERION_LIMIT:
            raise BadInput(
                f"Criterion {k} is {len(criterion.text):,} characters long; {CRITERION_LIMIT} is the most.", field="dod"
            )
    return found


def write(board: Board, number: int, lines: str) -> Board:
    """Replace an item's criteria; one whose text stays keeps its state and evidence."""
    item = _changeable(board, number)
    found = checked_criteria(lines)
    if not found:
        raise BadInput("Write at least one check that someone else could verify, one a line.", field="dod")
    kept = {criterion.text: criterion for criterion in item.dod}
    return board.having([replace(item, dod=tuple(kept.get(new.text, new) for new in found))])


def tick(board: Board, number: int, k: int, by: Person | None, at: datetime) -> Board:
    """Mark criterion `k` (from 1) as met."""
    item = _changeable(board, number)
    if not 1 <= k <= len(item.dod):
        count = len(item.dod)
        has = f"{count} {'criterion' if count == 1 else 'criteria'}" if count else "no criteria yet"
        raise BadInput(f"#{number} has {has}; there is no {k}. `/board show {number}` lists them.")
    if item.dod[k - 1].settled:
        raise RuleBroken(f"{k} {{text}} is already {item.dod[k - 1].state}.", text=item.dod[k - 1].text)
    return _with_met(board, item, {n for n, c in enumerate(item.dod, 1) if c.settled} | {k}, by, at)


def tick_just(board: Board, number: int, met: Set[int], by: Person | None, at: datetime) -> Board:
    """Make the met criteria exactly these (numbers from 1), as a form of checkboxes says; waived ones stay waived."""
    return _with_met(board, _changeable(board, number), met, by, at)


def _with_met(board: Board, item: Item, met: Set[int], by: Person | None, at: datetime) -> Board:
    def judged(k: int, criterion: Criterion) -> Criterion:
        if criterion.state is CriterionState.WAIVED or (k in met) == criterion.settled:
            return criterion
        if k in met:
            return replace(criterion, state=CriterionState.MET, by=by, at=at)
        return replace(criterion, state=CriterionState.OPEN, by=None, at=None)

    return board.having([replace(item, dod=tuple(judged(k, c) for k, c in enumerate(item.dod, 1)))])


def _changeable(board: Board, number: int) -> Item:
    item = board.item(number)
    if item.lane is Lane.DONE:
        raise RuleBroken(f"*#{number} {{title}}* is done, so its criteria stay as they are.", title=item.title)
    return item


def _without_bullet(line: str) -> str:
    mark, _, rest = line.strip().partition(" ")
    is_number = mark[:-1].isdecimal() and mark[-1:] in (".", ")")
    return rest.strip() if mark in ("-", "*", "•", "+") or is_number else line.strip()
