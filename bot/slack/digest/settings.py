"""The board's settings in one dialog: what is in progress, the digest's time and days, and who owns the board."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core import times
from bot.core.board.model import Slots
from bot.core.digest import holidays
from bot.core.digest.schedule import Plan, exceptions
from bot.core.digest.standup import LARGEST
from bot.core.people import Asker, Person, check_owner
from bot.core.times import DAYS, say_days
from bot.errors import BadInput
from bot.services.board import look, slots
from bot.services.board.look import Sight
from bot.services.digest import schedule
from bot.services.digest.schedule import Planned
from bot.slack.command import Desk, Open, Reply, Say
from bot.slack.layout.blocks import LABEL, OPTION, Block, View, actions, button, plain, section
from bot.slack.layout.forms import VALUE, checkbox, field, form, search, text
from bot.slack.layout.richtext import line, lines, say, small, when
from bot.slack.request import Request

USUAL = time(9)  # what is proposed where no time was ever set
ZONE = "Where the team's day begins. Type a piece of its name: a city, as Athens."
HOLIDAYS = "A country, or a part of one, for example GR, Greece or DE-BY. Its public holidays have no digest."
ONE = "One item in progress"
# Whose it is, as the settings name it, and what a board then says.
CHOICES = {Slots.BOARD: "For the board", Slots.PERSON: "For each person"}
SAID = {
    Slots.BOARD: "The board has one item in progress.",
    Slots.PERSON: "Each person has one item in progress: whoever starts an item owns it.",
}
TYPED = {  # behind `one`
    "for the board": Slots.BOARD,
    "for board": Slots.BOARD,
    "board": Slots.BOARD,
    "for each person": Slots.PERSON,
    "for each": Slots.PERSON,
    "for everybody": Slots.PERSON,
    "each": Slots.PERSON,
    "person": Slots.PERSON,
    "each person": Slots.PERSON,
}
ALSO = (
    "Everybody in the channel is in it but bots and guests; name others here. "
    f"In a channel of more than {LARGEST} only those named here are."
)
OFF = "Other days without a digest, as 2026-12-24, one a line or with commas."


async def settings(desk: Desk, request: Request) -> Reply:
    """Open the dialog for owners, `settings digest` for those who want one; or take what it was filled in with.

    `settings one for each person` is the setting of that name, typed. Raises NotAllowed for somebody else, BadInput for
    a field that can't be read, and RuleBroken where one in progress can't be for the board, or for each person, now.
    """
    sight = await desk.door.call(look.look, request.channel, request.at)
    check_owner("settings", Asker(request.who, request.is_admin), sight.owners, is_begun=sight.is_begun)
    if not request.is_sent and request.words.partition(" ")[0].lower() == "one":
        return await _one(desk, request)
    if not request.is_sent:
        return Open(dialog(sight, request.who, for_digest=request.words.lower() == "digest"))
    owners = tuple([await desk.slack.person(user) for user in request.fields.get("owners") or []])
    chosen = Slots(request.fields["slots"]) if request.fields.get("slots") else None
    planned = await desk.door.change(schedule.set_all, request.ask, _plan(request.fields), owners, chosen)
    return Say(spoken(planned), saved(planned, request.zone, owners, chosen or sight.board.slots))


async def _one(desk: Desk, request: Request) -> Reply:
    """Take `one for the board` or `one for each person`. Raises BadInput."""
    words = re.sub(r"^one( item)?( in progress)?[ :]*", "", request.words.lower())
    if words not in TYPED:
        raise BadInput(
            "Whose is the one item in progress? Write `/board settings one for the board`, "
            "or `/board settings one for each person`."
        )
    await desk.door.change(slots.set_slots, request.ask, TYPED[words])
    return Say(SAID[TYPED[words]], [section(SAID[TYPED[words]])])


def _plan(fields: Mapping[str, Any]) -> Plan:
    return Plan(
        at=times.read_time(fields["at"]) if fields.get("wanted") and fields.get("at") else None,
        days=frozenset(int(day) for day in fields.get("days") or []),
        zone=times.read_zone(fields["zone"]),
        holidays=holidays.read_place(str(fields.get("holidays") or "")),
        off=times.read_days_off(str(fields.get("off") or "")),
        weekly=bool(fields.get("weekly")),
        also=frozenset(fields.get("also") or ()),
        left_out=frozenset(fields.get("left_out") or ()),
    )


def dialog(sight: Sight, who: Person, *, for_digest: bool = False) -> View:
    """Ask for all that makes the digest come, and for the owners; without any, whoever opens it is the first.

    `for_digest`: they want one, so its box is ticked already.
    """
    plan = sight.plan
    owners = [owner.id for owner in sight.owners] or [who.id]
    at = f"{plan.at or USUAL:%H:%M}"
    off = "\n".join(day.isoformat() for day in sorted(plan.off))
    blocks = [
        _slots(sight.board.slots),
        checkbox("wanted", "Morning digest", "Post it every working day", ticked=for_digest or plan.at is not None),
        field("at", "At", {"type": "timepicker", "action_id": VALUE, "initial_time": at}),
        _days(plan.days),
        search("zone", "Time zone", plan.zone, placeholder="Search a city", hint=ZONE),
        text("holidays", "Holidays of", plan.holidays, optional=True, hint=HOLIDAYS),
        text("off", "Days off", off, lines=True, optional=True, hint=OFF),
        checkbox("weekly", "The week", "Tell of it on its last working day", ticked=plan.weekly),
        _people("also", "Also in the standup", plan.also, ALSO),
        _people("left_out", "Not in the standup", plan.left_out),
        field("owners", "Owners", {"type": "multi_users_select", "action_id": VALUE, "initial_users": owners}),
    ]
    return form("settings", "Settings", "Save", blocks, sight.channel)


def saved(planned: Planned, zone: str, owners: Sequence[Person], chosen: Slots) -> list[Block]:
    """Say what holds now: when the digest comes, whose the one item in progress is, and who owns the board."""
    names = f"Owners: {', '.join(owner.name for owner in owners)}"
    return [*when_it_comes(planned, zone), *small(SAID[chosen], names)]


def when_it_comes(planned: Planned, zone: str) -> list[Block]:
    """Say when the digest comes, with the next time in the reader's own zone; `zone` is that one, where it is known."""
    if planned.plan.at is None or planned.due is None:
        return [*lines(say(_nothing(planned))), actions([button("Set the digest…", "settings", "digest")])]
    whose = "" if _agree(planned.plan.zone, zone, planned.due) else " your time"
    return lines(line(spoken(planned), " The next one: ", when(planned.due), f"{whose}."))


def _agree(board: str, reader: str, at: datetime) -> bool:
    """Return whether the clocks of two zones show the same at a moment; of a zone that nobody knows they do not."""
    try:
        return at.astimezone(ZoneInfo(board)).utcoffset() == at.astimezone(ZoneInfo(reader)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return False


def spoken(planned: Planned) -> str:
    """Return when the digest comes, without the next time."""
    plan = planned.plan
    if plan.at is None or planned.due is None:
        return "There is no digest."
    parts = [f"The digest comes at {plan.at:%H:%M} ({plan.zone}), {say_days(plan.days)}", *exceptions(plan)]
    return ", ".join(parts) + "."


def _nothing(planned: Planned) -> str:
    plan = planned.plan
    if plan.at is None:
        return f"There is no digest. Set its time with `/board digest at 09:00`. The board's zone is {plan.zone}."
    return f"There is no digest: no day is left for it. It would come at {plan.at:%H:%M} ({plan.zone})."


def _slots(chosen: Slots) -> Block:
    options = {slots: {"text": plain(words, OPTION), "value": slots.value} for slots, words in CHOICES.items()}
    element: Block = {
        "type": "radio_buttons",
        "action_id": VALUE,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    return field("slots", ONE, element)


def _people(name: str, label: str, chosen: frozenset[str], hint: str = "") -> Block:
    element: Block = {"type": "multi_users_select", "action_id": VALUE}
    if chosen:
        element["initial_users"] = sorted(chosen)
    return field(name, label, element, optional=True) | ({"hint": plain(hint, LABEL)} if hint else {})


def _days(chosen: frozenset[int]) -> Block:
    options = [{"text": plain(name[:3].capitalize(), OPTION), "value": str(day)} for day, name in enumerate(DAYS)]
    element: Block = {"type": "multi_static_select", "action_id": VALUE, "options": options}  # one line of them
    if chosen:
        element["initial_options"] = [options[day] for day in sorted(chosen)]
    return field("days", "On", element, optional=True)
