"""The post of a finish, which tells everybody, with its steps."""

from datetime import datetime, tzinfo

from bot.core.board.measure import how_far, took
from bot.core.board.model import Item, Outcome
from bot.core.production.readings import Health, compare, loss, named_losses
from bot.services.board.finishes import FileLine, Ledger
from bot.slack.layout.blocks import Block, actions, button
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import Line, Words, bold, joined, line, lines, say, short, small
from bot.slack.production.light import LIGHTS, production

LOST = 3  # facts that a finish post names


def post(ledger: Ledger, now: datetime) -> list[Block]:
    """Show a finish to its channel; edited as its steps complete, and while it can be undone it offers that."""
    item = ledger.item
    if ledger.undone:
        blocks = lines(say("*{item}* was finished, and the finish was undone.", item=named(item)))
        files = "   ".join(_undone(file) for file in ledger.files if file.is_undone)
        return [*blocks, *small(files), *_buttons([], ledger)]
    if ledger.is_open_again:
        return [
            *lines(say("*{item}* was finished, and is open again.", item=named(item))),
            *lines(_production(ledger)),
        ]
    blocks = lines(_headline(item, ledger.zone))
    blocks += lines(f"› {short(item.result, 1000)}") if item.result else []
    blocks += [*small("   ".join(_steps(ledger))), *lines(_production(ledger))]
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


def _headline(item: Item, zone: tzinfo) -> Line:
    who = item.finished_by.name if item.finished_by else ""
    return joined(" · ", [line(bold(named(item)), " is done"), who, took(item, zone), how_far(item)])


def _steps(ledger: Ledger) -> list[str]:
    steps = [f"✅ DONE ({(ledger.item.outcome or Outcome.CLOSED).upper()})", *map(_file, ledger.files)]
    if ledger.next:
        steps.append(f"✅ #{ledger.next.number} started")
    elif ledger.refused:
        steps.append(f"❌ next not started: {short(ledger.refused, 300)}")
    if ledger.checks == "owed":
        steps.append("⏳ prod facts")
    elif ledger.run is not None:
        steps.append(f"{LIGHTS[ledger.run.health]} prod facts {ledger.run.green} of {len(ledger.run.counted)}")
    return steps


def _production(ledger: Ledger) -> Words:
    """Return what is not green after the finish, beside how it was at the item's start; all green, nothing."""
    if ledger.run is None or ledger.run.health is Health.GREEN:
        return ""
    compared = ledger.comparison
    if compared is None or not (compared.lost or compared.still):
        return production(ledger.run)
    parts: list[Words] = [
        line(bold(short(reading.name, 80)), f" {short(loss(reading), 200)}") for reading in compared.lost[:LOST]
    ]
    parts += [f"and {len(compared.lost) - LOST} more"] if len(compared.lost) > LOST else []
    parts += [
        f"{', '.join(short(reading.name, 80) for reading in compared.still[:LOST])} was red at the start too"
    ] * bool(compared.still)
    return line(f"{LIGHTS[ledger.run.health]} prod facts {compared.tally}: ", joined("; ", parts))


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


def _file(file: FileLine) -> str:
    """Return a file's step: in it, on its way, or why not."""
    if file.is_written:
        return f"✅ {file.name}"
    return f"❌ {file.name}: {short(file.step.why, 300)}" if file.step.why else f"⏳ {file.name}"


def _undone(file: FileLine) -> str:
    if file.step.why:
        return f"❌ {file.name} still says so: {short(file.step.why, 300)}"
    return f"⏳ {file.name} is put back"


def _buttons(more: list[Block], ledger: Ledger) -> list[Block]:
    """Return a Retry for each failed step, and what else can be done; a file that waits for a choice has its notice."""
    number = ledger.item.number
    failed = [(f"Retry {file.name}", file.step.kind) for file in ledger.files if file.step.why and not file.waits]
    failed += [(f"Start #{ledger.wanted}", "next")] if ledger.refused and ledger.wanted and not ledger.undone else []
    row = [button(label, "retry", f"{number} {step}") for label, step in failed] + more
    return [actions(row)] if row else []
