"""The team a new workspace starts with: three people, one bot, four channels."""

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
}

_EVERYBODY = [*PEOPLE, BOT_USER]


def new_channels() -> dict[str, Json]:
    """Return the channels of a workspace nobody has used yet, by id; each person has a DM with the bot."""
    rooms = (
        ("C0STANDUP", "standup", "One thing at a time", _EVERYBODY),
        ("C0RANDOM", "random", "An empty board to try things on", _EVERYBODY),
        ("C0QUIET", "quiet", "A channel that starts without the bot", list(PEOPLE)),
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


def user_object(user: str, status: Json) -> Json:
    """Return Slack's user object for a person or the bot (docs.slack.dev/reference/objects/user-object)."""
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
        "is_restricted": False,
        "is_app_user": False,
        "tz": "Europe/Athens",
        "tz_label": "Eastern European Time",
        "tz_offset": 7200,
        "updated": 0,
        "profile": {
            "real_name": known["real_name"],
            "display_name": known["real_name"],
            **status,
            "team": TEAM["id"],
        },
        **known,
    }
