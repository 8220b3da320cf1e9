"""Twenty mornings: boards as teams have them, and the digest that each one gets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.board.history import Event
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.core.digest.schedule import Plan
from bot.core.digest.summary import Digest, compose
from bot.core.digest.week import Uptime, look_back
from bot.core.people import Person
from bot.core.production.readings import Health, Reading, Run
from bot.slack.digest import aloud
from bot.slack.digest import message as views
from bot.slack.layout.blocks import spelt
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import texts, written

FOLDER = Path(__file__).parent / "mornings"
NOW = datetime(2025, 11, 25, 7, 0, tzinfo=UTC)  # a Tuesday, nine in Athens
ATHENS = ZoneInfo("Europe/Athens")
PLAN = Plan(zone="Europe/Athens")
YESTERDAY = NOW - timedelta(days=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GREEN = tuple(Reading(name, "script", Health.GREEN, "200") for name in ("Health", "Products", "Home", "Orders"))
LOST = Reading("Product detail", "script", Health.RED, "200, but “Organic” is missing")
FOUND = Reading("Product detail", "script", Health.GREEN, "200")
MVP = "Consolidate MVP verification docs"


@dataclass(frozen=True)
class Morning:
    """A digest by name."""

    name: str
    digest: Digest


def dod(met: int, of: int) -> tuple[Criterion, ...]:
    """A Definition of Done of so many criteria, so many of them met."""
    state = [CriterionState.MET] * met + [CriterionState.OPEN] * (of - met)
    return tuple(Criterion(f"Check {k}", one) for k, one in enumerate(state, 1))


def wip(met: int = 3, of: int = 6, **fields: Any) -> Item:
    """The item in progress, Alice's since yesterday unless said otherwise."""
    usual: dict[str, Any] = {"title": MVP, "owner": ALICE, "started": YESTERDAY - HOUR}
    return Item(number=1, created=NOW - 9 * DAY, lane=Lane.WIP, dod=dod(met, of), **{**usual, **fields})


def queued(*titles: str, without: Sequence[str] = ("Future features",)) -> list[Item]:
    """What comes next, from #2 on; those in `without` have no DoD."""
    return [
        Item(k, title, NOW - 9 * DAY, Lane.NEXT, k - 1, dod=() if title in without else dod(0, 2))
        for k, title in enumerate(titles, 2)
    ]


def parked(number: int, title: str, reason: str, since: datetime, **fields: Any) -> Item:
    """Something in BLOCKED."""
    back_on = fields.pop("back_on", None)
    return Item(
        number, title, NOW - 30 * DAY, Lane.BLOCKED, dod=dod(0, 2), blocked=Block(reason, since, back_on), **fields
    )


def done(number: int, title: str, ago: timedelta, took: timedelta = 2 * DAY, by: Person | None = BOB) -> Item:
    """Something finished."""
    finished = NOW - ago
    fields: dict[str, Any] = {"started": finished - took, "finished": finished, "finished_by": by}
    return Item(number, title, NOW - 30 * DAY, Lane.DONE, dod=dod(2, 2), outcome=Outcome.CLOSED, **fields)


def event(verb: str, number: int, ago: timedelta = 3 * HOUR, note: str = "") -> Event:
    return Event(int(ago.total_seconds()) + number, verb, number, BOB, NOW - ago, note)


def run(*readings: Reading, ago: timedelta = timedelta(seconds=2)) -> Run:
    return Run(1, NOW - ago, 1400, readings or (*GREEN, FOUND))


def morning(items: Sequence[Item], *events: Event, **given: Any) -> Digest:
    """A digest of Tuesday morning, the day after another."""
    usual: dict[str, Any] = {"since": YESTERDAY, "plan": PLAN, "run": run(), "has_facts": True, "due": NOW}
    given = {**usual, **given}
    now = given.pop("now", NOW)
    day = given.pop("day", now.astimezone(ATHENS).date())
    return compose(Board(tuple(items), 99, ATHENS), events, day, now, **given)


NEXT = queued("Backend E2E test improvements", "Feature planning", "Future features")
NOTE = Note("Pending Pass 2 execution", ALICE, NOW - 15 * HOUR)
KEYS = parked(9, "Card payments", "Stripe keys", NOW - 6 * DAY, owner=BOB)
MANY = [
    wip(12, 25, title="An item whose title is as long as a title may be, " * 4, status=NOTE),
    *queued(*(f"Something else that has a long title and comes next, number {k} " * 3 for k in range(3))),
    *(parked(k, f"Parked thing number {k}", "a reason that goes on and on " * 9, NOW - k * DAY) for k in range(10, 40)),
    *(done(k, f"Finished thing number {k}", 4 * HOUR) for k in range(50, 90)),
]


def _week() -> Digest:
    """The last workday, with the week."""
    now = NOW + 3 * DAY
    items = [
        wip(status=NOTE, started=NOW - DAY),
        *NEXT,
        parked(9, "Card payments", "Stripe keys", NOW - 3 * DAY),
        done(20, "Stage 4A audit", -DAY, 30 * HOUR),
        done(21, "Login by e-mail", -2 * DAY, 6 * HOUR),
        done(22, "PROD monitoring", -3 * DAY + 5 * HOUR, 3 * DAY),
    ]
    happened = [
        event("finish", 20, -DAY), event("finish", 21, -2 * DAY), event("finish", 22, -3 * DAY + 5 * HOUR),
        event("tick", 1, -2 * DAY, "3"), event("waive", 22, -3 * DAY + 6 * HOUR), event("reopen", 7, -DAY - HOUR),
    ]  # fmt: skip
    board = Board(tuple(items), 99, ATHENS)
    uptime = Uptime(9_973, 10_000, "Product detail", 98.1)
    week = look_back(board, happened, PLAN, now - 7 * DAY, now, uptime)
    given: dict[str, Any] = {"now": now, "since": now - DAY, "due": now, "week": week}
    return morning(items, *happened, **{**given, "run": replace(run(), at=now)})


MORNINGS = (
    Morning(
        "an ordinary day",
        morning(
            [wip(status=NOTE), *NEXT, KEYS, done(22, "PROD monitoring", 5 * HOUR)],
            event("finish", 22, 5 * HOUR),
            event("tick", 1, 4 * HOUR, "2"),
            event("add", 4, 20 * HOUR),
        ),
    ),
    Morning("nothing moved", morning([wip(), *NEXT, KEYS])),
    Morning(
        "nothing moved and production is red",
        morning(
            [wip(started=NOW - 6 * DAY, blocked=Block("the staging database is down", NOW - 4 * DAY)), *NEXT],
            run=run(*GREEN, LOST),
        ),
    ),
    Morning("nothing moved and nothing is in progress", morning(NEXT, last_moved=NOW - 9 * DAY)),
    Morning(
        "nothing moved over the weekend",
        morning(
            [wip(started=NOW - 5 * DAY)],
            now=NOW - DAY,
            since=NOW - 4 * DAY,
            due=NOW - DAY,
        ),
    ),
    Morning("the first one", morning([wip(), *NEXT, KEYS], since=None)),
    Morning("an empty board", morning([], since=None, run=None, has_facts=False)),
    Morning("no prod facts", morning([wip(), *NEXT], event("start", 1), has_facts=False)),
    Morning("late", morning([wip(), *NEXT], event("start", 1), due=NOW - timedelta(minutes=12))),
    Morning("hours late", morning([wip()], event("start", 1), due=NOW - timedelta(hours=2, minutes=5))),
    Morning("a new note and nothing else", morning([wip(status=NOTE), *NEXT])),
    Morning(
        "stale",
        morning(
            [wip(status=replace(NOTE, at=NOW - 3 * DAY), started=NOW - 4 * DAY), *NEXT],
            event("add", 4, 23 * HOUR),
        ),
    ),
    Morning(
        "flagged as blocked",
        morning(
            [wip(blocked=Block("the staging database is down", NOW - 5 * HOUR)), *NEXT],
            event("block", 1, 5 * HOUR),
        ),
    ),
    Morning(
        "parked yesterday",
        morning(
            [*NEXT, parked(9, "Card payments", "Stripe keys", NOW - 4 * HOUR, back_on=date(2025, 11, 28))],
            event("park", 9, 4 * HOUR),
        ),
    ),
    Morning(
        "parked for a week",
        morning([wip(), *NEXT, parked(9, "Card payments", "Stripe keys", NOW - 7 * DAY, owner=BOB)]),
    ),
    Morning(
        "to be back today",
        morning(
            [wip(), parked(9, "Card payments", "Stripe keys", NOW - 3 * DAY, back_on=date(2025, 11, 25)), KEYS],
        ),
    ),
    Morning(
        "readings of some hours ago",
        morning(
            [wip(), *NEXT],
            event("start", 1),
            run=run(*GREEN, LOST, ago=3 * HOUR),
            is_run_for_it=False,
        ),
    ),
    Morning(
        "people's own marks",
        morning(
            [
                wip(
                    title="<!channel> & *bold* `x`",
                    owner=CAROL,
                    status=Note("> see <https://x.test|this>\n*now*", CAROL, NOW - HOUR),
                )
            ],
            event("start", 1),
        ),
    ),
    Morning(
        "a huge board",
        morning(
            MANY,
            *(event("finish", k, 4 * HOUR) for k in range(50, 90)),
            *(event("add", k, 5 * HOUR) for k in range(100, 140)),
            run=run(*GREEN, *(replace(LOST, name=f"Fact {k}") for k in range(30))),
        ),
    ),
    Morning("the week", _week()),
)


def told(one: Morning) -> str:
    """A digest as text: what stands in the channel, its buttons, its chart, and what is read aloud."""
    blocks = views.digest(one.digest, is_posted=True)
    parts = [_seen(block) for block in blocks]
    return "\n".join([*parts, "", "aloud: " + aloud.spoken(one.digest), ""])


def _seen(block: dict[str, Any]) -> str:
    if block["type"] == "data_visualization":
        rows = block["chart"]["series"]
        return "\n".join(
            f"[{row['name']}: " + ", ".join(f"{p['label']} {p['value']}" for p in row["data"]) + "]" for row in rows
        )
    if block["type"] == "actions":
        return " ".join(f"[{text['text']}]" for text in texts(block))
    return spelt(written(block))
