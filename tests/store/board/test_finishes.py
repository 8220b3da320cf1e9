"""Finishes in rows, and that one was undone."""

from dataclasses import replace

from bot.store.board import boards, finishes
from bot.store.board.finishes import Finish
from bot.store.database import Database
from tests.store.stage import CHANNEL


def test_an_undone_finish_says_so_and_no_other_does(db: Database) -> None:
    with db.begin() as tx:
        record = boards.open_board(tx, CHANNEL)
        other = boards.open_board(tx, "C0OTHER")
        kept = [Finish(board.id, change, 1, 2, "why", "none") for board in (record, other) for change in (7, 8)]
        for finish in kept:
            finishes.keep(tx, finish)
        assert finishes.undo(tx, record.id, 8) is True
        assert finishes.undo(tx, record.id, 9) is False
        found = [finishes.get(tx, finish.board_id, finish.change) for finish in kept]
    assert found == [kept[0], replace(kept[1], undone=True), *kept[2:]]
