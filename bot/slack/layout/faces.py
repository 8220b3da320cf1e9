"""Whose something is: their picture, where it is known, and their name, in small grey."""

from bot.core.people import Person
from bot.slack.layout.blocks import Block
from bot.slack.layout.richtext import SMALL, Words, joined, short, small

NAME = 60  # characters


def signed(person: Person | None, *words: Words) -> list[Block]:
    """Return a grey line about what is somebody's: their picture, their name, and these words, a dot between them.

    Of nobody it says only the words. Somebody whose picture is not known stands there by name.
    """
    name = short(person.name, NAME) if person else ""
    return [_pictured(person, line) for line in small(joined(" · ", [name, *words]))]


def _pictured(person: Person | None, line: Block) -> Block:
    elements = line["elements"]
    if person is None or not person.picture or len(elements) == SMALL:
        return line
    picture = {"type": "image", "image_url": person.picture, "alt_text": f"Picture of {short(person.name, NAME)}"}
    return line | {"elements": [picture, *elements]}
