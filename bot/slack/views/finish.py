"""Finishing: the dialog with the criteria, the view that confirms, and the post that tells everybody."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.core.board import Board, Criterion, CriterionState, Item, Outcome
from bot.core.comparison import compare, loss, named_losses
from bot.core.readings import Health
from bot.core.seen import mark, mark_of_criteria
from bot.services.finishes import FileLine, Ledger
from bot.slack.views.blocks import (
    CHECKBOXES,
    LABEL,
    MODAL_TITLE,
    OPTION,
    Block,
    View,
    actions,
    button,
    clip,
    context,
    counted,
    esc,
    paragraphs,
    plain,
    said,
    section,
)
from bot.slack.views.board import LIGHTS, production
from bot.slack.views.forms import VALUE, checkbox, form, text
from bot.slack.views.item import age, named
from bot.store.finishes import DONE, REVERT

OUTCOMES = {
    Outcome.CLOSED: "Closed: don't reopen without new proof",
    Outcome.STABLE: "Stable: working, with evidence",
}
LOST = 3  # facts that a finish post names
LONG = OPTION - 3  # characters of a criterion that fit behind its number


def dialog(channel: str, board: Board, item: Item, *, answer: str = "") -> View:
    """Ask which criteria are met. `answer` tells what came of the last try; it is escaped."""
    blocks = [section(f"*{named(item)}*")]
    blocks += [section(answer)] if answer else []
    if any(len(criterion.text) > LONG for criterion in item.dod):
        blocks += paragraphs(f"{k}. {said(c.text, 500)}" for k, c in enumerate(item.dod, 1))
    blocks += _checkboxes(item)
    blocks.append(text("result", "Result", item.result, optional=True, placeholder="PR #1795, 140 tests"))
    blocks.append(_outcomes(item.outcome or Outcome.CLOSED))
    following, field = _then(board)
    blocks.append(field)
    kept = {"item": item.number, "then": following, "result": mark(item.result), **boxes_shown(item)}
    return form("finish", f"Mark DoD done · #{item.number}", "Save", blocks, channel, **kept)


def boxes_shown(item: Item) -> dict[str, object]:
    """What a dialog with an item's criteria keeps: which ones they are, and which of them were ticked."""
    return {"dod": mark_of_criteria(item), "ticked": [k for k, c in enumerate(item.dod, 1) if c.settled]}


def still_open(item: Item) -> str:
    """What was saved and what is missing, escaped."""
    names = ", ".join(f"{k} {said(criterion.text, 60)}" for k, criterion in item.open_criteria)
    verb = "is" if len(item.open_criteria) == 1 else "are"
    saved = f"Saved {item.settled} of {len(item.dod)}."
    return f"{saved} *#{item.number} stays in progress*: {names} {verb} open."


def confirm(
    channel: str, item: Item, outcome: Outcome, then: Item | None, *, has_facts: bool, files: Sequence[str] = ()
) -> View:
    """Name what will happen; *Finish* there does it."""
    follows = [f"It moves to DONE as {outcome.capitalize()}."]
    follows += [f"{esc(' and '.join(files))} {'is' if len(files) == 1 else 'are'} updated."] if files else []
    follows += [f"#{then.number} {said(then.title)} starts."] if then else ["Nothing else starts."]
    follows += ["Prod facts run."] if has_facts else []
    blocks = [section(f"*Finish #{item.number}?*\n{named(item)}"), section(" ".join(follows))]
    blocks += [section(f"› {said(item.result, 1000)}")] if item.result else []
    kept = {"item": item.number, "outcome": outcome.value, "then": then.number if then else None}
    view = form("finish:confirm", f"Finish #{item.number}", "Finish", blocks, channel, **kept)
    return view | {"close": plain("Back", MODAL_TITLE)}


def post(ledger: Ledger, now: datetime) -> list[Block]:
    """Tell the channel of a finish; edited as its steps complete, and while it can be undone it offers that."""
    item = ledger.item
    if ledger.undone:
        told = [section(f"*{named(item)}* was finished, and the finish was undone.")]
        files = [_undone(line) for line in ledger.files if line.step.mark == REVERT]
        return told + ([context("   ".join(files))] if files else []) + _buttons([], ledger)
    if ledger.is_open_again:
        told = [context(text) for text in _production(ledger)]
        return [section(f"*{named(item)}* was finished, and is open again."), *told]
    blocks = [section(_headline(item, ledger.zone))]
    blocks += [section(f"› {said(item.result, 1000)}")] if item.result else []
    blocks += [context("   ".join(_steps(ledger)))]
    blocks += [context(text) for text in _production(ledger)]
    more = _after_red(ledger)
    more += [button("Undo", "undo", str(ledger.change))] if ledger.can_be_undone(now) else []
    return blocks + _buttons(more, ledger)


def spoken(ledger: Ledger) -> str:
    """The finish post in a sentence."""
    if ledger.undone or ledger.is_open_again:
        return f"#{ledger.item.number} {ledger.item.title} was finished, and is open again."
    who = f" by {ledger.item.finished_by.name}" if ledger.item.finished_by else ""
    after = f" #{ledger.next.number} {ledger.next.title} is in progress." if ledger.next else ""
    return f"#{ledger.item.number} {ledger.item.title} is done{who}.{after}"


def _headline(item: Item, zone: tzinfo) -> str:
    parts = [f"*{named(item)}* is done"]
    parts += [esc(item.finished_by.name)] if item.finished_by else []
    parts += (
        [_took(item.started, item.finished, item.day(item.finished, zone))] if item.started and item.finished else []
    )
    parts += [f"{item.settled} of {len(item.dod)}"]
    return " · ".join(parts)


def _took(started: datetime, finished: datetime, days: int) -> str:
    """How long it took: hours within a day, else the days it was worked on, as `day 2` counts them."""
    return age(started, finished) if days < 2 else counted(days, "day")


def _steps(ledger: Ledger) -> list[str]:
    steps = [f"✅ DONE ({(ledger.item.outcome or Outcome.CLOSED).upper()})", *map(_file, ledger.files)]
    if ledger.next:
        steps.append(f"✅ #{ledger.next.number} started")
    elif ledger.refused:
        steps.append(f"❌ next not started: {said(ledger.refused, 300)}")
    if ledger.checks == "owed":
        steps.append("⏳ prod facts")
    elif ledger.run is not None:
        steps.append(f"{LIGHTS[ledger.run.health]} prod facts {ledger.run.green} of {len(ledger.run.counted)}")
    return steps


def _production(ledger: Ledger) -> list[str]:
    """What is not green after the finish, beside how it was at the item's start; all green, nothing."""
    if ledger.run is None or ledger.run.health is Health.GREEN:
        return []
    compared = ledger.comparison
    if compared is None or not (compared.lost or compared.still):
        return [production(ledger.run)]
    told = [f"*{said(one.name, 80)}* {said(loss(one), 200)}" for one in compared.lost[:LOST]]
    told += [f"and {len(compared.lost) - LOST} more"] if len(compared.lost) > LOST else []
    told += [f"{', '.join(said(one.name, 80) for one in compared.still[:LOST])} was red at the start too"] * bool(
        compared.still
    )
    return [f"{LIGHTS[ledger.run.health]} prod facts {compared.tally}: {'; '.join(told)}"]


def _after_red(ledger: Ledger) -> list[Block]:
    """What to do about production that is not green: look again, and bring the item back if it broke something."""
    if ledger.run is None or ledger.run.health is Health.GREEN or ledger.checks != "done":
        return []
    again = button("Run again", "facts", f"check {ledger.change}")
    compared = ledger.comparison or compare(ledger.run, ledger.run)
    broke = compared.lost or (ledger.baseline is None and compared.still)
    if not broke:
        return [again]
    number = ledger.item.number
    evidence = compared.evidence if ledger.baseline else f"prod facts after the finish: {named_losses(compared.still)}"
    return [button(f"Reopen #{number} with this evidence", "reopen", f"{number} {evidence}"), again]


def _file(line: FileLine) -> str:
    """A file's step: in it, on its way, or why not."""
    if line.step.mark == DONE:
        return f"✅ {esc(line.name)}"
    return f"❌ {esc(line.name)}: {said(line.step.why, 300)}" if line.step.why else f"⏳ {esc(line.name)}"


def _undone(line: FileLine) -> str:
    if line.step.why:
        return f"❌ {esc(line.name)} still says so: {said(line.step.why, 300)}"
    return f"⏳ {esc(line.name)} is put back"


def _buttons(more: list[Block], ledger: Ledger) -> list[Block]:
    """A Retry for each step that failed, and what else can be done; a file that waits for a choice has its notice."""
    number = ledger.item.number
    failed = [(f"Retry {line.name}", line.step.kind) for line in ledger.files if line.step.why and not line.waits]
    failed += [(f"Start #{ledger.wanted}", "next")] if ledger.refused and ledger.wanted and not ledger.undone else []
    row = [button(label, "retry", f"{number} {step}") for label, step in failed] + more
    return [actions(row)] if row else []


def _checkboxes(item: Item) -> list[Block]:
    """The criteria as boxes; Slack takes ten in a group, so there may be several groups."""
    numbered = list(enumerate(item.dod, 1))
    groups = [numbered[k : k + CHECKBOXES] for k in range(0, len(numbered), CHECKBOXES)]
    # Slack keeps what was ticked in a block of the same id, so other criteria, or others ticked, have another id.
    which = mark(f"{mark_of_criteria(item)} {[k for k, criterion in numbered if criterion.settled]}")
    return [_group(f"met{k}-{which}", group, len(groups)) for k, group in enumerate(groups)]


def _group(name: str, criteria: list[tuple[int, Criterion]], of: int) -> Block:
    options = [(c, _option(k, c)) for k, c in criteria]
    ticked = [option for criterion, option in options if criterion.settled]
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": [option for _, option in options]}
    if ticked:
        element["initial_options"] = ticked
    first, last = criteria[0][0], criteria[-1][0]
    label = "Definition of Done" if of == 1 else f"Definition of Done, {first}–{last}"
    # Optional: Slack would block an empty required group before we could say what is open.
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain(label, 75),
        "element": element,
    }


def _option(k: int, criterion: Criterion) -> Block:
    waived = " (waived)" if criterion.state is CriterionState.WAIVED else ""
    return {"text": plain(f"{k} {clip(criterion.text, LONG - len(waived))}{waived}", OPTION), "value": str(k)}


def _outcomes(chosen: Outcome) -> Block:
    options = {outcome: {"text": plain(label, OPTION), "value": outcome.value} for outcome, label in OUTCOMES.items()}
    element: Block = {
        "type": "radio_buttons",
        "action_id": VALUE,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    return {"type": "input", "block_id": "outcome", "label": plain("Outcome", LABEL), "element": element}


def _then(board: Board) -> tuple[int | None, Block]:
    """Give the item that would start, and the field for it: ticked, or the reason why there is none."""
    if not board.next:
        return None, context("NEXT is empty, so nothing starts after this.")
    first = board.next[0]
    if not first.dod:
        return None, context(f"#{first.number} {said(first.title)} comes next, but it has no DoD, so it can't start.")
    return first.number, checkbox("then", "Afterwards", f"Then start #{first.number} {first.title}", ticked=True)
