"""The post of a finish, which tells everybody, with its steps."""

from datetime import datetime, tzinfo

from bot.core.board.measure import how_far, took
from bot.core.board.model import Item, Outcome
from bot.core.production.readings import Health, compare, loss, named_losses
from bot.services.board.finishes import FileLine, Ledger
from bot.slack.board.board import LIGHTS, production
from bot.slack.board.item import named
from bot.slack.layout.blocks import Block, actions, button, context, esc, said, section

LOST = 3  # facts that a finish post names


def post(ledger: Ledger, now: datetime) -> list[Block]:
    """Show a finish to its channel; edited as its steps complete, and while it can be undone it offers that."""
    item = ledger.item
    if ledger.undone:
        blocks = [section(f"*{named(item)}* was finished, and the finish was undone.")]
        files = [_undone(line) for line in ledger.files if line.is_undone]
        return blocks + ([context("   ".join(files))] if files else []) + _buttons([], ledger)
    if ledger.is_open_again:
        production_lines = map(context, _production(ledger))
        return [section(f"*{named(item)}* was finished, and is open again."), *production_lines]
    blocks = [section(_headline(item, ledger.zone))]
    blocks += [section(f"› {said(item.result, 1000)}")] if item.result else []
    blocks += [context("   ".join(_steps(ledger)))]
    blocks += [context(text) for text in _production(ledger)]
    more = _after_red(ledger)
    more += [button("Undo", "undo", str(ledger.change))] if ledger.can_be_undone(now) else []
    return blocks + _buttons(more, ledger)


def spoken(ledger: Ledger) -> str:
    """Return the finish post in a sentence."""
    if ledger.undone or ledger.is_open_again:
        return f"#{ledger.item.number} {ledger.item.title} was finished, and is open again."
    who = f" by {ledger.item.finished_by.name}" if ledger.item.finished_by else ""
    after = f" #{ledger.next.number} {ledger.next.title} is in progress." if ledger.next else ""
    return f"#{ledger.item.number} {ledger.item.title} is done{who}.{after}"


def _headline(item: Item, zone: tzinfo) -> str:
    parts = [f"*{named(item)}* is done"]
    parts += [esc(item.finished_by.name)] if item.finished_by else []
    return " · ".join([*parts, *filter(None, [took(item, zone)]), how_far(item, esc)])


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
    """Return what is not green after the finish, beside how it was at the item's start; all green, nothing."""
    if ledger.run is None or ledger.run.health is Health.GREEN:
        return []
    compared = ledger.comparison
    if compared is None or not (compared.lost or compared.still):
        return [production(ledger.run)]
    parts = [f"*{said(reading.name, 80)}* {said(loss(reading), 200)}" for reading in compared.lost[:LOST]]
    parts += [f"and {len(compared.lost) - LOST} more"] if len(compared.lost) > LOST else []
    parts += [
        f"{', '.join(said(reading.name, 80) for reading in compared.still[:LOST])} was red at the start too"
    ] * bool(compared.still)
    return [f"{LIGHTS[ledger.run.health]} prod facts {compared.tally}: {'; '.join(parts)}"]


def _after_red(ledger: Ledger) -> list[Block]:
    """Return the ways on from production that is not green: look again, and reopen the item if it broke something."""
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
    """Return a file's step: in it, on its way, or why not."""
    if line.is_written:
        return f"✅ {esc(line.name)}"
    return f"❌ {esc(line.name)}: {said(line.step.why, 300)}" if line.step.why else f"⏳ {esc(line.name)}"


def _undone(line: FileLine) -> str:
    if line.step.why:
        return f"❌ {esc(line.name)} still says so: {said(line.step.why, 300)}"
    return f"⏳ {esc(line.name)} is put back"


def _buttons(more: list[Block], ledger: Ledger) -> list[Block]:
    """Return a Retry for each failed step, and what else can be done; a file that waits for a choice has its notice."""
    number = ledger.item.number
    failed = [(f"Retry {line.name}", line.step.kind) for line in ledger.files if line.step.why and not line.waits]
    failed += [(f"Start #{ledger.wanted}", "next")] if ledger.refused and ledger.wanted and not ledger.undone else []
    row = [button(label, "retry", f"{number} {step}") for label, step in failed] + more
    return [actions(row)] if row else []
