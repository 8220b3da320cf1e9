"""Asking for a status note before the digest: whom, when, and when somebody is left in peace."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.board.model import Board, Item
from bot.core.digest.schedule import DAY, Plan, is_workday, working_time
from bot.core.times import CLOCKS_DIFFER

SNOOZE = timedelta(days=7)
OLD = DAY  # of working time: PRODUCT 3, "older than a workday"

# Slack's own suggestions for a status ("Vacationing", "Out sick") and what people write instead.
AWAY_EMOJI = frozenset(
    {
        "palm_tree", "desert_island", "beach_with_umbrella", "airplane", "airplane_departure", "face_with_thermometer",
        "mask", "sneezing_face", "hospital", "baby", "baby_bottle", "no_entry", "no_entry_sign", "zzz", "sleeping",
        "camping", "ski", "luggage",
    }
)  # fmt: skip
AWAY_WORDS = re.compile(
    r"\b(away|vacation\w*|holidays?|pto|ooo|out of (the )?office|off (today|sick|work)|day off|sick|ill|on leave|"
    r"(parental|maternity|paternity) leave|sabbatical|travell?ing|urlaub|krank|vacances|vacaciones|ferie|άδεια)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Availability:
    """What Slack tells of somebody: their zone, their status and its end, and their next hours of do-not-disturb."""

    zone: str = ""  # nothing: the board's own
    status: str = ""
    emoji: str = ""
    status_until: datetime | None = None  # None: until it is changed
    quiet_from: datetime | None = None
    quiet_until: datetime | None = None


UNKNOWN = Availability()  # nothing is told of them


@dataclass(frozen=True, slots=True)
class Quiet:
    """That somebody does not want to be asked, until a moment or (None) ever."""

    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Say whether it is so still. What ends later than a snooze can was dated by a clock that was ahead."""
        return self.until is None or now < self.until <= now + SNOOZE + CLOCKS_DIFFER


def wanted(board: Board, plan: Plan, now: datetime) -> tuple[Item, ...]:
    """Return the items whose owners are to be asked for a note: in progress, with an old note or none."""
    return tuple(item for item in board.in_progress if item.owner and _is_old(item, plan, now))


def _is_old(item: Item, plan: Plan, now: datetime) -> bool:
    heard = [moment for moment in (item.status.at if item.status else None, item.started) if moment]
    return not heard or working_time(plan, max(heard), now) >= OLD


def is_away(availability: Availability, plan: Plan, now: datetime) -> bool:
    """Return whether somebody is left in peace: a status that says away, do-not-disturb, or no workday there."""
    if (
        availability.quiet_from
        and availability.quiet_until
        and availability.quiet_from <= now < availability.quiet_until
    ):
        return True
    if not is_workday(plan, now.astimezone(ZoneInfo(availability.zone or plan.zone)).date()):
        return True
    return bool(says_away(availability, now))


def says_away(availability: Availability, now: datetime) -> str:
    """Return what somebody's status says who is away by it, `away` where it is only a picture; nothing: it does not."""
    if availability.status_until is not None and availability.status_until <= now:
        return ""
    is_away = availability.emoji.strip(":") in AWAY_EMOJI or AWAY_WORDS.search(availability.status)
    return (availability.status.strip() or "away") if is_away else ""
