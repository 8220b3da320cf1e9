"""How far an item is and how long it took: one count, in one set of words."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.board import gate, moves
from bot.core.board.measure import counts, how_far, how_far_in_short, took
from bot.core.board.model import Criterion, CriterionState, Item, Lane
from bot.core.people import Person
from bot.errors import RuleBroken
from tests.core.boards import MET, NOW, OPEN, board, changed, item
from tests.people import ALICE, BOB


def waived(by: Person | None = ALICE, reason: str = "no data yet") -> Criterion:
    return replace(OPEN, state=CriterionState.WAIVED, by=by, evidence=reason, at=NOW)


def made(*dod: Criterion) -> Item:
    return item(1, Lane.WIP, dod=dod)


@pytest.mark.parametrize(
    ("dod", "long", "short"),
    [
        ((), "no DoD yet", "no DoD yet"),
        ((OPEN, OPEN), "0 of 2", "0 of 2"),
        ((MET, OPEN, MET), "2 of 3", "2 of 3"),
        ((MET, MET, waived()), "2 met · 1 waived by Alice: no data yet", "2 met · 1 waived"),
        ((MET, waived(), OPEN), "1 met · 1 waived by Alice: no data yet · 1 open", "1 met · 1 waived · 1 open"),
        ((waived(), waived(reason="too dear")), "0 met · 2 waived by Alice: no data yet, too dear", "0 met · 2 waived"),
        (
            (waived(), waived(BOB, "no device")),
            "0 met · 2 waived by Alice: no data yet; by Bob: no device",
            "0 met · 2 waived",
        ),
        # an import knows neither who waived it nor, sometimes, why
        ((waived(None),), "0 met · 1 waived: no data yet", "0 met · 1 waived"),
        ((waived(None, ""),), "0 met · 1 waived", "0 met · 1 waived"),
        ((waived(), waived(None, "old")), "0 met · 2 waived: old; by Alice: no data yet", "0 met · 2 waived"),
        ((waived(reason="Nobody asked."),), "0 met · 1 waived by Alice: Nobody asked", "0 met · 1 waived"),
        ((waived(reason=""),), "0 met · 1 waived by Alice", "0 met · 1 waived"),
        (
            (waived(),) * 5,
            "0 met · 5 waived by Alice: no data yet, no data yet, no data yet; and 2 more",
            "0 met · 5 waived",
        ),
    ],
)
def test_a_waiver_is_not_a_tick(dod: tuple[Criterion, ...], long: str, short: str) -> None:
    assert (how_far(made(*dod)), how_far_in_short(made(*dod))) == (long, short)


def test_the_counts_come_one_by_one_for_who_reads_them_aloud() -> None:
    assert counts(made(MET, waived(), OPEN)) == ("1 met", "1 waived by Alice: no data yet", "1 open")


def test_names_and_reasons_are_on_one_line_cut_and_escaped() -> None:
    long = made(waived(Person("U1", "<Al>"), "because\n  of <this> and " + "more " * 40))
    said = how_far(long, lambda text: text.replace("<", "&lt;"))
    assert said.startswith("0 met · 1 waived by &lt;Al>: because of &lt;this> and more more")
    assert said.endswith(" mo…")
    assert len(said) < 160


def test_refusals_count_as_everything_else_does_and_keep_people_s_braces() -> None:
    taken = changed(board(wip=[1], next=[2]), 1, dod=(MET, waived(reason="{0} <here>")))
    with pytest.raises(RuleBroken) as refusal:
        moves.start(taken, 2, BOB, NOW)
    count = "1 met · 1 waived by Alice: {0} <here>"
    assert f"day 2, {count}." in str(refusal.value)
    _, wip, *_ = gate.questions(taken, taken.item(2), (), None, NOW)
    assert f"day 2, {count}." in wip.say()
    assert "&lt;here>" in wip.say(lambda text: text.replace("<", "&lt;"))


ATHENS = ZoneInfo("Europe/Athens")


@pytest.mark.parametrize(
    ("started", "finished", "words"),
    [
        ((2, 9, 0), (2, 9, 0), "under a minute"),
        ((2, 9, 0), (2, 9, 40), "40 min"),
        ((2, 6, 0), (2, 21, 0), "15 h"),
        ((2, 21, 0), (2, 23, 0), "2 days"),  # it is past midnight in Athens
        ((2, 15, 0), (3, 7, 0), "2 days"),
        ((2, 7, 0), (9, 6, 0), "8 days"),  # not seven: the board said day 8
    ],
)
def test_it_took_as_many_calendar_days_as_the_board_counted(
    started: tuple[int, int, int], finished: tuple[int, int, int], words: str
) -> None:
    begun, ended = (datetime(2026, 3, *at, tzinfo=UTC) for at in (started, finished))
    done = item(1, Lane.DONE, started=begun, finished=ended)
    assert took(done, ATHENS) == words
    if words.endswith("days"):
        assert words == f"{done.day(ended, ATHENS)} days"


def test_nobody_knows_how_long_it_took_without_both_ends() -> None:
    assert took(item(1, Lane.DONE, started=None), UTC) == ""
    assert took(item(1, Lane.WIP), UTC) == ""
