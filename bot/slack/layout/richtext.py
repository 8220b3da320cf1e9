"""Rich text: what people wrote stands where Slack never parses, and only our own sentences have marks.

A line is words from left to right. `line` puts parts behind one another, `say` fills a sentence of ours, `told` takes
one of the core's; `lines`, `small` and `beside` make the blocks. A plain string among the words is shown as it is,
whatever it says. docs.slack.dev/reference/block-kit/blocks/rich-text-block: allowed in messages, modals and Home tabs.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.people import Person
from bot.slack.layout.blocks import SECTION, USER_ID, Block, clip, entities, mrkdwn, plain

ROOM = SECTION  # characters of one block, as a section has them; no page of Slack's names a limit for rich text
SMALL = 10  # docs.slack.dev/reference/block-kit/blocks/context-block: elements
ADDRESS = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)  # what may be a link; anything else is shown as text

ELLIPSIS: Block = {"type": "text", "text": "…"}
MARKS = re.compile(r"`(?P<code>[^`\n]+)`|\*(?=\S)(?P<bold>[^*\n]+)(?<=\S)\*|\{(?P<field>\w+)\}")  # of our own sentences


@dataclass(frozen=True, slots=True)
class Line:
    """Words from left to right; each part is an inline element of Slack's rich text."""

    parts: tuple[Block, ...] = ()

    def __add__(self, more: "Words") -> "Line":
        return line(self, more)

    def __radd__(self, before: str) -> "Line":
        return line(before, self)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __len__(self) -> int:
        """Return how many characters it has where moments are spelt out."""
        return len(self.plain)

    @property
    def plain(self) -> str:
        """What it says where there is no rich text: a moment as its fallback has it."""
        return "".join(map(_aloud, self.parts))


Words = str | Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is more than a line: a list, a quote, code of several lines. `element` stands in a rich text block."""

    element: Block
    length: int  # characters

    def __len__(self) -> int:
        return self.length


def line(*words: Words) -> Line:
    """Put words behind one another; texts in the same style become one part."""
    parts: list[Block] = []
    for part in (part for each in words for part in (each.parts if isinstance(each, Line) else _text(each))):
        if parts and parts[-1] | {"text": ""} == part | {"text": ""} and part["type"] == "text":
            parts[-1] = part | {"text": parts[-1]["text"] + part["text"]}
        else:
            parts.append(part)
    return Line(tuple(parts))


def joined(between: str, words: Iterable[Words]) -> Line:
    """Put words behind one another with something between them; those that say nothing are left out."""
    row = Line()
    for each in words:
        row = line(row, between, each) if row and each else line(row, each)
    return row


def short(text: str, limit: int = 200) -> str:
    """Make people's words fit for a line: without their own line breaks, and cut."""
    return clip(" ".join(text.split()), limit)


def say(sentence: str, **words: Words) -> Line:
    """Fill a sentence of ours, such as "*#{number} {title}* is done".

    Its asterisks (bold) and back ticks (code) are marks; what fills a `{field}` is not looked into.
    """
    return _marked(sentence, words)


def told(sentence: Callable[[Callable[[str], str]], str]) -> Line:
    """Take a sentence of the core's, which passes people's words through what it is given: `told(error.say)`."""
    aside = Aside()
    return aside.read(sentence(aside.keep))


class Aside:
    """What sentences of the core's are about, kept aside: in a sentence stands a field, which nobody looks into."""

    def __init__(self) -> None:
        self._words: dict[str, Words] = {}

    def keep(self, words: Words) -> str:
        """Return what stands in the sentence for these words; for none, nothing."""
        if not words:
            return ""
        name = f"_{len(self._words)}"
        self._words[name] = words
        return f"{{{name}}}"

    def read(self, sentence: str) -> Line:
        """Return a sentence with its marks, and in its fields what was kept for it."""
        return _marked(sentence, self._words)


def bold(*words: Words) -> Line:
    """Return words in bold."""
    return _styled("bold", line(*words))


def code(text: str) -> Line:
    """Return words as code: a command of ours, or something of theirs to be read letter by letter."""
    return _styled("code", line(text))


def link(url: str, text: str = "") -> Line:
    """Return a link, with the words that are shown for it; what is no web address is only shown."""
    if not ADDRESS.fullmatch(url):
        return line(text or url)
    return Line(({"type": "link", "url": url} | ({"text": text} if text else {}),))


def channel(channel_id: str) -> Line:
    """Return a channel by its own name."""
    return Line(({"type": "channel", "channel_id": channel_id},))


def mention(person: Person) -> Line:
    """Name somebody so that Slack tells them: only for who must act. Others are named by `person.name`."""
    is_known = USER_ID.fullmatch(person.id)
    return Line(({"type": "user", "user_id": person.id},)) if is_known else line(person.name)


def moment(at: datetime, form: str) -> Line:
    """Return a moment in the reader's own zone. `form` has Slack's tokens: `{time}`, `{ago}`, `{date_short_pretty}`."""
    fallback = f"{at.astimezone(UTC):%d %b %H:%M} UTC"
    return Line(({"type": "date", "timestamp": int(at.timestamp()), "format": form, "fallback": fallback},))


def when(at: datetime) -> Line:
    """Return a day and time in the reader's own zone."""
    return moment(at, "{date_short_pretty} at {time}")


def clock(at: datetime) -> Line:
    """Return a day and time in the reader's own zone, in few characters."""
    return moment(at, "{date_short_pretty} {time}")


def since(at: datetime) -> Line:
    """Return how long ago, kept true by Slack while the message stands."""
    return moment(at, "{ago}")


def bullets(items: Iterable[Words], *, is_numbered: bool = False) -> Paragraph:
    """Return a list, with a point or a number in front of each of its items; there is one at least."""
    rows = [cut(each, ROOM) for each in items]
    sections = [_section(row) for row in rows]
    style = "ordered" if is_numbered else "bullet"
    return Paragraph({"type": "rich_text_list", "style": style, "elements": sections}, sum(map(len, rows)))


def quote(words: Words) -> Paragraph:
    """Return what somebody said, with a bar beside it."""
    row = cut(words, ROOM)
    return Paragraph({"type": "rich_text_quote", "elements": list(row.parts)}, len(row))


def preformatted(text: str) -> Paragraph:
    """Return code of several lines, letter by letter."""
    row = cut(text, ROOM)
    return Paragraph({"type": "rich_text_preformatted", "elements": list(row.parts)}, len(row))


def lines(*rows: Words | Paragraph) -> list[Block]:
    """Return lines and paragraphs below one another in as few blocks as hold them; nothing to say, no block.

    What is longer than a block by itself is cut, and nothing else is.
    """
    packed: list[list[Line | Paragraph]] = []
    room = 0
    for row in rows:
        piece = row if isinstance(row, Paragraph) else cut(row, ROOM)
        if not packed or len(piece) >= room:
            packed.append([])
            room = ROOM + 1
        packed[-1].append(piece)
        room -= len(piece) + 1
    return [{"type": "rich_text", "elements": _stacked(pieces)} for pieces in packed if any(pieces)]


def small(*rows: Words) -> list[Block]:
    """Return lines in small grey; nothing to say, no block.

    Slack has no rich text in grey: words stand in plain text, and only our moments and channels in mrkdwn. Where that
    needs more elements than a block takes, a row is plain text as a whole.
    """
    return [{"type": "context", "elements": _small(line(row))} for row in rows if line(row).plain.strip()]


def beside(words: Words, accessory: Block, *, under: Words = "") -> Block:
    """Return words with a button or a menu beside them, which Slack has for plain text only; `under` is a line below.

    Only a moment or a channel of ours that stands by itself is more than plain text.
    """
    fields = {"fields": [_object(line(under))]} if under else {}
    return {"type": "section", "text": _object(line(words)), **fields, "accessory": accessory}


def cut(words: Words, limit: int) -> Line:
    """Cut words to `limit` characters, with … for what is missing; what is no text is shown wholly or not at all."""
    row = line(words)
    if len(row) <= limit:
        return row
    parts: list[Block] = []
    left = limit - 1
    for part in row.parts:
        if len(_aloud(part)) > left:
            parts.append(part | {"text": part["text"][:left].rstrip() + "…"} if part["type"] == "text" else ELLIPSIS)
            break
        parts.append(part)
        left -= len(_aloud(part))
    return Line(tuple(parts))


def _text(text: str) -> tuple[Block, ...]:
    return ({"type": "text", "text": text},) if text else ()


def _marked(sentence: str, words: Mapping[str, Words]) -> Line:
    """Read the marks of a sentence of ours, and put the words into its fields."""
    row, at = Line(), 0
    for mark in MARKS.finditer(sentence):
        row, at = row + sentence[at : mark.start()], mark.end()
        match mark.lastgroup:
            case "field":
                row += words.get(mark["field"], mark[0])
            case "bold" | "code" as style:
                row += _styled(style, _marked(mark[style], words))
    return row + sentence[at:]


def _styled(style: str, row: Line) -> Line:
    return Line(tuple(part | {"style": part.get("style", {}) | {style: True}} for part in row.parts))


def _aloud(part: Block) -> str:
    match part["type"]:
        case "date":
            return str(part["fallback"])
        case "link":
            return str(part.get("text") or part["url"])
        case "channel":
            return f"#{part['channel_id']}"
        case "user":
            return f"@{part['user_id']}"
    return str(part["text"])


def _section(row: Line) -> Block:
    return {"type": "rich_text_section", "elements": list(row.parts)}


def _stacked(pieces: Iterable[Line | Paragraph]) -> list[Block]:
    """Return the elements of a block: lines that follow one another are one section, as Slack's composer has them."""
    elements: list[Block] = []
    run: Line | None = None
    for piece in pieces:
        if isinstance(piece, Paragraph):
            elements += [_section(run)] if run is not None else []
            elements.append(piece.element)
            run = None
        else:
            run = piece if run is None else line(run, "\n", piece)
    return elements + ([_section(run)] if run is not None else [])


def _small(row: Line) -> list[Block]:
    runs: list[Line] = []
    for part in row.parts:
        if runs and not _is_ours(part) and not _is_ours(runs[-1].parts[-1]):
            runs[-1] += Line((part,))
        else:
            runs.append(Line((part,)))
    shown = [run for run in runs if run.plain.strip()]
    return [_object(run) for run in shown] if len(shown) <= SMALL else [plain(row.plain, SECTION)]


def _is_ours(part: Block) -> bool:
    """Return whether a part is nothing but ours, so that it may stand in mrkdwn: no word of anybody is in it."""
    return part["type"] in ("date", "channel", "user")


def _object(row: Line) -> Block:
    """Return a text object: mrkdwn for one part that is ours, else plain text."""
    match row.parts:
        case ({"type": "date"} as date,):
            return mrkdwn(f"<!date^{date['timestamp']}^{date['format']}|{entities(date['fallback'])}>")
        case ({"type": "channel"} as named,):
            return mrkdwn(f"<#{named['channel_id']}>")
        case ({"type": "user"} as person,):
            return mrkdwn(f"<@{person['user_id']}>")
    return plain(row.plain.strip(), SECTION)
