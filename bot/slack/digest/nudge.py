"""Asking for a status note in a direct message, and how to be left in peace."""

from bot.core.digest.nudging import Quiet
from bot.errors import BadInput, Offer
from bot.services.digest import nudges
from bot.services.digest.nudges import Answer, Nudge
from bot.slack.command import Desk, Nothing, Reply, Say
from bot.slack.layout.blocks import Block, actions, belonging, button, offered
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import Line, bold, channel, line, lines, moment, say, short, since, when
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
            return _confirmed(request, line(quiet(Quiet(until)), " ", say(AGAIN)), ON)
        case "stop" | "off":
            await desk.door.change(nudges.stop, request.ask, request.who)
            return _confirmed(request, line(quiet(Quiet(None)), " ", say(AGAIN)), ON)
        case "on":
            await desk.door.change(nudges.resume, request.ask, request.who)
            return _confirmed(request, line(ASKED))
        case other:
            what = "{words} is nothing that nudge knows. " if other else ""
            raise BadInput(f"{what}Write `/board nudge snooze | stop | on`.", offers=WAYS, words=other)


def _confirmed(request: Request, text: Line, *ways: Offer) -> Reply:
    """Say what holds now; the question that was clicked on says so itself."""
    return Nothing() if request.elsewhere else Say(text.plain, [*lines(text), *offered(ways)])


def request_note(board: str, nudge: Nudge) -> list[Block]:
    """Ask where the item stands; the buttons belong to the board of the channel."""
    note = nudge.item.status
    last = line(" The last note is from ", since(note.at), ".") if note and note.at else " It has no note yet."
    text = say(
        "*{item}* is yours, and the digest of {board} comes at {time}. Where does it stand?",
        item=named(nudge.item),
        board=channel(board),
        time=moment(nudge.due, "{time}"),
    )
    buttons = [
        button("Update status", "status", f"#{nudge.item.number}", style="primary"),
        button("Snooze for a week", "nudge", "snooze"),
        button("Stop asking me", "nudge", "stop"),
    ]
    return belonging([*lines(text + last), actions(buttons)], board)


def spoken(nudge: Nudge) -> str:
    """Return the question in a sentence."""
    return f"Where does #{nudge.item.number} {nudge.item.title} stand? The digest comes in half an hour."


def answered(board: str, answer: Answer) -> list[Block]:
    """Show what became of the question: the note, or that it is not asked for any more."""
    rows: list[Line] = []
    if answer.item and answer.note:
        rows += [line("Noted on ", bold(named(answer.item)), f": › {short(answer.note.text, 1000)}")]
    rows += [quiet(answer.quiet)] if answer.quiet else []
    blocks = lines(*(rows or [line(ASKED)]))
    buttons = [button("Ask me again", "nudge", "on")] if answer.quiet else []
    buttons += [button("Update status", "status", f"#{answer.item.number}")] if answer.item and not answer.note else []
    return belonging([*blocks, actions(buttons)] if buttons else blocks, board)


def spoken_answer(answer: Answer) -> str:
    """Return what became of the question, in a sentence."""
    if answer.item and answer.note:
        return f"Noted on #{answer.item.number} {answer.item.title}: {answer.note.text}"
    return "You are not asked for status notes." if answer.quiet else ASKED


def quiet(pause: Quiet) -> Line:
    """Say how long somebody is left in peace."""
    until = line("until ", when(pause.until)) if pause.until else "any more"
    return line("I won't ask you for status notes ", until, ".")
