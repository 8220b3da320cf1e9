"""The dialogs in which people write: an item, a Definition of Done, a status, a reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.board.dod import Keep
from bot.core.board.edits import Draft, fields, marks
from bot.core.board.model import TEXT_LIMIT, Board, Item, Outcome, Slots
from bot.core.board.words import Overtaken, mark
from bot.core.people import Person
from bot.slack.layout.blocks import (
    CHECKBOXES,
    LABEL,
    MODAL_TITLE,
    OPTION,
    PLACEHOLDER,
    Block,
    View,
    bare,
    clip,
    context,
    plain,
    section,
)
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import bold, lines, say, short

VALUE = "value"  # the action_id of every field; the field's name is its block_id
Hints = Sequence[tuple[str, str]]  # criteria that can't be checked, each with a way to rewrite it
ASKED = "How will you know that it is done?"
NEEDED = (
    "Its Definition of Done (DoD): one check a line, 2–5 of them, that someone else could verify. "
    "An item without one can't start."
)
UNSAVED = (
    "*Nothing is saved yet.* What can't be checked as it is stands below: rewrite it, or mark what you will judge."
)
KEEP = "keep"  # begins the name of the field for criteria that a person judges
EXAMPLE = "POST /checkout returns 201 with a test card\nCI runs the E2E tests on every PR"


def form(verb: str, title: str, submit: str, blocks: Sequence[Block], channel: str, **metadata: object) -> View:
    """Return a dialog that is `/board VERB` with fields; `metadata` comes back with them: numbers and ids, no texts."""
    return {
        "type": "modal",
        "callback_id": f"do:{verb}",
        "title": plain(title, MODAL_TITLE),
        "submit": plain(submit, MODAL_TITLE),
        "close": plain("Cancel", MODAL_TITLE),
        "private_metadata": json.dumps({"channel": channel, **metadata}),
        "blocks": list(blocks),
    }


def add(channel: str, board: Board, draft: Draft, who: Person, *, hints: Hints = (), **metadata: str) -> View:
    """Ask for a new item: title, scope, DoD one criterion a line, estimate, and to start it when their slot is free.

    `who` is asked. `metadata` names the message that it is made from.
    """
    free = "Nothing is in progress" if board.slots is Slots.BOARD else "You have nothing in progress"
    start = [] if board.holder(who) else [checkbox("start", free, "Start it now")]
    return form("add", "Add an item", "Add", [*_draft(draft, hints), *start], channel, **metadata, **kept(draft.keep))


def add_anywhere(draft: Draft, channel: str, *, hints: Hints = ()) -> View:
    """Ask for a new item, and for the channel whose board it is for: `channel`, if one was chosen."""
    element: Block = {
        "type": "conversations_select",
        "action_id": VALUE,
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    if channel:
        element["initial_conversation"] = channel
    return form(
        "add",
        "Add an item",
        "Add",
        [field("channel", "Board of", element), *_draft(draft, hints)],
        "",
        **kept(draft.keep),
    )


def _draft(draft: Draft, hints: Hints) -> list[Block]:
    """Return the fields of a new item; its criteria come first where something is to be said of them."""
    title = text("title", "Title", draft.title, placeholder="What will be different when it is done?")
    scope = text("scope", "Scope", draft.scope, lines=True, optional=True)
    dod = criteria(draft.dod, label=ASKED, optional=True, hint=NEEDED)
    estimate = text("estimate", "Estimate", draft.estimate, optional=True, placeholder="1-2 days")
    if hints:
        return [section(UNSAVED), dod, *vague(hints), title, scope, estimate]
    return [title, dod, scope, estimate]


LABELS = {"title": "Title", "scope": "Scope", "links": "Links", "notes": "Notes"}  # the fields that may be long


def edit(channel: str, item: Item, sent: Mapping[str, Any] | None = None, overtaken: Overtaken | None = None) -> View:
    """Ask for an item's words and its owner; its criteria have a dialog of their own.

    `sent`: the fields as they were sent; `overtaken`: why they were not saved.
    """
    now = fields(item)
    written = now | {name: text for name, text in (sent or {}).items() if name in now}
    blocks = _overtaken(now, overtaken) if overtaken else []
    blocks += [
        text("title", LABELS["title"], written["title"]),
        _long("scope", now, written),
        owner(item),
        text("estimate", "Estimate", written["estimate"], optional=True),
        text("priority", "Priority", written["priority"], optional=True),
        _long("links", now, written, hint="PRs and documents, one a line."),
        _long("notes", now, written),
    ]
    metadata = {"item": item.number, "owner": item.owner.id if item.owner else "", "seen": marks(item)}
    return form("edit", f"Edit · #{item.number}", "Save", blocks, channel, **metadata)


def _long(name: str, now: Mapping[str, str], written: Mapping[str, str], hint: str = "") -> Block:
    """Return a field of several lines; what is longer than Slack's fields stays out, so that nothing is cut off."""
    if len(now[name]) > TEXT_LIMIT:
        note = f"{LABELS[name]}: {len(now[name]):,} characters, more than a dialog takes. They stay as they are."
        return context(note)
    return text(name, LABELS[name], written[name], lines=True, optional=True, hint=hint)


def _overtaken(now: Mapping[str, str], overtaken: Overtaken) -> list[Block]:
    """Say what somebody else wrote meanwhile; what the person wrote stays in the fields."""
    theirs = [f"› {name}: {short(now[name] or 'empty', 500)}" for name in overtaken.fields]
    return lines(str(overtaken), *theirs, say("What you wrote is below; *Save* puts it in their place."))


def assign(channel: str, item: Item) -> View:
    """Ask who owns an item."""
    blocks = [*lines(bold(named(item))), owner(item)]
    return form("assign", f"Owner · #{item.number}", "Save", blocks, channel, item=item.number)


def status(channel: str, item: Item) -> View:
    """Ask for a status note."""
    hint = "One or two sentences: where it stands, and what it waits for."
    field = text("status", "Status", item.status.text if item.status else "", lines=True, hint=hint)
    blocks = [*lines(bold(named(item))), field]
    return form("status", f"Status · #{item.number}", "Save", blocks, channel, item=item.number)


@dataclass(frozen=True, slots=True)
class Why:
    """The words of a dialog that asks for a reason."""

    title: str
    submit: str
    question: str
    has_date: bool = False  # asks when to look again


REASONS = {
    "park": Why("Park", "Park", "What does it wait for?", has_date=True),
    "block": Why("Blocked", "Flag", "What is in its way?", has_date=True),
    "queue": Why("Back to NEXT", "Queue", "Why does it go back before it is done?"),
    "drop": Why("Drop", "Drop", "Why is it dropped? It stays in the history."),
    "reopen": Why("Reopen", "Reopen", "What fails now? A link or what you saw."),
    "prove": Why("Start", "Start", "What fails now, or why is this other work?"),
}


def reason(verb: str, channel: str, item: Item, written: str = "", *, position: int | None = None) -> View:
    """Ask why: the dialog is the confirmation too. `position`: where in NEXT it goes."""
    why = REASONS[verb]
    label = "New failing evidence" if verb == "reopen" and item.outcome is Outcome.CLOSED else "Reason"
    blocks = [*lines(bold(named(item))), text("reason", label, written, lines=True, placeholder=why.question)]
    if why.has_date:
        picker = {"type": "datepicker", "action_id": VALUE}
        blocks.append(field("back_on", "Look again on", picker, optional=True))
    metadata = {"item": item.number} | ({} if position is None else {"position": position})
    return form(verb, f"{why.title} · #{item.number}", why.submit, blocks, channel, **metadata)


def criteria(lines: str, *, optional: bool, hint: str, label: str = "Definition of Done") -> Block:
    """Return the field for a Definition of Done, one criterion a line."""
    return text("dod", label, lines, lines=True, optional=optional, placeholder=EXAMPLE, hint=hint)


def vague(hints: Hints) -> list[Block]:
    """Offer to keep what can't be checked, each criterion by itself, with how to rewrite it; nothing if all is well."""
    return [_keeping(k, hints[k : k + CHECKBOXES]) for k in range(0, len(hints), CHECKBOXES)]


def _keeping(k: int, hints: Hints) -> Block:
    # Slack keeps what was ticked in a block of the same id, so other criteria have another id.
    name = f"{KEEP}{k}-{mark(' '.join(text for text, _ in hints))}"
    options = [{"text": plain(bare(text), OPTION), "value": mark(text)} for text, _ in hints]
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": options}
    rewritten = "\n".join(f"“{clip(bare(text), 60)}”: {bare(hint)}" for text, hint in hints)
    return field(name, "Keep them, I will judge them", element, optional=True) | {"hint": plain(rewritten, LABEL)}


def keeping(fields: Mapping[str, Any], metadata: Mapping[str, Any]) -> frozenset[str]:
    """Return the marks of the criteria that a person said they will judge, in this view or an earlier one."""
    marked = (chosen for name, chosen in fields.items() if name.startswith(KEEP))
    return frozenset([*(metadata.get(KEEP) or ()), *(each for chosen in marked for each in chosen)])


def kept(keep: Keep) -> dict[str, Any]:
    """Return what a dialog remembers of the criteria that a person will judge."""
    return {} if isinstance(keep, bool) or not keep else {KEEP: sorted(keep)}


def owner(item: Item) -> Block:
    """Return the field for who owns an item; empty is nobody."""
    element: Block = {"type": "users_select", "action_id": VALUE, "placeholder": plain("Nobody", PLACEHOLDER)}
    if item.owner:
        element["initial_user"] = item.owner.id
    return field("owner", "Owner", element, optional=True)


def field(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """Return a field with any element."""
    return {"type": "input", "block_id": name, "label": plain(label, LABEL), "element": element, "optional": optional}


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
    """Return a text field. It takes what Slack lets it take; a limit of ours is told on it, not by a dead key."""
    element: Block = {"type": "plain_text_input", "action_id": VALUE, "multiline": lines, "max_length": TEXT_LIMIT}
    if value:
        element["initial_value"] = value[:TEXT_LIMIT]
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    block = field(name, label, element, optional=optional)
    return block | ({"hint": plain(hint, LABEL)} if hint else {})


def search(name: str, label: str, chosen: str, *, placeholder: str, hint: str) -> Block:
    """Return a field to search in: Slack asks us what it offers for what is typed (`asked/searching.py`)."""
    element: Block = {
        "type": "external_select",
        "action_id": VALUE,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "initial_option": {"text": plain(chosen, OPTION), "value": chosen},
        "min_query_length": 0,
    }
    return field(name, label, element) | {"hint": plain(hint, LABEL)}


def checkbox(name: str, label: str, choice: str, *, ticked: bool = False) -> Block:
    """Return a field with one box to tick."""
    option: Block = {"text": plain(bare(choice), OPTION), "value": "yes"}
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return field(name, label, element, optional=True)
