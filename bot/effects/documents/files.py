"""The files of a board: read, compared with what was last written, and written; notices of a drift, and exports."""

import asyncio
import contextlib

from bot.documents import next7d
from bot.effects.documents.composing import composed, message
from bot.effects.means import Means
from bot.effects.post import EVENT_TYPE, Message, stand
from bot.errors import BadInput, NotFound
from bot.places.library import NEXT7D, STATE, Shelf
from bot.places.place import Moved, PlaceFailed
from bot.services.documents import drift, exporting, files
from bot.services.documents.exporting import Form
from bot.services.documents.files import Desired
from bot.slack.client import SlackRefused, SlackUnreachable
from bot.slack.documents import export, notice

TRIES = 3  # with others writing the same file at the same moment


async def pay_export(means: Means, key: str) -> None:
    """Put the file into their direct messages, or say there why it can't be. `key`: channel/user/form.

    What failed is not tried again by itself: nobody knows then whether the file arrived, and whoever waits can ask.
    """
    channel, user, form = key.split("/")
    now = means.clock()
    try:
        record = await means.door.call(exporting.whole, channel)
    except NotFound:
        return  # forgotten meanwhile
    given = await asyncio.to_thread(exporting.written, record, Form(form), now)
    room = await means.slack.direct(user)
    try:
        await means.slack.give(room, given.name, given.content, export.comment(channel, Form(form)))
    except (SlackRefused, SlackUnreachable) as error:
        text, blocks = export.failed(channel, given.name, error.code if isinstance(error, SlackRefused) else "")
        payload = {"kind": "export", "board": channel, "key": key}
        await means.slack.post(room, text, blocks, {"event_type": EVENT_TYPE, "event_payload": payload})


async def pay_state(means: Means, key: str) -> None:
    """Write STATE.md. `key`: the channel."""
    await _pay(means, key, STATE)


async def pay_next7d(means: Means, key: str) -> None:
    """Write NEXT-7D.md. `key`: the channel."""
    await _pay(means, key, NEXT7D)


async def pay_drift(means: Means, key: str) -> None:
    """Tell the channel that somebody changed a file, or edit that notice once it is settled. `key`: channel/kind/n."""
    channel, kind, count = key.split("/")
    file_drift = await means.door.call(drift.look, channel, kind, int(count))
    if file_drift is not None:
        lines = await asyncio.to_thread(drift.difference, file_drift, means.clock())
        blocks = notice.notice(file_drift, lines, means.secrets)
        await stand(means, Message(f"drift:{key}", "drift", channel, notice.spoken(file_drift), blocks))


async def _pay(means: Means, channel: str, kind: str) -> None:
    shelf = means.library.get(channel)
    if shelf is None or kind not in shelf.names:
        return  # no longer kept
    wanted = await means.door.call(files.desired, channel, kind, means.clock())
    if wanted is None:
        return
    try:
        await _write_in_turn(means, shelf, wanted)
    except (PlaceFailed, BadInput) as failed:
        await means.door.change(files.failed, wanted, str(failed), means.clock())
        raise PlaceFailed(str(failed)) from failed


async def _write_in_turn(means: Means, shelf: Shelf, wanted: Desired) -> None:
    """Write the file; where somebody else was faster, read what they wrote and write once more."""
    for _ in range(TRIES):
        with contextlib.suppress(Moved):
            return await _write(means, shelf, wanted)
    return await _write(means, shelf, wanted)


async def _write(means: Means, shelf: Shelf, wanted: Desired) -> None:
    """Make the file say what it is to say. The intent is written down first: a crash in between is no drift."""
    name = shelf.names[wanted.file.kind]
    raw = await shelf.place.read(name)
    current = None if raw is None else next7d.decode(raw)
    text = await asyncio.to_thread(composed, wanted, current, means.clock())
    if text is None:
        await means.door.change(files.drifted, wanted, current or "", means.clock())
        return
    if text != current:
        await means.door.call(files.intend, wanted.file, text)
    await shelf.place.write(name, raw, text.encode(), message(wanted))
    await means.door.change(files.landed, wanted, current, text, means.clock())
