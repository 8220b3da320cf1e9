"""The team a new workspace starts with: six people, one bot, four channels.

One of them is a guest, one lives in another time zone, and one is away.
"""

from bot.sandbox.wire import Json

TEAM: Json = {"id": "T0SANDBOX", "name": "Onewip sandbox", "domain": "onewip-sandbox"}
BOT_USER = "U0ONEWIP"
BOT_ID = "B0ONEWIP"
APP_ID = "A0ONEWIP"
BOT_NAME = "Onewip"

PEOPLE: dict[str, Json] = {
    "U0ALICE": {"name": "alice", "real_name": "Alice", "color": "4a6fa5", "is_admin": True},
    "U0BOB": {"name": "bob", "real_name": "Bob", "color": "b5651d", "is_admin": False},
    "U0CAROL": {"name": "carol", "real_name": "Carol", "color": "3f7d5a", "is_admin": False},
    "U0DANA": {"name": "dana", "real_name": "Dana", "color": "7a4f8a", "is_admin": False},
    "U0EMI": {"name": "emi", "real_name": "Emi", "color": "b04a5a", "is_admin": False},
    "U0FINN": {"name": "finn", "real_name": "Finn", "color": "47707d", "is_admin": False},
}

GUESTS = frozenset({"U0DANA"})  # they see only the channels they are in
STATUSES: dict[str, Json] = {"U0FINN": {"status_text": "On holiday", "status_emoji": ":palm_tree:"}}
ZONE = ("Europe/Athens", "Eastern European Time", 7200)
ELSEWHERE = {"U0EMI": ("Asia/Tokyo", "Japan Standard Time", 32400)}

_EVERYBODY = [*PEOPLE, BOT_USER]
_STAFF = [person for person in PEOPLE if person not in GUESTS]


def new_channels() -> dict[str, Json]:
    """Return the channels of a workspace nobody has used yet, by id; each person has a DM with the bot."""
    rooms = (
        ("C0STANDUP", "standup", "One thing at a time", _EVERYBODY),
        ("C0RANDOM", "random", "An empty board to try things on", [*_STAFF, BOT_USER]),
        ("C0QUIET", "quiet", "A channel that starts without the bot", _STAFF),
        ("C0LEADS", "leads", "Private: only its members see it", ["U0ALICE", "U0BOB"]),
    )
    channels = {key: _channel(key, name, topic, list(members)) for key, name, topic, members in rooms}
    channels["C0LEADS"]["is_private"] = True
    for person in PEOPLE:
        key = f"D0{person[2:]}"
        channels[key] = _channel(key, BOT_NAME, "", [person, BOT_USER], person)
    return channels


def _channel(key: str, name: str, topic: str, members: list[str], direct_with: str | None = None) -> Json:
    return {
        "id": key,
        "name": name,
        "topic": topic,
        "members": members,
        "is_im": direct_with is not None,
        "is_private": False,
        "user": direct_with,
        "is_archived": False,
    }


def picture(user: str, address: str) -> str:
    """Return where a person's picture is on the sandbox at `address`."""
    return f"{address}/page/faces/{PEOPLE[user]['name']}.svg"


def user_object(user: str, status: Json, address: str) -> Json:
    """Return Slack's user object for a person or the bot (docs.slack.dev/reference/objects/user-object).

    `address`: the sandbox's, where people's pictures are.
    """
    zone, zone_label, offset = ELSEWHERE.get(user, ZONE)
    if user == BOT_USER:
        known: Json = {"name": "onewip", "real_name": BOT_NAME, "color": "5b4bb7", "is_admin": False}
    else:
        known = PEOPLE[user]
    return {
        "id": user,
        "team_id": TEAM["id"],
        "deleted": False,
        "is_bot": user == BOT_USER,
        "is_owner": known["is_admin"],
        "is_primary_owner": known["is_admin"],
        "is_restricted": user in GUESTS,
        "is_ultra_restricted": user in GUESTS,  # a guest of a single channel
        "is_app_user": False,
        "tz": zone,
        "tz_label": zone_label,
        "tz_offset": offset,
        "updated": 0,
        "profile": {
            "real_name": known["real_name"],
            "display_name": known["real_name"],
            **status,
            **_pictures(user, address),
            "team": TEAM["id"],
        },
        **known,
    }


def _pictures(user: str, address: str) -> Json:
    """Return the addresses of somebody's picture by its width; a drawing has any."""
    return {f"image_{width}": picture(user, address) for width in (24, 32, 48, 72, 192, 512) if user in PEOPLE}
