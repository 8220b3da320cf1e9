"""People who type, click, send and close whatever is in front of them, by a seed."""

from collections.abc import Iterator
from random import Random
from typing import Any

from bot.sandbox.box import Box
from bot.sandbox.deeds import DEEDS
from bot.sandbox.delivery.events import announce
from bot.sandbox.state.people import BOT_USER, PEOPLE
from bot.sandbox.wire import Json, Refused
from bot.slack.table import COMMANDS
from tests.fuzz.bending import strange_text

VERBS = [word for command in COMMANDS for word in (command.verb, *command.aliases)]
WORDS = (
    "", "1", "#2", "3 1", "1 because it waits", "2h", "1d", "all", "7", "@Bob", "<@U0CAROL>", "me", "on", "off",
    "at 09:30", "days mon-fri", "zone Europe/Athens", "for #random", "add https://127.0.0.1:9/", "rm Shop", "run",
    "history", "#2 done", "The page shows a list", "1 https://a.example/1", "owner @Bob", "weekly on",
    "holidays DE-BY",
    "snooze 1 2h",
)  # fmt: skip
EVENTS = (
    "app_home_opened", "user_change", "member_joined_channel", "member_left_channel", "channel_archive", "channel_left",
    "channel_unarchive", "group_archive", "group_unarchive", "group_left", "message",
)  # fmt: skip
SHORTCUTS = ("do:add:message", "do:add:anywhere")


class People:
    """Everybody in the workspace."""

    def __init__(self, box: Box, random: Random) -> None:
        self._box, self._random = box, random
        self._ways = (
            *(self._type,) * 5, *(self._click,) * 5, *(self._send,) * 5, self._close, self._write, self._shortcut,
            self._open_home, self._event,
        )  # fmt: skip

    async def act(self) -> str:
        """Do something. Returns Slack's word for why it came to nothing, if it did."""
        way = self._random.choice(self._ways)
        try:
            await way(self._random.choice(list(PEOPLE)))
        except Refused as refused:
            return refused.code
        return ""

    async def _do(self, deed: str, person: str, **body: Any) -> None:
        await DEEDS[deed](self._box, person, body)

    def _words(self) -> str:
        return self._random.choice(WORDS) if self._random.random() < 0.7 else strange_text(self._random)

    def _channel(self) -> str:
        return "C0STANDUP" if self._random.random() < 0.7 else self._random.choice(list(self._box.workspace.channels))

    async def _type(self, person: str) -> None:
        verb = self._random.choice(VERBS) if self._random.random() < 0.9 else ""
        await self._do("say", person, channel=self._channel(), text=f"/board {verb} {self._words()}")

    async def _write(self, person: str) -> None:
        text = f"{self._random.choice(VERBS)} {self._words()}"
        await self._do("say", person, channel=f"D0{person[2:]}", text=text)

    async def _shortcut(self, person: str) -> None:
        callback_id, place = self._random.choice(SHORTCUTS), {}
        if callback_id == "do:add:message":
            await self._do("say", person, channel="C0STANDUP", text=strange_text(self._random))
            messages = self._box.workspace.messages["C0STANDUP"]
            place = {"channel": "C0STANDUP", "ts": max(messages, default="1.0")}
        await self._do("shortcut", person, callback_id=callback_id, **place)

    async def _open_home(self, person: str) -> None:
        await self._do("home", person)

    async def _event(self, person: str) -> None:
        """Slack tells of something, whether or not it has happened here."""
        kind = self._random.choice(EVENTS)
        user = self._random.choice((person, BOT_USER))
        content: Json = {"type": kind, "user": user, "channel": self._channel(), "tab": "home", "text": self._words()}
        if kind == "user_change":
            content["user"] = {"id": person, "profile": {"display_name": self._words()}, "deleted": False}
        if kind == "message":
            content["channel"] = f"D0{person[2:]}"
        name = "message.im" if kind == "message" else kind
        await announce(self._box, name, content | {"ts": self._box.workspace.next_ts(), "channel_type": "im"})

    async def _click(self, person: str) -> None:
        places = list(self._clickable(person))
        if not places:
            return
        place, block, element = self._random.choice(places)
        action = {**element, "block_id": block["block_id"]}
        if options := element.get("options"):
            action["selected_option"] = self._random.choice(options)
        await self._do("click", person, **place, block_id=block["block_id"], action=action)

    def _clickable(self, person: str) -> Iterator[tuple[Json, Json, Json]]:
        """What can be clicked: the dialog in front of somebody; without one, messages and their Home."""
        stack = self._box.modals.stacks[person]
        if stack:
            yield from _elements(stack[-1], {"view_id": stack[-1]["id"]})
            return
        if home := self._box.modals.homes.get(person):
            yield from _elements(home, {"view_id": home["id"]})
        for channel, ts, message in self._messages(person):
            place = {"channel": channel, "ts": ts, "ephemeral": bool(message.get("ephemeral"))}
            yield from _elements(message, place)

    def _messages(self, person: str) -> Iterator[tuple[str, str, Json]]:
        for channel, messages in self._box.workspace.messages.items():
            for message in list(messages.values())[-5:]:
                if message.get("user") == BOT_USER:
                    yield channel, message["ts"], message
        for channel, whisper in list(self._box.workspace.whispers[person].values())[-5:]:
            yield channel, whisper["ts"], whisper

    async def _send(self, person: str) -> None:
        stack = self._box.modals.stacks[person]
        if not stack or not stack[-1]["submit"]:
            return
        view = stack[-1]
        values = {
            block["block_id"]: {block["element"]["action_id"]: self._filled(block["element"])}
            for block in view["blocks"]
            if block["type"] == "input" and self._random.random() < 0.8
        }
        await self._do("submit", person, view_id=view["id"], values=values)

    def _filled(self, element: Json) -> Json:
        kind, random = element["type"], self._random
        match kind:
            case "checkboxes":
                return {"type": kind, "selected_options": [o for o in element["options"] if random.random() < 0.8]}
            case "radio_buttons" | "static_select":
                return {"type": kind, "selected_option": random.choice(element["options"])}
            case "datepicker":
                return {"type": kind, "selected_date": random.choice(("2026-03-01", "2026-03-09", "2030-01-01"))}
            case "timepicker":
                return {"type": kind, "selected_time": random.choice(("00:00", "09:30", "23:59"))}
            case "users_select":
                return {"type": kind, "selected_user": random.choice((*PEOPLE, BOT_USER))}
            case "multi_users_select":
                return {"type": kind, "selected_users": random.sample(list(PEOPLE), 2)}
            case "conversations_select":
                return {"type": kind, "selected_conversation": self._channel()}
            case "plain_text_input":
                return {"type": kind, "value": self._words()[: element.get("max_length", 3000)]}
        return {}

    async def _close(self, person: str) -> None:
        stack = self._box.modals.stacks[person]
        if stack:
            await self._do("close", person, view_id=stack[-1]["id"])


def _elements(shown: Json, place: Json) -> Iterator[tuple[Json, Json, Json]]:
    for block in shown.get("blocks") or ():
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if isinstance(element, dict) and element.get("action_id"):
                yield place, block, element
