"""The small marks inside a line: emphasis, escapes, ticks, references."""

import re
from collections.abc import Callable

CODE = re.compile(r"(`+[^`]+`+)")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
LEADING_MARK = re.compile(r"(?:(?P<done>✅|☑|✔|✓|:white_check_mark:)|🔄|⏳|🚧)\ufe0f?\s*")
TRAILING_MARK = re.compile(r"\s*(?:✅|☑|✔|✓|:white_check_mark:)\ufe0f?\s*$")
CHECKBOX = re.compile(r"\[(?P<tick>[ xX])\](?:\s+|$)")
STRUCK = re.compile(r"~~(?P<struck>.+?)~~\s*(?P<rest>.*)", re.DOTALL)
URL = re.compile(r"https?://[^\s<>`)\]\"']+")
PULL_REQUEST = re.compile(
    r"\b(?:PRs?|pull requests?|merged)\W{0,6}(?P<numbers>#\d+(?:(?:, ?| and | ?\+ ?| ?& ?|/)#\d+)*)", re.IGNORECASE
)
NUMBER = re.compile(r"#\d+")


def plain(text: str) -> str:
    """Give a line's words without bold, escapes and doubled spaces; code spans stay as they are."""
    words = _outside_code(text, lambda part: ESCAPE.sub(r"\1", BOLD.sub(r"\1", part)))
    return " ".join(words.split())


def unescaped(text: str) -> str:
    """Give a line without its backslash escapes; code spans stay as they are."""
    return _outside_code(text, lambda part: ESCAPE.sub(r"\1", part))


def escaped(text: str) -> str:
    """Give a line whose every ASCII mark is escaped, so that Markdown reads it as words."""
    return PUNCTUATION.sub(r"\\\1", text)


def references(text: str) -> list[str]:
    """Give the pull requests (`#1761`) and the URLs that a text names, each once, in order."""
    found = [
        (match.start(), link) for match in PULL_REQUEST.finditer(text) for link in NUMBER.findall(match["numbers"])
    ]
    found += [(match.start(), match[0].rstrip(".,;:!?*_")) for match in URL.finditer(text)]
    return list(dict.fromkeys(link for _, link in sorted(found, key=lambda at: at[0])))


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if at % 2 else change(part) for at, part in enumerate(CODE.split(text)))
