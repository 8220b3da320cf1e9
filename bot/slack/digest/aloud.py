"""The morning digest in sentences, for a notification or to be read aloud."""

from datetime import timedelta

from bot.core.board.measure import counts, how_far
from bot.core.board.model import Item
from bot.core.digest.schedule import say_working_time
from bot.core.digest.summary import STALE_AFTER, Digest, Held, Progress
from bot.core.production.readings import Health, Run
from bot.core.times import say_date
from bot.slack.digest import answers
from bot.slack.digest import week as weeks
from bot.slack.digest.message import CHANGES, SHOWN, since, still_since


def spoken(summary: Digest) -> str:
    """Say a digest: no marks, no bars, no emoji."""
    return " ".join(sentences(summary))


def sentences(summary: Digest) -> list[str]:
    """Say a digest, sentence by sentence."""
    parts = [say_date(summary.day) + (f", late by {_minutes(summary.late_by)}" if summary.late_by else "")]
    parts += answers.spoken_obstacles(summary.standup, summary.now)
    parts += [_still(summary)] if summary.unchanged else []
    parts += _spoken_in_progress(summary)
    parts += [_news(summary)] if summary.since and not summary.unchanged else []
    if not summary.unchanged or not summary.progress:
        parts += [_spoken_next(summary.board.next)]
    if summary.held and not summary.unchanged:
        parts += [_spoken_blocked(summary.held)]
    parts += [_spoken_production(summary.run)] if summary.has_facts else []
    parts += answers.spoken(summary.standup)
    parts += weeks.spoken(summary.week) if summary.week else []
    return [sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in parts]


def _still(summary: Digest) -> str:
    only = summary.progress[0].item if len(summary.progress) == 1 else None
    return f"Nothing moved {f'on #{only.number} ' if only else ''}since {still_since(summary)}"


def _news(summary: Digest) -> str:
    news = [f"#{item.number} {item.title} is done" for item in summary.done[:SHOWN]]
    news += [change.words for change in summary.beside_done[: CHANGES - len(news)]]
    more = len(summary.done) + len(summary.beside_done) - len(news)
    if not news:
        return f"Nothing moved since {since(summary)}"
    return f"Since {since(summary)}: " + "; ".join(news) + (f"; and {more} more" if more > 0 else "")


def _spoken_in_progress(summary: Digest) -> list[str]:
    spoken = [sentence for each in summary.progress for sentence in _one_in_progress(each, summary)]
    return spoken or ["Nothing is in progress"]


def _one_in_progress(each: Progress, summary: Digest) -> list[str]:
    item = each.item
    day = item.day(summary.now, summary.board.zone)
    parts = [f"In progress: #{item.number} {item.title}", *([item.owner.name] if item.owner else []), f"day {day}"]
    parts += _spoken_dod(item)
    parts += [f"nothing moved for {say_working_time(STALE_AFTER)}"] if each.is_stale and not summary.unchanged else []
    sentences = [", ".join(parts)]
    sentences += [f"It is blocked: {item.blocked.reason}"] if item.flagged and item.blocked else []
    return sentences + ([f"Status: {' '.join(item.status.text.split())}"] if item.status else [])


def _spoken_dod(wip: Item) -> list[str]:
    if not wip.dod:
        return ["no Definition of Done yet"]
    return [f"criteria: {', '.join(counts(wip))}" if wip.waived else f"{how_far(wip)} criteria met"]


def _spoken_next(items: tuple[Item, ...]) -> str:
    if not items:
        return "Nothing is queued"
    names = (
        f"#{item.number} {item.title}" + ("" if item.dod else ", which has no Definition of Done") for item in items
    )
    return f"Next: {'; '.join(names)}"


def _spoken_blocked(held: tuple[Held, ...]) -> str:
    names = ", ".join(f"#{parked.item.number} {parked.item.title}" for parked in held[:SHOWN])
    return f"Blocked: {names}" + (f", and {len(held) - SHOWN} more" if len(held) > SHOWN else "")


def _spoken_production(run: Run | None) -> str:
    if run is None or not run.readings:
        return "Production was not checked yet"
    wrong = [reading.name for reading in run.counted if reading.health is not Health.GREEN]
    not_green = f"; not {wrong[0]}" + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else "") if wrong else ""
    return f"Production: {run.green} of {len(run.counted)} prod facts are green{not_green}"


def _minutes(late: timedelta) -> str:
    minutes = int(late.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 60 else f"{minutes // 60} hours {minutes % 60} minutes"
