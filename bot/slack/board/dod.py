"""The Definition of Done: writing it, ticking, waiving, evidence; typed, or in its dialog, which stays open."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.board.dod import Vague
from bot.core.board.model import TEXT_LIMIT, Criterion, CriterionState, Item
from bot.core.board.ways import is_open, offer
from bot.core.board.words import Overtaken, mark_of_criteria
from bot.services.board import items, look
from bot.slack.asked.which import one_criterion, several_criteria, shown, which, with_rest
from bot.slack.board.items import changed
from bot.slack.command import Back, Change, Desk, Open, Reply
from bot.slack.layout.blocks import Block, View, bare, context, counted, menu, section
from bot.slack.layout.forms import UNSAVED, Hints, criteria, form, keeping, kept, text, vague
from bot.slack.layout.lines import criterion_line, named
from bot.slack.layout.richtext import Words, beside, bold, lines, say, short
from bot.slack.request import Request

HINT = "One check a line. What is ticked stays ticked where its line stays as it is."
SHOWN = 40  # criteria with a menu; a dialog holds 100 blocks
ASKED = {  # what the button says, what the field is called, and what belongs into it
    "waive": ("Waive", "Reason", "Why need it not be met? The reason stays visible."),
    "evidence": ("Save", "Evidence", "A link, a PR, or what was seen."),
}


async def dod(desk: Desk, request: Request) -> Reply:
    """Open the dialog, or take its criteria; vague ones are shown with a way to rewrite them."""
    if not request.is_sent:
        item = await shown(desk, request, await which(desk, request))
        return Open(dialog(request.channel, item))
    number, _ = await with_rest(desk, request)
    sent, seen = lines_of(request.fields), _seen(request)
    keep = keeping(request.fields, request.metadata)
    try:
        item = await desk.door.change(items.write_dod, request.ask, number, sent, keep=keep, seen=seen)
    except Vague as vague:
        item = await shown(desk, request, number)
        return Change(dialog(request.channel, item, sent=sent, hints=vague.refused, keep=keep))
    except Overtaken as overtaken:
        item = await shown(desk, request, number)
        answer = say("{overtaken} What you wrote is below; *Save* puts it in their place.", overtaken=str(overtaken))
        return Change(dialog(request.channel, item, sent=sent, answer=answer))
    board = await desk.door.call(look.whole, request.channel)
    ways = [offer("start", item)] if is_open(board, "start", item, request.who) else []
    return changed(item, f"Its Definition of Done is saved: {counted(len(item.dod), 'check')}.", ways)


async def tick(desk: Desk, request: Request) -> Reply:
    """Mark a criterion as met: `tick 12 3`, or `tick 3` for the item in progress. Raises BadInput."""
    alone = await several_criteria(desk, request)
    return await _done(desk, request, items.tick, alone, lambda text, k: f"{k} is met: {text}")


async def untick(desk: Desk, request: Request) -> Reply:
    """Open a criterion again. Raises BadInput."""
    alone = await several_criteria(desk, request)
    return await _done(desk, request, items.untick, alone, lambda text, k: f"{k} is open again: {text}")


async def waive(desk: Desk, request: Request) -> Reply:
    """Waive a criterion with a reason: `waive 12 3 no data yet`; without one, ask for it."""
    number, k, reason = await _with_words(desk, request)
    if not reason and not request.is_sent:
        return await _ask(desk, request, number, k)
    return await _done(desk, request, items.waive, (number, k, reason), lambda _, k: f"{k} is waived: {short(reason)}")


async def evidence(desk: Desk, request: Request) -> Reply:
    """Write what shows that a criterion is met: `evidence 12 3 PR #1795`; without words, ask for them."""
    number, k, words = await _with_words(desk, request)
    if not words and not request.is_sent:
        return await _ask(desk, request, number, k)
    return await _done(desk, request, items.show_evidence, (number, k, words), lambda _, k: f"{k}: {short(words)}")


async def _done(
    desk: Desk,
    request: Request,
    service: Callable[..., Item],
    words: tuple[Any, ...],
    answer: Callable[[str, int], str],
) -> Reply:
    """Change criteria, `words` being their item, their numbers and what was written; tell it of each by its text."""
    number, changed_ones = words[:2]
    try:
        item = await desk.door.change(service, request.ask, *words, seen=_seen(request))
    except Overtaken as overtaken:
        return _answer(request, await shown(desk, request, number), str(overtaken), is_refused=True)
    ks = changed_ones if isinstance(changed_ones, tuple) else (changed_ones,)
    return _answer(request, item, "\n".join(answer(short(item.dod[k - 1].text), k) for k in ks))


async def _with_words(desk: Desk, request: Request) -> tuple[int, int, str]:
    """Read a criterion and the words behind it; a dialog keeps the criterion and has the words in a field."""
    if request.is_sent:
        number, _ = await with_rest(desk, request)
        return number, int(request.metadata["criterion"]), str(request.fields["reason"])
    of, k, words = await one_criterion(desk, request)
    return (await shown(desk, request, of)).number, k, words


def _seen(request: Request) -> str:
    """Return the mark of the criteria that the dialog showed; none when it was typed."""
    return str(request.metadata.get("dod") or "")


def _answer(request: Request, item: Item, what: str, *, is_refused: bool = False) -> Reply:
    """Answer in words; from the dialog or one that lies over it, show the dialog as it is now."""
    shown = dialog(request.channel, item, answer=what if is_refused else "")
    if request.is_sent and request.metadata.get("over"):
        return Back(str(request.metadata["over"]), shown)
    if request.view_id and not request.is_sent:
        return Change(shown, anew=f"dod {item.number}")
    return changed(item, what)


async def _ask(desk: Desk, request: Request, number: int, k: int) -> Reply:
    if request.verb == "waive":
        item = await desk.door.call(items.waivable, request.ask, number, k)
    else:
        item = await desk.door.call(look.criterion, request.channel, number, k)
    return Open(ask(request.verb, request.channel, item, k, over=request.view_id))


def dialog(
    channel: str,
    item: Item,
    *,
    sent: str | None = None,
    hints: Hints = (),
    keep: frozenset[str] = frozenset(),
    answer: Words = "",
) -> View:
    """Show an item's criteria, each with its menu, and the field that rewrites them.

    `sent`: the criteria as they were sent, with `hints` for those that can't be checked, which come first then. `keep`:
    the marks of those that a person will judge. `answer`: what came of the last try.
    """
    written = "\n".join(criterion.text for criterion in item.dod) if sent is None else sent
    blocks = [*lines(bold(named(item))), *lines(answer)]
    listed = [_criterion(item, k, criterion) for k, criterion in enumerate(item.dod[:SHOWN], 1)]
    listed += [context(f"and {len(item.dod) - SHOWN} more")] if len(item.dod) > SHOWN else []
    field = _fields(written)
    blocks += [section(UNSAVED), *field, *vague(hints), *listed] if hints else [*listed, *field]
    metadata = {"item": item.number, "dod": mark_of_criteria(item), **kept(keep)}
    return form("dod", f"DoD · #{item.number}", "Save", blocks, channel, **metadata)


def _criterion(item: Item, k: int, criterion: Criterion) -> Block:
    which = f"{item.number} {k}"
    choices = [("Open again", f"untick {which}")] if criterion.settled else [("Tick", f"tick {which}")]
    choices.append(("Evidence…", f"evidence {which}"))
    if criterion.state is not CriterionState.WAIVED:
        choices.append(("Waive…", f"waive {which}"))
    return beside(bare(criterion_line(k, criterion)), menu(*choices))


def _fields(written: str) -> list[Block]:
    """Return the criteria in as many fields as hold them: one holds 3,000 characters, and an import may bring more."""
    first, *others = _parts(written)
    more = (text(f"dod{k}", "And further", part, lines=True, optional=True) for k, part in enumerate(others, 2))
    return [criteria(first, optional=False, hint=HINT), *more]


def _parts(written: str) -> list[str]:
    parts = [""]
    for criterion in written.splitlines():
        longer = f"{parts[-1]}\n{criterion}" if parts[-1] else criterion
        if len(longer) > TEXT_LIMIT and parts[-1]:
            parts.append(criterion)
        else:
            parts[-1] = longer
    return parts


def lines_of(fields: Mapping[str, Any]) -> str:
    """Join what was sent in the fields of a dialog: criteria, one a line."""
    names = sorted((name for name in fields if name.startswith("dod")), key=lambda name: (len(name), name))
    return "\n".join(str(fields[name]) for name in names)


def ask(verb: str, channel: str, item: Item, k: int, *, over: str = "") -> View:
    """Ask for the reason of a waiver, or for evidence. `over`: the dialog this one lies on."""
    submit, label, question = ASKED[verb]
    criterion = item.dod[k - 1]
    written = criterion.evidence if verb == "evidence" else ""
    blocks = [*lines(f"{k}  {short(criterion.text, 500)}"), text("reason", label, written, placeholder=question)]
    metadata = {"item": item.number, "criterion": k, "dod": mark_of_criteria(item)} | ({"over": over} if over else {})
    return form(verb, f"{verb.capitalize()} · #{item.number}", submit, blocks, channel, **metadata)
