"""What happened to a board, the gate's answers, and taking the last change back."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.board.gate import Answer, Question
from bot.core.board.history import Event, sentence
from bot.core.board.ways import offer
from bot.errors import BadInput, Offer
from bot.services.board import history, look
from bot.services.board.history import Log
from bot.services.board.look import Gate
from bot.slack.asked.which import which
from bot.slack.command import Desk, Reply, Say
from bot.slack.layout.blocks import Block, actions, button, offered
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import Line, Words, bold, line, lines, short, since, told
from bot.slack.request import Request

PAGE = re.compile(r"(?:^|\s)page ([0-9]{1,6})$", re.IGNORECASE)

BRIEF = 200  # characters of what somebody wrote; the item's own log has all of it


async def log(desk: Desk, request: Request) -> Reply:
    """Show what happened, newest first: `log`, `log 12`; the button behind a page asks for the next one."""
    paged = PAGE.search(request.words)
    of = request.words[: paged.start()] if paged else request.words
    number = await which(desk, replace(request, words=of))
    page = await desk.door.call(history.log, request.channel, number, int(paged[1]) if paged else 1)
    return Say(spoken(page), log_page(page))


async def undo(desk: Desk, request: Request) -> Reply:
    """Take the last change back; a button names the change that it means. Raises BadInput."""
    if request.words and not request.words.isdecimal():
        raise BadInput("`/board undo` takes back the last change of this board, within ten minutes.")
    undone = await desk.door.change(history.undo, request.ask, int(request.words) if request.words else None)
    return Say("Undone.", taken_back(undone))


async def gate(desk: Desk, request: Request) -> Reply:
    """Ask the four questions about an item; without one, about the first of NEXT."""
    result = await desk.door.call(look.ask_gate, request.ask, await which(desk, request))
    return Say(f"The gate for #{result.item.number}", [*gate_answers(result), *offered(_ways(result))])


def _ways(gate: Gate) -> list[Offer]:
    """Return what may be done about the answers that are not fine."""
    wrong = {answer.question for answer in gate.answers if not answer.fine}
    ways = [offer("dod", gate.item)] if Question.DOD in wrong else []
    return [*ways, *([Offer("facts", "", "Show production")] if Question.PRODUCTION in wrong else [])]


def log_page(log: Log) -> list[Block]:
    """Show a page of what happened, newest first; that of one item has people's words whole."""
    title = f"What happened to #{log.number}" if log.number else "What happened"
    words = str if log.number else brief
    events: list[Words] = [line(sentence(event, words), " · ", since(event.at)) for event in log.events]
    blocks = lines(bold(title), *(events or ["Nothing yet."]))
    of = f"{log.number} " if log.number else ""
    pages = [("Newer", log.page - 1), ("Older", log.older)]
    turns = [button(label, "log", f"{of}page {page}") for label, page in pages if page]
    return blocks + ([actions(turns)] if turns else [])


def brief(text: str) -> str:
    """Return people's words where many stand together: enough to know what is meant."""
    return short(text, BRIEF)


def spoken(log: Log) -> str:
    """Return the page in plain text."""
    return "\n".join(sentence(event) for event in log.events) or "Nothing happened yet."


def taken_back(events: Sequence[Event]) -> list[Block]:
    """Say what was undone."""
    return lines(bold("Undone"), *map(sentence, events))


def warnings(gate: Gate) -> Sequence[Words]:
    """Return what the gate holds against an item just added: finished work it resembles, criteria that don't fit.

    That WIP is taken, or production red, is of the moment of its start.
    """
    about = {Question.CLOSED} | ({Question.DOD} if gate.item.dod else set())
    asked = [answer for answer in gate.answers if answer.question in about and not answer.fine]
    return ["The gate will ask this before it starts:", *(_answer("🟡", answer) for answer in asked)] if asked else []


def gate_answers(gate: Gate) -> list[Block]:
    """Show the four answers about an item."""
    marks = ["🟢" if answer.fine else "🔴" if answer.blocks else "🟡" for answer in gate.answers]
    answers = (_answer(mark, answer) for mark, answer in zip(marks, gate.answers, strict=True))
    can_start = not any(answer.blocks for answer in gate.answers)
    start = [actions([button(f"Start #{gate.item.number}", "start", str(gate.item.number))])] if can_start else []
    return [*lines(bold(f"The gate for {named(gate.item)}"), *answers), *start]


def _answer(mark: str, answer: Answer) -> Line:
    return line(f"{mark} ", bold(answer.question), "  ", told(answer.say))
