"""A year in the world's zones, with a process that ticks each minute and is down now and then, counted day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest.schedule import BEFORE, LEAP, NO_PAST, SKIP_AFTER, Coming, Past, Plan, beat, earliest, plan_next
from tests.depth import tried

YEAR = 2026
START = datetime(YEAR, 1, 1, tzinfo=UTC) - timedelta(days=2)
END = datetime(YEAR + 1, 1, 1, tzinfo=UTC) + timedelta(days=2)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ZONES = sorted(available_timezones())
# Times at which clocks are changed somewhere, and the usual one.
TIMES = [time(9), time(0), time(0, 30), time(1, 45), time(2, 15), time(2, 30), time(3), time(3, 30), time(23, 45)]
HOLIDAYS = {"Europe/Athens": "GR", "Europe/Berlin": "DE-BY", "America/New_York": "US-NY", "Asia/Tokyo": "JP"}
OFF = frozenset({date(YEAR, 3, 29), date(YEAR, 3, 30), date(YEAR, 8, 14)})


@dataclass
class Life:
    """What a board's row and its claims hold, and what was posted when. A restart keeps this, and nothing else."""

    plan: Plan
    coming: Coming
    posted: dict[date, list[datetime]] = field(default_factory=dict)
    skipped: dict[date, datetime] = field(default_factory=dict)
    nudged: dict[date, list[datetime]] = field(default_factory=dict)

    def past(self, first: date = date.min) -> Past:
        posted = frozenset(day for day in self.posted if day >= first)
        return Past(posted | {day for day in self.skipped if day >= first}, posted)

    def tick(self, now: datetime) -> None:
        found = beat(self.plan, self.coming, now, self.past(earliest(self.plan, now - SKIP_AFTER)))
        self.coming = found.coming
        if found.digest and found.digest.is_too_late:
            self.skipped[found.digest.day] = now
        elif found.digest:
            later = [day for day in self.posted if found.digest.day < day <= found.digest.day + LEAP]
            assert later == [], "older than the last one"
            self.posted.setdefault(found.digest.day, []).append(now)
        if found.nudge:
            self.nudged.setdefault(found.nudge.day, []).append(now)

    @property
    def wakes(self) -> datetime:
        return min(moment for moment in (self.coming.digest, self.coming.nudge) if moment)


@dataclass(frozen=True)
class Outages:
    """When no process runs; each outage ends in a restart."""

    spans: tuple[tuple[datetime, datetime], ...]

    def up(self, tick: datetime) -> datetime:
        """The first tick from this one on at which a process runs."""
        for down, back in self.spans:
            if down <= tick < back:
                return tick + -((tick - back) // MINUTE) * MINUTE
        return tick


def outages(random: Random) -> Outages:
    """A restart every few days, for a minute or an hour; every few weeks for so long that a digest is missed."""
    spans, at = [], START
    while at < END:
        at += timedelta(minutes=random.randrange(60, 6 * 24 * 60))
        long = random.random() < 0.1
        back = at + timedelta(minutes=random.randrange(5 * 60, 40 * 60) if long else random.randrange(1, 100))
        spans.append((at, back))
        at = back
    return Outages(tuple(spans))


def began(plan: Plan) -> Life:
    return Life(plan, plan_next(plan, START, START, NO_PAST))


def jumped(plan: Plan, down: Outages, offset: timedelta) -> Life:
    """Live the year by jumping to the ticks at which something is due.

    It is the same as ticking each minute: a tick reads `digest_due <= now or nudge_due <= now` and does nothing else
    when neither holds, which `test_jumping_is_the_same_as_ticking_each_minute` checks, minute for minute.
    """
    life, tick = began(plan), START + offset
    while tick < END:
        if life.wakes <= tick:
            life.tick(tick)
        # Ticks come once a minute, `offset` after the full one.
        wakes = max(life.wakes, tick + timedelta(microseconds=1))
        tick = down.up(wakes + (tick - wakes) % MINUTE)
    return life


def each_minute(plan: Plan, down: Outages, offset: timedelta) -> Life:
    life, tick = began(plan), START + offset
    while tick < END:
        if life.wakes <= tick and down.up(tick) == tick:
            life.tick(tick)
        tick += MINUTE
    return life


def workdays(plan: Plan) -> Iterator[date]:
    """The workdays of the year as a calendar on the wall has them: not by the code that is tested."""
    from holidays import country_holidays

    country, _, part = plan.holidays.partition("-")
    red = country_holidays(country, subdiv=part or None, years=YEAR) if country else {}
    for k in range(365):
        day = date(YEAR, 1, 1) + k * DAY
        if day.weekday() in plan.days and day not in red and day not in plan.off:
            yield day


def on_the_wall(plan: Plan, day: date) -> datetime | None:
    """The first moment of a local day at which its clocks show the time, or have passed it: minute by minute."""
    zone, midnight = ZoneInfo(plan.zone), datetime.combine(day, time(0), UTC)
    assert plan.at is not None
    guess = datetime.combine(day, plan.at, zone).astimezone(UTC)
    if guess.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, plan.at):  # an ordinary day
        return guess
    minutes = (midnight + k * MINUTE for k in range(-15 * 60, 39 * 60))
    return next(
        (m for m in minutes if (w := m.astimezone(zone)).date() == day and w.time().replace(tzinfo=None) >= plan.at),
        None,
    )


def check(life: Life, down: Outages) -> tuple[int, int]:
    """Count the year's digests and hold each against the wall. Gives how many were posted and how many skipped."""
    posted = skipped = 0
    wanted = {day: on_the_wall(life.plan, day) for day in workdays(life.plan)}
    assert {day for day in [*life.posted, *life.skipped] if day.year == YEAR} <= wanted.keys(), "a digest on a day off"
    for day, slot in wanted.items():
        times = life.posted.get(day, [])
        assert len(times) <= 1, f"{len(times)} digests on {day}"
        if times:
            posted += 1
            _came_at_its_time(life.plan, day, slot, times[0], down)
        else:
            skipped += 1
            _was_missed_for_a_reason(life, day, slot, down)
    assert all(len(times) == 1 for times in life.nudged.values())
    return posted, skipped


def _came_at_its_time(plan: Plan, day: date, slot: datetime | None, came: datetime, down: Outages) -> None:
    if slot is None:  # the last hour of the day does not exist, and it comes an hour early
        assert came.astimezone(ZoneInfo(plan.zone)).date() == day
        return
    gap = timedelta(hours=2)  # a time that clocks skip comes when it would have been; Troll's skip two hours
    assert slot <= came < down.up(slot) + gap + 2 * MINUTE, (plan, day, slot, came)
    if came - slot >= 2 * MINUTE and down.up(slot) - slot < MINUTE:
        wall = datetime.combine(day, plan.at or time(0))
        zone = ZoneInfo(plan.zone)
        assert wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall, (plan, day)


def _was_missed_for_a_reason(life: Life, day: date, slot: datetime | None, down: Outages) -> None:
    """Nothing ran for four hours after its time, and when something ran again, it noted that it had missed one."""
    assert slot is not None
    assert down.up(slot) - slot > SKIP_AFTER - timedelta(hours=1), (life.plan, day, slot)
    back = down.up(slot)
    assert any(timedelta(0) <= noted - back < timedelta(hours=1) for noted in life.skipped.values()), (life.plan, day)


@pytest.mark.parametrize("at", TIMES, ids=time.isoformat)
def test_a_zone_has_one_digest_on_each_workday_and_none_on_a_day_off_or_at_a_wrong_time(at: time) -> None:
    """Each way in which clocks run in the world has one of the times; in `make test-deep` each has all of them."""
    posted = skipped = 0
    share = slice(TIMES.index(at), None, len(TIMES))
    zones = tried(one_of_each_way()[share], deep=[*ZONES[share], *one_of_each_way()])
    for k, zone in enumerate(zones, TIMES.index(at)):
        random = Random(k)
        days = frozenset(random.sample(range(7), random.randrange(3, 8))) if k % 3 else frozenset(range(5))
        plan = Plan(at, days, zone, HOLIDAYS.get(zone, ""), OFF if k % 2 else frozenset())
        down = outages(random)
        came, missed = check(jumped(plan, down, timedelta(seconds=random.randrange(60))), down)
        posted, skipped = posted + came, skipped + missed
    assert len(zones) >= tried(6, deep=100)
    assert posted > 150 * len(zones)
    assert 0 < skipped < posted / 20


@cache
def one_of_each_way() -> list[str]:
    """The zones whose clocks differ at some time of the year; of several that never do, one with holidays."""
    found: dict[tuple[timedelta | None, ...], str] = {}
    hours = [START.replace(tzinfo=None) + timedelta(hours=k) for k in range(0, 368 * 24, 6)]
    for zone in [*HOLIDAYS, *ZONES]:
        clock = ZoneInfo(zone)
        found.setdefault(tuple(clock.utcoffset(hour) for hour in hours), zone)
    return list(found.values())


@pytest.mark.parametrize("zone", ["Europe/Athens", "America/Nuuk", "Australia/Lord_Howe"])
def test_jumping_is_the_same_as_ticking_each_minute(zone: str) -> None:
    random = Random(zone)
    plan, down, offset = Plan(time(2, 30), frozenset(range(7)), zone), outages(random), timedelta(seconds=7)
    assert jumped(plan, down, offset) == each_minute(plan, down, offset)


plans = st.builds(
    Plan,
    at=st.none() | st.sampled_from(TIMES),
    days=st.frozensets(st.sampled_from(range(7)), min_size=1),
    zone=st.sampled_from(
        ["UTC", "Europe/Athens", "Pacific/Kiritimati", "Pacific/Niue", "Africa/Cairo", "Asia/Kathmandu"]
    ),
    holidays=st.sampled_from(["", "GR"]),
    off=st.frozensets(st.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=3),
)
steps = st.lists(st.tuples(st.integers(-3 * 24 * 60, 5 * 24 * 60), st.none() | plans), min_size=1, max_size=40)


@settings(max_examples=tried(150, deep=2000, quick=30), deadline=None)
@given(plans, steps)
def test_whatever_is_set_when_and_wherever_clocks_jump_no_day_has_two(
    plan: Plan, steps: list[tuple[int, Plan | None]]
) -> None:
    """Settings change and the clock jumps, back as well; in between, a heartbeat at every hour."""
    now = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)
    life = Life(plan, plan_next(plan, now, now, NO_PAST))
    for minutes, changed in steps:
        now += timedelta(minutes=minutes)
        if changed is not None:
            life.plan = changed
            life.coming = plan_next(changed, now, now, life.past())
        for _ in range(3):
            life.tick(now)
            now += timedelta(minutes=20)
    # A heartbeat that goes on finds what is to come within two days of a workday, wherever the clock has been.
    assert all(len(times) == 1 for times in life.posted.values())
    assert not life.posted.keys() & life.skipped.keys()
    for day, [came] in life.posted.items():
        assert came.astimezone(ZoneInfo(life.plan.zone)).date() - day < 3 * DAY
    life.tick(now)
    assert (life.coming.digest is None) == (life.plan.at is None)
    if life.coming.digest:
        day = life.coming.digest.astimezone(ZoneInfo(life.plan.zone)).date()
        today = now.astimezone(ZoneInfo(life.plan.zone)).date()
        assert life.coming.digest > now - SKIP_AFTER
        assert not life.past().is_over(day)
        assert day - today < 40 * DAY
        if life.coming.nudge:
            assert life.coming.nudge == life.coming.digest - BEFORE


def test_a_clock_that_was_far_ahead_and_is_right_again_costs_no_day() -> None:
    plan = Plan(time(9))
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    life = Life(plan, plan_next(plan, now, now, NO_PAST))
    life.tick(datetime(2026, 4, 2, 9, 1, tzinfo=UTC))  # a month ahead
    for k in range(4):
        life.tick(datetime(2026, 3, 2 + k, 9, 1, tzinfo=UTC))
    assert [day.day for day in life.posted if day.month == 3] == [3, 4, 5]  # the second was noted as skipped


def test_a_clock_that_goes_back_brings_no_older_day_after_a_newer_one() -> None:
    plan = Plan(time(9))
    monday = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    life = Life(plan, plan_next(plan, monday, monday, NO_PAST))  # set at ten: Monday has none
    life.tick(datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
    for hours in range(72):
        life.tick(monday + timedelta(minutes=10, hours=hours))  # Monday again, and on
    assert list(life.posted) == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)]
    assert life.skipped == {}


def test_a_clock_that_posted_a_year_ahead_silences_nobody_once_it_is_right() -> None:
    plan = Plan(time(9))
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    life = Life(plan, plan_next(plan, now + timedelta(days=365), now, NO_PAST))
    life.tick(datetime(2027, 3, 2, 9, 0, tzinfo=UTC))
    for day in (3, 4, 5):
        life.tick(datetime(2026, 3, day, 9, 1, tzinfo=UTC))
    assert [day.isoformat() for day in life.posted] == ["2027-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]
