"""What an examination found, in sentences: the same ones in a terminal and in Slack."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.times import say_span
from bot.services.digest.outlook import Missed, Outlook
from bot.services.ops.doctor import Condition, FileState
from bot.store.outbox import Lost, Owed

WELL, NOTE, WRONG, UNKNOWN = "🟢", "🟡", "🔴", "⚪"
MEGABYTE = 1024 * 1024
# What is owed, by the names that people know it by; of no other kind is a board's own.
NAMES = {
    Owed.BOARD: "the board message",
    Owed.PIN: "the pin of the board message",
    Owed.FINISH: "the post of a finish",
    Owed.SEAL: "the post of a finish, without its Undo",
    Owed.CHECK: "prod facts after a finish",
    Owed.DIGEST: "a digest",
    Owed.NUDGE: "the question for a status note",
    Owed.CHECKIN: "an answer to a digest",
    Owed.ASK: "a question for an answer to a digest",
    Owed.EXPORT: "the board as a file",
    Owed.FACTS: "prod facts for somebody",
    Owed.BASELINE: "prod facts at a start",
    Owed.INCIDENT: "the message of an incident",
    Owed.ISSUE: "the GitHub issue of an incident",
    Owed.EXPIRY: "a warning about a certificate",
    Owed.STATE: "STATE.md",
    Owed.NEXT7D: "NEXT-7D.md",
    Owed.DRIFT: "the notice of a changed file",
    Owed.SHARE: "a shared copy of the board",
    Owed.TRAIL: "a line of the audit trail",
    Owed.INTRO: "the introduction",
    Owed.HOMES: "the Home of those in the channel",
    Owed.ANSWER: "the answer to a message",
    Owed.UNSHOWN: "word of what Slack refuses to show",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a place says things: a moment, a day, and words that are not our own."""

    when: Callable[[datetime], str]
    day: Callable[[date], str]
    esc: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, with its details beneath. A mere figure has no mark."""

    what: str
    text: str
    mark: str = ""
    beneath: tuple[str, ...] = ()


def of_debts(condition: Condition, given_up: str, named: Sequence[str]) -> list[Finding]:
    """Return what is owed and what was given up; how much may be said of the latter is the place's choice."""
    overdue = f", the oldest overdue by {say_span(condition.oldest)}" if condition.oldest else ""
    owed = f"{condition.owed}{overdue}" if condition.owed else "nothing"
    owed += f"; it waits until Slack takes the bot's token again ({condition.paused})" if condition.paused else ""
    return [
        Finding("owed", owed, WRONG if condition.is_stuck or condition.paused else WELL),
        Finding("given up", given_up or "nothing", WRONG if condition.given_up else WELL, tuple(named)),
    ]


def of_lost(lost: Lost, manner: Manner) -> str:
    """Say what was given up, and why."""
    return f"{NAMES.get(lost.kind, lost.kind)}: {manner.esc(lost.error)}"


def of_database(fault: str) -> list[Finding]:
    """Return what is wrong with the database; nothing, if nothing is."""
    return [Finding("database", fault, WRONG)] if fault else []


def of_facts_file(fault: str | None, manner: Manner) -> Finding:
    """Say whether the file of facts can be read."""
    if fault is None:
        return Finding("facts file", "none; FACTS_FILE names one", UNKNOWN)
    return Finding("facts file", manner.esc(fault) or "in order", WRONG if fault else WELL)


def of_figures(condition: Condition, manner: Manner) -> list[Finding]:
    """Say when the bot last did what it is for, and what becomes of its database."""
    backup = _moment(condition.last_backup, manner) if condition.is_sqlite else "not known here; pg_dump makes it"
    return [
        Finding("last digest", _moment(condition.last_digest, manner)),
        Finding("last run of prod facts", _moment(condition.last_run, manner)),
        Finding("database", f"{condition.size / MEGABYTE:.1f} MB"),
        Finding("last backup", backup),
    ]


def of_digest(outlook: Outlook, manner: Manner, what: str = "digest") -> Finding:
    """Say of a board's digest: the next, the last, and why days of the past week had none."""
    following = manner.when(outlook.due) if outlook.due else "none, it is off"
    last = manner.day(outlook.last.day) if outlook.last else "none yet"
    return Finding(what, f"next {following}; last {last}", beneath=tuple(_none(day, manner) for day in outlook.missed))


def _none(missed: Missed, manner: Manner) -> str:
    day = manner.day(missed.day)
    why = "no workday" if missed.why in day else manner.esc(missed.why)  # a date that names its weekday has said it
    return f"none on {day}: {why}"


def of_file(file: FileState, manner: Manner, where: str = "") -> Finding:
    """Say how a file of the board is, and what to do about it."""
    what = manner.esc(file.name) + where
    if file.refusal:
        return Finding(what, f"can't be written: {manner.esc(file.refusal)}", WRONG)
    if file.is_changed:
        return Finding(
            what, "changed by hand, so nothing is overwritten: `/board take` takes it, `/board keep` doesn't", NOTE
        )
    if file.error:
        trouble = f"can't be written: {manner.esc(file.error)}"
        if file.is_given_up:
            return Finding(what, f"{trouble}; it is tried again when the board changes", WRONG)
        return Finding(what, f"{trouble}; it is tried again", NOTE)
    if not file.is_written:
        return Finding(what, "not written yet", UNKNOWN)
    if not file.is_current:
        return Finding(what, "not as the board is yet: it is written when the board has been still for a moment", NOTE)
    return Finding(what, "as the board is", WELL)


def _moment(at: datetime | None, manner: Manner) -> str:
    return manner.when(at) if at else "none yet"
