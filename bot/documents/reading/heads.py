"""What the head of an entry says: title, ticks, days, and why something is blocked."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.core.board.model import Lane
from bot.documents.days import BRACKET, MOMENT, STARTS, moment
from bot.documents.inline import CHECKBOX, DONE_MARKS, LEADING_MARK, STRUCK, TICKED, TRAILING_MARK, plain
from bot.documents.vocabulary import Field, label_of

DASH = re.compile(r"^\s*[-–—:,]\s*|^\s+")
LEAD = re.compile(r"\*\*(?P<lead>[^*]+?):?\*\*\s*:\s*(?P<rest>.+)", re.DOTALL)
BLOCKED = re.compile(
    r"[*_]{0,2}[(\[](?:blocked\b\s*(?:on|by|[-–—:])?\s*|(?=(?:μπλοκαρισμένο|blockiert|bloqué|bloqueado)\b))(?P<reason>(?:[^()\[\]]|\([^()]*\))*)[)\]][*_]{0,2}",
    re.IGNORECASE,
)
BECAUSE = re.compile(
    r"(?P<title>.+?)\s*[:—–-]\s*(?P<word>blocked|deferred)\b\s*(?:on|by|[-–—:])?\s*(?P<reason>.*)", re.IGNORECASE
)
BLOCKED_BY = re.compile(  # in any lane: Title — BLOCKED (why), Title ⛔ blocked by why, **BLOCKED**: Title
    r"(?P<title>.+?)(?:\s+[—–-]\s+|\s*[⛔🚫]\ufe0f?\s*)\**blocked\**"
    r"(?:\s*(?:on\b|by\b|[:—–-])[\s:*]*(?P<reason>.+)|\s*\((?P<aside>.+)\)|)",
    re.IGNORECASE,
)
BLOCKED_FIRST = re.compile(r"(?P<bold>\*\*)?BLOCKED(?(bold)(?::\*\*|\*\*:?)|:)\s+(?P<title>\S.*)")
WAITING = re.compile(
    r"(?P<title>.+?)(?:\s*[:—–-]\s+|\s+[(\[])(?P<reason>(?:a?waiting|waits|needs|pending|wartet|attend|en attente|"
    r"espera|esperando|περιμένει|σε αναμονή)\b[^()\[\]]*)[)\]]?",
    re.IGNORECASE,
)
LED_BY_DAY = re.compile(  # 2026-02-20: Title, **2026-02-20** — Title, [2026-02-20] Title
    rf"(?P<bold>\*\*)?[(\[]?{MOMENT}[)\]]?(?P<close>\*\*)?(?:\s*[-–—:]|(?<=[)\]*]))(?P<behind>\*\*)?\s+(?P<title>\S.*)"
)
DAY_BEHIND = re.compile(
    rf"(?:(?P<mark>{DONE_MARKS})|[-–—:,])\s*{MOMENT}[\s.]*$"
)  # Title ✅ 2026-02-20, Title - 2026-02-20


SAYS_DONE = re.compile(
    rf"{DONE_MARKS}|{MOMENT}|\b(?:done|completed?|finished|closed|merged|shipped|released|deployed|live|fixed|resolved"
    r"|solved|PR\s*#\d+)\b",
    re.IGNORECASE,
)
SAYS_OTHERWISE = re.compile(
    r"\b(?:not|never|won't|moved?|later|backlog|deferred|postponed|parked|paused|blocked|dropped|cancell?ed|abandoned"
    r"|obsolete|outdated|superseded|replaced|duplicate|skipped|descoped|rejected)\b",
    re.IGNORECASE,
)

REQUEST_BEHIND = re.compile(  # Title - PR #7 merged, of an item without a day
    r"(?P<title>.*\S)\s+[-–—]\s+(?P<request>(?:merged\s+)?(?:in\s+)?PRs?\s*#\d+(?:(?:,\s*|\s*[+&]\s*|\s+and\s+)#\d+)*"
    r"(?:\s+merged)?)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Head:
    """The words of a head, taken apart; `rest` is what stands behind the day, or behind a struck title."""

    title: str
    ticked: bool = False
    at: datetime | None = None
    word: str = ""  # what the day is of: started, closed
    rest: str = ""
    reason: str | None = None
    deferred: bool = False


def read_head(text: str, lane: Lane) -> Head:
    """Take the head of an entry in a lane apart."""
    text, ticked = _unticked(text)
    struck = STRUCK.fullmatch(text)
    if struck:
        return Head(plain(struck["struck"]), True, rest=_tidy(struck["rest"]))
    if lane is Lane.DONE or ticked:
        return _finished(text, ticked)
    return _open(text, lane)


def is_withdrawn(text: str) -> bool:
    """Return whether a head is struck out, and what follows does not say that it is done: `~~A~~ → moved to LATER`.

    A struck title alone is done, as lists are ticked off. Nobody knows where a withdrawn one went.
    """
    if "~~" not in text:
        return False
    text, ticked = _unticked(text)
    struck = STRUCK.fullmatch(text)
    rest = _tidy(struck["rest"]) if struck else ""
    return bool(rest) and (bool(SAYS_OTHERWISE.search(rest)) or not (ticked or SAYS_DONE.search(rest)))


def _unticked(text: str) -> tuple[str, bool]:
    """Take the box, the label and the marks off a head, and say whether they tick it."""
    text = " ".join(text.split())  # long runs of spaces make patterns slow
    box = CHECKBOX.match(text)
    ticked = bool(box and box["tick"] != " ")
    text = text[box.end() :] if box else text
    mark = LEADING_MARK.match(text)
    ticked = ticked or bool(mark and mark["done"]) or bool(TICKED.search(text))
    text = text[mark.end() :] if mark else text
    label = label_of(text)
    text = label.rest if label and label.field is Field.TITLE and label.rest and not label.aside else text
    behind = TRAILING_MARK.search(text)
    return (text[: behind.start()].rstrip(), True) if behind and behind.start() else (text, ticked)


def _finished(text: str, ticked: bool) -> Head:
    bracket = _day_of(text)
    at = moment(bracket) if bracket else None
    if not bracket or at is None or not text[: bracket.start()].strip():
        return _dated_bare(text, ticked)
    title, rest = _unmarked(text[: bracket.start()]), _tidy(text[bracket.end() :])
    lead = LEAD.fullmatch(title) if bracket["word"] and not rest else None  # **Title**: result (Closed: day)
    if lead:
        title, rest = lead["lead"], lead["rest"].strip()
    return Head(plain(title), ticked, at, (bracket["word"] or "").casefold(), rest)


def _dated_bare(text: str, ticked: bool) -> Head:
    """Read a done item whose day, if any, stands in front of its title or at the very end, without a bracket."""
    led, behind = LED_BY_DAY.fullmatch(text), DAY_BEHIND.search(text)
    if led and (at := moment(led)):
        open_bold = led["bold"] if led["bold"] and not (led["close"] or led["behind"]) else ""
        return Head(plain(open_bold + led["title"]), ticked, at)
    if behind and behind.start() and (at := moment(behind)):
        return Head(plain(_unmarked(text[: behind.start()])), ticked or bool(behind["mark"]), at)
    if request := REQUEST_BEHIND.fullmatch(text):
        return Head(plain(_unmarked(request["title"])), ticked, rest=request["request"])
    return Head(plain(text), ticked)


def _unmarked(title: str) -> str:
    return TRAILING_MARK.sub("", title).rstrip() or title


def _day_of(text: str) -> re.Match[str] | None:
    """Return the bracket that dates a done item: `(Closed: 2025-12-20)` at the very end, else the first."""
    brackets = [day for day in BRACKET.finditer(text) if not (day["word"] or "").casefold().startswith(STARTS)]
    if brackets and brackets[-1]["word"] and not text[brackets[-1].end() :].strip(" ."):
        return brackets[-1]
    return brackets[0] if brackets else None


def _open(text: str, lane: Lane) -> Head:
    blocked = BLOCKED.search(text)
    reason = blocked["reason"].strip() if blocked else None
    if blocked:
        text = f"{text[: blocked.start()].rstrip()} {text[blocked.end() :].lstrip()}".strip()
    elif lane is Lane.BLOCKED and (because := BECAUSE.fullmatch(text)):
        deferred = because["word"].casefold() == "deferred"
        title = text if deferred else because["title"]
        return Head(plain(title), reason=None if deferred else because["reason"], deferred=deferred)
    elif lane is not Lane.BLOCKED and (because := BLOCKED_BY.fullmatch(text)):
        return Head(plain(because["title"]), reason=(because["reason"] or because["aside"] or "").strip())
    elif first := BLOCKED_FIRST.fullmatch(text):
        return Head(plain(first["title"]), reason="")
    elif lane is Lane.BLOCKED and (waiting := WAITING.fullmatch(text)):
        return Head(plain(waiting["title"]), reason=waiting["reason"].strip())
    bracket = BRACKET.search(text)
    at = moment(bracket) if bracket else None
    word = (bracket["word"] or "").casefold() if bracket else ""
    if (
        bracket
        and at
        and (word.startswith(STARTS) or (lane is Lane.WIP and not word))
        and text[: bracket.start()].strip()
    ):
        return Head(plain(text[: bracket.start()]), False, at, word, _tidy(text[bracket.end() :]), reason)
    return Head(plain(text), reason=reason)


def _tidy(text: str) -> str:
    """Return what follows a title or a day, without the dash that joins them; a mere full stop is nothing."""
    rest = DASH.sub("", text, count=1).strip()
    return "" if rest in (".", ";", ",") else rest
