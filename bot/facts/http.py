"""Prod facts of kind `http`: what is asked, and what the answer must be."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from yarl import URL

from bot.core.production.judgement import SHOWN_FROM, days_left
from bot.core.production.readings import WARNING, Health, Reading
from bot.facts.keys import Address, Paths, Pattern, Statuses, Words
from bot.facts.kind import Fact, Outside
from bot.facts.masking import secret_values, tidy
from bot.facts.web.fetching import BODY_LIMIT, Answer, Fetch
from bot.facts.web.matching import decoded, disagreements, holds, quoted, searched
from bot.facts.web.unreachable import NoAnswer

TIMEOUT = 10.0  # seconds for one try, redirects and body included
LONGEST = 300.0  # seconds

Fault = tuple[Health, str]


class Http(Fact):
    """A request and what its answer must be. The sample facts.toml explains the keys."""

    kind: Literal["http"]
    url: Address
    method: Literal["GET", "HEAD", "OPTIONS", "POST"] = "GET"
    status: Statuses = (200,)
    follow_redirects: bool = True
    contains: Words = ()
    not_contains: Words = ()
    whole_words: bool = False
    regex: Pattern | None = None
    paths: Annotated[Paths, Field(alias="json", default_factory=dict)]
    max_latency_ms: Annotated[int, Field(gt=0)] | None = None
    certificate_days: Annotated[int, Field(gt=0)] | None = None
    timeout: Annotated[float, Field(gt=0, le=LONGEST, allow_inf_nan=False)] = TIMEOUT
    allow_private: bool = False

    @model_validator(mode="after")
    def _has_a_body_to_read(self) -> Self:
        if self.method == "HEAD" and self.reads_body:
            raise ValueError("should be GET, because the answer to HEAD has no text to look into")
        return self

    @property
    def reads_body(self) -> bool:
        """Whether the text of the answer matters."""
        return bool(self.contains or self.not_contains or self.regex or self.paths)

    async def look(self, outside: Outside) -> tuple[Reading, ...]:
        """Ask once; see `Fact.look`."""
        secrets = secret_values(outside.environment)
        session = outside.web.session(allow_private=self.allow_private)
        fetch = Fetch(session, self.timeout, follow=self.follow_redirects, keep=self.reads_body)
        began = monotonic()
        try:
            answer = await fetch.run(self.method, URL(self.url))
        except NoAnswer as reason:
            return (Reading(self.name, self.kind, Health.RED, tidy(str(reason), secrets), silent=reason.silent),)
        took = round((monotonic() - began) * 1000)
        health, detail = judge(self, answer, took, outside.clock() if outside.clock else None, secrets)
        until = answer.certificate_until
        return (Reading(self.name, self.kind, health, tidy(detail, secrets), took, certificate_until=until),)


def judge(
    fact: Http, answer: Answer, took_ms: int, now: datetime | None, secrets: Sequence[str] = ()
) -> tuple[Health, str]:
    """Say what an answer means for the fact, and why. Without `now` certificates have no age."""
    said = " → ".join([*answer.hops, str(answer.status)])
    if answer.status not in fact.status:
        return Health.RED, f"{said} instead of {' or '.join(map(str, fact.status))}"
    until = answer.certificate_until
    days = days_left(until, now) if until and now else None
    text = decoded(answer.body, answer.charset, cut=answer.cut) if fact.reads_body else ""
    faults = [*_of_time(fact, took_ms), *_of_certificate(fact, days), *_of_text(fact, text, secrets, cut=answer.cut)]
    if faults:
        cut = f" (read to {BODY_LIMIT // 1024} KiB)" if answer.cut and fact.reads_body else ""
        health = Health.RED if any(health is Health.RED for health, _ in faults) else Health.UNKNOWN
        return health, f"{said}, but {'; '.join(words for _, words in faults)}{cut}"
    if fact.regex:
        said += f", found {quoted(searched(text, fact.regex) or '', secrets)}"
    if days is not None and days < SHOWN_FROM:
        said = f"{WARNING} {said}, the certificate ends in {days} days"
    return Health.GREEN, said


def _of_time(fact: Http, took_ms: int) -> Iterator[Fault]:
    if fact.max_latency_ms is not None and took_ms > fact.max_latency_ms:
        yield Health.RED, f"it took more than {fact.max_latency_ms} ms"


def _of_certificate(fact: Http, days: int | None) -> Iterator[Fault]:
    if fact.certificate_days is None:
        return
    if days is None:
        yield Health.UNKNOWN, "it had no certificate to look at"
    elif days < fact.certificate_days:
        yield Health.RED, f"the certificate ends in {days} days"


def _of_text(fact: Http, text: str, secrets: Sequence[str], *, cut: bool) -> Iterator[Fault]:
    """Look into the text. Of one that was cut nobody can say what is not in it."""
    absent = Health.UNKNOWN if cut else Health.RED
    for wanted in fact.contains:
        if not holds(text, wanted, whole_words=fact.whole_words):
            yield absent, f"{quoted(wanted)} not found"
    for unwanted in fact.not_contains:
        if holds(text, unwanted, whole_words=fact.whole_words):
            yield Health.RED, f"{quoted(unwanted)} is there"
        elif cut:
            yield Health.UNKNOWN, f"{quoted(unwanted)} may come later"
    if fact.regex and searched(text, fact.regex) is None:
        yield absent, f"nothing matches {quoted(fact.regex)}"
    if fact.paths:
        yield from ((absent, words) for words in disagreements(text, fact.paths, secrets))
