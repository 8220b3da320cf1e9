"""People who type, click and send dialogs, through the real Bolt app; and what they get back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.core.board.model import Board
from bot.core.people import Person
from bot.facts.kind import Fact
from bot.facts.listed import Listed
from bot.sandbox.rules import check
from bot.services.board import look
from bot.services.door import Door
from bot.services.production import watching
from bot.slack.command import Desk
from bot.slack.connection import bolt_app
from bot.slack.directory import Directory
from bot.slack.layout.blocks import MESSAGE_TEXT, Block, View
from bot.slack.listeners import register
from bot.store.database import Database
from tests.fakes import MYSELF, Call, Clock, FactsFile, FakeSlack
from tests.people import ALICE, BOB

CHANNEL = "C1"
LOOKED_UP = ("room", "members")  # who may, asked before every answer: no part of one
Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What somebody got back: the body of the ack, and what was asked of Slack before it."""

    ack: Json
    calls: list[Call]

    @property
    def view(self) -> View:
        """The dialog that was opened, pushed or changed."""
        shown = [call.given["view"] for call in self.calls if "view" in call.given]
        shown += [self.ack["view"]] if "view" in self.ack else []
        assert len(shown) == 1, f"{len(shown)} dialogs were shown: {self}"
        view: View = shown[0]
        return view

    @property
    def blocks(self) -> list[Block]:
        """What they see, wherever it is shown."""
        told = [call.given for call in self.calls if "blocks" in call.given]
        if told:
            return list(told[-1]["blocks"])
        return list(self.ack["blocks"] if "blocks" in self.ack else self.view["blocks"])

    @property
    def words(self) -> str:
        """All words that they see, without what only buttons say."""
        return "\n".join(written(block) for block in self.blocks if block["type"] != "actions")

    @property
    def buttons(self) -> dict[str, Block]:
        """The buttons that they see, by their labels."""
        return {button["text"]["text"]: button for button in buttons(self.blocks)}

    @property
    def errors(self) -> dict[str, str]:
        """What stands on the fields of the dialog."""
        return dict(self.ack.get("errors", {}))


class Stage:
    """One bot on one database, and Slack played by a fake."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.clock = Clock()
        self.slack = FakeSlack(self.clock)
        self.door = Door(db)
        self.file = FactsFile()
        self._count = 0
        watching.configure(db, self.file.facts(), self.clock())
        directory = Directory(self.slack, self.clock)
        self.desk = Desk(self.door, self.slack, self.clock, Listed(self.file), directory)
        self.listen()

    def listen(self) -> None:
        """Let a new Bolt app listen, at the desk as it is now."""
        self.bolt: AsyncApp = bolt_app(self.slack, "xoxb-fake", dict(MYSELF))
        register(self.bolt, self.desk)

    def lists(self, *facts: Fact) -> None:
        """Whoever runs the bot writes other facts into the file, and the heartbeat takes note."""
        self.file.listed = facts
        watching.configure(self.db, facts, self.clock())

    def board(self, channel: str = CHANNEL) -> Board:
        """The whole board as it is now."""
        return look.whole(self.db, channel)

    def _next(self, what: str) -> str:
        """What Slack gives each request and each view of its own."""
        self._count += 1
        return f"{what}{self._count}"

    def _opened(self, view: View) -> View:
        return view | {"id": "V1", "hash": self._next("h"), "state": {"values": {}}}

    async def types(self, text: str, who: Person = ALICE, channel: str = CHANNEL) -> Answer:
        """`/board TEXT`."""
        return await self._dispatch(
            {
                "command": "/board",
                "text": text,
                "user_id": who.id,
                "user_name": who.name.lower(),
                "channel_id": channel,
                "channel_name": "standup",
                "team_id": "T0TEAM",
                "trigger_id": self._next("trigger"),
                "response_url": "https://hooks.slack.test/command",
            }
        )

    async def clicks(
        self,
        action_id: str,
        value: str = "",
        who: Person = ALICE,
        channel: str = CHANNEL,
        *,
        own: bool = False,
        within: View | None = None,
        block: str = "b",
    ) -> Answer:
        """A click on a button of a channel message, of one that is only theirs (`own`), or `within` a dialog."""
        action = {"type": "button", "action_id": action_id, "block_id": block, "action_ts": "1"}
        body: Json = {
            "type": "block_actions",
            "user": _user(who),
            "team": {"id": "T0TEAM"},
            "trigger_id": self._next("trigger"),
            "actions": [action | ({"value": value} if value else {})],
        }
        if within is not None:
            return await self._dispatch(body | {"container": {"type": "view"}, "view": self._opened(within)})
        place = {"type": "message", "message_ts": "1.0", "channel_id": channel, "is_ephemeral": own}
        body |= {"container": place, "channel": {"id": channel}, "response_url": "https://hooks.slack.test/click"}
        return await self._dispatch(body)

    async def presses(self, button: Block, who: Person = ALICE, *, own: bool = True) -> Answer:
        """A click on a button that was shown to them."""
        return await self.clicks(button["action_id"], button.get("value", ""), who, own=own)

    async def chooses(self, answer: "Answer", label: str, who: Person = ALICE) -> "Answer":
        """A choice of a … menu that was shown to them in a message."""
        [option] = [option for option in choices(answer.blocks) if option["text"]["text"] == label]
        action = {"type": "overflow", "action_id": "do:menu", "block_id": "b", "selected_option": option}
        place = {"type": "message", "message_ts": "1.0", "channel_id": CHANNEL, "is_ephemeral": True}
        body: Json = {
            "type": "block_actions",
            "user": _user(who),
            "team": {"id": "T0TEAM"},
            "trigger_id": self._next("trigger"),
        }
        body |= {"container": place, "channel": {"id": CHANNEL}, "actions": [action]}
        return await self._dispatch(body | {"response_url": "https://hooks.slack.test/click"})

    async def presses_on_home(self, home: View, label: str, block: str, who: Person = ALICE) -> Answer:
        """A click on a button of somebody's App Home, in the block whose id begins so."""
        found = [
            (element, one["block_id"])
            for one in home["blocks"]
            for element in buttons([one])
            if element["text"]["text"] == label and one.get("block_id", "").startswith(block)
        ]
        assert found, "no such button"
        element, block_id = found[0]
        return await self.clicks(element["action_id"], element.get("value", ""), who, within=home, block=block_id)

    async def writes(self, text: str, who: Person = ALICE, *, event_id: str = "", **more: Any) -> Answer:
        """A direct message to the bot."""
        event = {"type": "message", "channel": f"D{who.id}", "channel_type": "im", "user": who.id, "text": text}
        return await self.happens(event | {"ts": "1.0"} | more, event_id or f"Ev{len(self.slack.calls)}{text}")

    async def happens(self, event: Json, event_id: str = "Ev1") -> Answer:
        """An event that Slack tells of."""
        event = {"event_ts": f"{self.clock().timestamp():.6f}"} | event
        return await self._dispatch(
            {"type": "event_callback", "team_id": "T0TEAM", "event_id": event_id, "event": event}
        )

    async def searches(self, words: str, place: Json, who: Person = ALICE) -> Answer:
        """Something is typed into a list to search in."""
        body = {"type": "block_suggestion", "user": _user(who), "team": {"id": "T0TEAM"}, "value": words}
        return await self._dispatch(body | place)

    async def takes(self, text: str, who: Person = ALICE, channel: str = CHANNEL, **more: Any) -> Answer:
        """The shortcut *Add to board* on a message."""
        body: Json = {"type": "message_action", "callback_id": "do:add:message", "user": _user(who)}
        message = {"type": "message", "user": BOB.id, "ts": "1700000000.000100", "text": text} | more
        body |= {
            "team": {"id": "T0TEAM"},
            "trigger_id": self._next("trigger"),
            "response_url": "https://hooks.slack.test/shortcut",
        }
        return await self._dispatch(body | {"channel": {"id": channel}, "message": message})

    async def makes_answer(self, text: str, who: Person = ALICE, *, by: Person | None = None, thread: str) -> Answer:
        """The shortcut *Add as my answer* on a message in a thread, written by somebody."""
        message = {"type": "message", "user": (by or who).id, "ts": "2.0", "thread_ts": thread, "text": text}
        body: Json = {"type": "message_action", "callback_id": "do:checkin:message", "user": _user(who)}
        body |= {
            "team": {"id": "T0TEAM"},
            "trigger_id": self._next("trigger"),
            "response_url": "https://hooks.slack.test/shortcut",
        }
        return await self._dispatch(body | {"channel": {"id": CHANNEL}, "message": message})

    async def adds_anywhere(self, who: Person = ALICE) -> Answer:
        """The shortcut *Add item*, from anywhere in Slack."""
        body = {"type": "shortcut", "callback_id": "do:add:anywhere", "user": _user(who), "team": {"id": "T0TEAM"}}
        return await self._dispatch(body | {"trigger_id": self._next("trigger")})

    async def sends(self, view: View, who: Person = ALICE, **fields: Any) -> Answer:
        """Fill in fields of a dialog and send it; the others stay as the dialog shows them."""
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        # The boxes' name ends in a mark of the criteria that they show.
        marked = {name.partition("-")[0]: name for name in inputs}
        fields = {marked.get(given, given): to for given, to in fields.items()}
        state = {name: _filled(block, fields) for name, block in inputs.items()}
        assert fields.keys() <= state.keys(), "no such field"
        body = {
            "type": "view_submission",
            "user": _user(who),
            "team": {"id": "T0TEAM"},
            "trigger_id": self._next("trigger"),
            "view": self._opened(view) | {"state": {"values": state}},
        }
        answer = await self._dispatch(body)
        assert answer.errors.keys() <= state.keys(), f"errors on fields that are not there: {answer.errors}"
        return answer

    async def _dispatch(self, body: Json) -> Answer:
        before = len(self.slack.calls)
        told = await self.bolt.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        assert told.status == 200, "Slack got no answer"
        ack: Json = json.loads(told.body) if told.body else {}
        assert found_wrong(ack) + self.slack.refused == []
        return Answer(ack, [call for call in self.slack.calls[before:] if call.method not in LOOKED_UP])


def found_wrong(ack: Json) -> list[str]:
    """Why Slack would not take an ack."""
    wrong = check("blocks", ack["blocks"]) if "blocks" in ack else []
    listed = {kind: ack[kind] for kind in ("options", "option_groups") if ack.get(kind)}
    menu = {"type": "static_select", "action_id": "a", **listed}
    wrong += check("blocks", [{"type": "actions", "elements": [menu]}]) if listed else []
    wrong += ["the text is too long"] if len(ack.get("text", "")) > MESSAGE_TEXT else []
    wrong += ["a moment's markup in plain text"] if "&lt;!date" in ack.get("text", "") else []
    return wrong + (check("modal", ack["view"]) if "view" in ack else [])


def buttons(blocks: list[Block]) -> Iterator[Block]:
    """Every button in a message or a dialog."""
    for block in blocks:
        for element in [*block.get("elements", ()), block.get("accessory", {})]:
            if element.get("type") == "button":
                yield element


def choices(blocks: list[Block]) -> Iterator[Json]:
    """Every choice of every … menu in a message or a dialog."""
    for block in blocks:
        for element in [*block.get("elements", ()), block.get("accessory", {})]:
            if element.get("action_id", "").startswith("do:menu"):
                yield from element.get("options", ())


def texts(part: Any, is_text: Callable[[Json], bool] = lambda part: "text" in part) -> Iterator[Json]:
    """Every text object in a block, a view or a list of them."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text") and is_text(part):
            yield part
        for inner in part.values():
            yield from texts(inner, is_text)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from texts(inner, is_text)


def keeping(view: Json) -> Json:
    """The fields that keep every criterion which a dialog says can't be checked."""
    boxes = {b["block_id"].partition("-")[0]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    fields = {name: element for name, element in boxes.items() if name.startswith("keep")}
    return {name: [option["value"] for option in element["options"]] for name, element in fields.items()}


def written(part: Any) -> str:
    """What a block or a view says, a text a line; what is more than text in rich text has the marks of mrkdwn."""
    return "\n".join(_in_order(part))


def _in_order(part: Any) -> Iterator[str]:
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _in_order(inner)
    elif isinstance(part, dict) and _is_paragraph(part):
        yield _line(part["elements"])
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text"):
            yield part["text"]
        yield from _in_order(list(part.values()))


def rows(part: Any) -> Iterator[list[Json]]:
    """The inline elements of every paragraph of rich text in a block, a view or a list of them."""
    if isinstance(part, list | tuple):
        for inner in part:
            yield from rows(inner)
    elif isinstance(part, dict) and _is_paragraph(part):
        yield part["elements"]
    elif isinstance(part, dict):
        yield from rows(list(part.values()))


def _is_paragraph(part: Json) -> bool:
    return str(part.get("type")).startswith("rich_text_") and part["type"] != "rich_text_list"


def _line(row: list[Json]) -> str:
    return "".join(map(_inline, row))


def _inline(element: Json) -> str:
    style = element.get("style", {})
    mark = "*" if style.get("bold") else "`" if style.get("code") else ""
    match element["type"]:
        case "date":
            text = f"<!date^{element['timestamp']}^{element['format']}|{element['fallback']}>"
        case "link":
            text = f"<{element['url']}|{element['text']}>" if "text" in element else element["url"]
        case "channel":
            text = f"<#{element['channel_id']}>"
        case "user":
            text = f"<@{element['user_id']}>"
        case _:
            text = element["text"]
    return f"{mark}{text}{mark}"


def copyable(view: Json) -> list[str]:
    """What a dialog shows of what somebody wrote, for them to copy."""
    blocks = [block for block in view["blocks"] if block["type"] == "rich_text"]
    code = [part for block in blocks for part in block["elements"] if part["type"] == "rich_text_preformatted"]
    return [_line(part["elements"]) for part in code]


def _user(who: Person) -> Json:
    return {"id": who.id, "username": who.name.lower(), "name": who.name.lower(), "team_id": "T0TEAM"}


def _filled(block: Block, fields: Json) -> Json:
    """A field as Slack sends it: with what was filled in, or what it showed from the start."""
    element, name = block["element"], block["block_id"]
    match element["type"]:
        case "checkboxes" | "multi_static_select":
            chosen = element.get("initial_options", [])
            if name in fields:
                chosen = [option for option in element["options"] if option["value"] in fields[name]]
                assert len(chosen) == len(fields[name]), "no such box"
            value: Json = {"selected_options": chosen}
        case "external_select":
            chosen = fields.get(name, element["initial_option"]["value"])
            value = {"selected_option": {"text": {"type": "plain_text", "text": chosen}, "value": chosen}}
        case "radio_buttons":
            wanted = fields.get(name, element["initial_option"]["value"])
            value = {"selected_option": next(o for o in element["options"] if o["value"] == wanted)}
        case "timepicker":
            value = {"selected_time": fields.get(name, element["initial_time"])}
        case "users_select":
            value = {"selected_user": fields.get(name, element.get("initial_user"))}
        case "multi_users_select":
            value = {"selected_users": fields.get(name, element.get("initial_users", []))}
        case "file_input":
            value = {"files": [{"id": file} for file in fields.get(name, [])]}
        case "conversations_select":
            value = {"selected_conversation": fields.get(name, element.get("initial_conversation"))}
        case _:
            value = {"value": fields.get(name, element.get("initial_value"))}
    return {element["action_id"]: {"type": element["type"], **value}}
