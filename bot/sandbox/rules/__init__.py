"""What Slack refuses: Block Kit as tables, each row with the page it comes from.

`shape` and `between` hold the words the tables are written in. `objects`, `rich_text`, `elements`, `figures` and
`blocks` are the tables, from small to large. `whole` is about a payload as one.
"""

from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.rules.shape import Findings, Rule, Surface
from bot.sandbox.rules.whole import ACROSS_BLOCKS, HOME, MESSAGE_BLOCKS, MODAL, placed, submit_for_inputs

__all__ = ["Surface", "check"]

ROOTS: dict[Surface, tuple[Rule, str]] = {
    "blocks": (MESSAGE_BLOCKS, "/blocks"),
    "modal": (MODAL, "/view"),
    "home": (HOME, "/view"),
}


def check(kind: Surface, payload: object) -> list[str]:
    """Say why Slack would refuse a payload: a list of blocks for a message, or a view for a modal or the Home tab.

    Gives nothing when Slack would take it; else sentences in Slack's form, such as "must be less than 3001 characters
    [json-pointer:/blocks/0/text/text]" (Slack puts "[ERROR] " before them in `response_metadata.messages`). What holds
    across several blocks is looked at once each of them is right. Takes any JSON value, and never raises.
    """
    findings = Findings(kind)
    rule, at = ROOTS[kind]
    rule.check(payload, at, findings)
    if not findings.messages:
        _check_across(payload, findings)
    return findings.messages


def _check_across(payload: Any, findings: Findings) -> None:
    of_message = findings.surface == "blocks"
    blocks = placed(payload, "/blocks") if of_message else placed(payload["blocks"], "/view/blocks")
    for rule in ACROSS_BLOCKS[findings.surface]:
        rule(blocks, findings)
    if findings.surface == "modal":
        submit_for_inputs(cast("Mapping[str, Any]", payload), findings)
