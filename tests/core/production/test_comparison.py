"""Production at an item's start beside production after its finish."""

import pytest

from bot.core.production.readings import Health, Reading, Run, compare, loss
from tests.fakes import MONDAY

G, R, U = Health.GREEN, Health.RED, Health.UNKNOWN


def run(**healths: Health) -> Run:
    details = {R: "200, but “Organic” not found", G: "200", U: "no answer"}
    readings = tuple(Reading(name, "http", health, details[health]) for name, health in healths.items())
    return Run(1, MONDAY, 1, readings)


def test_what_was_green_and_is_red_is_lost_and_is_evidence() -> None:
    found = compare(run(Detail=G, Cart=G), run(Detail=R, Cart=G))
    assert found.tally == "2/2 → 1/2"
    assert [one.name for one in found.lost] == ["Detail"]
    assert found.evidence == "prod facts 2/2 → 1/2: Detail lost “Organic”"


@pytest.mark.parametrize(
    ("before", "after", "lost", "still"),
    [(R, R, 0, 1), (G, U, 0, 0), (U, R, 0, 0), (R, G, 0, 0), (G, R, 1, 0)],
)
def test_only_what_is_known_of_both_is_compared(before: Health, after: Health, lost: int, still: int) -> None:
    found = compare(run(Detail=before), run(Detail=after))
    assert (len(found.lost), len(found.still)) == (lost, still)


def test_a_fact_that_is_new_is_not_lost() -> None:
    assert compare(run(Cart=G), run(Cart=G, Detail=R)).lost == ()


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("200, but Content check FAILED: 'Organic' not found", "lost 'Organic'"),
        ("200, but “Add to cart” not found", "lost “Add to cart”"),
        ("500 instead of 200", "is red: 500 instead of 200"),
        ("", "is red"),
    ],
)
def test_a_loss_is_said_in_a_few_words(detail: str, words: str) -> None:
    assert loss(Reading("Detail", "http", R, detail)) == words
