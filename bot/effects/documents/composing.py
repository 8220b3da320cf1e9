"""What a file is to say, given what stands in it; or that a person changed what is ours in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.core.board.model import LIVE, Board, Item, Lane
from bot.documents import next7d, state
from bot.documents.writing.template import new_state
from bot.errors import BadInput
from bot.places.library import STATE
from bot.services.documents.files import Desired

Text = str | None


def composed(wanted: Desired, current: Text, now: datetime) -> Text:
    """Return the file's text as it is to be; None: a person changed our parts, and nothing may be written.

    `current` is what stands there now (None: there is no file). What would change only the date stays as it is.
    """
    if _is_drift(wanted, current, now):
        return None
    text = _state(wanted, current) if wanted.file.kind == STATE else _next7d(wanted, current)
    if current is not None and next7d.is_only_dated(current, text):
        return current
    return text


def _is_drift(wanted: Desired, current: Text, now: datetime) -> bool:
    """Whether the file says something else in our parts than it did when it was last written, or imported.

    After a crash it may also say what was about to be written. A STATE.md that was never written is taken as it is;
    a NEXT-7D.md holds the whole board, so one that the board does not come from is never overwritten unasked.
    """
    file = wanted.file
    if current is None or not current.strip() or current in (file.written, file.intended):
        return False
    if file.kind == STATE:
        known = [text for text in (file.written, file.intended) if text is not None]
        return file.written is not None and all(state.is_changed(text, current, now) for text in known)
    known = [text for text in (file.written or wanted.imported, file.intended) if text is not None]
    slots = wanted.board.slots
    return all(next7d.is_changed(text, current, now, slots) for text in known or [_put_into(wanted, current)])


def _put_into(wanted: Desired, current: str) -> str:
    """The board put into a file that it has never been in: the same, where the file says the same."""
    try:
        return next7d.render(_shown(wanted), current, wanted.updated)
    except BadInput:
        return ""


def _next7d(wanted: Desired, current: Text) -> str:
    file = wanted.file
    for text in (_restored(wanted, current), file.before, file.written, wanted.imported):
        if text is not None:
            try:
                return next7d.render(_shown(wanted), text, wanted.updated)
            except BadInput:  # no board any more, and a person chose to have it overwritten
                continue
    return next7d.render(_shown(wanted), None, wanted.updated)


def _shown(wanted: Desired) -> Board:
    """The board without what is in the archive."""
    rolled = wanted.file.rolled
    if rolled is None:
        return wanted.board
    items = (i for i in wanted.board.items if i.lane is not Lane.DONE or i.finished is None or i.finished >= rolled)
    return replace(wanted.board, items=tuple(items))


def _state(wanted: Desired, current: Text) -> str:
    text = current if current is not None else wanted.file.written
    if not (text or "").strip():
        text = new_state(wanted.board.slots)
    for part in wanted.parts:
        if part.is_undone:
            restored = _restored(wanted, text)
            text = restored if restored != text else state.unfinished(text, part.item, wanted.updated)
    for item in _reopened(wanted):
        text = state.reopened(text, item, wanted.board, wanted.updated)
    for item, following in _finished(wanted):
        text = state.finished(text, item, following, wanted.updated)
    return state.standing(text, wanted.board, wanted.updated)


def _reopened(wanted: Desired) -> list[Item]:
    """Return the items that the file may still say are done, as they were then: they are open on the board.

    One that was dropped stays: whatever the file says of it was true.
    """
    as_finished = [part.item for part in wanted.parts if not part.is_undone]
    live = {item.number for item in wanted.board.items if item.lane in LIVE}
    return [item for item in (*wanted.past.done, *as_finished) if item.number in live]


def _finished(wanted: Desired) -> list[tuple[Item, Item | None]]:
    """Return the items that are done and that the file may still say are open, each with the one that started next.

    What came onto the board as done is none of them: the file says of it what it says.
    """
    done = {item.number: item for item in wanted.board.done}
    finishes = {part.item.number: part.next for part in wanted.parts if not part.is_undone}
    were_live = {item.number: None for item in wanted.past.items if item.lane in LIVE}
    return [(done[number], following) for number, following in (were_live | finishes).items() if number in done]


def _restored(wanted: Desired, text: Text) -> Text:
    """The file as it was before a finish that is undone, to the byte, where nobody has touched it since."""
    file = wanted.file
    is_undone = any(part.is_undone and part.step.change == file.change for part in wanted.parts)
    is_untouched = text is not None and text == file.written and file.before is not None
    return file.before if is_undone and is_untouched else text


def message(wanted: Desired) -> str:
    """Say in a line what a write is for: the message of its commit, of the same board as its content."""
    undone = [part.item for part in wanted.parts if part.is_undone and part.item.lane is not Lane.DONE]
    deeds = [f"the finish of {_named(item)} is undone" for item in undone]
    deeds += [f"{_named(item)} is open again" for item in _reopened(wanted) if item.number not in _numbers(undone)]
    for item, following in _finished(wanted):
        deeds.append(f"{_named(item)} is done")
        deeds += [f"{_named(following)} started"] if following and following.lane is Lane.WIP else []
    what = ", ".join(dict.fromkeys(deeds)) or f"the board as of {wanted.updated:%Y-%m-%d %H:%M} UTC"
    return f"{wanted.file.name}: {what}"


def _named(item: Item) -> str:
    return f"#{item.number} {item.title}"


def _numbers(items: Iterable[Item]) -> set[int]:
    return {item.number for item in items}
