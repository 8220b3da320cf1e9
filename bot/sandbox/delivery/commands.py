"""What a person types: a message, a slash command of the app, or one of the few that Slack has itself."""

from bot.sandbox.api.replies import show_reply
from bot.sandbox.api.responses import Place
from bot.sandbox.box import Box
from bot.sandbox.delivery import payloads
from bot.sandbox.delivery.built_in import BUILT_IN, run
from bot.sandbox.delivery.events import announce
from bot.sandbox.delivery.typed import as_kept, with_references
from bot.sandbox.state.people import BOT_USER, TEAM
from bot.sandbox.state.workspace import is_seen
from bot.sandbox.wire import Json, Refused

# What Slack itself answers, as a message that only they see.
_NO_COMMAND = (
    '{} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands. '
    'If you are trying to send a message and not run a command, try preceding the "/" with an empty space.'
)


async def say(box: Box, person: str, channel: Json, text: str, thread_ts: str | None) -> None:
    """Take what `person` typed in a channel or a thread; refuses with a sentence for them."""
    name, _, rest = text.partition(" ")
    if not is_seen(channel, person):
        raise Refused("not_in_channel")
    if name in BUILT_IN and not thread_ts:
        return await run(box, person, channel, name, rest.strip())
    if person not in channel["members"]:
        raise Refused("not_in_channel")
    if channel["is_archived"]:
        raise Refused("is_archived")
    if not text.strip():
        raise Refused("no_text")
    if not text.startswith("/"):
        return await _post(box, person, channel, text, thread_ts)
    if thread_ts:
        raise Refused(f"{name} is not supported in threads. Sorry.")
    return await _command(box, person, channel, name, rest.strip())


async def _post(box: Box, person: str, channel: Json, text: str, thread_ts: str | None) -> None:
    content: Json = {"user": person, "team": TEAM["id"], "text": as_kept(box.workspace, text)}
    if thread_ts:
        box.workspace.message(channel, thread_ts)
        content["thread_ts"] = thread_ts
    message = box.workspace.post(channel, content)
    box.workspace.read(person, channel["id"], message["ts"])
    if BOT_USER in channel["members"]:
        name, kind = ("message.im", "im") if channel["is_im"] else ("message.channels", "channel")
        await announce(box, name, {**message, "channel": channel["id"], "channel_type": kind})
    if f"<@{BOT_USER}>" in content["text"]:
        mention = {"type": "app_mention", "user": person, "text": content["text"], "channel": channel["id"]}
        await announce(box, "app_mention", {**mention, "ts": message["ts"]})


async def _command(box: Box, person: str, channel: Json, name: str, text: str) -> None:
    if name in [command["command"] for command in box.manifest.commands]:
        await _ask_app(box, person, channel, name, with_references(box.workspace, text))
    else:
        box.workspace.whisper(
            channel, person, {"user": "USLACKBOT", "text": as_kept(box.workspace, _NO_COMMAND.format(name))}
        )


async def _ask_app(box: Box, person: str, channel: Json, name: str, text: str) -> None:
    place = Place(person, channel["id"])
    payload = payloads.command(person, channel, name, text, box.triggers.issue(person), box.response_url(place))
    ack = await box.envelopes.deliver("slash_commands", name, payload, accepts=True)
    if not (ack.get("text") or ack.get("blocks") or ack.get("attachments")):
        return
    if ack.get("response_type") == "in_channel":
        # Slack shows the command itself too when its answer is for everybody.
        box.workspace.post(channel, {"user": person, "text": as_kept(box.workspace, f"{name} {text}".strip())})
    show_reply(box, place, ack)
