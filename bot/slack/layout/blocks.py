"""The building blocks of every view that are not rich text, and one place for Slack's limits."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bot.errors import Offer

Block = dict[str, Any]
View = dict[str, Any]

# docs.slack.dev/reference/block-kit: characters a text may have, things a block may hold
SECTION = 3000
HEADER = 150
BUTTON = 75
BUTTON_VALUE = 2000
OPTION = 75
LABEL = 2000  # of a field, and its hint
PLACEHOLDER = 150
MODAL_TITLE = 24
ACTIONS = 25
CHECKBOXES = 10
MESSAGE_BLOCKS = 50
MOMENT = re.compile(r"<!date\^[^|<>]*\|([^<>]*)>")
USER_ID = re.compile(r"[UW][A-Z0-9]+")  # docs.slack.dev: user object, `id`
BELONGS = "board"  # begins the id of a block that belongs to the board of another channel than it stands in
CODE = re.compile(r"`([^`\n]+)`")
CARD = "card"  # ends the id of the row of buttons on an item's card, with its number
ON_CARD = re.compile(rf"(?:^|:){CARD}:([0-9]+)$")
MESSAGE_TEXT = 4000  # of a message's plain-text fallback; Slack cuts longer ones
# The text beside the blocks, for notifications and screen readers, has no marks. `mrkdwn` is heeded where a message
# is made (docs.slack.dev: chat.postMessage, and message payloads: acks and response URLs), `parse` by every chat.*
# method; chat.update looks for links and names without it. Entities and what is between < and > hold all the same.
UNPARSED = {"mrkdwn": False, "parse": "none"}


def entities(text: str) -> str:
    """Escape the three characters that Slack reads as control characters (docs.slack.dev: formatting message text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Cut a text to `limit` characters, with … for what is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fitted(text: str, limit: int) -> str:
    """Cut a text that is escaped already, without leaving half an entity or half a date behind."""
    if len(text) <= limit:
        return text
    return re.sub(r"(&\w*|<[^>]*)$", "", text[: limit - 1]) + "…"


def message(text: str, blocks: Iterable[Block]) -> dict[str, Any]:
    """Return what a message or a command's answer says. `text` is plain: it is escaped here, and then fitted.

    It is the one way for words to get into a message, whichever method carries it.
    """
    return {"text": fitted(entities(text), MESSAGE_TEXT), "blocks": list(blocks), **UNPARSED}


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """Return text with Slack's own marks; people's words in it must be escaped."""
    return {"type": "mrkdwn", "text": fitted(text, limit)}


def plain(text: str, limit: int) -> Block:
    """Return text without marks, cut to the limit."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def bare(text: str) -> str:
    """Take the back ticks off code in people's words, for where Slack shows them as they are: choices and labels."""
    return CODE.sub(r"\1", text)


def section(text: str, accessory: Block | None = None) -> Block:
    """Return a paragraph, with a button beside it if given."""
    return {"type": "section", "text": mrkdwn(text)} | ({"accessory": accessory} if accessory else {})


def paragraphs(lines: Iterable[str]) -> list[Block]:
    """Return lines in as few paragraphs as hold them all, uncut."""
    packed = [""]
    for line in lines:
        if len(packed[-1]) + len(line) >= SECTION:
            packed.append("")
        packed[-1] += ("\n" if packed[-1] else "") + line
    return [section(text) for text in packed if text]


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def context(*texts: str) -> Block:
    """Return a small grey line."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """Return a line across."""
    return {"type": "divider"}


def actions(buttons: Sequence[Block]) -> Block:
    """Return a row of buttons; where a verb stands in it twice, the second one gets `:2` behind its name."""
    row: list[Block] = []
    for made in buttons[:ACTIONS]:
        same = sum(other["action_id"].split(":")[1] == made["action_id"].split(":")[1] for other in row)
        row.append(made | ({"action_id": f"{made['action_id']}:{same + 1}"} if same else {}))
    return {"type": "actions", "elements": row}


def button(label: str, verb: str, argument: str = "", *, style: str = "") -> Block:
    """Return a button that is the typed command `/board VERB ARGUMENT`."""
    made: Block = {"type": "button", "text": plain(label, BUTTON), "action_id": f"do:{verb}"}
    if argument:
        made["value"] = argument[:BUTTON_VALUE]
    return made | ({"style": style} if style else {})


def menu(*choices: tuple[str, str]) -> Block:
    """Return a … menu; each of its choices, five at most, is a label and the typed command behind `/board`."""
    options = [{"text": plain(label, OPTION), "value": command} for label, command in choices]
    return {"type": "overflow", "action_id": "do:menu", "options": options}


def chooser(words: str, *choices: tuple[str, str]) -> Block:
    """Return a list to choose from, a hundred at most: each, as in a menu, a label and a typed command."""
    options = [{"text": plain(label, OPTION), "value": command} for label, command in choices]
    return {
        "type": "static_select",
        "action_id": "do:menu",
        "placeholder": plain(words, PLACEHOLDER),
        "options": options,
    }


def finder(words: str) -> Block:
    """Return a list to search in, of what can be done with any item; Slack asks us for it (`asked/searching.py`)."""
    return {
        "type": "external_select",
        "action_id": "do:menu",
        "placeholder": plain(words, PLACEHOLDER),
        "min_query_length": 0,
    }


def belonging(blocks: Iterable[Block], channel: str, after: int = 0) -> list[Block]:
    """Make the buttons belong to a channel's board, for a place that is not that channel: its id goes into block ids.

    `after` is how many blocks stand before these, so that no two have the same id.
    """
    return [
        block
        | {"block_id": ":".join([BELONGS, channel, str(k), *([block["block_id"]] if "block_id" in block else [])])}
        for k, block in enumerate(blocks, after)
    ]


def board_of(block_id: str) -> str:
    """Return the channel whose board a block belongs to; nothing for one that belongs where it stands."""
    kind, _, rest = block_id.partition(":")
    return rest.partition(":")[0] if kind == BELONGS else ""


def on_card(row: Block, number: int) -> Block:
    """Mark a row of buttons as that of an item's card, so that the card is shown anew when one of them changes it."""
    return row | {"block_id": f"{CARD}:{number}"}


def card_of(block_id: str) -> int | None:
    """Return the item on whose card a block stands; none for one that stands on no card."""
    marked = ON_CARD.search(block_id)
    return int(marked[1]) if marked else None


def offered(offers: Iterable[Offer]) -> list[Block]:
    """Return the ways on of a refusal, as a row of buttons; none, no row."""
    buttons = [button(offer.label, offer.verb, offer.argument) for offer in offers]
    return [actions(buttons)] if buttons else []


def spelt(text: str) -> str:
    """Return one of our own sentences for where no markup is shown: its moments as their fallbacks say them."""
    return MOMENT.sub(r"\1", text)


def progress(done: int, of: int) -> str:
    """Return a bar, at most ten wide."""
    width = min(of, 10)
    full = done * width // of if of else 0
    return "▰" * full + "▱" * (width - full)


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a number with what it counts: `1 item`, `3 items`."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"
