"""What Slack refuses: Block Kit as tables, each row with the page it comes from.

`shape` and `between` hold the words the tables are written in. `objects`, `rich_text`, `elements`, `figures` and
`blocks` are the tables, from small to large. `whole` and `length` are about a payload as one.
"""

from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.rules.length import blocks_fit
from bot.sandbox.rules.shape import Findings, Rule, Surface
from bot.sandbox.rules.whole import ACROSS_BLOCKS, HOME, MESSAGE_BLOCKS, MODAL, placed, submit_for_inputs

__all__ = ["Surface", "blocks_fit", "check"]

ROOTS: dict[Surface, tuple[Rule, str]] = {
    "blocks": (MESSAGE_BLOCKS, "/blocks"),
    "modal": (MODAL, "/view"),
    "home": (HOME, "/view"),
}


def check(kind: Surface, payload: object, within: str = "") -> list[str]:
    """Say why Slack would refuse a payload: a list of blocks for a message, or a view for a modal or the Home tab.

    Gives nothing when Slack would take it; else sentences in Slack's form, such as "must be less than 3001 characters
    [json-pointer:/blocks/0/text/text]" (Slack puts "[ERROR] " before them in `response_metadata.messages`). What holds
    across several blocks is looked at once each of them is right. `within` is the JSON pointer to what holds the
    payload. Takes any JSON value, and never raises.
    """
    findings = Findings(kind)
    rule, root = ROOTS[kind]
    rule.check(payload, within + root, findings)
    if not findings.messages:
        _check_across(payload, within + root, findings)
    return findings.messages


def _check_across(payload: Any, at: str, findings: Findings) -> None:
    of_message = findings.surface == "blocks"
    blocks = placed(payload, at) if of_message else placed(payload["blocks"], f"{at}/blocks")
    for rule in ACROSS_BLOCKS[findings.surface]:
        rule(blocks, findings)
    if findings.surface == "modal":
        submit_for_inputs(cast("Mapping[str, Any]", payload), findings)
