"""Sequences of readings, and what may be said of a fact after them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.production.judgement import CALM, Standing, believed, is_flapping, judged, settled
from bot.core.production.readings import Health, Reading

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTERS = {"G": Health.GREEN, "R": Health.RED, "U": Health.UNKNOWN}


def read(letters: str) -> list[Health]:
    return [LETTERS[letter] for letter in letters]


def standings(letters: str, recover: int = 2) -> list[Standing]:
    """Return the standing after each of the readings, one a minute."""
    found = [Standing()]
    for minute, health in enumerate(read(letters)):
        found.append(judged(found[-1], health, START + minute * MINUTE, recover))
    return found[1:]


def verdicts(letters: str, recover: int = 2) -> str:
    return "".join(standing.health.name[0] for standing in standings(letters, recover))


@pytest.mark.parametrize(
    ("tried", "outcome"),
    [
        ("", None),
        ("G", "G"),
        ("U", "U"),
        ("R", None),
        ("RR", None),
        ("RRR", "R"),
        ("RG", "G"),
        ("RRG", "G"),
        ("RU", "U"),
    ],
)
def test_three_tries_before_red(tried: str, outcome: str | None) -> None:
    assert settled(read(tried)) == (LETTERS[outcome] if outcome else None)


@pytest.mark.parametrize(("tries", "tried", "outcome"), [(1, "R", Health.RED), (2, "R", None), (2, "RR", Health.RED)])
def test_as_many_tries_as_the_fact_says(tries: int, tried: str, outcome: Health | None) -> None:
    assert settled(read(tried), tries) is outcome


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ("", ""),
        ("G", "G"),
        ("GGG", "GGG"),
        ("R", "R"),
        ("GR", "GR"),
        ("RG", "RR"),  # one good one is not enough
        ("RGG", "RRG"),
        ("RGRG", "RRRR"),
        ("RGRGG", "RRRRG"),
        ("U", "U"),
        ("GU", "GU"),  # unknown is not green
        ("GUG", "GUG"),  # and no red: it needs no second good one
        ("RU", "RU"),
        ("RUG", "RUR"),  # unknown is no recovery
        ("RUGG", "RURG"),
        ("RGUG", "RRUR"),  # nor a good one
        ("RGUGG", "RRURG"),
        ("UR", "UR"),
    ],
)
def test_what_may_be_said_after_each_reading(readings: str, said: str) -> None:
    assert verdicts(readings) == said


@pytest.mark.parametrize(("recover", "said"), [(1, "RGGG"), (2, "RRGG"), (3, "RRRG")])
def test_as_many_good_ones_as_the_fact_says(recover: int, said: str) -> None:
    assert verdicts("RGGG", recover) == said


@pytest.mark.parametrize(
    ("readings", "flapping"),
    [
        ("GGGGG", False),
        ("GRRGG", False),
        ("GRGRG", True),
        ("RGRGR", True),
        ("GURUGUR", False),
        ("GRGRGGGGGGGGGG", False),
    ],
)
def test_going_to_and_fro_is_flapping(readings: str, flapping: bool) -> None:
    assert is_flapping(standings(readings)[-1].recent) is flapping


def test_a_flapping_fact_is_green_only_when_it_is_calm() -> None:
    said = verdicts("GRGRG" + "G" * (CALM - 1))
    assert said == "GRRR" + "R" * (CALM - 1) + "G"


@pytest.mark.parametrize(
    ("readings", "minute"),
    [
        ("GGR", 2),
        ("GRR", 1),
        ("GRU", 1),
        ("GRUG", 1),
        ("GRG", 1),
        ("GRGR", 1),
        ("GRGG", None),
        ("GRGGR", 4),
        ("U", None),
    ],
)
def test_first_red_since(readings: str, minute: int | None) -> None:
    assert standings(readings)[-1].red_since == (None if minute is None else START + minute * MINUTE)


@pytest.mark.parametrize(
    ("readings", "minute"), [("GGG", 0), ("GGR", 2), ("GRRG", 1), ("GRGG", 3), ("GU", 1), ("GUU", 1)]
)
def test_since_when_it_is_what_it_is(readings: str, minute: int) -> None:
    assert standings(readings)[-1].since == START + minute * MINUTE


STEPS = (0, 1, 60, -1, -60, 3600, -3600, 400 * 86_400, -400 * 86_400)  # seconds; a clock that was set, both ways


def stepped(letters: str, steps: list[int]) -> list[tuple[datetime, Standing]]:
    """Return the standing after each reading, and the moment the clock said, which is set anew before each."""
    at, found = START, [(START, Standing())]
    for health, step in zip(read(letters), steps, strict=False):
        at += timedelta(seconds=step)
        found.append((at, judged(found[-1][1], health, at)))
    return found[1:]


def test_a_clock_that_was_set_back_hides_no_red() -> None:
    """Green at ten, the clock is set to nine, production breaks."""
    assert stepped("GR", [3600, -3600])[-1][1].health is Health.RED


@given(st.lists(st.tuples(st.sampled_from("GRU"), st.sampled_from(STEPS)), max_size=40))
def test_what_is_said_goes_by_what_was_recorded_and_not_by_the_clock(looks: list[tuple[str, int]]) -> None:
    letters, steps = "".join(letter for letter, _ in looks), [step for _, step in looks]
    found = stepped(letters, steps)
    assert "".join(standing.health.name[0] for _, standing in found) == verdicts(letters)
    for letter, (at, standing) in zip(letters, found, strict=True):
        said = believed(Reading("Shop", "script", LETTERS[letter]), standing).health
        assert said is not Health.GREEN or letter == "G"
        assert all(moment is None or moment <= at for moment in (standing.since, standing.red_since, standing.looked))


@given(st.sampled_from(STEPS), st.sampled_from("GRU"))
def test_a_look_comes_within_twice_its_interval_however_the_clock_was_set(step: int, letter: str) -> None:
    standing, now = standings(letter)[-1], START + timedelta(seconds=step)
    assert standing.is_due(FIVE, now) or standing.is_due(FIVE, now + 2 * FIVE)
    assert (
        standing.told(FIVE, now) is not Health.GREEN or standing.told(FIVE, now + 4 * FIVE + MINUTE) is Health.UNKNOWN
    )


FIVE = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("every", "minutes", "due", "late"),
    [
        (None, 10_000, False, False),
        (FIVE, 4, False, False),
        (FIVE, 5, True, False),
        (FIVE, 10, True, False),
        (FIVE, 11, True, True),
    ],
)
def test_when_it_is_due_and_when_late(every: timedelta | None, minutes: int, due: bool, late: bool) -> None:
    standing, now = standings("G")[-1], START + minutes * MINUTE
    assert (standing.is_due(every, now), standing.is_late(every, now)) == (due, late)
    assert standing.told(every, now) is (Health.UNKNOWN if late else Health.GREEN)


def test_late_is_not_green_but_red_stays_red() -> None:
    late = START + timedelta(hours=1)
    assert standings("R")[-1].told(FIVE, late) is Health.RED
    assert Standing().is_due(FIVE, START)
    assert not Standing().is_due(None, START)


@given(st.text("GRU", max_size=40), st.integers(1, 5))
def test_no_green_that_was_not_earned(readings: str, recover: int) -> None:
    found = standings(readings, recover)
    for reading, standing in zip(readings, found, strict=True):
        assert standing.health is not Health.GREEN or reading == "G"
        assert standing.health is not Health.UNKNOWN or reading == "U"
        assert (standing.red_since is None) or standing.health is not Health.GREEN
    for before, after in pairwise(found):
        if before.health is Health.RED and after.health is Health.GREEN:
            assert readings[: len(found)].count("G") >= recover
