"""Asking for a status note in a direct message, and how to be left in peace."""

from bot.core.digest.nudging import Quiet
from bot.errors import BadInput, Offer
from bot.services.digest import nudges
from bot.services.digest.nudges import Answer, Nudge
from bot.slack.board.item import named
from bot.slack.command import Desk, Nothing, Reply, Say
from bot.slack.layout import words
from bot.slack.layout.blocks import (
    Block,
    actions,
    belonging,
    button,
    moment,
    offered,
    said,
    section,
    since,
    spelt,
    when,
)
from bot.slack.request import Request

ASKED = "I ask you for a status note half an hour before the digest, when the last one is old."
AGAIN = "`/board nudge on` asks you again."
ON = Offer("nudge", "on", "Ask me again")
WAYS = (Offer("nudge", "snooze", "Snooze for a week"), Offer("nudge", "stop", "Stop asking me"), ON)


async def nudge(desk: Desk, request: Request) -> Reply:
    """Take `nudge snooze`, `nudge stop`, `nudge on`: about the person alone, on every board. Raises BadInput."""
    match request.words.strip().lower():
        case "snooze":
            until = await desk.door.change(nudges.snooze, request.ask, request.who)
            return _confirmed(request, f"{quiet(Quiet(until))} {AGAIN}", ON)
        case "stop" | "off":
            await desk.door.change(nudges.stop, request.ask, request.who)
            return _confirmed(request, f"{quiet(Quiet(None))} {AGAIN}", ON)
        case "on":
            await desk.door.change(nudges.resume, request.ask, request.who)
            return _confirmed(request, ASKED)
        case other:
            what = "{words} is nothing that nudge knows. " if other else ""
            raise BadInput(f"{what}Write `/board nudge snooze | stop | on`.", offers=WAYS, words=other)


def _confirmed(request: Request, text: str, *ways: Offer) -> Reply:
    """Say what holds now; the question that was clicked on says so itself."""
    return Nothing() if request.elsewhere else Say(spelt(text), [*words.line(text), *offered(ways)])


def request_note(channel: str, nudge: Nudge) -> list[Block]:
    """Ask where the item stands; the buttons belong to the board of the channel."""
    note = nudge.item.status
    last = f" The last note is from {since(note.at)}." if note and note.at else " It has no note yet."
    comes = moment(nudge.due, "{time}", f"{nudge.due:%H:%M} UTC")
    text = f"*{named(nudge.item)}* is yours, and the digest of <#{channel}> comes at {comes}. Where does it stand?"
    buttons = [
        button("Update status", "status", f"#{nudge.item.number}", style="primary"),
        button("Snooze for a week", "nudge", "snooze"),
        button("Stop asking me", "nudge", "stop"),
    ]
    return belonging([section(text + last), actions(buttons)], channel)


def spoken(nudge: Nudge) -> str:
    """Return the question in a sentence."""
    return f"Where does #{nudge.item.number} {nudge.item.title} stand? The digest comes in half an hour."


def answered(channel: str, answer: Answer) -> list[Block]:
    """Show what became of the question: the note, or that it is not asked for any more."""
    lines = (
        [f"Noted on *{named(answer.item)}*: › {said(answer.note.text, 1000)}"] if answer.item and answer.note else []
    )
    lines += [quiet(answer.quiet)] if answer.quiet else []
    blocks = [section("\n".join(lines or [ASKED]))]
    buttons = [button("Ask me again", "nudge", "on")] if answer.quiet else []
    buttons += [button("Update status", "status", f"#{answer.item.number}")] if answer.item and not answer.note else []
    return belonging([*blocks, actions(buttons)] if buttons else blocks, channel)


def spoken_answer(answer: Answer) -> str:
    """Return what became of the question, in a sentence."""
    if answer.item and answer.note:
        return f"Noted on #{answer.item.number} {answer.item.title}: {answer.note.text}"
    return "You are not asked for status notes." if answer.quiet else ASKED


def quiet(pause: Quiet) -> str:
    """Say how long somebody is left in peace."""
    return f"I won't ask you for status notes {f'until {when(pause.until)}' if pause.until else 'any more'}."
