"""The week as part of a digest: three lines and a chart."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.board.model import Item
from bot.core.digest.week import Day, Gap, Uptime, Week
from bot.core.times import say_date
from bot.slack.board.item import age, named
from bot.slack.layout.blocks import Block, counted, said, section

SHOWN = 4  # finished items by name
TITLE = 60


def week(found: Week, zone: tzinfo) -> list[Block]:
    """Show a week. The chart is the one part that a screen reader may not see, and its figures stand in the words."""
    shown = [section("\n".join([_finished(found, zone), *_counts(found), *_waiting(found, zone)]))]
    is_flat = not any(day.finished or day.ticked for day in found.days)
    return shown if is_flat else [*shown, _chart(found.days)]


def spoken(found: Week) -> list[str]:
    """A week in sentences."""
    sentences = [f"The week: {counted(len(found.finished), 'item')} finished"]
    sentences[0] += f", {counted(len(found.reopened), 'item')} reopened" if found.reopened else ""
    sentences += [f"Prod facts were green in {found.uptime.percent:g} percent of the looks"] if found.uptime else []
    return sentences


def took(item: Item) -> list[str]:
    """How long an item took from its start to its end; nothing when nobody knows."""
    if item.started is None or item.finished is None:
        return []
    return [age(item.started, item.finished)]


def _finished(found: Week, zone: tzinfo) -> str:
    head = f"*The week*  since {say_date(found.since.astimezone(zone).date())}: "
    if not found.finished:
        return head + "nothing was finished"
    items = [" ".join([named(item, TITLE), *(f"({text})" for text in took(item))]) for item in found.finished]
    more = [f"and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    return f"{head}{len(items)} finished · " + " · ".join([*items[:SHOWN], *more])


def _counts(found: Week) -> list[str]:
    parts = [f"reopened {', '.join(f'#{number}' for number in found.reopened[:SHOWN])}"] if found.reopened else []
    parts += [f"{counted(found.waived, 'criterion', 'criteria')} waived"] if found.waived else []
    parts += [_uptime(found.uptime)] if found.uptime else []
    return _line(parts)


def _uptime(found: Uptime) -> str:
    told = f"prod facts green in {found.percent:g} % of {counted(found.known, 'look')}"
    if not found.lowest or found.percent == 100:
        return told
    return f"{told}, {said(found.lowest, 60)} {found.lowest_percent:g} %"


def _waiting(found: Week, zone: tzinfo) -> list[str]:
    parts = []
    item = found.oldest_blocked
    if item and item.blocked:
        parts += [f"longest blocked {named(item, TITLE)}"]
    parts += [_gap(found.idle, zone)] if found.idle else []
    return _line(parts)


def _line(parts: Sequence[str]) -> list[str]:
    line = " · ".join(parts)
    return [line[0].upper() + line[1:]] if line else []


def _gap(gap: Gap, zone: tzinfo) -> str:
    first, last = _weekday(gap.since, zone), _weekday(gap.until, zone)
    return f"longest idle {_days(gap.took)}, {first} to {last}"


def _weekday(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%a}"


def _days(time: timedelta) -> str:
    hours = time.seconds // 3600
    return counted(time.days, "day") + (f" {hours} h" if hours else "")


def _chart(days: Sequence[Day]) -> Block:
    labels = [f"{day.on:%a} {day.on.day}" for day in days]
    series = {"Items finished": [day.finished for day in days], "Criteria ticked": [day.ticked for day in days]}
    return {
        "type": "data_visualization",
        "title": "The week, day by day",
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": name,
                    "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": labels},
        },
    }
