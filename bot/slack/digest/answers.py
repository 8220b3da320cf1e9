"""The standup in a digest: one line a person, who has not answered and who is away, and what is still in the way."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.digest.checkin import Checkin, Obstacle
from bot.core.digest.standup import Member, Standup
from bot.core.times import age
from bot.slack.layout.blocks import Block, button, chooser, clip
from bot.slack.layout.richtext import Line, bold, joined, line, lines, say, short, small

LINE = 100  # characters of somebody's line: fifty of them and the board are one message still; the thread has all of it
REASON = 120  # characters of what is still in the way
SHOWN = 5  # things that are still in the way; the command has all of them
NAME = 60
NAMED = 20  # people by name who have not answered, or are away
LABEL = 30  # characters of what is in the way on a button


def of_standup(standup: Standup) -> list[Block]:
    """Show who answered what, and who has not; nothing where nobody belongs to it, and nobody answered."""
    if not standup.total:
        return []
    head = bold("Standup") + f"  {how_many(standup)}"
    rows = [of_person(answer) for answer in standup.answers]
    return [*lines(head, *rows), *small(*_missing(standup))]


def how_many(standup: Standup) -> str:
    """Return how many have answered: `4 of 6 answered`; where nobody knows who belongs to it, only of whom it heard."""
    count = len(standup.answers)
    return f"{count} of {standup.total} answered" if standup.members else f"{count} answered"


def of_person(answer: Checkin) -> Line:
    """Return an answer as one line: `Alice: ⛔ Staging is down · next: #14`."""
    return line(bold(short(answer.who.name, NAME)), ": ", short(_said(answer), LINE))


def is_long(answer: Checkin) -> bool:
    """Return whether an answer says more than its line shows, so that the thread is to have all of it."""
    return len(_said(answer)) > LINE or "\n" in _said(answer)


def _said(answer: Checkin) -> str:
    return " · ".join(_parts(answer))


def _parts(answer: Checkin) -> list[str]:
    parts = [f"⛔ {answer.blockers}"] if answer.blockers and not answer.gone else []
    parts += [f"⛔ {answer.blockers} (gone)"] if answer.blockers and answer.gone else []
    parts += [f"did: {answer.did}"] if answer.did else []
    parts += [f"next: {answer.next}"] if answer.next else []
    return parts + ([answer.words] if answer.words else [])


def _missing(standup: Standup) -> list[str]:
    silent = [short(person.name, NAME) for person in standup.silent]
    away = [short(member.person.name, NAME) + _why(member) for member in standup.away]
    return [f"{what}: {listed(names)}" for what, names in (("Not yet", silent), ("Away", away)) if names]


def _why(member: Member) -> str:
    return "" if member.away == "away" else f" ({short(member.away, NAME)})"


def listed(names: Sequence[str]) -> str:
    """Return names in a row, and how many more there are."""
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return ", ".join([*names[:NAMED], *more])


def in_the_way(standup: Standup, now: datetime, most: int = SHOWN) -> list[Line]:
    """Return what was said to be in the way for an earlier digest and is not gone, a line each, the oldest first."""
    rows = [_obstacle(obstacle, now) for obstacle in standup.obstacles]
    more = say("⛔ And {count} more: `/board standup` shows them.", count=str(len(rows) - most))
    return [*rows[:most], *([more] if len(rows) > most else [])]


def _obstacle(obstacle: Obstacle, now: datetime) -> Line:
    waits = [f"#{obstacle.number} waits"] if obstacle.number else []
    about = joined(" · ", [short(obstacle.text, REASON), age(obstacle.since, now), *waits])
    return line("⛔ Still in the way of ", bold(short(obstacle.who.name, NAME)), ": ", about)


def gone_buttons(standup: Standup) -> list[Block]:
    """Return the way to say that something is gone: a button for one thing, a list to choose from for several."""
    choices = [(_label(obstacle), f"gone {obstacle.who.id}") for obstacle in standup.obstacles]
    if len(choices) > 1:
        return [chooser("What is gone?", *((label, f"standup {value}") for label, value in choices[:100]))]
    return [button(f"Gone: {label}", "standup", value) for label, value in choices]


def _label(obstacle: Obstacle) -> str:
    return f"{clip(obstacle.who.name, LABEL)}: {short(obstacle.text, LABEL)}"


def spoken(standup: Standup) -> list[str]:
    """Say the answers, who has not answered, and who is away, in sentences."""
    if not standup.total:
        return []
    sentences = [f"{how_many(standup)[0].upper()}{how_many(standup)[1:]}"]
    sentences += [spoken_answer(answer) for answer in standup.answers]
    sentences += [f"Not yet: {listed([person.name for person in standup.silent])}"] if standup.silent else []
    away = [member.person.name + _why(member) for member in standup.away]
    return sentences + ([f"Away: {listed(away)}"] if away else [])


def spoken_answer(answer: Checkin) -> str:
    """Return what somebody answered, in a sentence."""
    in_the_way = "was in the way, and is gone" if answer.gone else "in the way"
    parts = ((in_the_way, answer.blockers), ("did", answer.did), ("next", answer.next), ("", answer.words))
    told = ((what, " ".join(words.split())) for what, words in parts if words)
    return f"{answer.who.name}, " + "; ".join(f"{what}: {words}" if what else words for what, words in told)


def spoken_obstacles(standup: Standup, now: datetime) -> list[str]:
    """Say what is still in the way, in sentences."""
    return [_spoken_obstacle(obstacle, now) for obstacle in standup.obstacles]


def _spoken_obstacle(obstacle: Obstacle, now: datetime) -> str:
    text = " ".join(obstacle.text.split())
    waits = f", and #{obstacle.number} waits" if obstacle.number else ""
    return f"Still in the way of {obstacle.who.name} after {age(obstacle.since, now)}: {text}{waits}"
