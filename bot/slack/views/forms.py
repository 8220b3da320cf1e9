"""The dialogs in which people write: an item, a Definition of Done, a status, a reason."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.board import TEXT_LIMIT, Board, Item
from bot.core.drafts import Draft
from bot.slack.views.blocks import LABEL, MODAL_TITLE, OPTION, PLACEHOLDER, Block, View, plain, section
from bot.slack.views.item import named

VALUE = "value"  # the action_id of every field; the field's name is its block_id
EXAMPLE = "POST /checkout returns 201 with a test card\nCI runs the E2E tests on every PR"


def form(verb: str, title: str, submit: str, blocks: Sequence[Block], channel: str, **kept: object) -> View:
    """A dialog that is `/board VERB` with fields. What is `kept` comes back with them: numbers and ids, no texts."""
    return {
        "type": "modal",
        "callback_id": f"do:{verb}",
        "title": plain(title, MODAL_TITLE),
        "submit": plain(submit, MODAL_TITLE),
        "close": plain("Cancel", MODAL_TITLE),
        "private_metadata": json.dumps({"channel": channel, **kept}),
        "blocks": list(blocks),
    }


def add(channel: str, board: Board, draft: Draft) -> View:
    """Ask for a new item: title, scope, DoD one criterion a line, estimate, and to start it when WIP is free."""
    blocks = [
        text("title", "Title", draft.title, placeholder="What will be different when it is done?"),
        text("scope", "Scope", draft.scope, lines=True, optional=True),
        text(
            "dod", "Definition of Done", draft.dod, lines=True, optional=True, placeholder=EXAMPLE,
            hint="One check a line, 2–5 of them, that someone else could verify. An item without one can't start.",
        ),
        text("estimate", "Estimate", draft.estimate, optional=True, placeholder="1-2 days"),
    ]  # fmt: skip
    if board.wip is None:
        blocks.append(checkbox("start", "Nothing is in progress", "Start it now"))
    return form("add", "Add an item", "Add", blocks, channel)


def dod(channel: str, item: Item) -> View:
    """Ask for an item's Definition of Done, one criterion a line."""
    lines = "\n".join(criterion.text for criterion in item.dod)
    hint = "One check a line, 2–5 of them. What is ticked stays ticked where its line stays as it is."
    field = text("dod", "Definition of Done", lines, lines=True, placeholder=EXAMPLE, hint=hint)
    return form("dod", f"DoD · #{item.number}", "Save", [section(f"*{named(item)}*"), field], channel, item=item.number)


def status(channel: str, item: Item) -> View:
    """Ask for a status note."""
    hint = "One or two sentences: where it stands, and what it waits for."
    field = text("status", "Status", item.status.text if item.status else "", lines=True, hint=hint)
    blocks = [section(f"*{named(item)}*"), field]
    return form("status", f"Status · #{item.number}", "Save", blocks, channel, item=item.number)


@dataclass(frozen=True, slots=True)
class Why:
    """The words of a dialog that asks for a reason."""

    title: str
    submit: str
    question: str


REASONS = {
    "park": Why("Park", "Park", "What does it wait for?"),
    "queue": Why("Back to NEXT", "Queue", "Why does it go back before it is done?"),
}


def reason(verb: str, channel: str, item: Item) -> View:
    """Ask why an item leaves WIP."""
    why = REASONS[verb]
    blocks = [section(f"*{named(item)}*"), text("reason", "Reason", lines=True, placeholder=why.question)]
    return form(verb, f"{why.title} · #{item.number}", why.submit, blocks, channel, item=item.number)


def text(
    name: str,
    label: str,
    value: str = "",
    *,
    lines: bool = False,
    optional: bool = False,
    placeholder: str = "",
    hint: str = "",
) -> Block:
    """A text field. It takes what Slack lets it take; a limit of ours is told on the field, not by a dead key."""
    element: Block = {"type": "plain_text_input", "action_id": VALUE, "multiline": lines, "max_length": TEXT_LIMIT}
    if value:
        element["initial_value"] = value[:TEXT_LIMIT]
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    block: Block = {"type": "input", "block_id": name, "label": plain(label, LABEL), "element": element}
    if hint:
        block["hint"] = plain(hint, LABEL)
    return block | {"optional": optional}


def checkbox(name: str, label: str, choice: str, *, ticked: bool = False) -> Block:
    """A field with one box to tick."""
    option: Block = {"text": plain(choice, OPTION), "value": "yes"}
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return {"type": "input", "block_id": name, "label": plain(label, LABEL), "optional": True, "element": element}
