"""What Slack shows of a board: its message and thread, copies, the introduction, people's Homes, posts of finishes."""

import logging
from dataclasses import replace
from datetime import timedelta

from bot.effects.means import Means
from bot.effects.post import Message, NotYet, Waiting, stand
from bot.errors import NotFound
from bot.services.board import finishes, history, home, look
from bot.services.board.joining import intro_key
from bot.services.production import runs
from bot.slack.board import app_home, board, finish_post, introduction, trail
from bot.slack.client import SlackRefused
from bot.slack.layout import words
from bot.store import outbox, posts
from bot.store.outbox import Owed

log = logging.getLogger(__name__)

OLD = timedelta(days=60)  # PRODUCT 2: an older board message is posted anew
MOVED = "The board has moved: its new message stands further down. What happened until then is in this thread."

LEFT = frozenset({"user_not_found", "user_disabled", "user_is_bot"})  # nobody there to show it to

GONE = frozenset({"thread_not_found", "cannot_reply_to_message"})  # a board message that is about to be posted anew


async def pay_answer(means: Means, key: str) -> None:
    """Tell what was added. `key`: channel/item/thread."""
    channel, number, thread = key.split("/")
    try:
        item = await means.door.call(look.show, channel, int(number))
    except NotFound:
        return  # undone meanwhile
    text, blocks = trail.spoken_added(item), trail.added(item)
    await stand(means, Message(f"answer:{key}", "answer", channel, text, blocks, item.number, thread))


async def pay_board(means: Means, key: str) -> None:
    """Edit the channel's board message, or post it, and then it is owed its pin. `key`: the channel."""
    async with means.turns[key]:
        message = await _message(means, channel=key, kind="board", key=board_key(key))
        await _retire(means, message)
        await stand(means, replace(message, is_pinned=True))


async def pay_pin(means: Means, key: str) -> None:
    """Pin the board message where Slack lets us: a channel holds 100 pins, and some workspaces allow none."""
    ts = await means.door.query(posts.where, board_key(key))
    try:
        await means.slack.pin(key, ts)
    except SlackRefused as refused:
        if refused.is_of_the_token:
            raise
        log.info("the board of %s is not pinned: %s", key, refused)


async def pay_share(means: Means, key: str) -> None:
    """Post a copy of the board. `key`: channel/user/second."""
    channel, _, _ = key.partition("/")
    await stand(means, await _message(means, channel=channel, kind="share", key=f"share:{key}"))


async def _message(means: Means, *, channel: str, kind: str, key: str) -> Message:
    sight = await means.door.call(look.look, channel, means.clock())
    blocks = board.message(sight)
    wip = sight.board.wip
    return Message(key, kind, channel, board.spoken(sight), blocks, wip.number if wip else None)


def board_key(channel: str) -> str:
    """Return what names a channel's living board message among all messages."""
    return f"board:{channel}"


async def _retire(means: Means, message: Message) -> None:
    """Take leave of a board message that has grown old; the next one is posted where people read now.

    The old one says so before it is forgotten here, so that after a crash it is found and told again.
    """
    post = await means.door.query(posts.find, message.key)
    if post is None or post.ts is None or means.clock() - post.intent_at < OLD:
        return
    try:
        await means.slack.update(message.channel, post.ts, MOVED, words.line(MOVED), message.metadata)
        await means.slack.unpin(message.channel, post.ts)
    except SlackRefused as refused:
        if refused.is_of_the_token:
            raise
        log.info("the old board of %s stays as it is: %s", message.channel, refused)
    await means.door.write(posts.gone, message.key, means.clock())


async def pay_finish(means: Means, key: str) -> None:
    """Post a finish, or edit its post as its steps complete. `key`: channel/change."""
    channel, change = key.split("/")
    ledger = await means.door.call(finishes.read, channel, int(change))
    blocks = finish_post.post(ledger, means.clock())
    await stand(
        means, Message(f"finish:{key}", "finish", channel, finish_post.spoken(ledger), blocks, ledger.item.number)
    )


async def pay_seal(means: Means, key: str) -> None:
    """Take Undo off the post of a finish. `key`: channel/change.

    A bot or a Slack that was away for longer than Undo lasts leaves both due at once: two that post it would post it
    twice, so this one waits for the other.
    """
    if await means.door.query(outbox.is_owed, Owed.FINISH, key):
        raise Waiting("the post of the finish is owed itself")
    await pay_finish(means, key)


async def pay_check(means: Means, key: str) -> None:
    """Ask production after a finish, and write the answer into it. `key`: channel/change."""
    channel, change = key.split("/")
    run = await means.run_facts(means.listed.of(channel))
    await means.door.change(runs.checked_after_finish, channel, int(change), run)


async def pay_baseline(means: Means, key: str) -> None:
    """Ask production at an item's start, so that its finish can be compared. `key`: channel/item."""
    channel, number = key.split("/")
    facts = means.listed.of(channel)
    if facts:
        run = await means.run_facts(facts)
        await means.door.change(runs.checked_at_start, channel, int(number), run)


async def pay_home(means: Means, key: str) -> None:
    """Publish somebody's Home as it is now, with the boards of the channels that they are in now. `key`: user."""
    try:
        profile = await means.directory.profile(key)
        channels = await means.directory.channels(key)
        their_home = await means.door.call(home.read, key, channels, means.clock())
        await means.slack.publish(key, app_home.page(their_home, profile))
    except SlackRefused as refused:
        if refused.code not in LEFT:
            raise
        await means.door.change(home.closed, key)


async def pay_homes(means: Means, key: str) -> None:
    """Owe their Home to everybody in a channel who may have it open. `key`: channel."""
    if await means.door.call(home.is_any_open, means.clock()):
        people = await means.directory.members(key)
        await means.door.change(home.owed, people, means.clock())


async def pay_intro(means: Means, key: str) -> None:
    """Introduce the bot; where it keeps no boards, it says nothing. `key`: channel."""
    room = await means.directory.room(key)
    if room.is_shared or room.is_archived or not room.is_joined:
        return
    board = await means.door.call(look.whole, key)
    blocks = introduction.introduction(is_empty=not board.items)
    await stand(means, Message(intro_key(key), "intro", key, introduction.SPOKEN, blocks))


async def pay_trail(means: Means, key: str) -> None:
    """Tell a change in the thread of the board message. `key`: channel/change."""
    channel, change = key.split("/")
    async with means.turns[channel]:
        await _tell(means, channel, int(change))


async def _tell(means: Means, channel: str, change: int) -> None:
    happened = await means.door.call(history.events_of, channel, change)
    board = await means.door.query(posts.find, board_key(channel))
    if not happened:
        return  # the board was forgotten
    if board is None or board.ts is None:
        raise NotYet(f"the board message of {channel} is not posted yet")
    text, blocks = trail.spoken(happened), trail.line(happened)
    key = f"trail:{channel}/{change}"
    message = Message(key, "trail", channel, text, blocks, happened[0].number, board.ts)
    try:
        await stand(means, message)
    except SlackRefused as refused:
        if refused.code in GONE:
            raise NotYet(f"the board message of {channel} is gone") from refused
        raise
