"""Who the bot is and who the people are: auth.test, apps.connections.open, users.*."""

from bot.sandbox.api.args import Args
from bot.sandbox.box import Box
from bot.sandbox.state.people import APP_ID, BOT_ID, BOT_NAME, BOT_USER, PEOPLE, TEAM, user_object
from bot.sandbox.wire import Json, Refused


def auth_test(box: Box, args: Args) -> Json:
    """Answer auth.test (docs.slack.dev/reference/methods/auth.test)."""
    return {
        "url": f"{box.address}/",
        "team": TEAM["name"],
        "team_id": TEAM["id"],
        "user": BOT_NAME.lower(),
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def open_connection(box: Box, args: Args) -> Json:
    """Answer apps.connections.open (docs.slack.dev/reference/methods/apps.connections.open)."""
    return {"url": f"{box.address.replace('http', 'ws', 1)}/socket/?ticket={box.sockets.ticket()}"}


def info(box: Box, args: Args) -> Json:
    """Answer users.info (docs.slack.dev/reference/methods/users.info)."""
    user = _known(args.need("user"))
    return {"user": user_object(user, box.presence.status(user), box.address)}


def list_users(box: Box, args: Args) -> Json:
    """Answer users.list (docs.slack.dev/reference/methods/users.list), all on one page."""
    members = [user_object(user, box.presence.status(user), box.address) for user in (*PEOPLE, BOT_USER)]
    return {"members": members, "cache_ts": 0, "response_metadata": {"next_cursor": ""}}


def do_not_disturb(box: Box, args: Args) -> Json:
    """Answer dnd.info (docs.slack.dev/reference/methods/dnd.info)."""
    return box.presence.do_not_disturb(_known(args.need("user")))


def _known(user: str) -> str:
    if user not in (*PEOPLE, BOT_USER):
        raise Refused("user_not_found")
    return user
