"""The dialog of a board's settings."""

from bot.core.board import Person
from bot.core.schedule import DAYS
from bot.services.look import Sight
from bot.slack.views.blocks import Block, View, plain
from bot.slack.views.forms import VALUE, checkbox, field, form, text

ZONE = "Where the team's day begins, for example Europe/Athens."


def dialog(sight: Sight, who: Person) -> View:
    """Ask for the digest's time, days and zone, and for the owners; without any, whoever opens it is the first."""
    plan = sight.plan
    owners = [owner.id for owner in sight.owners] or [who.id]
    at = plan.at.strftime("%H:%M") if plan.at else "09:00"
    blocks = [
        checkbox("wanted", "Morning digest", "Post it every working day", ticked=plan.at is not None),
        field("at", "At", {"type": "timepicker", "action_id": VALUE, "initial_time": at}),
        _days(plan.days),
        text("zone", "Time zone", plan.zone, hint=ZONE),
        field("owners", "Owners", {"type": "multi_users_select", "action_id": VALUE, "initial_users": owners}),
    ]
    return form("settings", "Settings", "Save", blocks, sight.channel)


def _days(chosen: frozenset[int]) -> Block:
    options = [{"text": plain(name.capitalize(), 75), "value": str(day)} for day, name in enumerate(DAYS)]
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": options}
    if chosen:
        element["initial_options"] = [options[day] for day in sorted(chosen)]
    return field("days", "On", element, optional=True)
