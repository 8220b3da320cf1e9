"""The board's settings in one dialog: the digest's time, days, holidays and zone, and who owns the board."""

from collections.abc import Mapping
from typing import Any

from bot.core import holidays, times
from bot.core.roles import Asker, check_owner
from bot.core.schedule import Plan
from bot.services import digests, look
from bot.slack.desk import Desk
from bot.slack.reply import Open, Reply, Say
from bot.slack.request import Request
from bot.slack.views import settings as views


async def settings(desk: Desk, request: Request) -> Reply:
    """Open the dialog for owners, `settings digest` for those who want one; or take what it was filled in with."""
    sight = await desk.door.call(look.look, request.channel, request.at)
    check_owner("settings", Asker(request.who, request.is_admin), sight.owners)
    if not request.is_sent:
        return Open(views.dialog(sight, request.who, for_digest=request.words.lower() == "digest"))
    owners = tuple([await desk.slack.person(user) for user in request.fields.get("owners") or []])
    told = await desk.door.change(digests.set_all, request.ask, _plan(request.fields), owners)
    return Say(views.spoken(told), views.saved(told, request.zone, owners))


def _plan(fields: Mapping[str, Any]) -> Plan:
    return Plan(
        at=times.read_time(fields["at"]) if fields.get("wanted") and fields.get("at") else None,
        days=frozenset(int(day) for day in fields.get("days") or []),
        zone=times.read_zone(fields["zone"]),
        holidays=holidays.read_place(str(fields.get("holidays") or "")),
        off=times.read_days_off(str(fields.get("off") or "")),
        weekly=bool(fields.get("weekly")),
    )
