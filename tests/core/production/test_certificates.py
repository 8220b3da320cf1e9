"""Each warning about a certificate comes once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.production.judgement import days_left, warning_due


@pytest.mark.parametrize(
    ("days", "warned", "due"),
    [
        (90, (), None),
        (31, (), None),
        (30, (), 30),
        (29, (30,), None),
        (14, (30,), 14),
        (9, (30, 14), None),
        (7, (30, 14), 7),
        (3, (30, 14, 7), 3),
        (2, (30, 14, 7, 3), None),
        (1, (30, 14, 7, 3), 1),
        (0, (30, 14, 7, 3, 1), None),
        (-1, (30, 14, 7, 3), 1),
        (5, (), 7),  # nobody looked for weeks: one warning, not three
        (5, (7,), None),
        (90, (30, 14), None),  # renewed
    ],
)
def test_which_warning_is_due(days: int, warned: tuple[int, ...], due: int | None) -> None:
    assert warning_due(days, warned) == due


def test_day_by_day_each_warning_comes_once() -> None:
    given: list[int] = []
    for days in range(40, -5, -1):
        given += [due for due in [warning_due(days, given)] if due is not None]
    assert given == [30, 14, 7, 3, 1]


@pytest.mark.parametrize(("hours", "days"), [(25, 1), (24, 1), (23, 0), (0, 0), (-1, -1)])
def test_whole_days(hours: int, days: int) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert days_left(now + timedelta(hours=hours), now) == days
