"""The week as part of a digest: three lines and a chart."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.core.board.measure import took
from bot.core.board.model import Item
from bot.core.digest.schedule import say_working_time
from bot.core.digest.week import Answers, Day, Gap, Uptime, Week
from bot.core.times import say_date
from bot.slack.layout.blocks import Block, counted
from bot.slack.layout.lines import named
from bot.slack.layout.richtext import Line, bold, line, lines, short

SHOWN = 4  # finished items by name
TITLE = 60


def week(summary: Week, zone: tzinfo) -> list[Block]:
    """Show a week. The chart is the one part that a screen reader may not see, and its figures stand in the words."""
    shown = lines(_finished(summary, zone), *_counts(summary), *_waiting(summary, zone))
    is_flat = not any(day.finished or day.ticked for day in summary.days)
    return shown if is_flat else [*shown, _chart(summary.days)]


def spoken(summary: Week) -> list[str]:
    """Return a week in sentences."""
    sentences = [f"The week: {counted(len(summary.finished), 'item')} finished"]
    sentences[0] += f", {counted(len(summary.reopened), 'item')} reopened" if summary.reopened else ""
    sentences += [_answers(summary.answers)] if summary.answers else []
    sentences += [f"Prod facts were green in {summary.uptime.percent:g} percent of the looks"] if summary.uptime else []
    return sentences


def _answers(answers: Answers) -> str:
    """Count answers and digests, and nobody's share of them: who answers more is not better."""
    return f"{counted(answers.count, 'answer')} to {counted(answers.digests, 'digest')}"


def _finished(summary: Week, zone: tzinfo) -> Line:
    head = line(bold("The week"), f"  since {say_date(summary.since.astimezone(zone).date())}: ")
    if not summary.finished:
        return head + "nothing was finished"
    items = [_with_time(item, zone) for item in summary.finished]
    more = [f"and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    return head + f"{len(items)} finished · " + " · ".join([*items[:SHOWN], *more])


def _with_time(item: Item, zone: tzinfo) -> str:
    span = took(item, zone)
    return named(item, TITLE) + (f" ({span})" if span else "")


def _counts(summary: Week) -> list[str]:
    parts = [f"reopened {', '.join(f'#{number}' for number in summary.reopened[:SHOWN])}"] if summary.reopened else []
    parts += [f"{counted(summary.waived, 'criterion', 'criteria')} waived"] if summary.waived else []
    parts += [_answers(summary.answers)] if summary.answers else []
    parts += [_uptime(summary.uptime)] if summary.uptime else []
    return _line(parts)


def _uptime(uptime: Uptime) -> str:
    text = f"prod facts green in {uptime.percent:g} % of {counted(uptime.known, 'look')}"
    if not uptime.lowest or uptime.percent == 100:
        return text
    return f"{text}, {short(uptime.lowest, 60)} {uptime.lowest_percent:g} %"


def _waiting(summary: Week, zone: tzinfo) -> list[str]:
    parts = []
    item = summary.oldest_blocked
    if item and item.blocked:
        parts += [f"longest blocked {named(item, TITLE)}"]
    parts += [_gap(summary.idle, zone)] if summary.idle else []
    return _line(parts)


def _line(parts: Sequence[str]) -> list[str]:
    line = " · ".join(parts)
    return [line[0].upper() + line[1:]] if line else []


def _gap(gap: Gap, zone: tzinfo) -> str:
    first, last = _weekday(gap.since, zone), _weekday(gap.until, zone)
    return f"longest idle {say_working_time(gap.took)}, {first} to {last}"


def _weekday(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%a}"


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
