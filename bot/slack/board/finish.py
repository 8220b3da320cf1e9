"""Finishing: the dialog with the criteria, the view that confirms, and what comes of them."""

from collections.abc import Sequence

from bot.core.board.dod import Boxes
from bot.core.board.measure import how_far
from bot.core.board.model import Board, Criterion, CriterionState, Item, Outcome, Slots
from bot.core.board.words import Overtaken, mark, mark_of_criteria
from bot.core.people import Person
from bot.services.board import items, look, moves
from bot.services.board.look import Sight
from bot.services.documents import files
from bot.slack.asked.which import needed, shown, which
from bot.slack.command import Change, Desk, Nothing, Open, Reply
from bot.slack.layout.blocks import (
    CHECKBOXES,
    LABEL,
    MODAL_TITLE,
    OPTION,
    Block,
    View,
    bare,
    clip,
    context,
    plain,
)
from bot.slack.layout.forms import VALUE, checkbox, form, text
from bot.slack.layout.lines import criterion_line, named
from bot.slack.layout.richtext import Line, Words, bold, lines, say, short, small
from bot.slack.request import Request

OUTCOMES = {
    Outcome.CLOSED: "Closed: don't reopen without new proof",
    Outcome.STABLE: "Stable: working, with evidence",
}
LONG = OPTION - 3  # characters of a criterion that fit behind its number


async def finish(desk: Desk, request: Request) -> Reply:
    """Open the dialog; save what it says; ask once more when all is met; finish."""
    if not request.is_sent:
        return await _ask(desk, request)
    if request.step == "confirm":
        return await _finish(desk, request)
    return await _save(desk, request)


async def _ask(desk: Desk, request: Request) -> Reply:
    item = await desk.door.call(look.finishable, request.ask, await which(desk, request))
    board = (await desk.door.call(look.look, request.channel, request.at)).board
    return Open(dialog(request.channel, board, item, request.who))


async def _save(desk: Desk, request: Request) -> Reply:
    fields = request.fields
    number = await needed(desk, request)
    try:
        item = await desk.door.change(
            items.save_progress,
            request.ask,
            number,
            _boxes(request),
            fields.get("result", ""),
            seen_result=request.metadata.get("result", ""),
        )
    except Overtaken as overtaken:
        sight = await desk.door.call(look.look, request.channel, request.at)
        item = await shown(desk, request, number)
        return Change(dialog(request.channel, sight.board, item, request.who, answer=str(overtaken)))
    sight = await desk.door.call(look.look, request.channel, request.at)
    if item.open_criteria:
        return Change(dialog(request.channel, sight.board, item, request.who, answer=still_open(item)))
    then = _then(sight.board, request) if fields.get("then") else None
    outcome = Outcome(fields.get("outcome") or Outcome.CLOSED)
    names = await desk.door.call(files.names, request.channel)
    return Open(confirm(sight, item, outcome, then, files=names))


async def _finish(desk: Desk, request: Request) -> Reply:
    await desk.door.change(
        moves.finish,
        request.ask,
        await needed(desk, request),
        outcome=Outcome(request.metadata["outcome"]),
        then=request.metadata["then"],
    )
    return Nothing()


def _boxes(request: Request) -> Boxes:
    """Read the boxes, and what the dialog showed when it was opened."""
    ticked = {int(k) for name, group in request.fields.items() if name.startswith("met") for k in group}
    shown = request.metadata.get("ticked")
    return Boxes(ticked, None if shown is None else set(shown), str(request.metadata.get("dod") or ""))


def _then(board: Board, request: Request) -> Item | None:
    """Return the item that the dialog offered to start; gone meanwhile, none."""
    number = request.metadata.get("then")
    return next((item for item in board.next if item.number == number), None)


def dialog(channel: str, board: Board, item: Item, who: Person, *, answer: Words = "") -> View:
    """Ask somebody which criteria are met. `answer` tells what came of the last try."""
    blocks = [*lines(bold(named(item))), *lines(answer)]
    if any(len(criterion.text) > LONG for criterion in item.dod):
        blocks += lines(*(f"{k}. {short(c.text, 500)}" for k, c in enumerate(item.dod, 1)))
    blocks += _checkboxes(item)
    blocks.append(text("result", "Result", item.result, optional=True, placeholder="PR #1795, 140 tests"))
    blocks.append(_outcomes(item.outcome or Outcome.CLOSED))
    following, then = _then_box(board, item, who)
    blocks += then
    metadata = {"item": item.number, "then": following, "result": mark(item.result), **boxes_shown(item)}
    return form("finish", f"Mark DoD done · #{item.number}", "Save", blocks, channel, **metadata)


def boxes_shown(item: Item) -> dict[str, object]:
    """Return what a dialog with an item's criteria keeps: which ones they are, and which of them were ticked."""
    return {"dod": mark_of_criteria(item), "ticked": [k for k, c in enumerate(item.dod, 1) if _is_met(c)]}


def still_open(item: Item) -> Line:
    """Return what was saved and what is missing."""
    names = ", ".join(f"{k} {short(criterion.text, 60)}" for k, criterion in item.open_criteria)
    verb = "is" if len(item.open_criteria) == 1 else "are"
    sentence = f"Saved {{far}}. *#{item.number} stays in progress*: {{names}} {verb} open."
    return say(sentence, far=how_far(item), names=names)


def confirm(sight: Sight, item: Item, outcome: Outcome, then: Item | None, *, files: Sequence[str] = ()) -> View:
    """Name what will happen; *Finish* there does it."""
    follows = [f"It moves to DONE as {outcome.capitalize()}."]
    follows += [f"{' and '.join(files)} {'is' if len(files) == 1 else 'are'} updated."] if files else []
    follows += [f"#{then.number} {short(then.title)} starts."] if then else ["Nothing else starts."]
    follows += ["Prod facts run."] if sight.has_facts else []
    blocks = [*lines(bold(f"Finish #{item.number}?"), named(item)), *lines(" ".join(follows))]
    blocks += lines(f"› {short(item.result, 1000)}") if item.result else []
    metadata = {"item": item.number, "outcome": outcome.value, "then": then.number if then else None}
    view = form("finish:confirm", f"Finish #{item.number}", "Finish", blocks, sight.channel, **metadata)
    return view | {"close": plain("Back", MODAL_TITLE)}


def _checkboxes(item: Item) -> list[Block]:
    """Return the criteria as boxes; Slack takes ten in a group, so there may be several groups.

    A waiver is not a tick, so what is waived has no box: it stands below them, with who waived it and why.
    """
    waived = [criterion_line(k, c) for k, c in enumerate(item.dod, 1) if c.state is CriterionState.WAIVED]
    numbered = [(k, c) for k, c in enumerate(item.dod, 1) if c.state is not CriterionState.WAIVED]
    groups = [numbered[k : k + CHECKBOXES] for k in range(0, len(numbered), CHECKBOXES)]
    # Slack keeps what was ticked in a block of the same id, so other criteria, or others ticked, have another id.
    which = mark(f"{mark_of_criteria(item)} {[k for k, criterion in numbered if _is_met(criterion)]}")
    boxes = [_group(f"met{k}-{which}", group, len(groups)) for k, group in enumerate(groups)]
    return [*lines(bold("Definition of Done")), *boxes, *lines(*waived)]


def _group(name: str, criteria: list[tuple[int, Criterion]], of: int) -> Block:
    options = [(c, _option(k, c)) for k, c in criteria]
    ticked = [option for criterion, option in options if _is_met(criterion)]
    element: Block = {"type": "checkboxes", "action_id": VALUE, "options": [option for _, option in options]}
    if ticked:
        element["initial_options"] = ticked
    first, last = criteria[0][0], criteria[-1][0]
    label = "Met so far" if of == 1 else f"Met so far, {first}–{last}"
    # Optional: Slack would block an empty required group before we could say what is open. It says so behind the
    # label, and it is the ticks that are: the Definition of Done is not, so that has a line of its own.
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain(label, 75),
        "element": element,
    }


def _option(k: int, criterion: Criterion) -> Block:
    return {"text": plain(f"{k} {clip(bare(criterion.text), LONG)}", OPTION), "value": str(k)}


def _is_met(criterion: Criterion) -> bool:
    return criterion.state is CriterionState.MET


def _outcomes(chosen: Outcome) -> Block:
    options = {outcome: {"text": plain(label, OPTION), "value": outcome.value} for outcome, label in OUTCOMES.items()}
    element: Block = {
        "type": "radio_buttons",
        "action_id": VALUE,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    return {"type": "input", "block_id": "outcome", "label": plain("Outcome", LABEL), "element": element}


def _then_box(board: Board, finishing: Item, who: Person) -> tuple[int | None, list[Block]]:
    """Return the item that would start, and the field for it: ticked, or the reason why there is none.

    It would start for whoever finishes, so where each person has a slot, theirs has to be free then.
    """
    if not board.next:
        return None, [context("NEXT is empty, so nothing starts after this.")]
    first = board.next[0]
    holder = board.holder(who) if board.slots is Slots.PERSON else None
    if holder is not None and holder.number != finishing.number:
        return None, small(f"Your slot is taken by #{holder.number} {short(holder.title)}, so nothing starts then.")
    if not first.dod:
        return None, small(f"#{first.number} {short(first.title)} comes next, but it has no DoD, so it can't start.")
    return first.number, [checkbox("then", "Afterwards", f"Then start #{first.number} {first.title}", ticked=True)]
