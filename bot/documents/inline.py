"""The small marks inside a line: emphasis, escapes, ticks, references."""

import re

VERBATIM = re.compile(  # an escaped mark, a character by its number, or code
    r"\\(?P<mark>[!-/:-@\[-`{-~])|&#(?P<number>\d{1,7});|(?<!`)(?P<ticks>`+)(?!`).{1,1000}?(?<!`)(?P=ticks)(?!`)"
)
UNICODE = 0x110000  # there is no character from here on
MASK = re.compile(r"\0(\d+)\0")  # no document holds a zero byte
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]{1,300})\]\(https?://[^\s()]+\)")  # its address is among the item's links
BOLD = re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*")
EMPHASIS = re.compile(r"([*_])(?P<words>[^*_\s](?:[^*_]*[^*_\s])?)\1")  # of the whole line
DONE_MARKS = r"(?:✅|☑|✔|✓|:white_check_mark:)\ufe0f?"
LEADING_MARK = re.compile(rf"(?:(?P<done>{DONE_MARKS})|(?:🔄|⏳|🚧)\ufe0f?)\s*")
TRAILING_MARK = re.compile(rf"{DONE_MARKS}\s*$")
TICKED = re.compile(r"✅\ufe0f?\s*\**(?:done|completed?|closed|merged|shipped)\b", re.IGNORECASE)
CHECKBOX = re.compile(r"\[(?P<tick>[ xX])\](?:\s+|$)")
STRUCK = re.compile(r"(?P<bold>\*\*)?~~(?P<struck>.+?)~~(?(bold)\*\*)\s*(?P<rest>.*)", re.DOTALL)
URL = re.compile(r"https?://[^\s<>`)\]\"']+")
PULL_REQUEST = re.compile(
    r"\b(?:PRs?|pull requests?|merged)\W{0,6}(?P<numbers>#\d+(?:(?:, ?| and | ?\+ ?| ?& ?|/)#\d+)*)", re.IGNORECASE
)
NUMBER = re.compile(r"#\d+")


def plain(text: str) -> str:
    """Return a line's words without bold, links, escapes and doubled spaces; code spans stay as they are."""
    masked: list[str] = []

    def mask(match: re.Match[str]) -> str:
        masked.append(_meant(match))
        return f"\0{len(masked) - 1}\0"

    words = BOLD.sub(r"\1", LINK.sub(r"\g<words>", VERBATIM.sub(mask, text)))
    words = emphasis["words"] if (emphasis := EMPHASIS.fullmatch(words.strip())) else words
    return " ".join(MASK.sub(lambda match: masked[int(match[1])], words).split())


def unescaped(text: str) -> str:
    """Return a line without its backslash escapes; code spans stay as they are."""
    return VERBATIM.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    if not match["number"]:
        return match["mark"] or match[0]
    number = int(match["number"])
    return chr(number) if number not in (0, 10, 13) and number < UNICODE else match[0]


def escaped(text: str) -> str:
    """Return a line that reads as these words and as nothing else: its ASCII marks and both its ends are escaped."""
    if not text:
        return text
    first, middle, last = text[0], text[1:-1], text[1:][-1:]
    return _number(first) + PUNCTUATION.sub(r"\\\1", middle) + _number(last)


def _number(character: str) -> str:
    return f"&#{ord(character)};" if character else ""


def references(text: str) -> list[str]:
    """Return the pull requests (`#1761`) and the URLs that a text names, each once, in order."""
    links = [
        (match.start(), link) for match in PULL_REQUEST.finditer(text) for link in NUMBER.findall(match["numbers"])
    ]
    links += [(match.start(), match[0].rstrip(".,;:!?*_")) for match in URL.finditer(text)]
    return list(dict.fromkeys(link for _, link in sorted(links, key=lambda at: at[0])))
