"""What may be kept of text that a program printed: no secrets, no control characters, one line."""

import re
from collections.abc import Iterable, Mapping

MASK = "•••"
LINE_LIMIT = 2000  # characters of one line that are looked at; keeps hostile output cheap
DETAIL_LIMIT = 200  # characters; PRODUCT 4: output is trimmed
SHORTEST_SECRET = 8  # characters; a shorter value would blank out ordinary words

_SENSITIVE = (
    r"password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|signature"
)

# Shapes first, then the places where a secret of any shape stands. A group that is kept is named `keep`.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"\bx(?:ox[a-z]|app)-[\w-]{6,}(?:\.xox[a-z]-[\w-]+)?",  # Slack
        r"\b(?:gh[oprsu]_|github_pat_|glpat-)[\w-]{10,}",  # GitHub, GitLab
        r"\b(?:AKIA|ASIA)[A-Z0-9]{8,}",  # AWS
        r"\b(?:sk|rk|pk)[-_][\w-]{16,}",  # Stripe, model vendors
        r"\bAIza[\w-]{20,}",  # Google
        r"\beyJ[\w-]{8,800}\.[\w-]{4,}(?:\.[\w-]+)?",  # JSON web tokens
        r"(?i:(?P<keep>\bbearer\s+)(?!tokens?\b|auth))[\w.~+/=-]{6,}",
        r"(?i:(?P<keep>\bbasic\s+))(?=\S*[\d=])[\w+/=-]{8,}",
        r"(?P<keep>://[^\s/:@]{0,100}:)[^\s/@]+(?=@)",  # the password in an address
        rf"""(?i:(?P<keep>(?:{_SENSITIVE})[\w-]{{0,40}}\s?=\s?["']?))[^\s"'&,;]*[^\s"'&,;:]""",
        rf"""(?i:(?P<keep>(?:{_SENSITIVE})[\w-]{{0,40}}["']\s?:\s?["']))[^"']+""",  # JSON
    )
)
_SECRET_NAME = re.compile(rf"(?i){_SENSITIVE}|key$")
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def secret_values(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the values of variables whose names sound secret, the longest first, so that none leaves a tail."""
    values = {value for name, value in environment.items() if _SECRET_NAME.search(name)}
    return tuple(sorted((value for value in values if len(value) >= SHORTEST_SECRET), key=len, reverse=True))


def mask(text: str, secrets: Iterable[str] = ()) -> str:
    """Put `MASK` in the place of `secrets` and of everything that has the shape of one."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    for shape in _SHAPES:
        text = shape.sub(lambda match: (match.groupdict().get("keep") or "") + MASK, text)
    return text


def plain(line: str) -> str:
    """Take colours and unseen characters out of one line; tabs stay, because they indent."""
    return _UNSEEN.sub("", _ESCAPES.sub("", line))


def one_line(text: str, limit: int) -> str:
    """Fold white space and trim to `limit` characters, the last of which then is an ellipsis."""
    folded = " ".join(text.split())
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def tidy(text: str, secrets: Iterable[str] = ()) -> str:
    """Make the detail of a reading from what somebody else wrote: plain, masked, one line, `DETAIL_LIMIT` long."""
    return one_line(mask(plain(text[:LINE_LIMIT]), secrets), DETAIL_LIMIT)
