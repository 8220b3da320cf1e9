"""The morning digest in sentences, for a notification or to be read aloud."""

from datetime import timedelta

from bot.core.board.model import Item
from bot.core.board.ways import how_far
from bot.core.digest.summary import Digest, Held
from bot.core.production.readings import Health, Run
from bot.core.times import say_date
from bot.slack.digest import week as weeks
from bot.slack.digest.message import CHANGES, SHOWN, since


def spoken(found: Digest) -> str:
    """Say a digest: no marks, no bars, no emoji."""
    return " ".join(sentences(found))


def sentences(found: Digest) -> list[str]:
    """Say a digest, sentence by sentence."""
    told = [say_date(found.day) + (f", late by {_minutes(found.late_by)}" if found.late_by else "")]
    told += [_news(found)] if found.since else []
    told += _spoken_wip(found)
    if not found.unchanged or found.board.wip is None:
        told += [_spoken_next(found.board.next)]
    if found.held and not found.unchanged:
        told += [_spoken_blocked(found.held)]
    told += [_spoken_production(found.run)] if found.has_facts else []
    told += weeks.spoken(found.week) if found.week else []
    return [sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in told]


def _news(found: Digest) -> str:
    news = [f"#{item.number} {item.title} is done" for item in found.done[:SHOWN]]
    news += found.beside_done[: CHANGES - len(news)]
    more = len(found.done) + len(found.beside_done) - len(news)
    if not news:
        return f"Nothing moved since {since(found)}"
    return f"Since {since(found)}: " + ", ".join(news) + (f", and {more} more" if more > 0 else "")


def _spoken_wip(found: Digest) -> list[str]:
    wip = found.board.wip
    if wip is None:
        return ["Nothing is in progress"]
    day = wip.day(found.now, found.board.zone)
    parts = [f"In progress: #{wip.number} {wip.title}", *([wip.owner.name] if wip.owner else []), f"day {day}"]
    parts += [f"{how_far(wip)} criteria met" if wip.dod else "no Definition of Done yet"]
    sentences = [", ".join(parts)]
    sentences += [f"It is blocked: {wip.blocked.reason}"] if wip.flagged and wip.blocked else []
    return sentences + ([f"Status: {' '.join(wip.status.text.split())}"] if wip.status else [])


def _spoken_next(items: tuple[Item, ...]) -> str:
    if not items:
        return "Nothing is queued"
    told = (
        f"#{item.number} {item.title}" + ("" if item.dod else ", which has no Definition of Done") for item in items
    )
    return f"Next: {'; '.join(told)}"


def _spoken_blocked(held: tuple[Held, ...]) -> str:
    told = ", ".join(f"#{one.item.number} {one.item.title}" for one in held[:SHOWN])
    return f"Blocked: {told}" + (f", and {len(held) - SHOWN} more" if len(held) > SHOWN else "")


def _spoken_production(run: Run | None) -> str:
    if run is None or not run.readings:
        return "Production was not checked yet"
    wrong = [reading.name for reading in run.counted if reading.health is not Health.GREEN]
    told = f"; not {wrong[0]}" + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else "") if wrong else ""
    return f"Production: {run.green} of {len(run.counted)} prod facts are green{told}"


def _minutes(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 60 else f"{minutes // 60} hours {minutes % 60} minutes"
