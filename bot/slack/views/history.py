"""What happened, the gate's answers, and what was undone, for the person who asked."""

from collections.abc import Sequence

from bot.core.gate import Question
from bot.core.history import Event, sentence
from bot.services.history import Log
from bot.services.look import Gate
from bot.slack.views.blocks import Block, actions, button, esc, paragraphs, said, section, since
from bot.slack.views.item import named

BRIEF = 200  # characters of what somebody wrote; the item's own log has all of it


def log(found: Log) -> list[Block]:
    """Show a page of what happened, newest first; that of one item has people's words whole."""
    title = f"*What happened to #{found.number}*" if found.number else "*What happened*"
    words = esc if found.number else brief
    lines = [f"{sentence(event, words)} · {since(event.at)}" for event in found.events] or ["Nothing yet."]
    blocks = paragraphs([title, *lines])
    of = f"{found.number} " if found.number else ""
    pages = [("Newer", found.page - 1), ("Older", found.older)]
    turns = [button(label, "log", f"{of}page {page}") for label, page in pages if page]
    return blocks + ([actions(turns)] if turns else [])


def brief(text: str) -> str:
    """People's words where many stand together: enough to know what is meant."""
    return said(text, BRIEF)


def spoken(found: Log) -> str:
    """The page in plain text."""
    return "\n".join(sentence(event) for event in found.events) or "Nothing happened yet."


def undone(events: Sequence[Event]) -> list[Block]:
    """Say what was undone."""
    return paragraphs(["*Undone*", *(sentence(event, esc) for event in events)])


def warnings(found: Gate) -> list[str]:
    """What the gate holds against an item that was just added: finished work it resembles, criteria that don't fit.

    That WIP is taken, or production red, is of the moment of its start.
    """
    about = {Question.CLOSED} | ({Question.DOD} if found.item.dod else set())
    asked = [answer for answer in found.answers if answer.question in about and not answer.fine]
    told = [f"🟡 *{answer.question}*  {answer.say(esc)}" for answer in asked]
    return ["The gate will ask this before it starts:", *told] if told else []


def gate(found: Gate) -> list[Block]:
    """Show the four answers about an item."""
    marks = ["🟢" if answer.fine else "🔴" if answer.blocks else "🟡" for answer in found.answers]
    told = [f"{mark} *{answer.question}*  {answer.say(esc)}" for mark, answer in zip(marks, found.answers, strict=True)]
    can_start = not any(answer.blocks for answer in found.answers)
    start = [actions([button(f"Start #{found.item.number}", "start", str(found.item.number))])] if can_start else []
    return [section(f"*The gate for {named(found.item)}*"), *paragraphs(told), *start]
