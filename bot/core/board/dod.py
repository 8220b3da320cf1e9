"""The Definition of Done: writing its criteria, ticking them, and keeping what was ticked when it is rewritten."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.board.lint import judge
from bot.core.board.model import CRITERION_LIMIT, DOD_LIMIT, LIVE, Board, Criterion, CriterionState, Item, Lane
from bot.core.board.ways import PLACE, offer
from bot.core.board.words import check_criteria, mark, reason_for, within
from bot.core.people import Person
from bot.errors import BadInput, RuleBroken

# Which criteria that name nothing to check a person will judge: all of them, or those with these marks (`words.mark`).
Keep = bool | frozenset[str]


class Vague(BadInput):
    """Criteria that name nothing to check, each with a way to rewrite it: pairs of the text and the hint."""

    def __init__(self, refused: tuple[tuple[str, str], ...]) -> None:
        refusals = "\n".join(f"“{text}” can't be checked. {hint}" for text, hint in refused)
        super().__init__("{refusals}", field="dod", refusals=refusals)
        self.refused = refused


def criteria(lines: str) -> tuple[Criterion, ...]:
    """Read one criterion a line; bullets and numbers in front are dropped, empty lines too."""
    texts = (_without_bullet(line) for line in lines.splitlines())
    return tuple(Criterion(text) for text in texts if text)


def checked_criteria(lines: str) -> tuple[Criterion, ...]:
    """Read one criterion a line, 10 at most and none over-long. Raises BadInput on the field `dod`."""
    listed = criteria(lines)
    if len(listed) > DOD_LIMIT:
        raise BadInput(
            f"That is {len(listed)} criteria; {DOD_LIMIT} is the most, 2–5 work best. Split the item or join some.",
            field="dod",
        )
    for k, criterion in enumerate(listed, 1):
        if len(criterion.text) > CRITERION_LIMIT:
            raise BadInput(
                f"Criterion {k} is {len(criterion.text):,} characters long; {CRITERION_LIMIT} is the most.", field="dod"
            )
    return listed


def write(board: Board, number: int, lines: str, *, keep: Keep = False, seen: str = "") -> Board:
    """Replace an item's criteria; one whose text stays keeps its state and evidence.

    New ones pass the lint. What it refuses raises Vague, unless a person says with `keep` that they will judge it.
    Raises Overtaken for somebody who saw other criteria than there are (`words.check_criteria`).
    """
    item = changeable(board, number)
    check_criteria(item, seen)
    new = checked_criteria(lines)
    if not new:
        raise BadInput("Write at least one check that someone else could verify, one a line.", field="dod")
    return board.having([replace(item, dod=_rewritten(item.dod, new, keep=keep))])


def _rewritten(old: tuple[Criterion, ...], new: tuple[Criterion, ...], *, keep: Keep) -> tuple[Criterion, ...]:
    """Return the new criteria, each as the old one with its text; of two with one text the first is the first."""
    left = list(old)
    matched = [_taken(left, criterion.text) for criterion in new]
    fresh = iter(linted(tuple(c for c, was in zip(new, matched, strict=True) if was is None), keep=keep))
    return tuple(next(fresh) if was is None else was for was in matched)


def _taken(left: list[Criterion], text: str) -> Criterion | None:
    """Take the first criterion with this text out of those that are left."""
    position = next((k for k, criterion in enumerate(left) if criterion.text == text), None)
    return None if position is None else left.pop(position)


def linted(criteria: tuple[Criterion, ...], *, keep: Keep) -> tuple[Criterion, ...]:
    """Return criteria with the lint's word on each: one that names nothing to check is a person's to judge, or refused.

    Raises Vague with a hint for each refused one.
    """
    verdicts = [(criterion, judge(criterion.text)) for criterion in criteria]
    refused = tuple(
        (criterion.text, verdict.hint)
        for criterion, verdict in verdicts
        if verdict.refused and not _is_kept(criterion, keep)
    )
    if refused:
        raise Vague(refused)
    return tuple(replace(criterion, judged=not verdict.measurable) for criterion, verdict in verdicts)


def _is_kept(criterion: Criterion, keep: Keep) -> bool:
    return keep if isinstance(keep, bool) else mark(criterion.text) in keep


def judged_by_people(board: Board) -> Board:
    """Mark every criterion that the lint would refuse as a person's to judge: an import refuses none (PRODUCT 1)."""
    return board.having(replace(item, dod=linted(item.dod, keep=True)) for item in board.items if item.dod)


def tick(board: Board, number: int, k: int, by: Person | None, at: datetime) -> Board:
    """Mark criterion `k` (from 1) as met. Raises RuleBroken, BadInput, NotFound."""
    item, criterion = criterion_of(board, number, k)
    if criterion.settled:
        raise RuleBroken(f"{k} {{text}} is already {criterion.state}.", text=criterion.text)
    return _with(board, item, k, replace(criterion, state=CriterionState.MET, by=by, at=at))


def untick(board: Board, number: int, k: int) -> Board:
    """Open criterion `k` again, met or waived. Raises RuleBroken, BadInput, NotFound."""
    item, criterion = criterion_of(board, number, k)
    if not criterion.settled:
        raise RuleBroken(f"{k} {{text}} is open already.", text=criterion.text)
    return _with(board, item, k, opened(criterion))


def tick_each(board: Board, number: int, ks: tuple[int, ...], by: Person | None, at: datetime) -> Board:
    """Mark several criteria as met; of several, those that are settled already are passed over, unless all are."""
    for k in _worth(board, number, ks, settled=False):
        board = tick(board, number, k, by, at)
    return board


def untick_each(board: Board, number: int, ks: tuple[int, ...]) -> Board:
    """Open several criteria again; of several, those that are open already are passed over, unless all are."""
    for k in _worth(board, number, ks, settled=True):
        board = untick(board, number, k)
    return board


def _worth(board: Board, number: int, ks: tuple[int, ...], *, settled: bool) -> tuple[int, ...]:
    """Return the criteria that are settled, or open; the first of them all where none is, to be refused for it."""
    return tuple(k for k in ks if criterion_of(board, number, k)[1].settled is settled) or ks[:1]


def opened(criterion: Criterion) -> Criterion:
    """Return a criterion as an open one: who settled it is forgotten, evidence stays, a waiver's reason goes."""
    evidence = "" if criterion.state is CriterionState.WAIVED else criterion.evidence
    return replace(criterion, state=CriterionState.OPEN, evidence=evidence, by=None, at=None)


def waive(board: Board, number: int, k: int, by: Person | None, at: datetime, reason: str) -> Board:
    """Let criterion `k` go unmet, for a reason that stays visible. Who may is decided by `core/people.py`.

    Raises RuleBroken, BadInput, NotFound.
    """
    item, criterion = waivable(board, number, k)
    why = reason_for("waive", item, reason)
    return _with(board, item, k, replace(criterion, state=CriterionState.WAIVED, evidence=why, by=by, at=at))


def waivable(board: Board, number: int, k: int) -> tuple[Item, Criterion]:
    """Return an item and its criterion `k`, if that can be waived. Raises RuleBroken, BadInput, NotFound."""
    item, criterion = criterion_of(board, number, k)
    if criterion.state is CriterionState.WAIVED:
        raise RuleBroken(f"{k} {{text}} is already waived.", text=criterion.text)
    return item, criterion


def show_evidence(board: Board, number: int, k: int, evidence: str) -> Board:
    """Write what shows that criterion `k` is met: words or a link. Raises RuleBroken, BadInput, NotFound."""
    item, criterion = criterion_of(board, number, k)
    return _with(
        board, item, k, replace(criterion, evidence=within(evidence, CRITERION_LIMIT, "The evidence", "evidence"))
    )


@dataclass(frozen=True, slots=True)
class Boxes:
    """What a form of checkboxes says: the criteria that are ticked, by their numbers from 1.

    `shown`: those that were ticked when it was opened (None: not known, so `ticked` is the whole truth). `seen`: the
    mark of the criteria it showed.
    """

    ticked: Set[int]
    shown: Set[int] | None = None
    seen: str = ""

    def moved(self, k: int) -> bool:
        """Return whether the person ticked or unticked this one; what others ticked meanwhile is theirs."""
        return self.shown is None or (k in self.ticked) != (k in self.shown)


def tick_just(board: Board, number: int, boxes: Boxes, by: Person | None, at: datetime) -> Board:
    """Tick and open the criteria that a form's boxes say; waived ones stay waived. Raises Overtaken."""
    item = changeable(board, number)
    check_criteria(item, boxes.seen)

    def judged(k: int, criterion: Criterion) -> Criterion:
        is_met = k in boxes.ticked
        if criterion.state is CriterionState.WAIVED or is_met == criterion.settled or not boxes.moved(k):
            return criterion
        if is_met:
            return replace(criterion, state=CriterionState.MET, by=by, at=at)
        return opened(criterion)

    return board.having([replace(item, dod=tuple(judged(k, c) for k, c in enumerate(item.dod, 1)))])


def criterion_of(board: Board, number: int, k: int) -> tuple[Item, Criterion]:
    """Return an item that can be changed, and its criterion `k`. Raises BadInput when there is no such one."""
    item = changeable(board, number)
    if not 1 <= k <= len(item.dod):
        count = len(item.dod)
        has = f"{count} {'criterion' if count == 1 else 'criteria'}" if count else "no criteria yet"
        raise BadInput(f"#{number} has {has}; there is no {k}. `/board show {number}` lists them.")
    return item, item.dod[k - 1]


def changeable(board: Board, number: int) -> Item:
    """Return an item whose words may still be changed: one that is not done or dropped. Raises RuleBroken, NotFound."""
    item = board.item(number)
    if item.lane not in LIVE:
        raise RuleBroken(
            f"*#{number} {{title}}* is {PLACE[item.lane]}, so it stays as it is.",
            title=item.title,
            offers=(offer("reopen" if item.lane is Lane.DONE else "copy", item),),
        )
    return item


def _with(board: Board, item: Item, k: int, criterion: Criterion) -> Board:
    return board.having([replace(item, dod=(*item.dod[: k - 1], criterion, *item.dod[k:]))])


def _without_bullet(line: str) -> str:
    mark, _, rest = line.strip().partition(" ")
    is_number = mark[:-1].isdecimal() and mark[-1:] in (".", ")")
    return rest.strip() if mark in ("-", "*", "•", "+") or is_number else line.strip()
