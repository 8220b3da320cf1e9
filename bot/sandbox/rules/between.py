"""What holds between the fields of one object; asked once each field is right."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.rules.shape import Extra, Findings


def some_of(*names: str) -> Extra:
    """Return the rule that at least one of these fields is there."""

    def extra(value: Mapping[str, Any], at: str, findings: Findings) -> None:
        if not any(name in value for name in names):
            _refuse_choice(names, value, at, findings)

    return extra


def one_of(*names: str) -> Extra:
    """Return the rule that exactly one of these fields is there."""

    def extra(value: Mapping[str, Any], at: str, findings: Findings) -> None:
        if sum(name in value for name in names) != 1:
            _refuse_choice(names, value, at, findings)

    return extra


def in_order(smaller: str, larger: str) -> Extra:
    """Return the rule that, where both fields are there, the first is not above the second."""

    def extra(value: Mapping[str, Any], at: str, findings: Findings) -> None:
        if smaller in value and larger in value and value[smaller] > value[larger]:
            findings.add(f"must not be greater than `{larger}`", f"{at}/{smaller}")

    return extra


def not_together(name: str, other: str) -> Extra:
    """Return the rule that the first field is not used beside the second."""

    def extra(value: Mapping[str, Any], at: str, findings: Findings) -> None:
        if value.get(name) and value.get(other):
            findings.add(f"must not be used together with `{other}`", f"{at}/{name}")

    return extra


def _refuse_choice(names: tuple[str, ...], value: Mapping[str, Any], at: str, findings: Findings) -> None:
    # Slack points at the type of a section that has neither text nor fields.
    alternatives = " or ".join(f"`{name}`" for name in names)
    findings.add(f"must define either {alternatives}", f"{at}/type" if "type" in value else at)


def initial_options_are_offered(value: Mapping[str, Any], at: str, findings: Findings) -> None:
    """What is chosen at first "exactly matches" one of the options; every page of a menu says so."""
    groups = value.get("option_groups", ())
    offered = [*value.get("options", ()), *(option for group in groups for option in group["options"])]
    if "initial_option" in value and value["initial_option"] not in offered:
        findings.add("must match one of the options", f"{at}/initial_option")
    for place, option in enumerate(value.get("initial_options", ())):
        if option not in offered:
            findings.add("must match one of the options", f"{at}/initial_options/{place}")
