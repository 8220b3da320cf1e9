"""Every person's stack of open modals, and their App Home."""

import secrets
from collections.abc import Iterator

from bot.sandbox.live import Live
from bot.sandbox.state.blocks import furnished
from bot.sandbox.state.forms import values
from bot.sandbox.state.people import APP_ID, BOT_ID, PEOPLE, TEAM
from bot.sandbox.state.storage import Storage
from bot.sandbox.wire import Json, Refused

# docs.slack.dev/surfaces/modals: one view opened and two pushed.
_STACK = 3


class Modals:
    """The views of the app: open modals live in memory, App Homes in the file."""

    def __init__(self, storage: Storage, live: Live) -> None:
        self._storage = storage
        self._live = live
        self.stacks: dict[str, list[Json]] = {person: [] for person in PEOPLE}
        self.homes: dict[str, Json] = storage.all("home")

    def reset(self) -> None:
        """Close everything and forget the homes."""
        self.homes.clear()
        for person in PEOPLE:
            self.clear(person)

    def open(self, person: str, sent: Json) -> Json:
        """Show a modal as the first of a new stack."""
        self._refuse_known_external_id(sent, None)
        self.stacks[person] = [_furnish(sent, None)]
        self._tell(person)
        return self.stacks[person][0]

    def push(self, person: str, sent: Json) -> Json:
        """Show a modal above the open one; refuses with `not_found` or `push_limit_reached`."""
        stack = self.stacks[person]
        if not stack:
            raise Refused("not_found")
        if len(stack) >= _STACK:
            raise Refused("push_limit_reached")
        self._refuse_known_external_id(sent, None)
        stack.append(_furnish(sent, stack[-1]))
        self._tell(person)
        return stack[-1]

    def update(self, view_id: str, sent: Json, expected: str | None = None) -> Json:
        """Put `sent` in the place of a view; refuses with `not_found`, or `hash_conflict` when it changed since."""
        person, view = self.find(view_id)
        if expected and expected != view["hash"]:
            raise Refused("hash_conflict")
        self._refuse_known_external_id(sent, view_id)
        changed = _furnish(sent, None) | {key: view[key] for key in ("id", "root_view_id", "previous_view_id")}
        self.stacks[person][self.stacks[person].index(view)] = changed
        self._tell(person)
        return changed

    def publish(self, person: str, sent: Json, expected: str | None = None) -> Json:
        """Show `sent` as the person's App Home; refuses with `hash_conflict`."""
        old = self.homes.get(person)
        if expected and old and expected != old["hash"]:
            raise Refused("hash_conflict")
        view = _furnish(sent, None)
        if old:
            view |= {"id": old["id"], "root_view_id": old["id"]}
        self.homes[person] = view
        self._storage.put("home", person, view)
        self._live.tell({"type": "home", "view": view}, to=(person,))
        return view

    def close(self, view_id: str) -> list[Json]:
        """Close a view and those above it; give the closed ones, top first."""
        person, view = self.find(view_id)
        stack = self.stacks[person]
        place = stack.index(view)
        closed = stack[place:][::-1]
        del stack[place:]
        self._tell(person)
        return closed

    def clear(self, person: str) -> list[Json]:
        """Close all modals of a person; give them, top first."""
        closed, self.stacks[person] = self.stacks[person][::-1], []
        self._tell(person)
        return closed

    def find(self, view_id: str) -> tuple[str, Json]:
        """Return an open modal by id, and whose it is; refuse with `not_found`."""
        for person, view in self._open():
            if view["id"] == view_id:
                return person, view
        raise Refused("not_found")

    def of(self, person: str, view_id: str) -> Json:
        """Return an open modal of `person`; refuse with `not_found`."""
        owner, view = self.find(view_id)
        if owner != person:
            raise Refused("not_found")
        return view

    def find_external(self, external_id: str) -> str:
        """Return the id of the open modal the app knows by `external_id`; refuse with `not_found`."""
        for _, view in self._open():
            if external_id and view["external_id"] == external_id:
                return str(view["id"])
        raise Refused("not_found")

    def _open(self) -> Iterator[tuple[str, Json]]:
        for person, stack in self.stacks.items():
            for view in stack:
                yield person, view

    def _refuse_known_external_id(self, sent: Json, own: str | None) -> None:
        for _, view in self._open():
            if sent.get("external_id") and view["external_id"] == sent["external_id"] and view["id"] != own:
                raise Refused("duplicate_external_id")

    def _tell(self, person: str) -> None:
        self._live.tell({"type": "views", "views": self.stacks[person]}, to=(person,))


def _furnish(sent: Json, below: Json | None) -> Json:
    """Return Slack's view object for a view the bot sent (docs.slack.dev/reference/views)."""
    view_id = f"V0{secrets.token_hex(5).upper()}"
    blocks = furnished(sent.get("blocks", []))
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **sent,
        "blocks": blocks,
        "id": view_id,
        "hash": f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}",
        "root_view_id": below["root_view_id"] if below else view_id,
        "previous_view_id": below["id"] if below else None,
        "state": {"values": values(blocks, {})},
        "team_id": TEAM["id"],
        "app_id": APP_ID,
        "app_installed_team_id": TEAM["id"],
        "bot_id": BOT_ID,
    }
