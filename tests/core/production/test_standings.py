"""What a run comes to: lines that vanish, first good readings, and readings put together."""

from datetime import timedelta

import pytest

from bot.core.production.judgement import (
    Footing,
    Known,
    Seen,
    Standing,
    after_run,
    believed,
    for_incidents,
    judged,
    together,
)
from bot.core.production.readings import Health, Reading
from tests.fakes import MONDAY

MINUTE = timedelta(minutes=1)
G, R, U = Health.GREEN, Health.RED, Health.UNKNOWN


def own(health: Health, detail: str = "") -> Reading:
    return Reading("Shop", "script", health, detail)


def line(health: Health, name: str = "Cart") -> Reading:
    return Reading(name, "script", health, part_of="Shop")


def run(*looks: tuple[Reading, ...]) -> dict[str, Known]:
    """What is known after these looks, a minute apart."""
    known: dict[str, Known] = {}
    for k, found in enumerate(looks):
        after, gone = after_run(known, found, MONDAY + k * MINUTE, {"Shop": 2})
        known = {name: one for name, one in {**known, **after}.items() if name not in gone}
    return known


def test_a_line_is_gone_when_its_script_ended_well_without_it() -> None:
    assert run((own(G), line(R)), (own(G),)).keys() == {"Shop"}


@pytest.mark.parametrize("ended", [U, R])
def test_a_red_line_that_a_broken_script_no_longer_prints_has_not_recovered(ended: Health) -> None:
    known = run((own(G), line(R)), (own(ended, "stopped"),))
    assert known["Cart"].standing.health is U
    assert known["Cart"].standing.red_since == MONDAY


def test_a_line_needs_as_many_good_readings_as_its_fact() -> None:
    looks = [(own(G), line(R)), (own(G), line(G)), (own(G), line(G))]
    assert [run(*looks[:k])["Cart"].standing.health for k in (1, 2, 3)] == [R, R, G]


def test_the_first_good_reading_is_told_as_red_with_what_was_found() -> None:
    standing = judged(judged(judged(Standing(), G, MONDAY - MINUTE), R, MONDAY), G, MONDAY + MINUTE)
    told = believed(own(G, "200"), standing)
    assert (told.health, told.observed, told.red_since) == (R, G, MONDAY)
    assert told.detail == "good again, but not for long enough yet: 200"


@pytest.mark.parametrize(
    ("footing", "health", "followed", "detail"),
    [
        (Footing.TRIAL, R, U, "never green yet: 404"),
        (Footing.NEW, R, R, "never green yet: 404"),
        (Footing.PROVEN, R, R, "404"),
        (Footing.TRIAL, G, G, "404"),
        (Footing.TRIAL, U, U, "404"),
    ],
)
def test_what_was_never_green_says_so_and_on_trial_it_opens_nothing(
    footing: Footing, health: Health, followed: Health, detail: str
) -> None:
    standing = judged(Standing(footing=footing), health, MONDAY)
    assert for_incidents([Known("Shop", standing)])["Shop"].health is followed
    assert believed(own(health, "404"), standing).detail == detail
    assert standing.footing is (Footing.PROVEN if health is G else footing)


def test_the_first_good_reading_of_what_was_never_green_is_not_good_again() -> None:
    standing = judged(judged(Standing(), R, MONDAY), G, MONDAY + MINUTE)
    told = believed(own(G, "200"), standing)
    assert (told.health, told.detail) == (R, "good, but not for long enough yet: 200")


def test_a_script_that_its_lines_speak_for_opens_nothing_and_ends_nothing() -> None:
    known = run((own(R, "exit 1"), line(R)))
    assert {name: one.health for name, one in for_incidents(known.values()).items()} == {"Shop": U, "Cart": R}
    assert {name: one.health for name, one in for_incidents(run((own(R, "exit 1"),)).values()).items()} == {"Shop": R}


def seen(*healths: Health, every: timedelta | None = None, read: Health | None = None) -> Seen:
    standing = Standing()
    for k, health in enumerate(healths):
        standing = judged(standing, health, MONDAY + k * MINUTE)
    return Seen(own(read or healths[-1], "200"), MONDAY + (len(healths) - 1) * MINUTE, standing, every)


def test_green_that_nobody_looks_at_any_more_is_unknown() -> None:
    one = seen(G, every=MINUTE)
    assert one.told(MONDAY + 2 * MINUTE).health is G
    late = one.told(MONDAY + 3 * MINUTE)
    assert (late.health, late.detail) == (U, "no look for 3 min; it was green: 200")
    assert seen(R, every=MINUTE).told(MONDAY + timedelta(days=1)).health is R


def test_a_reading_that_the_last_look_said_nothing_of_is_not_told_as_it_was() -> None:
    told = seen(G, U, read=G).told(MONDAY)
    assert (told.health, told.detail) == (U, "the last look said nothing of it; before that: 200")


def test_readings_together_are_as_old_as_the_oldest() -> None:
    run = together([seen(G), seen(G, G)], MONDAY + MINUTE)
    assert run is not None
    assert (run.at, run.green) == (MONDAY, 2)
    assert together([], MONDAY) is None


def test_what_was_never_looked_at_is_unknown() -> None:
    assert Standing().health is U
