"""The words the tables are written in: what a value must look like, and how Slack says that it does not.

Slack's sentences were taken from answers that people quoted in public ("must be less than 3001 characters", "missing
required field: text"); where none could be found the sentence follows their pattern.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeGuard

Surface = Literal["blocks", "modal", "home"]

EVERYWHERE: frozenset[Surface] = frozenset({"blocks", "modal", "home"})
MESSAGES: frozenset[Surface] = frozenset({"blocks"})
MODALS: frozenset[Surface] = frozenset({"modal"})
HOMES: frozenset[Surface] = frozenset({"home"})
NOWHERE: frozenset[Surface] = frozenset()


class Findings:
    """What is wrong with one payload, in Slack's words, and the surface it is meant for."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.messages: list[str] = []

    def add(self, words: str, at: str) -> None:
        """Note what is wrong; `at` is a JSON pointer to the place."""
        self.messages.append(f"{words} [json-pointer:{at}]")


class Rule(Protocol):
    """What one value must look like."""

    def check(self, value: object, at: str, findings: Findings) -> None:
        """Add to the findings whatever is wrong with the value that stands at this JSON pointer."""


Extra = Callable[[Mapping[str, Any], str, Findings], None]


@dataclass(frozen=True, slots=True)
class Text:
    """A string, its length in characters; `fits` says the rest, and `words` how Slack refuses what does not fit."""

    most: int | None = None
    least: int = 0
    fits: Callable[[str], object] | None = None
    words: str = ""

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, str):
            findings.add("must provide a string", at)
        elif len(value) < self.least:
            findings.add(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and len(value) > self.most:
            findings.add(f"must be less than {self.most + 1} characters", at)
        elif self.fits is not None and not self.fits(value):
            findings.add(self.words, at)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: frozenset[str]

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, str):
            findings.add("must provide a string", at)
        elif value not in self.values:
            findings.add("must be a valid enum value", at)


def choice(*values: str) -> Choice:
    """Return the rule that it is one of these words."""
    return Choice(frozenset(values))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two others, both included."""

    least: int
    most: int | None = None

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, int) or isinstance(value, bool):
            findings.add("must provide an integer", at)
        elif value < self.least:
            findings.add(f"must be greater than {self.least - 1}", at)
        elif self.most is not None and value > self.most:
            findings.add(f"must be less than {self.most + 1}", at)


@dataclass(frozen=True, slots=True)
class Number:
    """Any finite number, or any above `above`."""

    above: float = -math.inf

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not _is_number(value):
            findings.add("must provide a number", at)
        elif value <= self.above:
            findings.add(f"must be greater than {self.above}", at)


def _is_number(value: object) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, bool):
            findings.add("must provide a boolean", at)


@dataclass(frozen=True, slots=True)
class OrNull:
    """What another rule says, or null."""

    rule: Rule

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if value is not None:
            self.rule.check(value, at, findings)


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose items all follow one rule."""

    each: Rule
    most: int | None = None
    least: int = 1

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, list):
            findings.add("must provide an array", at)
            return
        if len(value) < self.least:
            findings.add(f"must provide at least {self.least} items", at)
        if self.most is not None and len(value) > self.most:
            findings.add(f"no more than {self.most} items allowed", at)
        for place, item in enumerate(value):
            self.each.check(item, f"{at}/{place}", findings)


@dataclass(slots=True)
class Shape:
    """An object: the fields it needs, those it may have, where it may be used, and what holds between its fields.

    `page` is where Slack describes it, below docs.slack.dev/reference/. The rules in `also` are asked only once every
    field is right, so they need not doubt what they read.
    """

    page: str
    needs: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)
    surfaces: frozenset[Surface] = EVERYWHERE
    also: tuple[Extra, ...] = ()
    known: dict[str, Rule] = field(init=False)

    def __post_init__(self) -> None:
        self.known = {**self.needs, **self.may}

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if isinstance(value, dict):
            self.check_fields(value, at, findings)
        else:
            findings.add("must provide an object", at)

    def check_fields(self, value: Mapping[str, Any], at: str, findings: Findings, tag: str | None = None) -> None:
        """Check an object; the field named `tag` was seen to already."""
        before = len(findings.messages)
        for name in self.needs:
            if name not in value:
                findings.add(f"missing required field: {name}", at)
        for name, item in value.items():
            if rule := self.known.get(name):
                rule.check(item, f"{at}/{name}", findings)
            elif name != tag:
                findings.add(f"invalid additional property: {name}", at)
        if len(findings.messages) == before:
            for extra in self.also:
                extra(value, at, findings)


@dataclass(frozen=True, slots=True)
class Kinds:
    """An object whose `type` says which shape it has, as far as that shape may be used on the surface."""

    shapes: Mapping[str, Shape]

    def check(self, value: object, at: str, findings: Findings) -> None:
        """See Rule."""
        if not isinstance(value, dict):
            findings.add("must provide an object", at)
        elif "type" not in value:
            findings.add("missing required field: type", at)
        elif not isinstance(kind := value["type"], str):
            findings.add("must provide a string", f"{at}/type")
        elif (shape := self.shapes.get(kind)) is None or findings.surface not in shape.surfaces:
            findings.add(f"unsupported type: {kind}", f"{at}/type")
        else:
            shape.check_fields(value, at, findings, tag="type")
