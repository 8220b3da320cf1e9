"""One incident for one cause, one message for one incident, and an end to each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.core.production.incidents import (
    LONGEST_SNOOZE,
    Change,
    Incident,
    Window,
    acknowledge,
    follow,
    is_reminder_due,
    reminders_by,
    snooze,
)
from bot.core.production.judgement import Standing, judged
from bot.core.production.readings import Health
from bot.core.production.story import Told, notes
from bot.core.times import CLOCKS_DIFFER
from bot.errors import RuleBroken
from tests.depth import tried

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def red(*, since: datetime = NOW) -> Standing:
    """Return the standing of a fact that was green before."""
    return judged(judged(Standing(), Health.GREEN, since - HOUR), Health.RED, since)


GREEN, UNKNOWN = Standing(Health.GREEN), Standing(Health.UNKNOWN)
API = Incident(NOW, ("API",), frozenset({"API"}), id=1)
BOTH = Incident(NOW, ("API", "Cart"), frozenset({"API", "Cart"}), id=1)


def only(changes: tuple[Change, ...]) -> Change:
    (change,) = changes
    return change


def test_what_goes_red_together_is_one_incident() -> None:
    change = only(follow([], {"API": red(), "Cart": red(), "Page": GREEN}, NOW))
    assert change.opens
    assert change.after == Incident(NOW, ("API", "Cart"), frozenset({"API", "Cart"}))
    assert change.went_red == {"API", "Cart"}


@pytest.mark.parametrize(("later", "joins"), [(MINUTE, True), (61 * timedelta(seconds=1), False)])
def test_what_goes_red_within_a_minute_joins(later: timedelta, joins: bool) -> None:
    at = NOW + later
    change = only(follow([API], {"API": red(), "Cart": red(since=at)}, at))
    assert change.opens is not joins
    assert change.after.facts == (("API", "Cart") if joins else ("Cart",))


def test_nothing_new_is_no_change() -> None:
    assert follow([API], {"API": red()}, NOW + MINUTE) == ()
    assert follow([], {"API": GREEN, "Cart": UNKNOWN}, NOW) == ()


def test_it_closes_when_all_of_it_is_green() -> None:
    eased = only(follow([BOTH], {"API": GREEN, "Cart": red()}, NOW + MINUTE))
    assert (eased.closes, set(eased.recovered)) == (False, {"API"})
    closed = only(follow([eased.after], {"API": GREEN, "Cart": GREEN}, NOW + 90 * MINUTE))
    assert (closed.closes, set(closed.recovered)) == (True, {"Cart"})
    assert closed.after.lasted(NOW + 99 * HOUR) == 90 * MINUTE


def test_unknown_is_no_recovery() -> None:
    assert follow([API], {"API": UNKNOWN}, NOW + MINUTE) == ()


def test_a_fact_that_is_no_longer_watched_ends_its_incident_and_did_not_recover() -> None:
    change = only(follow([API], {}, NOW + MINUTE))
    assert change.closes
    assert (set(change.gone), set(change.recovered)) == ({"API"}, set())
    assert [note.told for note in notes(change, NOW)] == [Told.GONE, Told.CLOSED]


def test_what_was_never_green_is_green_for_the_first_time_and_then_again() -> None:
    opened = only(follow([], {"API": judged(Standing(), Health.RED, NOW), "Cart": red()}, NOW)).after
    assert opened.new == {"API"}
    eased = only(follow([opened], {"API": GREEN, "Cart": red()}, NOW + MINUTE)).after
    assert eased.new == {"API"}
    again = only(follow([eased], {"API": red(), "Cart": red()}, NOW + MINUTE)).after
    assert again.new == frozenset()


def test_red_again_while_it_is_open_is_the_same_incident() -> None:
    eased = Incident(NOW, ("API", "Cart"), frozenset({"Cart"}), id=1)
    change = only(follow([eased], {"API": red(), "Cart": red()}, NOW + 2 * HOUR - MINUTE))
    assert (change.opens, set(change.went_red)) == (False, {"API"})


@pytest.mark.parametrize(
    ("age", "reminders"),
    [(0, 0), (0.99, 0), (1, 1), (2.9, 1), (3, 2), (7.9, 2), (8, 3), (24, 4), (47, 4), (48, 5), (72, 6)],
)
def test_reminders_come_at_growing_intervals(age: float, reminders: int) -> None:
    assert reminders_by(age * HOUR) == reminders


def remind_hours(incident: Incident, hours: int) -> list[int]:
    """Return the hours at which somebody is reminded, asked every hour."""
    found = []
    for hour in range(hours + 1):
        for change in follow([incident], {"API": red()}, NOW + hour * HOUR):
            incident = change.after
            found += [hour] if change.reminds else []
    return found


def test_each_reminder_comes_once() -> None:
    assert remind_hours(API, 73) == [1, 3, 8, 24, 48, 72]


def test_acknowledged_it_is_quiet_for_a_day() -> None:
    assert remind_hours(acknowledge(API, "U0ALICE"), 50) == [24, 48]


def test_snoozed_it_is_quiet_until_then_and_speaks_then() -> None:
    assert remind_hours(snooze(API, NOW + 5 * HOUR), 10) == [5, 8]


def test_what_was_missed_is_made_up_for_by_one_reminder() -> None:
    change = only(follow([API], {"API": red()}, NOW + 9 * HOUR))
    assert (change.reminds, change.after.reminded) == (True, 3)


def test_one_person_is_enough() -> None:
    taken = acknowledge(API, "Alice")
    with pytest.raises(RuleBroken, match="Alice is already on it"):
        acknowledge(taken, "Bob")


def test_what_is_over_is_over() -> None:
    closed = replace(API, red=frozenset(), closed=NOW + HOUR)
    with pytest.raises(RuleBroken):
        acknowledge(closed, "Alice")
    with pytest.raises(RuleBroken):
        snooze(closed, NOW + 2 * HOUR)


AHEAD = timedelta(days=400)  # a clock that was wrong, and was set right


def set_right(incident: Incident, hours: int) -> list[int]:
    """Return the hours since the clock was set right at which somebody is reminded of what happened before."""
    return remind_hours(incident, hours)


@pytest.mark.parametrize(
    "incident",
    [
        replace(API, opened=NOW + AHEAD),
        replace(API, opened=NOW + AHEAD, reminded=2),
        replace(API, reminded=404),  # it opened before the clock went wrong, and was told of while it was
        replace(API, opened=NOW + HOUR, reminded=1),
    ],
)
def test_what_a_clock_that_was_ahead_dated_is_reminded_of_as_if_it_began_now(incident: Incident) -> None:
    assert set_right(incident, 25) == [1, 3, 8, 24]


def test_a_snooze_that_ends_later_than_one_can_is_over() -> None:
    assert set_right(replace(API, snoozed_until=NOW + AHEAD), 2)[:1] == [0]
    assert set_right(snooze(API, NOW + LONGEST_SNOOZE), 24 * 8)[0] == 24 * 7


def test_a_small_step_back_reminds_nobody_twice() -> None:
    reminded = only(follow([API], {"API": red()}, NOW + HOUR)).after
    assert follow([reminded], {"API": red()}, NOW + HOUR - 2 * MINUTE) == ()


def test_a_maintenance_that_was_asked_for_is_on_when_the_clock_is_set_back_and_ends() -> None:
    window = Window(NOW, NOW + 2 * HOUR)
    assert window.is_on(NOW - HOUR)
    assert not window.is_on(NOW + 2 * HOUR)
    assert not Window(NOW + AHEAD, NOW + AHEAD + HOUR).is_on(NOW)


WINDOW = Window(NOW, NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("fact", "minutes", "covers"), [("API", -1, True), ("API", 0, True), ("API", 119, True), ("API", 120, False)]
)
def test_a_window_has_an_end(fact: str, minutes: int, covers: bool) -> None:
    assert WINDOW.covers(fact, NOW + minutes * MINUTE) is covers
    assert not Window(NOW, NOW + HOUR, frozenset({"Cart"})).covers("API", NOW)


def test_maintenance_opens_no_incident_and_one_opens_when_it_ends_red() -> None:
    assert follow([], {"API": red()}, NOW + HOUR, [WINDOW]) == ()
    change = only(follow([], {"API": red()}, NOW + 2 * HOUR, [WINDOW]))
    assert (change.opens, change.reminds, change.after.opened) == (True, False, NOW)
    assert not is_reminder_due(change.after, NOW + 2 * HOUR)


def test_maintenance_gives_no_reminder_but_lets_an_incident_close() -> None:
    assert follow([API], {"API": red()}, NOW + HOUR, [WINDOW]) == ()
    assert only(follow([API], {"API": GREEN}, NOW + HOUR, [WINDOW])).closes


class Incidents(RuleBasedStateMachine):
    """Readings in any order, people who press buttons, and a configuration that changes."""

    FACTS = ("API", "Cart", "Page")

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.standings = {fact: Standing() for fact in self.FACTS}
        self.kept: dict[int, Incident] = {}
        self.messages: dict[int, int] = {}
        self.windows: list[Window] = []

    @property
    def open(self) -> list[Incident]:
        return [incident for incident in self.kept.values() if incident.closed is None]

    def run_once(self) -> None:
        """Do what the bot does after each run: keep what changed, and post what is new."""
        for change in follow(self.open, self.standings, self.now, self.windows):
            assert change.after.closed is None or not change.reminds
            assert all(self.standings[fact].health is Health.GREEN for fact in change.recovered)
            assert change.gone.isdisjoint(self.standings)
            number = change.after.id or len(self.kept) + 1
            self.messages[number] = self.messages.get(number, 0) + change.opens
            self.kept[number] = replace(change.after, id=number)
        assert follow(self.open, self.standings, self.now, self.windows) == ()  # a second poster finds nothing

    @rule(seconds=st.sampled_from([1, 30, 61, 3600, 4 * 3600, 90_000]))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.run_once()

    @rule(seconds=st.sampled_from([-1, -61, -3600, -400 * 86_400, 400 * 86_400]))
    def the_clock_is_set(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.run_once()

    @rule(healths=st.dictionaries(st.sampled_from(FACTS), st.sampled_from(Health), min_size=1))
    def a_run(self, healths: dict[str, Health]) -> None:
        for fact, health in healths.items():
            self.standings[fact] = judged(self.standings.get(fact, Standing()), health, self.now)
        self.run_once()

    @rule(fact=st.sampled_from(FACTS))
    def taken_out_of_the_file(self, fact: str) -> None:
        self.standings.pop(fact, None)
        self.run_once()

    @rule(hours=st.integers(1, 5), facts=st.frozensets(st.sampled_from(FACTS)))
    def maintenance(self, hours: int, facts: frozenset[str]) -> None:
        self.windows = [Window(self.now, self.now + hours * HOUR, facts)]
        self.run_once()

    @rule(hours=st.integers(1, 30))
    def buttons(self, hours: int) -> None:
        for incident in self.open:
            pressed = snooze(incident, self.now + hours * HOUR)
            self.kept[incident.id] = pressed if incident.acknowledged_by else acknowledge(pressed, "Alice")

    @invariant()
    def never_two_open_incidents_for_one_fact(self) -> None:
        facts = [fact for incident in self.open for fact in incident.facts]
        assert len(facts) == len(set(facts))

    @invariant()
    def what_recovered_is_closed_and_what_is_red_is_not(self) -> None:
        for incident in self.open:
            assert incident.red
            for fact in incident.red:
                assert self.standings[fact].health is not Health.GREEN
        red = {fact for incident in self.open for fact in incident.red}
        for fact, standing in self.standings.items():
            hushed = any(window.covers(fact, self.now) for window in self.windows)
            assert standing.health is not Health.RED or hushed or fact in red

    @invariant()
    def one_message_each(self) -> None:
        assert all(count == 1 for count in self.messages.values())
        assert set(self.messages) == set(self.kept)

    @invariant()
    def none_ends_before_it_begins(self) -> None:
        assert all(incident.lasted(self.now) >= timedelta(0) for incident in self.kept.values())

    @invariant()
    def nobody_waits_for_a_reminder_longer_than_there_is_between_two(self) -> None:
        for incident in self.open:
            assert incident.opened <= self.now + CLOCKS_DIFFER
            quiet = [window for window in self.windows if window.is_on(self.now + timedelta(days=8))]
            assert quiet == []
            assert is_reminder_due(incident, self.now + timedelta(days=8))


Incidents.TestCase.settings = settings(
    max_examples=tried(200, deep=2000, quick=20), stateful_step_count=30, deadline=None
)
TestIncidents = Incidents.TestCase
