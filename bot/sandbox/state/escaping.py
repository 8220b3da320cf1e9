"""The text of a message as Slack keeps it: whatever is not its own markup is escaped."""

import re

from bot.sandbox.wire import Json

# docs.slack.dev/messaging/formatting-message-text: an entity stays; a reference or a link is markup; the rest is text.
_TOKEN = re.compile(
    r"(?P<markup>&(?:amp|lt|gt);|<(?:[@#][UWCD][A-Z0-9]+|![^<>]+|(?:https?|mailto|tel|slack):[^<>\s|]*)(?:\|[^<>]*)?>)"
    r"|[&<>]"
)
_ENTITY = re.compile(r"(?P<markup>&(?:amp|lt|gt);)|[&<>]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def kept_text(text: str) -> str:
    """Return mrkdwn with stray `&`, `<` and `>` escaped; live markup, an unwanted `<!channel>` too, stays live."""
    return _TOKEN.sub(_one, text)


def kept_blocks(blocks: list[Json]) -> list[Json]:
    """Return blocks with the text of each text object as Slack keeps it; plain_text has no markup at all."""
    return [_kept(block) for block in blocks]


def _kept(thing: Json) -> Json:
    done = {key: _any(value) for key, value in thing.items()}
    if isinstance(thing.get("text"), str):
        if thing.get("type") == "mrkdwn":
            done["text"] = kept_text(thing["text"])
        elif thing.get("type") == "plain_text":
            done["text"] = _ENTITY.sub(_one, thing["text"])
    return done


def _any(value: object) -> object:
    if isinstance(value, dict):
        return _kept(value)
    return [_any(part) for part in value] if isinstance(value, list) else value


def _one(match: re.Match[str]) -> str:
    return match["markup"] or _ESCAPED[match[0]]
