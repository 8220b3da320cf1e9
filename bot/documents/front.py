"""Front matter: lines between two `---` at the very top of a document, written for other programs and left alone."""

import re
from collections.abc import Sequence

from bot.documents.vocabulary import lane_named

KEY = re.compile(r"\w[\w. /-]*:(?P<value>[ \t].*|$)")
OPEN = re.compile(r"---[ \t]*")
CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*")


def front_lines(lines: Sequence[str]) -> int:
    """Return how many lines, without their endings, are front matter; 0 for a document that begins with a mere rule.

    It starts with a key. What looks like a heading in it is a comment, where all of it is YAML and the board is not in
    it: any document between two rules had front matter otherwise.
    """
    if not lines or not OPEN.fullmatch(lines[0].removeprefix("\ufeff")):
        return 0
    end = next((at for at, line in enumerate(lines) if at and CLOSE.fullmatch(line)), 0)
    inside = lines[1:end]
    first = next((line for line in inside if line.strip() and not line.startswith("#")), "")
    if not KEY.fullmatch(first):
        return 0
    headed = any(line.startswith("##") for line in inside)
    is_comment = _is_yaml(inside) and (not _names_lane(inside) or _names_lane(lines[end + 1 :]))
    return end + 1 if is_comment or not headed else 0


def _names_lane(lines: Sequence[str]) -> bool:
    """Return whether a line is nothing but a lane's name, as a heading of any kind."""
    return any(lane_named(line.strip("#*_: \t")) for line in lines if line[:1] not in (" ", "\t", "-", ""))


def _is_yaml(lines: Sequence[str]) -> bool:
    """Return whether every line is a key, a comment, or stands under a key that has no value beside it."""
    is_open = False
    for line in lines:
        key = KEY.fullmatch(line)
        if key:
            is_open = not key["value"].strip()
        elif line.strip() and not line.startswith((" ", "\t", "#")) and not (is_open and line.startswith("- ")):
            return False
    return True
