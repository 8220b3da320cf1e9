"""Line accounting: whether every line of a document is somewhere in what was read from it."""

import re

from bot.core.board.model import Item, Lane
from bot.documents.days import STARTS, UPDATED
from bot.documents.next7d import Reading
from bot.documents.vocabulary import HEADINGS, TITLE, label_of

WRITTEN = "%Y-%m-%d %b %-d %-m %H %M UTC"  # what any form of a day may hold
MARKERS = re.compile(r"^[\s>]*(?:\|\s*\d+\s*\||[-*+]\s+|\d{1,9}[.)]\s+|#+\s+)*(?:\d{1,9}[.):]\s+)?(?:\[[ xX]\]\s+)?")
OURS = {TITLE, *HEADINGS.values(), *(lane.name for lane in Lane), "(none)", "- (none)"}
WORDS = re.compile(r"[^\W_]+")


def missing(text: str, reading: Reading) -> list[str]:
    """Return the lines whose words, in their order, are in no item and in no kept section."""
    kept = [" ".join(WORDS.findall(part.casefold())) for part in _parts(reading)]
    everything = "\n".join(f" {part} " for part in kept)
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    return [line for line in lines if not _found(line, everything, reading)]


def _found(line: str, everything: str, reading: Reading) -> bool:
    """A line is found whole, or, where it was divided into fields, every word of it is (in the item's own words)."""
    words = WORDS.findall(MARKERS.sub("", line).casefold())
    if not words or line.strip("#*_: ") in OURS:
        return True
    if UPDATED.match(line) and reading.updated and not UPDATED.match(line)["rest"].strip():  # type: ignore[index]
        return True
    if f" {' '.join(words)} " in everything:
        return True
    bare = MARKERS.sub("", line)
    label = label_of(bare) or label_of(f"{bare.strip('*_ ')}:")
    if label and _found(label.rest, everything, reading):
        return True
    return any(set(words) <= set(_item_words(item)) for item in reading.board.items)


def _parts(reading: Reading) -> list[str]:
    parts = [part for section in reading.sections for part in (section.heading, section.text)]
    return parts + [" ".join(_item_words(item)) for item in reading.board.items]


def _item_words(item: Item) -> list[str]:
    """Every word an item holds; a day counts as it is written, and the words that became its state as said."""
    parts = [item.title, item.scope, item.estimate, item.priority, item.result, item.notes, *item.links]
    parts += [part for criterion in item.dod for part in (criterion.text, criterion.evidence)]
    parts += [item.status.text] if item.status else []
    parts += (
        [item.blocked.reason, str(item.blocked.back_on), f"BLOCKED on by since seit {item.blocked.since:{WRITTEN}}"]
        if item.blocked
        else []
    )
    parts += [f"{' '.join(STARTS)} Started {item.started:{WRITTEN}}"] if item.started else []
    parts += [f"Closed {item.finished:{WRITTEN}}"] if item.finished else []
    parts += [item.outcome] if item.outcome else []
    return WORDS.findall("\n".join(parts).casefold())
