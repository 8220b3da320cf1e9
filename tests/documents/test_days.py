"""Days and hours in text."""

from datetime import UTC, datetime

import pytest

from bot.documents.days import UPDATED, moment, shifted, when


@pytest.mark.parametrize(
    ("text", "days", "moved"),
    [
        ("**Last Updated**: 2025-12-20 20:35 UTC", 1, "**Last Updated**: 2025-12-21 20:35 UTC"),
        ("merged (2025-12-31T23:56:24Z)", 1, "merged (2026-01-01T23:56:24Z)"),
        ("`docs/STABILITY-2025-12-23.md`", -30, "`docs/STABILITY-2025-11-23.md`"),
        ("2025_12_23_053325_add.php, 2025-13-45, 12025-12-20, v1.2025-12-20", 1, None),
        ("the last day is 9999-12-31", 1, None),
        ("2024-02-28 2024-02-28", 1, "2024-02-29 2024-02-29"),
        ("nothing", 400, None),
    ],
)
def test_every_iso_day_moves_and_nothing_else(text: str, days: int, moved: str | None) -> None:
    assert shifted(text, days) == (moved or text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-12-20", datetime(2025, 12, 20, 12, tzinfo=UTC)),
        (" 2025-12-20 08:15 UTC ", datetime(2025, 12, 20, 8, 15, tzinfo=UTC)),
        ("2025-12-20T08:15:59Z", datetime(2025, 12, 20, 8, 15, tzinfo=UTC)),
        ("2025-02-30", None),
        ("2025-12-20 and more", None),
        ("soon", None),
    ],
)
def test_a_day_without_its_hour_is_noon(text: str, at: datetime | None) -> None:
    assert when(text) == at


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("**Last Updated**: 2025-12-20 20:35 UTC", datetime(2025, 12, 20, 20, 35, tzinfo=UTC)),
        ("**Updated:** 2025-10-03", datetime(2025, 10, 3, 12, tzinfo=UTC)),
        ("**Updated**: 2026-01-21 (V1-QA-EXECUTE-01-5)", datetime(2026, 1, 21, 12, tzinfo=UTC)),
        ("_Last updated: 2026-01-21_", datetime(2026, 1, 21, 12, tzinfo=UTC)),
        ("_Last updated by Pass ADMIN-IA-01 (2026-01-19)_", None),
        ("We updated: nothing", None),
    ],
)
def test_when_a_document_says_it_was_updated(line: str, at: datetime | None) -> None:
    found = UPDATED.match(line)
    assert (moment(found) if found else None) == at
