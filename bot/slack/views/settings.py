"""The dialog of a board's settings, and what was set, said back."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.board import Person
from bot.core.schedule import exceptions
from bot.core.times import DAYS, say_days
from bot.services.digests import Planned
from bot.services.look import Sight
from bot.slack.views.blocks import Block, View, context, esc, plain, section, when
from bot.slack.views.forms import VALUE, checkbox, field, form, text

USUAL = time(9)  # what is proposed where no time was ever set
ZONE = "Where the team's day begins, for example Europe/Athens."
HOLIDAYS = "A country, or a part of one, for example GR, Greece or DE-BY. Its public holidays have no digest."
OFF = "Other days without a digest, as 2026-12-24, one a line or with commas."


def dialog(sight: Sight, who: Person, *, for_digest: bool = False) -> View:
    """Ask for all that makes the digest come, and for the owners; without any, whoever opens it is the first.

    `for_digest`: they want one, so its box is ticked already.
    """
    plan = sight.plan
    owners = [owner.id for owner in sight.owners] or [who.id]
    at = f"{plan.at or USUAL:%H:%M}"
    off = "\n".join(day.isoformat() for day in sorted(plan.off))
    blocks = [
        checkbox("wanted", "Morning digest", "Post it every working day", ticked=for_digest or plan.at is not None),
        field("at", "At", {"type": "timepicker", "action_id": VALUE, "initial_time": at}),
        _days(plan.days),
        text("zone", "Time zone", plan.zone, hint=ZONE),
        text("holidays", "Holidays of", plan.holidays, optional=True, hint=HOLIDAYS),
        text("off", "Days off", off, lines=True, optional=True, hint=OFF),
        checkbox("weekly", "The week", "Tell of it on its last working day", ticked=plan.weekly),
        field("owners", "Owners", {"type": "multi_users_select", "action_id": VALUE, "initial_users": owners}),
    ]
    return form("settings", "Settings", "Save", blocks, sight.channel)


def saved(planned: Planned, zone: str, owners: Sequence[Person]) -> list[Block]:
    """Say what holds now: when the digest comes, and who owns the board."""
    return [*told(planned, zone), context(f"Owners: {', '.join(esc(owner.name) for owner in owners)}")]


def told(planned: Planned, zone: str) -> list[Block]:
    """Say when the digest comes, with the next time in the reader's own zone; `zone` is that one, where it is known."""
    if planned.plan.at is None or planned.due is None:
        return [section(_nothing(planned))]
    whose = "" if _agree(planned.plan.zone, zone, planned.due) else " your time"
    return [section(f"{spoken(planned)} The next one: {when(planned.due)}{whose}.")]


def _agree(board: str, reader: str, at: datetime) -> bool:
    """Whether the clocks of two zones show the same at a moment; of a zone that nobody knows they do not."""
    try:
        return at.astimezone(ZoneInfo(board)).utcoffset() == at.astimezone(ZoneInfo(reader)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return False


def spoken(planned: Planned) -> str:
    """When the digest comes, without the next time."""
    plan = planned.plan
    if plan.at is None or planned.due is None:
        return "There is no digest."
    parts = [f"The digest comes at {plan.at:%H:%M} ({plan.zone}), {say_days(plan.days)}", *exceptions(plan)]
    return ", ".join(parts) + "."


def _nothing(planned: Planned) -> str:
    plan = planned.plan
    if plan.at is None:
        return f"There is no digest. Set its time with `/board digest at 09:00`. The board's zone is {esc(plan.zone)}."
    return f"There is no digest: no day is left for it. It would come at {plan.at:%H:%M} ({esc(plan.zone)})."


def _days(chosen: frozenset[int]) -> Block:
    options = [{"text": plain(name.capitalize(), 75), "value": str(day)} for day, name in enumerate(DAYS)]
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": options}
    if chosen:
        element["initial_options"] = [options[day] for day in sorted(chosen)]
    return field("days", "On", element, optional=True)
