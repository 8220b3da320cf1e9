"""People who work on the board, and what they were told: that is what must be so in the end."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from string import ascii_lowercase
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.core.board.model import Board, CriterionState
from bot.errors import UserError
from bot.services.board import look
from bot.store.database import Database
from tests.chaos.stage import CHANNEL
from tests.sandbox.stage import Page

PEOPLE = ("U0ALICE", "U0BOB", "U0CAROL")
# What is answered when it was done; the item's title stands between the two.
MOVES = {
    "start": ("start", "is in progress."),
    "park": ("park", "is parked in BLOCKED."),
    "unblock": ("unblock", "is in NEXT"),
    "defer": ("defer", "is in LATER."),
    "queue": ("queue", "is in NEXT"),
}
REFUSED = "othing was changed"
IS_DONE = " is done"  # where what was done can't be shown


class Told(Enum):
    """What somebody knows of what they asked for."""

    DONE = "done"
    REFUSED = "refused"
    NOTHING = "nothing"  # no answer, or one that says that it is not known


@dataclass
class Account:
    """What was asked for, and what was said of it."""

    added: dict[str, Told] = field(default_factory=dict)  # by title
    noted: dict[str, Told] = field(default_factory=dict)  # by the words of a status or of evidence
    moved: Counter[tuple[str, int]] = field(default_factory=Counter)  # by verb and item: how often it was done
    asked: int = 0

    @property
    def acknowledged(self) -> int:
        said = [*self.added.values(), *self.noted.values()]
        return said.count(Told.DONE) + self.moved.total()


class User:
    """Somebody who does one thing after the other, by a seed of their own."""

    def __init__(self, person: str, page: Page, db: Database, random: Random, account: Account) -> None:
        self._person, self._page, self._db, self._random, self._account = person, page, db, random, account
        self._count = 0

    async def work(self) -> None:
        while True:
            await self.act()
            await asyncio.sleep(self._random.uniform(0.02, 0.3))

    async def act(self) -> None:
        self._count += 1
        self._account.asked += 1
        board = await asyncio.to_thread(self._looked)
        ways = (self._add, self._note, self._note, self._move, self._finish, self._finish)
        await self._random.choice(ways)(board)
        await self._close_all()

    def _looked(self) -> Board | None:
        """What they see; nothing while the database is ill."""
        try:
            return look.whole(self._db, CHANNEL)
        except (SQLAlchemyError, UserError):
            return None

    async def _add(self, _board: Board | None) -> None:
        """Fill in the form, often over a line that loses the ack, so that it is sent twice."""
        title = "".join(self._random.choices(ascii_lowercase, k=12))  # one that resembles no finished work
        await self._type("add")
        for view in await self._views():
            self._account.added[title] = Told.NOTHING
            words = {"title": title, "dod": f"GET /work/{self._count} returns 200"}
            values = {name: {"value": {"type": "plain_text_input", "value": text}} for name, text in words.items()}
            self._account.added[title] = _said_of(title, await self._send(view, values))

    async def _note(self, board: Board | None) -> None:
        items = [board.wip] if board and board.wip else board.next if board else ()
        number = self._random.choice([item.number for item in items] or [1])
        words = f"said {self._count} by {self._person}"
        what = self._random.choice((f"status #{number} {words}", f"evidence {number} 1 {words}"))
        self._account.noted[words] = Told.NOTHING
        if any(words in whisper for whisper in await self._type(what)):
            self._account.noted[words] = Told.DONE

    async def _move(self, board: Board | None) -> None:
        items = board.items if board else ()
        number = self._random.choice([item.number for item in items] or [1])
        verb = self._random.choice(list(MOVES))
        await self._ask_to_move(verb, number)

    async def _ask_to_move(self, verb: str, number: int) -> None:
        event, answer = MOVES[verb]
        reason = " waiting for keys" if verb == "park" else ""
        whispers = await self._type(f"{verb} #{number}{reason}" if verb != "park" else "park waiting for keys")
        for text in whispers:
            if text.startswith("#") and answer in text and REFUSED not in text:
                self._account.moved[event, int(text[1:].split()[0])] += 1
                return

    async def _finish(self, board: Board | None) -> None:
        """Bring the item in progress nearer to its end; without one, start the next."""
        if board is None:
            return
        if board.wip is None:
            if board.next:
                await self._ask_to_move("start", self._random.choice(board.next).number)
            return
        number = board.wip.number
        for k, criterion in enumerate(board.wip.dod, 1):
            if criterion.state is CriterionState.OPEN:
                await self._type(f"tick {number} {k}")
        await self._type("finish")
        for view in await self._views():
            await self._send(view, _all_boxes(view))
            await self._confirm(number)

    async def _confirm(self, number: int) -> None:
        views = [view for view in await self._views() if view["callback_id"].endswith(":confirm")]
        if not views or f"Finish #{number}" not in str(views[-1]["title"]):
            return
        shown = await self._send(views[-1], {})
        if shown is not None and (not await self._views() or IS_DONE in shown):  # it closes without a word
            self._account.moved["finish", number] += 1

    async def _send(self, view: dict[str, Any], values: dict[str, Any]) -> str | None:
        """Send a form. Gives what they were shown for it; None: nobody answered."""
        is_twice = self._random.random() < 0.3
        if is_twice:
            await self._page.do("faults", envelopes_twice=True)
        before = await self._whispers()
        answer = await self._page.do("submit", self._person, view_id=view["id"], values=values)
        if is_twice:
            await self._page.do("faults", envelopes_twice=False)
        whispers = [text for ts, text in (await self._whispers()).items() if ts not in before]
        return str([*whispers, *await self._views()]) if answer["ok"] else None

    async def _type(self, what: str) -> list[str]:
        """Type a command. Gives what only this person was shown for it."""
        before = await self._whispers()
        await self._page.do("say", self._person, channel=CHANNEL, text=f"/board {what}")
        return [text for ts, text in (await self._whispers()).items() if ts not in before]

    async def _whispers(self) -> dict[str, str]:
        messages = await self._page.messages(self._person, CHANNEL)
        return {m["ts"]: f"{m.get('text')} {m.get('blocks')}" for m in messages if m.get("ephemeral")}

    async def _views(self) -> list[dict[str, Any]]:
        views: list[dict[str, Any]] = (await self._page.state(self._person))["views"]
        return views

    async def _close_all(self) -> None:
        for view in reversed(await self._views()):
            await self._page.do("close", self._person, view_id=view["id"])


def _said_of(title: str, shown: str | None) -> Told:
    if shown is None:
        return Told.NOTHING
    if f"{title} is in" in shown or IS_DONE in shown:
        return Told.DONE
    return Told.REFUSED if REFUSED in shown else Told.NOTHING


def _all_boxes(view: dict[str, Any]) -> dict[str, Any]:
    """Tick every box of the criteria."""
    values = {}
    for block in view["blocks"]:
        element = block.get("element") or {}
        if element.get("type") == "checkboxes" and block["block_id"].startswith("met"):
            boxes = {"type": "checkboxes", "selected_options": element["options"]}
            values[block["block_id"]] = {element["action_id"]: boxes}
    return values
