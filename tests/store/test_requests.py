"""Requests that were done: each has one row, in the transaction of its change, for about an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import DoneBefore
from bot.store import requests, tables
from bot.store.database import Database
from bot.store.requests import Claim
from tests.store.stage import NOW


def kept(db: Database) -> list[str]:
    with db.read() as tx:
        return sorted(tx.scalars(select(tables.requests.c.key)))


def test_a_request_has_several_changes_and_a_repeat_none(db: Database) -> None:
    mine = db.claiming(Claim("trigger 1", NOW))
    for _ in range(2):
        mine.write(lambda _tx: None)
    with pytest.raises(DoneBefore):
        db.claiming(Claim("trigger 1", NOW)).write(lambda _tx: None)
    db.claiming(Claim("trigger 2", NOW)).write(lambda _tx: None)
    assert kept(db) == ["trigger 1", "trigger 2"]


def test_what_fails_claims_nothing(db: Database) -> None:
    claim = Claim("trigger 1", NOW)
    with pytest.raises(ZeroDivisionError):
        db.claiming(claim).write(lambda _tx: 1 / 0)
    assert (claim.is_held, kept(db)) == (False, [])
    db.claiming(claim).write(lambda _tx: None)
    assert (claim.is_held, kept(db)) == (True, ["trigger 1"])


def test_looking_claims_nothing(db: Database) -> None:
    db.claiming(Claim("trigger 1", NOW)).query(lambda _tx: None)
    assert kept(db) == []


def test_they_are_forgotten_when_slack_delivers_them_no_more(db: Database) -> None:
    for hours in (0, 1.5, 2.5):
        db.claiming(Claim(f"{hours}", NOW + timedelta(hours=hours))).write(lambda _tx: None)
    later = NOW + timedelta(hours=2)
    assert not db.query(requests.are_stale, later)
    later += timedelta(seconds=1)
    assert db.query(requests.are_stale, later)
    db.write(requests.forget, later)
    assert kept(db) == ["1.5", "2.5"]
