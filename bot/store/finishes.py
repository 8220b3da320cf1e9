"""Finishes and their steps."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from bot.store import tables


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


def keep(tx: Connection, finish: Finish) -> None:
    """Keep a new finish."""
    tx.execute(
        insert(tables.finishes).values(
            board_id=finish.board_id,
            change=finish.change,
            number=finish.number,
            next_number=finish.next_number,
            next_refused=finish.next_refused,
            checks=finish.checks,
            undone=False,
        )
    )


def get(tx: Connection, board_id: int, change: int) -> Finish:
    """Give the finish that was this change of the board."""
    row = tx.execute(
        select(tables.finishes).where(tables.finishes.c.board_id == board_id, tables.finishes.c.change == change)
    ).one()
    return Finish(
        row.board_id, row.change, row.number, row.next_number, row.next_refused, row.checks, row.run_id, row.undone
    )


def last_of(tx: Connection, board_id: int, number: int) -> int | None:
    """Give the change that was the last finish of an item; None: it was never finished here."""
    key = (tables.finishes.c.board_id == board_id) & (tables.finishes.c.number == number) & ~tables.finishes.c.undone
    return tx.scalars(select(func.max(tables.finishes.c.change)).where(key)).one_or_none()


def checked(tx: Connection, finish: Finish, run_id: int) -> None:
    """Write down what prod facts said after the finish."""
    key = (tables.finishes.c.board_id == finish.board_id) & (tables.finishes.c.change == finish.change)
    tx.execute(update(tables.finishes).where(key).values(checks="done", run_id=run_id))


def check_again(tx: Connection, board_id: int, change: int) -> bool:
    """Write down that prod facts are to run again for a finish. False: that change was no finish."""
    key = (tables.finishes.c.board_id == board_id) & (tables.finishes.c.change == change)
    return tx.execute(update(tables.finishes).where(key).values(checks="owed")).rowcount == 1


def undo(tx: Connection, board_id: int, change: int) -> bool:
    """Write down that a finish was undone. False: that change was no finish."""
    key = (tables.finishes.c.board_id == board_id) & (tables.finishes.c.change == change)
    return tx.execute(update(tables.finishes).where(key).values(undone=True)).rowcount == 1
