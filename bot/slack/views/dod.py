"""The dialog of a Definition of Done: each criterion with what can be done to it, and all of them to rewrite."""

from collections.abc import Mapping
from typing import Any

from bot.core.board import TEXT_LIMIT, Criterion, CriterionState, Item
from bot.core.seen import mark_of_criteria
from bot.slack.views.blocks import Block, View, context, menu, said, section
from bot.slack.views.forms import Hints, criteria, form, text, vague
from bot.slack.views.item import criterion_line, named

KEPT = "One check a line. What is ticked stays ticked where its line stays as it is."
SHOWN = 40  # criteria with a menu; a dialog holds 100 blocks
ASKED = {  # what the button says, what the field is called, and what belongs into it
    "waive": ("Waive", "Reason", "Why need it not be met? The reason stays visible."),
    "evidence": ("Save", "Evidence", "A link, a PR, or what was seen."),
}


def dialog(channel: str, item: Item, *, lines: str | None = None, hints: Hints = (), answer: str = "") -> View:
    """Show an item's criteria, each with its menu, and the field that rewrites them.

    `lines`: as they were sent. `answer`: what came of the last try, escaped.
    """
    written = "\n".join(criterion.text for criterion in item.dod) if lines is None else lines
    blocks = [section(f"*{named(item)}*")]
    blocks += [section(answer)] if answer else []
    blocks += [_criterion(item, k, criterion) for k, criterion in enumerate(item.dod[:SHOWN], 1)]
    blocks += [context(f"and {len(item.dod) - SHOWN} more")] if len(item.dod) > SHOWN else []
    blocks += [*_fields(written), *vague(hints)]
    kept = {"item": item.number, "dod": mark_of_criteria(item)}
    return form("dod", f"DoD · #{item.number}", "Save", blocks, channel, **kept)


def lines_of(fields: Mapping[str, Any]) -> str:
    """Join what was sent in the fields of a dialog: criteria, one a line."""
    names = sorted((name for name in fields if name.startswith("dod")), key=lambda name: (len(name), name))
    return "\n".join(str(fields[name]) for name in names)


def _fields(lines: str) -> list[Block]:
    """The criteria in as many fields as hold them whole: one holds 3,000 characters, and an import may bring more."""
    first, *others = _parts(lines)
    more = (text(f"dod{k}", "And further", part, lines=True, optional=True) for k, part in enumerate(others, 2))
    return [criteria(first, optional=False, hint=KEPT), *more]


def _parts(lines: str) -> list[str]:
    parts = [""]
    for line in lines.splitlines():
        longer = f"{parts[-1]}\n{line}" if parts[-1] else line
        if len(longer) > TEXT_LIMIT and parts[-1]:
            parts.append(line)
        else:
            parts[-1] = longer
    return parts


def ask(verb: str, channel: str, item: Item, k: int, *, over: str = "") -> View:
    """Ask for the reason of a waiver, or for evidence. `over`: the dialog this one lies on."""
    submit, label, question = ASKED[verb]
    told = item.dod[k - 1]
    written = told.evidence if verb == "evidence" else ""
    blocks = [section(f"{k}  {said(told.text, 500)}"), text("reason", label, written, placeholder=question)]
    kept = {"item": item.number, "criterion": k, "dod": mark_of_criteria(item)} | ({"over": over} if over else {})
    return form(verb, f"{verb.capitalize()} · #{item.number}", submit, blocks, channel, **kept)


def _criterion(item: Item, k: int, criterion: Criterion) -> Block:
    which = f"{item.number} {k}"
    choices = [("Open again", f"untick {which}")] if criterion.settled else [("Tick", f"tick {which}")]
    choices.append(("Evidence…", f"evidence {which}"))
    if criterion.state is not CriterionState.WAIVED:
        choices.append(("Waive…", f"waive {which}"))
    return section(criterion_line(k, criterion), menu(*choices))
