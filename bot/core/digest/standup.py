"""The standup of a digest: who belongs to it, who answered, who is away, and what is in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.board.model import Board
from bot.core.digest.checkin import Checkin, Obstacle, standing
from bot.core.digest.holidays import holiday
from bot.core.digest.nudging import UNKNOWN, Availability, says_away
from bot.core.digest.schedule import DAY, Plan, is_workday
from bot.core.people import Person

# In a larger channel the standup is of those whom the settings name: nobody reads the names of a hundred who have not
# answered, and each costs a question to Slack.
LARGEST = 50  # members
MORNING = timedelta(hours=3)  # from somebody's hour on: a digest that comes later is asked about the next morning
USUAL = time(9)  # somebody's morning, where they name no hour
WEEK = 7  # days among which a workday is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in a channel, as Slack tells of them."""

    person: Person
    availability: Availability = UNKNOWN
    is_bot: bool = False
    is_guest: bool = False  # of one or of several channels
    has_left: bool = False  # the workspace


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of standups, on every board: to be asked at an hour of theirs, or never to be.

    `holidays`: the place whose public holidays they keep (`GR`, `DE-BY`); nothing: no other than the board's.
    """

    ask_at: time | None = None
    never: bool = False
    holidays: str = ""


NO_WISH = Wish()


@dataclass(frozen=True, slots=True)
class Asking:
    """When somebody is to be asked for their answer (UTC), and on which day of theirs that is."""

    at: datetime
    on: date

    def is_too_late(self, now: datetime) -> bool:
        """Return whether the morning is over for which it was planned."""
        return now >= self.at + MORNING


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to the standup of a day. `away`: why they are; nothing: they are there."""

    person: Person
    away: str = ""
    asking: Asking | None = None  # None: they do not want to be asked


@dataclass(frozen=True, slots=True)
class Standup:
    """The standup of a day: its members by name, the answers in the order they came, and what is in the way.

    `obstacles` were said for an earlier digest and are not gone, the oldest first.
    """

    members: tuple[Member, ...] = ()
    answers: tuple[Checkin, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def total(self) -> int:
        """How many belong to it; whoever answers does."""
        return len({member.person.id for member in self.members} | self._heard)

    @property
    def silent(self) -> tuple[Person, ...]:
        """Who is there and has not answered."""
        return tuple(m.person for m in self.members if not m.away and m.person.id not in self._heard)

    @property
    def away(self) -> tuple[Member, ...]:
        """Who is away, but for those who answered all the same."""
        return tuple(member for member in self.members if member.away and member.person.id not in self._heard)

    @property
    def _heard(self) -> set[str]:
        return {answer.who.id for answer in self.answers}


NO_STANDUP = Standup()


def hold(members: Iterable[Member], answers: Sequence[Checkin], latest: Iterable[Checkin], board: Board) -> Standup:
    """Make the standup of a day from its answers and everybody's latest one before that day.

    Who has answered has said anew what is in their way, so of them the earlier answer counts only as far as this one
    says the same.
    """
    anew = {answer.who.id: standing(answer, board) for answer in answers}
    before = [obstacle for said in latest if (obstacle := standing(said, board))]
    still = [_still(obstacle, anew) for obstacle in before]
    by_name = sorted(members, key=lambda member: (member.person.name.casefold(), member.person.id))
    obstacles = sorted((obstacle for obstacle in still if obstacle), key=lambda obstacle: obstacle.since)
    return Standup(tuple(by_name), tuple(sorted(answers, key=lambda answer: answer.at)), tuple(obstacles))


def _still(obstacle: Obstacle, anew: Mapping[str, Obstacle | None]) -> Obstacle | None:
    if obstacle.who.id not in anew:
        return obstacle
    now = anew[obstacle.who.id]
    return obstacle if now and now.since <= obstacle.since else None


def roster(
    candidates: Iterable[Candidate], plan: Plan, wishes: Mapping[str, Wish], day: date, now: datetime
) -> tuple[Member, ...]:
    """Return who belongs to the standup of a day, given who is in the channel and whom the settings name.

    Bots and guests do only if they are named; nobody does who never wants to be asked, whoever named them.
    """
    belonging = [one for one in candidates if _belongs(one, plan, wishes.get(one.person.id, NO_WISH))]
    return tuple(_member(one, plan, wishes.get(one.person.id, NO_WISH), day, now) for one in belonging)


def _belongs(candidate: Candidate, plan: Plan, wish: Wish) -> bool:
    if wish.never or candidate.has_left or candidate.person.id in plan.left_out:
        return False
    return candidate.person.id in plan.also or not (candidate.is_bot or candidate.is_guest)


def _member(candidate: Candidate, plan: Plan, wish: Wish, day: date, now: datetime) -> Member:
    away = why_away(candidate.availability, wish, day, now)
    if away or wish.ask_at is None:
        return Member(candidate.person, away)
    zone = candidate.availability.zone or plan.zone
    return Member(candidate.person, asking=asking(plan, now, zone, wish.ask_at))


def why_away(availability: Availability, wish: Wish, day: date, now: datetime) -> str:
    """Say why somebody is away on a digest's day: a holiday of theirs, or the words of their status; nothing: not.

    That it is night for them, or that their notifications rest, makes nobody away: a standup is open for a day.
    """
    return holiday(wish.holidays, day) or says_away(availability, now)


def asking(plan: Plan, posted: datetime, zone: str, at: time) -> Asking:
    """Return when to ask somebody for their answer: at once in their morning, else when the next one begins.

    A morning is one of a workday, by the board's plan and their own calendar.
    """
    first = posted.astimezone(ZoneInfo(zone)).date()
    days = [day for k in range(WEEK + 1) if is_workday(plan, day := first + k * DAY)]
    ahead = (max(posted, begins) for begins in (_begins(day, zone, at) for day in days) if posted < begins + MORNING)
    moment = next(ahead, posted + DAY)
    return Asking(moment, moment.astimezone(ZoneInfo(zone)).date())


def _begins(day: date, zone: str, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
