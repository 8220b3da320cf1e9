"""The lint of a criterion: whether its words name anything that someone else could check.

It reads words, not intentions: naming evidence is enough, and whether the evidence is wise stays with people. What a
sign means is said by its name, so a new one is a row here and a case in `tests/core/real_criteria.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lint says of a criterion.

    `why` names the evidence, or what stands in its place, for a log or a tooltip. `hint` is a way to rewrite a refused
    one, in our words only. Not measurable and without a hint: it can't be told here, so a person judges it.
    """

    measurable: bool
    why: str
    hint: str = ""

    @property
    def refused(self) -> bool:
        """Whether the person is asked to rewrite it, or to say that they will judge it."""
        return bool(self.hint)


class Sign(NamedTuple):
    """A kind of evidence, in plain words, and how it looks in a text."""

    why: str
    looks: re.Pattern[str]


class Vagueness(NamedTuple):
    """A way of saying nothing: how it looks, and how to say something instead."""

    why: str
    looks: re.Pattern[str]
    hint: str


Row = TypeVar("Row", Sign, Vagueness)


def _any(*patterns: str) -> re.Pattern[str]:
    """Join patterns into one: letters match in both cases, except inside `(?-i:…)`. Greek is written unaccented."""
    return re.compile("|".join(patterns), re.IGNORECASE)


_EXTENSION = (
    r"(?:md|txt|py|[jt]sx?|mjs|sh|php|sql|json|ya?ml|toml|csv|html?|css|pdf|png|svg|conf|service|env|lock|xlsx?)"
)

_COUNTED = r"(?:\d[\d.,]*\+?|zero|two|three|four|five|six|seven|eight|nine|ten)"

_COUNTED_GREEK = r"(?:\d+|δυο|τρεις|τρια|τεσσερις|τεσσερα|πεντε|εξι|επτα|οκτω|εννεα|δεκα)"

_TIME = r"ms|s|secs?|seconds?|min|minutes?|h|hours?|days?|weeks?|months?|δευτερολεπτ\w+|λεπτ\w+|ωρ\w+|η?μερ\w+"

_CONFIRMS = r"(?:confirms|confirmed|approves|approved|signs off|signed off|accepts|accepted|επιβεβαιωνει|εγκρινει)"

_ANYBODY = r"(?:everyone|everybody|someone|somebody|users?|people|team|we|they|it|nobody|ολοι|καποιος)\b"


# These carry a criterion whatever else it says.
PROOF = (
    Sign(
        "a command to run",
        _any(
            r"`(?:\./|(?:bash|cargo|composer|curl|docker|git|go|grep|make|npm|npx|php|pnpm|psql|pytest|python|yarn)\b)[^`]*`",
            r"\b(?:npm|pnpm|yarn) (?:run|test|build)\b",
            r"\bcurl (?:-|http|/)",
            rf"\brun `?[\w./-]+\.{_EXTENSION}\b",
        ),
    ),
    Sign(
        "a status that is answered",
        _any(
            r"\b(?:http|status|returns?|returning|answers?|responds|exits?|gives|απαντα|επιστρεφει)"
            r" (?:(?:a|with|code|http|status) ){0,2}\d{1,3}\b",
            r"=\s?[1-5]\d\d\b",
            r"\b[1-5]\d\d (?:ok|created|not found|forbidden)\b",
        ),
    ),
    Sign("a number with a unit", _any(rf"\d\s?(?:%|[kmgt]i?b\b|px\b|€|\$|£|ευρω|(?:{_TIME})(?!\w))", r"[€$£]\s?\d")),
    Sign("so many of so many", _any(r"\b\d+ ?(?:/|of|out of|απο τα) ?\d+\b")),
    Sign(
        "a count",
        _any(
            rf"(?<![\w.#/=-]){_COUNTED} (?:[\w-]+ ){{0,2}}?(?!works|has|was|does|passes|looks)"
            r"(?:[a-z]{2,}s|people|test)\b",
            rf"\b{_COUNTED_GREEK} [α-ω]{{3,}}",
        ),
    ),
    Sign(
        "none of something, in a place or time",
        _any(
            r"\b(?:no|without) (?:[\w-]+ ){0,2}?(?:errors?|warnings?|failures|restarts?|crashes|secrets|timeouts)"
            r" (?:in|on|for|during|within) \w",
            r"\bno (?:new )?(?:test|lint|type|build) (?:errors|warnings|failures)\b",
        ),
    ),
    Sign(
        "a pull request or commit",
        _any(
            r"(?<!\w)#\d+",
            r"\b(?:prs?|mrs?|pull requests?) (?:is |are )?(?:merged|opened|created|approved|closed)\b",
            r"`[0-9a-f]{7,40}`",
        ),
    ),
    Sign(
        "an answer of CI",
        _any(
            r"\bCI\b.*\b(?:green|pass\w*|runs?|succeeds)\b",
            r"\b(?:green|pass\w*)\b.*\bCI\b",
            r"\b(?:build|pipeline|workflow|deploy\w*) (?:is )?(?:green|pass\w*|succeeds)\b",
        ),
    ),
    Sign(
        "a test or check to run",
        _any(
            r"\b(?:tests?|specs?|suite|lint|mypy|ruff|eslint|typecheck|typescript|smoke)\b"
            r".{0,40}\b(?:pass|passes|passed|passing|green|succeeds?)\b",
            r"\.spec\.[jt]sx?\b|\btest_\w+\.py\b",
            r"\b(?:τεστ|δοκιμες)\b.{0,40}\b(?:περν\w+|περασαν|πρασιν\w+)",
        ),
    ),
    Sign("something attached", _any(r"\b(?:screenshots?|recording|video|photos?|στιγμιοτυπ\w+|φωτογραφι\w+)\b")),
    Sign("what a named person saw", _any(rf"\b(?!{_ANYBODY})(?-i:[A-ZΑ-Ω]\w+) {_CONFIRMS}\b", rf"@\w+ {_CONFIRMS}\b")),
)


_DOES = (
    r"(?:logs in|signs (?:in|up)|places|orders|pays|buys|opens|finds|uploads|downloads|prints|books|completes|cancels"
    r"|installs|συνδεεται|παραγγελνει|πληρωνει|ανοιγει|βρισκει|κατεβαζει|ανεβαζει)"
)


BEHAVIOUR = Sign(
    "something to watch happen",
    _any(
        rf"\b(?!{_ANYBODY})(?:(?-i:[A-ZΑ-Ω][\w-]+)|(?:an?|the|one|ενας|μια|ο|η) (?:[\w-]+ ){{0,2}}?[\w-]+)"
        rf" {_DOES} \w+.* \w",
        r"\b(?:shows?|displays?|lists|sees|receives?|sends|sent|returns|redirects|blocks|rejects|refuses|contains|appears)"
        r" \w+.* \w",
        r"\b(?:εμφανιζει|εμφανιζεται|δειχνει|βλεπει|λαμβανει|στελνει|στελνεται|επιστρεφει) \w+.* \w",
    ),
)


# These carry a criterion, unless it only says that the thing was looked at, or that it is good.
NAMED = (
    Sign("an address", _any(r"\bhttps?://\w", r"(?<![\w./<])/[a-z{\[][\w/{}\[\]:.-]*")),
    Sign("a call", _any(r"\b(?-i:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /")),
    Sign("a file or folder", _any(rf"[\w*-]\.{_EXTENSION}\b", r"\w/`", r"\b(?-i:README|CHANGELOG|Makefile)\b")),
    Sign(
        "a thing by its name",
        _any(
            r"`[^`]*[\d/._=:(){}$@-][^`]*`",
            r"\b\w+_\w+\b",
            r"\b(?-i:[A-Z][a-z]+(?:[A-Z][a-z]+)+)\b",
            r'“[^”]+”|«[^»]+»|"[^"]+"',
        ),
    ),
)


_LOOKED_AT = (
    Vagueness(
        "says that it is tested, not what the test shows",
        _any(r"^\W*(?:test|verify|validate|qa)(?:ed|ing)?\b", r"^\W*(?:ελεγχ|δοκιμ)\w+"),
        "Say what the test shows. For example: “A test order with card 4242 appears in /orders as paid”.",
    ),
    Vagueness(
        "says that it is looked at, not what is found",
        _any(
            r"^\W*(?:code )?(?:review|audit|check|inspect|investigate|research|analy[sz]e|look (?:at|into)|read)\w*\b",
            r"^\W*(?:gather|discuss|prioriti[sz]e|plan|consider|ανασκοπηση|συζητηση)\w*\b",
        ),
        "Say what it leaves behind. For example: “docs/review.md lists each finding with a decision”.",
    ),
)


_PRAISED = (
    Vagueness(
        "says that it works, not what it does",
        _any(
            r"\b(?:works?|working|functional|behaves|correctly|properly|flawless\w*|seamless\w*)\b",
            r"\bas (?:expected|intended|it should)\b",
            r"\bno (?:\w+ ){0,2}(?:bugs|issues|problems|regressions)\b",
            r"(?-i:\b[Ss]table\b|\b[Hh]ealthy\b)",  # STABLE in capitals is a section of a document
            r"\b(?:δουλευ\w+|λειτουργει|λειτουργουν|σωστα|κανονικα|χωρις προβληματα)\b",
        ),
        "What would show it? For example: “POST /checkout returns 201 with a test card”.",
    ),
    Vagueness(
        "says that something is a matter of taste",
        _any(
            r"\b(?:good|great|nice|clean|beautiful|pretty|intuitive|user[- ]friendly|modern|polished|elegant|ux)\b",
            r"\b(?:high[- ]quality|professional|robust|scalable)\b",
            r"\b(?:ωραι|ομορφ|φιλικ|καθαρ|καλ)(?:ο|η|α|οι|ες|ος)\b",
        ),
        "Say who tries it and what they manage. For example: “Maria places an order on her phone in under 2 minutes”.",
    ),
    Vagueness(
        "says that it is better, not by how much",
        _any(
            r"\b(?:better|faster|quicker|smoother|easier|improv\w+|optimi[sz]\w+|enhanc\w+|increas\w+|reduc\w+)\b",
            r"\b(?:καλυτερ|ταχυτερ|γρηγορ|βελτι)\w+",
        ),
        "Give the number to reach and how it is measured. For example: “p95 of GET /search is under 300 ms over 24 h”.",
    ),
    Vagueness(
        "says that it is finished, not what shows it",
        _any(
            r"\b(?:is|are|fully|everything|all) (?:\w+ )?(?:done|complete|completed|finished|ready|implemented)\b",
            r"\b(?:done|completed?|finished|ready|implemented)\W*$",
            r"\b(?:ολοκληρω|τελειωσ|ετοιμ)\w+",
        ),
        "Say what exists once it is finished. For example: “PR merged and /orders lists the 3 newest orders”.",
    ),
    Vagueness(
        "says that it is safe or handled, not from what",
        _any(r"\b(?:fixed|resolved|solved|handled|error handling|secured?|safe)\b", r"\b(?:διορθω|ασφαλ)\w+"),
        "Name the case that fails today and its answer then. For example: “/orders of another customer returns 403”.",
    ),
)


_UNNAMED = (
    Vagueness(
        "means a document without saying which",
        _any(r"\b(?:docs?|documentation|document|documented|runbook|guide)\b", r"\b(?:τεκμηριω|οδηγι)\w+"),
        "Name the file and what it answers. For example: “docs/setup.md lists the 4 commands to a running app”.",
    ),
    Vagueness(
        "means tests without saying which",
        _any(r"\b(?:tests?|coverage|covered)\b"),
        "Name the tests or the number. For example: “`pnpm test:e2e` passes, with checkout, login and refund in it”.",
    ),
)


VAGUE = _LOOKED_AT + _PRAISED + _UNNAMED


NO_EVIDENCE = "names nothing to check"

GENERAL_HINT = (
    "Name what someone else can look at: a page and what it shows, a command, a number, a file or a person. "
    "For example: “/orders shows the new order within 5 s”."
)

BEYOND_US = "names no evidence that this check can read, so a person judges it"


# What looks like evidence and is none: numbers that only order things, an idiom, and libraries spelt like files.
_MISLEADING = _any(
    r"\b(?:stage|phase|pass|step|part|sprint|version|level|round|φαση|σταδιο|βημα) ?\d+\w*(?:/\d+\w*)*",
    r"\b24/7\b",
    r"\b(?:next|node|vue|react|nuxt|three)\.js\b",
    r"\b(?:javascript|github|gitlab|wordpress|paypal|youtube|linkedin)\b",
)

_UNACCENTED = str.maketrans("άέήίόύώϊϋΐΰΆΈΉΊΌΎΏς", "αεηιουωιυιυΑΕΗΙΟΥΩσ", "\u0301")

_GREEK = re.compile("[\u0301\u0370-\u03ff]")

_BEYOND_LATIN = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u1e00-\u1eff]")


def judge(text: str) -> Verdict:
    """Say whether a criterion is measurable, why, and how to rewrite it if not.

    English and Greek are read; commands, addresses, numbers and files are seen in any language. Words we have no
    list for are not refused: Greek is refused only for a known empty phrase, and a text in another script never,
    because a hint about words that we could not read would be a guess. Then a person judges, and it is shown so.
    """
    plain = " ".join(_MISLEADING.sub(" ", unaccented(text)).split())
    vague = _first(VAGUE, plain)
    sign = _first(PROOF, plain) or _named(plain, vague)
    if sign:
        return Verdict(True, sign.why)
    if vague:
        return Verdict(False, vague.why, vague.hint)
    if _BEYOND_LATIN.search(plain):
        return Verdict(False, BEYOND_US)
    return Verdict(False, NO_EVIDENCE, GENERAL_HINT)


def unaccented(text: str) -> str:
    """Return the text with Greek written plainly, as people type it in a hurry or in capitals."""
    return text.translate(_UNACCENTED) if _GREEK.search(text) else text


def _named(plain: str, vague: Vagueness | None) -> Sign | None:
    """Return what is named, or watched; praise undoes both, and a look counts only with what the thing then does."""
    if any(praise.looks.search(plain) for praise in _PRAISED):
        return None
    if BEHAVIOUR.looks.search(plain):
        return BEHAVIOUR
    return None if vague in _LOOKED_AT else _first(NAMED, plain)


def _first(rows: Iterable[Row], plain: str) -> Row | None:
    return next((row for row in rows if row.looks.search(plain)), None)
