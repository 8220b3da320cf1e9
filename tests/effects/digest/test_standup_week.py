"""A standup of six people over a week in three time zones: one is away, one silent, one blocked.

Every digest is read aloud at the end of its day, and says the truth about each of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest

from bot.core.board.edits import Draft
from bot.core.board.model import Slots
from bot.core.digest.nudging import Availability
from bot.core.people import Person
from bot.effects.heartbeat import tick
from bot.services.board import moves, slots
from bot.services.change import Ask
from bot.services.digest import checkins, nudges, schedule, standups
from bot.store.database import Database
from tests.effects.stage import Works
from tests.fakes import MONDAY, Clock, FakeSlack, Message

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ATHENS, NEW_YORK, TOKYO = "Europe/Athens", "America/New_York", "Asia/Tokyo"

MARIA, NIKOS = Person("U0MARIA", "Maria"), Person("U0NIKOS", "Nikos")  # Maria does what she says
OLIVE, PAUL = Person("U0OLIVE", "Olive"), Person("U0PAUL", "Paul")  # Paul never answers
RIKA, SORA = Person("U0RIKA", "Rika"), Person("U0SORA", "Sora")  # Rika is blocked, and Sora away until Thursday
ZONES = {MARIA: ATHENS, NIKOS: ATHENS, OLIVE: NEW_YORK, PAUL: NEW_YORK, RIKA: TOKYO, SORA: TOKYO}
TEAM = tuple(ZONES)
GUEST, ROBOT = Person("U0GUEST", "Gina"), Person("U0ROBOT", "Robot")
STAGING = "Staging is down"


@dataclass
class Week:
    """A channel, and what its people did and said in a week of its mornings at nine in Athens."""

    works: Works
    digests: dict[int, str] = field(default_factory=dict)  # by day, as they read at its end

    def ask(self, who: Person) -> Ask:
        return Ask("C1", who, self.works.clock())

    def says(self, who: Person, did: str = "", following: str = "", blockers: str = "") -> None:
        checkins.check_in(self.works.db, self.ask(who), who, did, following, blockers)

    async def until(self, moment: datetime) -> None:
        """Let the clock go on, a heartbeat every hour."""
        while self.works.clock.time < moment:
            self.works.clock.time = min(self.works.clock.time + HOUR, moment)
            await tick(self.works.means)
            await self.works.pay()

    @property
    def posts(self) -> list[Message]:
        return self.works.slack.in_channel("digest")


@pytest.fixture
async def week(sqlite: Database, clock: Clock, slack: FakeSlack) -> Week:
    slack.people = {person.id: person for person in (*TEAM, GUEST, ROBOT)}
    slack.guests, slack.bots = {GUEST.id}, {ROBOT.id}
    slack.available = {person.id: Availability(zone) for person, zone in ZONES.items()}
    clock.time = MONDAY - 12 * HOUR
    week = Week(Works(sqlite, clock, slack, has_facts=False))
    schedule.set_zone(sqlite, week.ask(MARIA), ATHENS)
    schedule.set_time(sqlite, week.ask(MARIA), time(9))
    schedule.set_weekly(sqlite, week.ask(MARIA), weekly=True)
    slots.set_slots(sqlite, week.ask(MARIA), Slots.PERSON)
    for number, (who, title) in enumerate(((MARIA, "Payments"), (RIKA, "Search"), (OLIVE, "Login")), 1):
        moves.add(sqlite, week.ask(who), Draft(title, dod="/one answers 200"))
        moves.start(sqlite, week.ask(who), number)
    standups.ask_at(sqlite, week.ask(PAUL), PAUL, time(9))
    standups.ask_at(sqlite, week.ask(RIKA), RIKA, time(9))
    nudges.stop(sqlite, week.ask(MARIA), MARIA)
    nudges.stop(sqlite, week.ask(OLIVE), OLIVE)
    return week


async def lived(week: Week) -> None:
    """Monday to Friday: what happens, at which hour of the day in UTC."""
    slack = week.works.slack
    for day in range(5):
        morning = MONDAY - 2 * HOUR + day * DAY  # nine in Athens
        away = Availability(TOKYO, "On vacation", ":palm_tree:") if day < 3 else Availability(TOKYO)
        slack.available[SORA.id] = away
        await week.until(morning + HOUR)
        week.says(MARIA, did=f"step {day}", following=f"step {day + 1}")
        if day != 1:
            week.says(NIKOS, did=f"review {day}")
        if day == 0:
            week.says(RIKA, blockers=STAGING)
        if day == 2:
            week.says(RIKA, did="found out why", blockers=STAGING)
        if day == 3:
            week.says(RIKA, did="staging is up again")
            week.says(SORA, following="catching up")
        await week.until(morning + 7 * HOUR)  # nine in New York is at two in the afternoon
        week.says(OLIVE, did=f"form {day}")
        await week.until(morning + 23 * HOUR)
        week.digests[day] = week.posts[-1].text


def sentences(text: str, about: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?…]) ", text) if about in sentence]


TRUTH: dict[int, dict[Person, str]] = {
    # what a digest says of each at the end of its day: their answer; NOT YET, or AWAY
    0: {RIKA: f"Rika, in the way: {STAGING}.", SORA: "AWAY", NIKOS: "Nikos, did: review 0."},
    1: {RIKA: "NOT YET", SORA: "AWAY", NIKOS: "NOT YET"},
    2: {RIKA: f"Rika, in the way: {STAGING}; did: found out why.", SORA: "AWAY", NIKOS: "Nikos, did: review 2."},
    3: {RIKA: "Rika, did: staging is up again.", SORA: "Sora, next: catching up.", NIKOS: "Nikos, did: review 3."},
    4: {RIKA: "NOT YET", SORA: "NOT YET", NIKOS: "Nikos, did: review 4."},
}
ANSWERED = {0: 4, 1: 2, 2: 4, 3: 5, 4: 3}
STILL = {  # how each begins
    1: f"Still in the way of Rika after 1 day: {STAGING}, and #2 waits.",
    2: f"Still in the way of Rika after 2 days: {STAGING}, and #2 waits.",
}


def everybody() -> Iterator[tuple[int, Person, str]]:
    for day, truth in TRUTH.items():
        truth = truth | {
            MARIA: f"Maria, did: step {day}; next: step {day + 1}.",
            OLIVE: f"Olive, did: form {day}.",
            PAUL: "NOT YET",
        }
        for who in TEAM:
            yield day, who, truth[who]


async def test_every_digest_read_aloud_says_the_truth_about_each_of_them(week: Week) -> None:
    await lived(week)
    for day, who, truth in everybody():
        text = week.digests[day]
        not_yet, away = sentences(text, "Not yet:"), sentences(text, "Away:")
        is_silent, is_away = truth == "NOT YET", truth == "AWAY"
        assert any(who.name in sentence for sentence in not_yet) == is_silent, (day, who.name, text)
        assert any(who.name in sentence for sentence in away) == is_away, (day, who.name, text)
        answers = [s for s in sentences(text, f"{who.name}, ") if s.startswith(f"{who.name}, ")]
        assert answers == ([] if is_silent or is_away else [truth]), (day, who.name, text)
    for day, count in ANSWERED.items():
        assert f"{count} of 6 answered." in week.digests[day]
    assert "Away: Sora (On vacation)." in week.digests[0]
    assert not any(stranger.name in text for text in week.digests.values() for stranger in (GUEST, ROBOT))


async def test_every_digest_shows_what_is_in_progress_and_what_is_in_the_way(week: Week) -> None:
    await lived(week)
    for day, text in week.digests.items():
        for item in ("#1 Payments, Maria", "#2 Search, Rika", "#3 Login, Olive"):
            assert f"In progress: {item}, day {day + 2}" in text  # they began on the evening before
        assert ("It is blocked: Staging is down." in text) == (day < 3)
        # on Thursday she has said that it is up again
        assert sentences(text, "Still in the way") == ([STILL[day]] if day in STILL else [])
    assert "Rika unblocked #2 Search" in week.digests[4]


async def test_the_channel_has_one_post_a_day_and_nobody_is_pinged_or_asked_twice(week: Week) -> None:
    await lived(week)
    posts = week.posts
    assert [post.key for post in posts] == [f"digest:C1/2026-03-0{day}" for day in range(2, 7)]
    assert not any("user_id" in str(post.blocks) or "<@" in post.text for post in posts)
    questions = week.works.slack.in_channel("ask")
    asked = [(question.channel, question.key.rpartition("/")[2]) for question in questions]
    assert len(asked) == len(set(asked))
    # Paul, who never answers, is asked each day; Rika in the mornings after those on which she had not answered
    assert sorted(day for room, day in asked if room == "D0PAUL") == [f"2026-03-0{day}" for day in range(2, 7)]
    assert [day for room, day in asked if room == "D0RIKA"] == ["2026-03-04"]
    assert week.works.slack.in_channel("nudge", "D0RIKA") == []


async def test_the_week_counts_answers_and_ranks_nobody(week: Week) -> None:
    await lived(week)
    text = week.digests[4]
    [summary] = sentences(text, "answers to")
    assert summary == "18 answers to 5 digests."


async def test_the_gone_word_takes_it_out_of_the_digest_at_once(week: Week) -> None:
    await week.until(MONDAY)
    week.says(NIKOS, blockers="no access")
    await week.until(MONDAY + DAY)
    assert "Still in the way of Nikos after 22 h: no access." in week.posts[-1].text
    checkins.clear(week.works.db, week.ask(MARIA), NIKOS.id)
    await week.until(MONDAY + DAY + HOUR)
    assert "no access" not in week.posts[-1].text
