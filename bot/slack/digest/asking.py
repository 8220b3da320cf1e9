"""Asking for an answer to the digest in somebody's morning, in a direct message, and what becomes of the question."""

from bot.services.digest.standups import Question, Waiting
from bot.slack.layout.blocks import Block, actions, belonging, button, counted
from bot.slack.layout.richtext import Words, channel, line, lines

DONE = "You have answered. Your answer is in the digest."
STOPPED = "I won't ask you for your answer in the morning any more. `/board standup ask` asks you again."
SHOWN = 10  # boards of one person


def ask(question: Question) -> list[Block]:
    """Ask for the answers that are missing: each board has its own button."""
    blocks: list[Block] = []
    for waiting in question.waiting[:SHOWN]:
        row = lines(_of(waiting))
        buttons = [button("Add yours", "checkin", style="primary"), button("Don't ask me", "standup", "ask off")]
        blocks += belonging([*row, actions(buttons)], waiting.channel, after=len(blocks))
    return blocks


def _of(waiting: Waiting) -> Words:
    return line("The standup of ", channel(waiting.channel), " waits for you: ", _counted(waiting), ".")


def _counted(waiting: Waiting) -> str:
    return f"{waiting.answered} of {counted(waiting.total, 'person', 'people')} answered"


def spoken(question: Question) -> str:
    """Return the question in a sentence."""
    boards = counted(len(question.waiting), "standup")
    return (
        f"{boards} {'waits' if len(question.waiting) == 1 else 'wait'} for your answer: did, next, what is in the way."
    )


def answered(question: Question) -> list[Block]:
    """Show what became of a question: what still waits, that it was answered, or that it is not asked any more."""
    if question.waiting and question.wish.ask_at is not None:
        return ask(question)
    return lines(spoken_answer(question).replace("`", ""))


def spoken_answer(question: Question) -> str:
    """Return what became of a question, in a sentence."""
    if not question.waiting:
        return DONE
    return spoken(question) if question.wish.ask_at is not None else STOPPED.replace("`", "")
