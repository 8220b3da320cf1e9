"""What a file is to say, given what stands in it; or that a person changed what is ours in it."""

from dataclasses import replace
from datetime import datetime

from bot.core.board.model import Board, Lane
from bot.documents import next7d, state
from bot.errors import BadInput
from bot.places.library import STATE
from bot.services.documents.files import Desired, Part

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
    return all(next7d.is_changed(text, current, now) for text in known or [_put_into(wanted, current)])


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
    for part in wanted.parts:
        if part.is_undone:
            restored = _restored(wanted, text)
            text = restored if restored != text else state.unfinished(text, part.item, wanted.updated)
        elif part.item.lane is Lane.DONE:
            text = state.finished(text, part.item, part.next, wanted.updated)
    return state.standing(text, wanted.board, wanted.updated)


def _restored(wanted: Desired, text: Text) -> Text:
    """The file as it was before a finish that is undone, to the byte, where nobody has touched it since."""
    file = wanted.file
    is_undone = any(part.is_undone and part.step.change == file.change for part in wanted.parts)
    is_untouched = text is not None and text == file.written and file.before is not None
    return file.before if is_undone and is_untouched else text


def message(wanted: Desired) -> str:
    """Say in a line what a write is for: the message of its commit."""
    name = wanted.file.name
    if not wanted.parts:
        return f"{name}: the board as of {wanted.updated:%Y-%m-%d %H:%M} UTC"
    return f"{name}: " + ", ".join(_deed(part) for part in wanted.parts)


def _deed(part: Part) -> str:
    title = f"#{part.item.number} {part.item.title}"
    if part.is_undone:
        return f"the finish of {title} is undone"
    return f"{title} is done" + (f", #{part.next.number} {part.next.title} started" if part.next else "")
