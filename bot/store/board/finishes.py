"""Finishes and their steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.store import tables

# How far a file is: a finish is owed to it, or in it; once the finish is undone, that is to be taken back, or was.
OWED, DONE, FAILED, REVERT, REVERTED = "owed", "done", "failed", "revert", "reverted"
PENDING = (OWED, FAILED, REVERT)


@dataclass(frozen=True, slots=True)
class FileStep:
    """How far a finish is in one of the board's files; `why`: it can't be written, in words."""

    change: int
    kind: str
    mark: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a finish set going. `checks` says how far prod facts are: none (not set up), owed or done."""

    board_id: int
    change: int
    number: int
    next_number: int | None
    next_refused: str
    checks: str
    run_id: int | None = None
    undone: bool = False
    wanted: int | None = None
    files: Mapping[str, FileStep] = field(default_factory=dict)  # by kind


def keep(tx: Connection, finish: Finish, files: Iterable[str] = ()) -> None:
    """Keep a new finish; it is owed to the board's files of these kinds."""
    tx.execute(
        insert(tables.finishes).values(
            board_id=finish.board_id,
            change=finish.change,
            number=finish.number,
            next_number=finish.next_number,
            next_refused=finish.next_refused,
            checks=finish.checks,
            undone=False,
            wanted=finish.wanted,
        )
    )
    steps = [
        {"board_id": finish.board_id, "change": finish.change, "kind": kind, "mark": OWED, "why": ""} for kind in files
    ]
    if steps:
        tx.execute(insert(tables.finish_steps), steps)


def get(tx: Connection, board_id: int, change: int) -> Finish:
    """Return the finish that was this change of the board."""
    return _finish(tx, tx.execute(select(tables.finishes).where(_is(board_id, change))).one())


def last_of(tx: Connection, board_id: int, number: int) -> Finish | None:
    """Return the last finish of an item; None: it was never finished."""
    query = select(tables.finishes).where(tables.finishes.c.board_id == board_id, tables.finishes.c.number == number)
    row = tx.execute(query.order_by(tables.finishes.c.change.desc()).limit(1)).one_or_none()
    return _finish(tx, row) if row else None


def checked(tx: Connection, finish: Finish, run_id: int) -> None:
    """Write down what prod facts said after the finish."""
    _set(tx, finish, checks="done", run_id=run_id)


def started(tx: Connection, finish: Finish, number: int) -> None:
    """Write down that the next item has started after all."""
    _set(tx, finish, next_number=number, next_refused="")


def check_again(tx: Connection, board_id: int, change: int) -> bool:
    """Write down that prod facts are to run again for a finish. False: that change was no finish."""
    return tx.execute(update(tables.finishes).where(_is(board_id, change)).values(checks=OWED)).rowcount == 1


def undo(tx: Connection, board_id: int, change: int) -> bool:
    """Write down that a finish was undone, and is to be taken out of the files. False: that change was no finish."""
    steps = tables.finish_steps.c
    of_finish = (steps.board_id == board_id) & (steps.change == change)
    tx.execute(update(tables.finish_steps).where(of_finish).values(mark=REVERT, why=""))
    return tx.execute(update(tables.finishes).where(_is(board_id, change)).values(undone=True)).rowcount == 1


def pending(tx: Connection, board_id: int, kind: str) -> tuple[Finish, ...]:
    """Return the finishes that are to be written into a file, or taken out of it, oldest first."""
    steps = tables.finish_steps.c
    query = select(steps.change).where(steps.board_id == board_id, steps.kind == kind, steps.mark.in_(PENDING))
    return tuple(get(tx, board_id, change) for change in tx.scalars(query.order_by(steps.change)).all())


def mark(tx: Connection, board_id: int, step: FileStep, mark: str, why: str = "") -> bool:
    """Change how far a file is, if it still is as the step says. True: it was, and it is something else now."""
    steps = tables.finish_steps.c
    key = (steps.board_id == board_id) & (steps.change == step.change) & (steps.kind == step.kind)
    as_seen = key & (steps.mark == step.mark) & (steps.why == step.why)
    if (mark, why) == (step.mark, step.why):
        return False
    return tx.execute(update(tables.finish_steps).where(as_seen).values(mark=mark, why=why)).rowcount == 1


def _is(board_id: int, change: int) -> Any:
    return (tables.finishes.c.board_id == board_id) & (tables.finishes.c.change == change)


def _set(tx: Connection, finish: Finish, **values: Any) -> None:
    tx.execute(update(tables.finishes).where(_is(finish.board_id, finish.change)).values(**values))


def _finish(tx: Connection, row: Row[Any]) -> Finish:
    steps = tables.finish_steps.c
    query = select(tables.finish_steps).where(steps.board_id == row.board_id, steps.change == row.change)
    files = {s.kind: FileStep(s.change, s.kind, s.mark, s.why) for s in tx.execute(query.order_by(steps.kind.desc()))}
    return Finish(
        row.board_id, row.change, row.number, row.next_number, row.next_refused, row.checks, row.run_id, row.undone,
        row.wanted, files,
    )  # fmt: skip
