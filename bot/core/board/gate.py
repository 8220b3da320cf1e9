"""The decision gate: four questions that an item answers before it starts."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.core.board.lint import judge, unaccented
from bot.core.board.model import DOD_LIMIT, TEXT_LIMIT, Board, Criterion, Item, Lane, Outcome, Slots
from bot.core.board.slots import taken
from bot.core.board.ways import offer
from bot.core.board.words import clipped
from bot.core.people import Person
from bot.core.production.readings import Health
from bot.errors import Offer, RuleBroken

RESEMBLES = 76  # of 100; chosen on the pairs in tests/core/look_alikes.py, figures in tests/core/board/test_gate.py
STEM = 5  # first letters that tell one word from another; chosen on the same pairs
SHOWN = 3  # look-alikes that an answer names, the closest first
PROOF_LIMIT = 200  # characters of a proof that an answer quotes

# Names of tickets and stages tell apart what is the same work: "TEST-UNSKIP-01", "Pass 14", "Stage 2".
_NAMES = re.compile(r"(?<![A-Z0-9]-)\b[A-Z0-9]+(?:-[A-Z0-9]+)*-\d+\w*(?:-\d+)?\b|\b(?i:pass|stage) \d+\w?(?:\.\d+)?\b")
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    _WORD.findall(
        "a after all an and are as at by for from in is of on the to via with και με να σε το του της των για"
    )
)


class Question(StrEnum):
    """What the gate asks, in this order."""

    CLOSED = "closed?"
    WIP = "WIP free?"
    DOD = "DoD fit?"
    PRODUCTION = "production green?"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A finished item that an item resembles, and how closely (up to 100)."""

    item: Item
    score: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the gate: whether all is well, and whether `start` is refused by it.

    `words` is a `str.format` template in our own words, as in UserError; what people wrote is in `quoted`.
    """

    question: Question
    fine: bool
    blocks: bool
    words: str
    quoted: Mapping[str, str] = field(default_factory=dict)
    look_alikes: tuple[LookAlike, ...] = ()

    def say(self, escape: Callable[[str], str] = str) -> str:
        """Return the whole answer, with what people wrote passed through `escape`."""
        return self.words.format(**{name: escape(value) for name, value in self.quoted.items()})


def questions(
    board: Board,
    item: Item,
    past: Sequence[Item],
    production: Health | None,
    at: datetime,
    *,
    by: Person | None = None,
    evidence: str = "",
) -> tuple[Answer, Answer, Answer, Answer]:
    """Ask the four questions about an item, in their order. Nothing is changed and nothing is raised.

    `past` are the finished items to compare with, on the board or archived; one without an outcome counts as STABLE.
    `production` is the health last found, None when it was never checked. `by` would start it. `evidence` says what
    fails now, or why this is other work: any words open the first question, since a look-alike may be a false alarm,
    and they are for the event that records the start.
    """
    return (
        _closed(board, item, past, evidence.strip()),
        _wip_free(board, item, at, by),
        _dod_fit(item),
        _production_green(production),
    )


def pass_through(board: Board, item: Item, past: Sequence[Item], at: datetime, *, evidence: str = "") -> None:
    """Refuse to start an item that resembles finished work without saying why, or whose criteria can't be checked.

    Raises RuleBroken with the ways on. WIP and a missing DoD are refused by the move itself.
    """
    closed, _, dod, _ = questions(board, item, past, None, at, evidence=evidence)
    if closed.blocks:
        raise _refusal(item, closed, Offer("prove", str(item.number), f"Start #{item.number} with a reason…"))
    if dod.blocks:
        raise _refusal(item, dod, offer("dod", item))


def _refusal(item: Item, answer: Answer, way: Offer) -> RuleBroken:
    words = f"*#{item.number} {{started}}* was not started. {answer.words}"
    return RuleBroken(words, offers=(way,), quotes=answer.quoted, started=item.title)


def look_alikes(item: Item, past: Sequence[Item]) -> tuple[LookAlike, ...]:
    """Return the finished items that an item resembles, the closest first, then the newest.

    Titles are compared with titles, and title, scope and result with the same; the closer of both counts. An item
    that is finished itself is its own look-alike.
    """
    others = [other for other in past if other.number != item.number or item.lane is Lane.DONE]
    close: dict[int, float] = {}
    for words_of, scorer in ((_title, fuzz.token_set_ratio), (_all_words, _both_ways)):
        for index, score in _resembling(words_of(item), [words_of(other) for other in others], scorer):
            close[index] = max(score, close.get(index, 0))
    alike = [LookAlike(others[index], round(score)) for index, score in close.items()]
    return tuple(sorted(alike, key=_closest_then_newest))


def proof(item: Item) -> str:
    """Return what shows that an item was done: its result, else the evidence of its criteria, else its links."""
    evidence = (criterion.evidence for criterion in item.dod if criterion.evidence)
    return clipped(item.result or "; ".join(evidence) or ", ".join(item.links), PROOF_LIMIT)


def _closed(board: Board, item: Item, past: Sequence[Item], evidence: str) -> Answer:
    resembling = look_alikes(item, past)
    if not resembling:
        return Answer(Question.CLOSED, True, False, "Nothing that is finished resembles it.")
    lines: list[str] = []
    quoted = {"evidence": evidence}
    for k, look_alike in enumerate(resembling[:SHOWN], 1):
        lines.append(_finished(board, look_alike.item, f"title{k}", f"proof{k}"))
        quoted |= {f"title{k}": look_alike.item.title, f"proof{k}": proof(look_alike.item)}
    if len(resembling) > SHOWN:
        lines.append(f"And {len(resembling) - SHOWN} more.")
    lines.append("New evidence: {evidence}" if evidence else "What fails now, or why is this other work?")
    words = "\n".join(("It resembles finished work:", *lines))
    return Answer(Question.CLOSED, bool(evidence), not evidence, words, quoted, resembling)


def _finished(board: Board, item: Item, title: str, shown: str) -> str:
    """Return one look-alike as a line of a template: its number, title, outcome, day and proof."""
    outcome = item.outcome or Outcome.STABLE
    day = item.finished.astimezone(board.zone) if item.finished else None
    when = f"{outcome}, {day.day} {day:%b %Y}" if day else outcome
    ending = f": {{{shown}}}" if proof(item) else "; no proof was written down"
    return f"*#{item.number} {{{title}}}* ({when}){ending}"


def _wip_free(board: Board, item: Item, at: datetime, by: Person | None) -> Answer:
    """Ask whether the slot is free that the item would take: the board's, or that of whoever starts it."""
    if item.lane is Lane.WIP:
        is_only = board.slots is Slots.BOARD
        return Answer(Question.WIP, True, False, "It is the item in progress." if is_only else "It is in progress.")
    owner = board.owner_once_started(item, by)
    if board.slots is Slots.PERSON and owner is None:
        words = "It has no owner, and an item in progress needs one on this board."
        return Answer(Question.WIP, False, True, words)
    holder = board.holder(owner)
    if holder is not None:
        words, quoted = taken(board, holder, by, at)
        return Answer(Question.WIP, False, True, words, quoted)
    if board.slots is Slots.BOARD:
        return Answer(Question.WIP, True, False, "WIP is free.")
    whose = "Your" if by else "{owner}'s"
    return Answer(Question.WIP, True, False, f"{whose} slot is free.", {"owner": owner.name if owner else ""})


def _dod_fit(item: Item) -> Answer:
    """Ask whether criteria fit: settled ones do, and more than ten can only come by import, so they only warn."""
    if not item.dod:
        words = "It has no Definition of Done. Write 2–5 checks that someone else could verify."
        return Answer(Question.DOD, False, True, words)
    vague = [(k, criterion) for k, criterion in item.open_criteria if _vague(criterion)]
    if vague:
        verb = "can't be checked"
        words = "\n".join((f"{len(vague)} of {len(item.dod)} {verb}:", *(f"{k} {{criterion{k}}}" for k, _ in vague)))
        return Answer(Question.DOD, False, True, words, {f"criterion{k}": criterion.text for k, criterion in vague})
    if len(item.dod) > DOD_LIMIT:
        words = f"It has {len(item.dod)} criteria; {DOD_LIMIT} is the most, 2–5 work best. Splitting it would help."
        return Answer(Question.DOD, False, False, words)
    count = len(item.dod)
    return Answer(Question.DOD, True, False, f"{count} {'criterion' if count == 1 else 'criteria'} to judge it by.")


def _vague(criterion: Criterion) -> bool:
    return not criterion.judged and judge(criterion.text).refused


_PRODUCTION = {
    Health.GREEN: "Production is green.",
    Health.RED: "Production is red. `/board facts` shows what fails.",
    Health.UNKNOWN: "Nobody knows whether production is healthy. `/board facts` asks again.",
    None: "Production was not checked.",
}


def _production_green(health: Health | None) -> Answer:
    return Answer(Question.PRODUCTION, health is Health.GREEN, False, _PRODUCTION[health])


def _title(item: Item) -> str:
    return _stems(_NAMES.sub(" ", item.title)) or _stems(item.title)


def _all_words(item: Item) -> str:
    return f"{_title(item)} {_stems(item.scope)} {_stems(item.result)}"


def _stems(text: str) -> str:
    """Return the words that carry a text, each by its first letters: verified, verifies and verification are one.

    An import may bring texts without end, and comparing two costs their product, so no more is read than a form holds.
    """
    read = unaccented(text[:TEXT_LIMIT]).lower()
    return " ".join([word[:STEM] for word in _WORD.findall(read) if word not in _SMALL])


def _resembling(wanted: str, texts: Sequence[str], scorer: Callable[..., float]) -> Iterator[tuple[int, float]]:
    """Return the places of the texts that resemble the wanted one, each with its score.

    A single word in common is too little: it would find a title of one word in every longer one.
    """
    matches = process.extract(wanted, texts, scorer=scorer, score_cutoff=RESEMBLES, limit=None)
    for text, score, index in matches:
        if text == wanted or len(set(wanted.split()) & set(text.split())) > 1:
            yield index, score


def _both_ways(text: str, other: str, *, score_cutoff: float = 0) -> float:
    """Score long texts by the mean of two ratios: one forgives words that only one side has, the other does not.

    The forgiving one alone finds a short text in every long one. It is asked only where the mean can still be reached.
    """
    strict = fuzz.token_sort_ratio(text, other, score_cutoff=2 * score_cutoff - 100)
    return (strict + fuzz.token_set_ratio(text, other)) / 2 if strict else 0


def _closest_then_newest(look_alike: LookAlike) -> tuple[int, float]:
    finished = look_alike.item.finished
    return (-look_alike.score, -finished.timestamp() if finished else 0)
