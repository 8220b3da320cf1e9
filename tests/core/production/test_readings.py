"""What readings mean together."""

import pytest

from bot.core.production.readings import Health, Reading, counted, worst

GREEN, RED, UNKNOWN = Health.GREEN, Health.RED, Health.UNKNOWN


def fact(health: Health, name: str = "Shop") -> Reading:
    return Reading(name, "script", health)


def line(name: str, health: Health, of: str = "Shop") -> Reading:
    return Reading(name, "script", health, part_of=of)


@pytest.mark.parametrize(
    ("found", "health"),
    [([], UNKNOWN), ([GREEN], GREEN), ([GREEN, UNKNOWN], UNKNOWN), ([UNKNOWN, RED, GREEN], RED)],
)
def test_red_is_worse_than_unknown_is_worse_than_green(found: list[Health], health: Health) -> None:
    assert worst([fact(one) for one in found]) is health


@pytest.mark.parametrize(
    ("readings", "names"),
    [
        ([fact(GREEN)], ["Shop"]),
        ([fact(GREEN), line("API", GREEN), line("Cart", GREEN)], ["API", "Cart"]),
        ([fact(GREEN), line("API", RED)], ["API"]),
        ([fact(RED), line("API", GREEN), line("Cart", RED)], ["API", "Cart"]),
        ([fact(RED), line("API", GREEN)], ["Shop", "API"]),
        ([fact(UNKNOWN), line("API", GREEN), line("Cart", RED)], ["Shop", "API", "Cart"]),
        ([fact(UNKNOWN), line("API", UNKNOWN)], ["Shop", "API"]),
        ([fact(GREEN), fact(GREEN, "Other"), line("API", GREEN, "Other")], ["Shop", "API"]),
    ],
)
def test_each_cause_counts_once(readings: list[Reading], names: list[str]) -> None:
    assert [reading.name for reading in counted(readings)] == names


def test_a_warning_is_a_green_reading_with_words() -> None:
    assert Reading("Certificate", "script", GREEN, "⚠️ 12 days left").warned
    assert not Reading("Certificate", "script", GREEN, "12 days left").warned
    assert not Reading("Certificate", "script", RED, "⚠️ 12 days left").warned
