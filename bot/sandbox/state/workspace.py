"""Channels and their messages, kept in memory and in the file, and told to the page as they change."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.sandbox.live import Live
from bot.sandbox.state.people import GUESTS, PEOPLE, new_channels
from bot.sandbox.state.storage import Storage
from bot.sandbox.wire import Json, Refused


class Workspace:
    """Every conversation of the team; whispers are ephemeral messages and live only in memory."""

    def __init__(self, storage: Storage, live: Live, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._live = live
        self._now = now
        self._load()

    def _load(self) -> None:
        stored = self._storage.all("channel")
        # What a workspace of an earlier version does not know of its channels is as in a new one.
        self.channels: dict[str, Json] = {key: new | stored.get(key, {}) for key, new in new_channels().items()}
        for channel in self.channels.values():
            self._keep_channel(channel)
        self.messages: dict[str, dict[str, Json]] = {key: {} for key in self.channels}
        for key, message in self._storage.all("message").items():
            self.messages[key.partition("/")[0]][message["ts"]] = message
        self.whispers: dict[str, dict[str, tuple[str, Json]]] = {person: {} for person in PEOPLE}
        self._reads: dict[str, Json] = self._storage.all("read")
        self._last_tick = max((_ticks(ts) for texts in self.messages.values() for ts in texts), default=0)

    def reset(self) -> None:
        """Make the workspace as new."""
        self._storage.clear()
        self._load()

    # Channels

    def channel(self, key: str) -> Json:
        """Return a channel by id, `#name`, or a person's id for their DM; refuse with `channel_not_found`."""
        if key in self.channels:
            return self.channels[key]
        for channel in self.channels.values():
            if key == f"#{channel['name']}" or (channel["is_im"] and channel["user"] == key):
                return channel
        raise Refused("channel_not_found")

    def seen_by(self, person: str) -> list[Json]:
        """Return the channels `person` can look into, rooms before direct messages: their own, and all public ones."""
        seen = [channel for channel in self.channels.values() if is_seen(channel, person)]
        return sorted(seen, key=lambda channel: bool(channel["is_im"]))

    def join(self, channel: Json, user: str) -> None:
        """Add `user` to the members, with the line Slack writes about it."""
        channel["members"].append(user)
        self._changed(channel, user, "channel_join", f"<@{user}> has joined the channel")

    def leave(self, channel: Json, user: str, words: str = "has left the channel") -> None:
        """Take `user` off the members, with a line about it."""
        channel["members"].remove(user)
        self._changed(channel, user, "channel_leave", f"<@{user}> {words}")

    def rename(self, channel: Json, name: str, by: str) -> None:
        """Give a channel another name, with the line Slack writes about it."""
        old, channel["name"] = channel["name"], name
        self._changed(channel, by, "channel_name", f'<@{by}> has renamed the channel from "{old}" to "{name}"')

    def archive(self, channel: Json, by: str, *, archived: bool) -> None:
        """Archive a channel, or bring it back, with the line Slack writes about it."""
        channel["is_archived"] = archived
        what = "archive" if archived else "unarchive"
        self._changed(channel, by, f"channel_{what}", f"<@{by}> has {what}d the channel")

    def _changed(self, channel: Json, user: str, subtype: str, line: str) -> None:
        """Keep what a channel is now, and let every open page read the workspace anew."""
        self._keep_channel(channel)
        self.post(channel, {"user": user, "subtype": subtype, "text": line})
        self._live.tell({"type": "reset"})

    def _keep_channel(self, channel: Json) -> None:
        self._storage.put("channel", channel["id"], channel)

    # Messages

    def message(self, channel: Json, ts: str) -> Json:
        """Return a message everybody can see; refuse with `message_not_found`."""
        try:
            return self.messages[channel["id"]][ts]
        except KeyError:
            raise Refused("message_not_found") from None

    def post(self, channel: Json, content: Json) -> Json:
        """Add a message (without a ts) to a channel, or to a thread when it has `thread_ts`; give it with its ts."""
        message: Json = {"type": "message", **content, "ts": self.next_ts()}
        self._keep(channel, message)
        parent = self.messages[channel["id"]].get(message.get("thread_ts", ""))
        if parent is not None:
            self._count_replies(channel, parent)
        return message

    def change(self, channel: Json, message: Json) -> None:
        """Keep a message that was changed in place, and tell the page."""
        self._keep(channel, message)

    def delete(self, channel: Json, message: Json) -> None:
        """Remove a message; one with replies leaves a tombstone, as in Slack."""
        if message.get("reply_count"):
            for field in ("blocks", "metadata", "bot_id", "pinned"):
                message.pop(field, None)
            message |= {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
            return self._keep(channel, message)
        del self.messages[channel["id"]][message["ts"]]
        self._storage.drop("message", f"{channel['id']}/{message['ts']}")
        self._live.tell({"type": "gone", "channel": channel["id"], "ts": message["ts"]}, to=_watchers(channel))
        parent = self.messages[channel["id"]].get(message.get("thread_ts", ""))
        if parent is not None:
            self._count_replies(channel, parent)
        return None

    def thread(self, channel: Json, ts: str) -> list[Json]:
        """Return the replies to a message, oldest first."""
        return [m for m in self.messages[channel["id"]].values() if m.get("thread_ts") == ts and m["ts"] != ts]

    def timeline(self, channel: Json) -> Iterable[Json]:
        """Return what stands in the channel itself, oldest first: no replies, but for those sent to the channel too."""
        for message in self.messages[channel["id"]].values():
            reply = message.get("thread_ts", message["ts"]) != message["ts"]
            if not reply or message.get("subtype") == "thread_broadcast":
                yield message

    def _count_replies(self, channel: Json, parent: Json) -> None:
        replies = self.thread(channel, parent["ts"])
        parent |= {"thread_ts": parent["ts"], "reply_count": len(replies)}
        parent["latest_reply"] = replies[-1]["ts"] if replies else None
        parent["reply_users"] = list(dict.fromkeys(reply["user"] for reply in replies))
        self._keep(channel, parent)

    def _keep(self, channel: Json, message: Json) -> None:
        self._storage.put("message", f"{channel['id']}/{message['ts']}", message)
        self.messages[channel["id"]][message["ts"]] = message
        self._live.tell({"type": "message", "channel": channel["id"], "message": message}, to=_watchers(channel))

    def next_ts(self) -> str:
        """Return the time stamp of something that happens now; no two are the same."""
        # A conversation is in the order of its ts, also when the clock of the page was moved back.
        self._last_tick = max(int(self._now().timestamp() * 1_000_000), self._last_tick + 1)
        return f"{self._last_tick // 1_000_000}.{self._last_tick % 1_000_000:06d}"

    # Whispers: messages only one person sees

    def whisper(self, channel: Json, person: str, content: Json) -> Json:
        """Show a message to one person in a channel; give it with its ts."""
        message: Json = {"type": "message", **content, "ts": self.next_ts(), "ephemeral": True}
        self.change_whisper(channel["id"], person, message)
        return message

    def change_whisper(self, channel: str, person: str, message: Json) -> None:
        """Show a new or changed whisper."""
        self.whispers[person][message["ts"]] = (channel, message)
        self._live.tell({"type": "message", "channel": channel, "message": message}, to=(person,))

    def hush(self, person: str, ts: str) -> None:
        """Take a whisper away."""
        channel, _ = self.whispers[person].pop(ts)
        self._live.tell({"type": "gone", "channel": channel, "ts": ts}, to=(person,))

    def forget_whispers(self, person: str) -> None:
        """Drop every whisper of a person: ephemeral messages do not outlive a reload."""
        self.whispers[person].clear()

    # Unread marks

    def read(self, person: str, channel: str, ts: str) -> None:
        """Remember how far `person` has read."""
        key = f"{person}/{channel}"
        self._reads[key] = {"ts": ts}
        self._storage.put("read", key, self._reads[key])

    def unread(self, person: str, channel: Json) -> int:
        """Count the messages of others that came after what `person` has read, in a channel that they are in."""
        if person not in channel["members"]:
            return 0
        last = self._reads.get(f"{person}/{channel['id']}", {}).get("ts", "")
        return sum(m["ts"] > last and m.get("user") != person for m in self.timeline(channel))


def is_seen(channel: Json, user: str) -> bool:
    """Return whether somebody, or the bot, can look into a channel: their own, or (but for guests) a public one."""
    return user in channel["members"] or not (channel["is_im"] or channel["is_private"] or user in GUESTS)


def _watchers(channel: Json) -> list[str]:
    """Name who hears what happens in a channel."""
    return [person for person in PEOPLE if is_seen(channel, person)]


def _ticks(ts: str) -> int:
    return int(ts.replace(".", ""))
