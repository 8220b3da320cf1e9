"""The words people use in their documents, and what they mean on a board."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from bot.core.board.model import Lane, Outcome

HEADINGS: dict[Lane, str] = {  # as the original document writes them; the bare ones are ours
    Lane.WIP: "WIP (1 item only)",
    Lane.NEXT: "NEXT (ordered, max 3)",
    Lane.BLOCKED: "BLOCKED",
    Lane.LATER: "LATER",
    Lane.DONE: "DONE (this week)",
}
WIP_EACH = "WIP (1 item each)"  # where each person has one item in progress
TITLE = "NEXT 7 DAYS"
EMPTY = "(none)"
DONE_MARK = "✅"

LANES: dict[Lane, str] = {  # words between commas: English, Greek, German, French, Spanish; then languages further off
    Lane.WIP: "wip, work in progress, in progress, in flight, doing, now, working on, current task, current item,"
    " current work, active task, active item, active work, σε εξέλιξη, in arbeit, in bearbeitung, en cours, en curso,"
    " en progreso, in corso, em andamento, mee bezig, в работе, 進行中, 进行中",
    Lane.NEXT: "next, next up, up next, coming up, upcoming, queue, todo, to do, επόμενα, επόμενο, als nächstes,"
    " nächste, zu tun, à venir, à faire, ensuite, siguiente, siguientes, próximo, por hacer, prossimi, próximos,"
    " volgende, далее, 次, 下一步",
    Lane.LATER: "later, backlog, deferred, postponed, someday, icebox, parking lot, αργότερα, später, plus tard,"
    " más tarde, più tardi, mais tarde, позже, 後で, 以后",
    Lane.BLOCKED: "blocked, on hold, parked, paused, waiting, μπλοκαρισμένα, σε αναμονή, blockiert, wartet, bloqué,"
    " en attente, bloqueado, en espera, bloccato, geblokkeerd, заблокировано, ブロック中, 受阻",
    Lane.DONE: "done, completed, complete, finished, closed, stable, shipped, ολοκληρωμένα, ολοκληρώθηκαν, erledigt,"
    " fertig, abgeschlossen, terminé, fait, fini, hecho, completado, terminado, fatto, concluído, afgerond, готово,"
    " 完了, 已完成",
}
PLANS: dict[str, Lane] = {"this week": Lane.NEXT, "next week": Lane.LATER}  # a week's plan: a lane in other words
OUTCOMES: dict[str, Outcome] = {"closed": Outcome.CLOSED, "stable": Outcome.STABLE}
QUALIFIERS = frozenset(  # words that change nothing about which lane a heading names
    re.findall(
        r"\w+",
        "recently previously currently already current active latest open this last week weeks month"
        " today yesterday now item items task tasks work the list",
    )
)


class Label(NamedTuple):
    """A line's label: the field it names, what follows it, and words in brackets inside it (`DoD (all of it):`)."""

    field: "Field"
    rest: str
    aside: str


class Field(StrEnum):
    """What a labelled line of an item says."""

    TITLE = "title"
    SCOPE = "scope"
    DOD = "DoD"
    ESTIMATE = "estimate"
    PRIORITY = "priority"
    STATUS = "status"
    STARTED = "started"
    FINISHED = "finished"
    BLOCKED = "blocked"
    SINCE = "since"
    BACK_ON = "back on"
    RESULT = "result"
    OUTCOME = "outcome"
    LINKS = "links"
    ASIDE = "aside"  # says something of the item before it, and is no item itself
    NOTES = "notes"


LABELS: dict[Field, tuple[str, ...]] = {  # in English, Greek, German, French, Spanish
    Field.TITLE: ("wip", "task", "item", "title", "current", "working on"),
    Field.SCOPE: ("scope", "umfang", "αντικείμενο", "portée", "alcance"),
    Field.DOD: (
        "dod", "definition of done", "acceptance criteria", "success criteria", "exit criteria", "done when",
        "ορισμός ολοκλήρωσης", "fertig wenn", "critères d'acceptation", "criterios de aceptación",
    ),
    Field.ESTIMATE: (
        "estimated effort", "estimate", "estimated time", "effort", "estimation", "εκτίμηση", "aufwand", "estimación",
    ),
    Field.PRIORITY: ("priority", "προτεραιότητα", "priorität", "priorité", "prioridad"),
    Field.STATUS: ("current status", "status", "κατάσταση", "statut", "estado"),
    Field.STARTED: ("started", "start date", "έναρξη", "gestartet", "commencé", "inicio"),
    Field.FINISHED: ("finished", "completed on", "closed on"),
    Field.BLOCKED: ("blocked", "blocked on", "blocked by", "blocker"),
    Field.SINCE: ("since", "blocked since"),
    Field.BACK_ON: ("back on",),
    Field.RESULT: ("result", "αποτέλεσμα", "ergebnis", "résultat", "resultado"),
    Field.OUTCOME: ("outcome",),
    Field.LINKS: ("links",),
    Field.ASIDE: (
        "owner", "assignee", "assigned to", "evidence", "pr", "prs", "branch", "due", "due date", "deadline",
        "depends on", "υπεύθυνος", "verantwortlich", "zuständig", "responsable",
    ),
    Field.NOTES: ("notes",),
}  # fmt: skip

FIELDS = {word.casefold(): field for field, words in LABELS.items() for word in words}

WORDS = sorted((word for words in LABELS.values() for word in words), key=len, reverse=True)


_LABEL = re.compile(
    r"(?P<open>\*\*|__)?(?P<label>" + "|".join(map(re.escape, WORDS)) + r")"
    r"(?P<aside>[*_]*[ \t]*\([^()\n]*\))?(?(open)(?:[*_]*[ \t]*:|:[ \t]*[*_]+)|[ \t]*:)[*_]*(?:[ \t]+|$)",
    re.IGNORECASE | re.MULTILINE,
)

_BLOCKED = re.compile(r"blocked[ \t]+(?:on|by)[ \t]+(?=\S)", re.IGNORECASE)

_NONE = re.compile(
    r"[\s*_(\[]*(?:none|nothing|empty|n/a|no (?:active |current |open )?(?:items?|tasks?|work)|κανένα|τίποτα|"
    r"keine|nichts|leer|aucun|rien|vide|ninguno|nada|vacío)(?![^\W_])[)\].*_]*\s*"
    r"(?:$|[-–—:;,(]|currently\b|yet\b|right now\b|at the moment\b|in progress\b)",
    re.IGNORECASE,
)

_DASHES = re.compile(r"[-–—\s]+")

_TAG = re.compile(r"<[^<>]*>")

_SEPARATOR = re.compile(r"[({\[:–—→|=/&+（［【：]|\s-\s")

_BY_NUMBER = re.compile(r"&#\d{1,7};")  # how we write a title that would be a lane's name otherwise

_NUMBERING = re.compile(r"\s*#?\d{1,9}[.):]\s+")


def lane_of(heading: str) -> tuple[Lane, str] | None:
    """Return the lane a heading names, and the word that names it; None for a heading that names no lane."""
    phrase = _phrase(heading)
    core = " ".join(word for word in phrase.split() if word not in QUALIFIERS and not word.isdigit())
    for words in (phrase, core):
        if words in _LANE_OF:
            return _LANE_OF[words], words
        if words in PLANS:
            return PLANS[words], words
    return None


def lane_named(heading: str) -> Lane | None:
    """Return the lane a heading names in so many words; a week's plan names none."""
    named = lane_of(heading)
    return named[0] if named and named[1] not in PLANS else None


def label_of(text: str) -> Label | None:
    """Return the label a text starts with (`**Scope**: x`, `DoD: x`); None when it has none that we know."""
    if blocked := _BLOCKED.match(text):
        return Label(Field.BLOCKED, text[blocked.end() :], "")
    match = _LABEL.match(text)
    return Label(FIELDS[match["label"].casefold()], text[match.end() :], match["aside"] or "") if match else None


def says_none(text: str) -> bool:
    """Return whether a text says that nothing is here: `(none)`, `_(empty — pick one)_`, `**None** - Awaiting`."""
    return bool(_NONE.match(text) or _DASHES.fullmatch(text))


def numbering(text: str) -> int:
    """Return how many characters of numbering (`1) `, `#2: `, `3. `) a text starts with."""
    match = _NUMBERING.match(text)
    return match.end() if match else 0


def _phrase(heading: str) -> str:
    """Return the words of a heading up to its first separator, without numbering, marks and accents."""
    text = re.sub(r"^\W+", "", _BY_NUMBER.sub("x", _TAG.sub(" ", heading)[numbering(heading) :]))
    return " ".join(re.findall(r"[^\W_]+", _bare(_SEPARATOR.split(text)[0])))


def _bare(text: str) -> str:
    if text.isascii():  # most headings are, and there is no accent in them
        return text.casefold()
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


_LANE_OF = {_bare(word.strip()): lane for lane, words in LANES.items() for word in words.split(",")}
