"""The tables, with every rule that SQL can enforce."""

from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Index,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlmodel import Field, SQLModel

from bot.core.board.model import NEXT_LIMIT, CriterionState, Lane, Outcome, Slots
from bot.core.production.readings import Health


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite gives back a naive one, so the zone is put on again here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a bug."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _one_of(column: str, values: object) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in cast(list[str], values))})"


def _unique_where(condition: str, name: str, *columns: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=text(condition), postgresql_where=text(condition))


def _moment() -> Any:
    return Field(default=None, sa_type=cast(Any, Moment))


class PersonRow(SQLModel, table=True):
    """Somebody who did something here, by Slack's user id."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    name: str
    picture: str | None = Field(default=None, sa_type=Text)  # its address at Slack; null: not known


class BoardRow(SQLModel, table=True):
    """One board, one channel, and its settings. `version` counts its changes."""

    __tablename__ = "board"
    __table_args__ = (CheckConstraint(_one_of("slots", Slots), name="slots_are_known"),)
    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(unique=True)
    version: int = 0
    next_number: int = 1
    zone: str = "UTC"
    digest_at: str | None = None  # local time, HH:MM; none: no digest
    digest_days: str = "01234"  # weekdays, Monday is 0
    owners: list[str] = Field(sa_column=Column(JSON, nullable=False))  # people's ids, in the order they were named
    digest_due: datetime | None = Field(default=None, sa_type=cast(Any, Moment), index=True)
    digest_planned: datetime | None = Field(default=None, sa_type=cast(Any, Moment), index=True)  # when that was set
    nudge_due: datetime | None = Field(default=None, sa_type=cast(Any, Moment), index=True)
    holidays: str | None = None  # the place whose public holidays have no digest: GR, DE-BY
    days_off: list[str] | None = Field(default=None, sa_type=JSON)  # dates beside those
    weekly: bool | None = None  # the week's last workday tells of the week
    standup_also: list[str] | None = Field(default=None, sa_type=JSON)  # people's ids: named for the standup
    standup_left_out: list[str] | None = Field(default=None, sa_type=JSON)
    document: str | None = Field(default=None, sa_type=Text)  # the document as last imported, for what is not ours
    updated: datetime | None = _moment()  # the last change; after an import, what the document says of itself
    slots: str = Field(default=Slots.BOARD.value, sa_column_kwargs={"server_default": Slots.BOARD.value})


class ItemRow(SQLModel, table=True):
    """One item. WIP holds one for each slot, NEXT three at positions 1 to 3 (negative while they are being moved).

    The slot is the board's (""), or its owner's, by their id (with a minus while they are being moved).
    """

    __tablename__ = "item"
    __table_args__ = (
        Index("item_number", "board_id", "number", unique=True),
        _unique_where("lane = 'wip'", "one_wip", "board_id", "slot"),
        _unique_where("lane IN ('next', 'later')", "one_place", "board_id", "lane", "position"),
        CheckConstraint(_one_of("lane", Lane), name="lane_is_known"),
        CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', Outcome)}", name="outcome_is_known"),
        CheckConstraint(f"lane <> 'next' OR abs(position) BETWEEN 1 AND {NEXT_LIMIT}", name="next_is_three"),
        CheckConstraint(
            "lane <> 'done' OR (outcome IS NOT NULL AND (finished IS NOT NULL OR source = 'import'))",
            name="done_is_told",
        ),
        CheckConstraint("lane <> 'blocked' OR coalesce(blocked_reason, '') <> ''", name="blocked_has_a_reason"),
        CheckConstraint("lane <> 'dropped' OR result <> ''", name="dropped_has_a_reason"),
        CheckConstraint("slot IN ('', coalesce(owner, ''), '-' || coalesce(owner, ''))", name="slot_is_its_owners"),
    )
    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    number: int
    lane: str
    position: int
    title: str
    scope: str = ""
    owner: str | None = Field(default=None, foreign_key="person.id")
    estimate: str = ""
    priority: str = ""
    status_text: str | None = None
    status_by: str | None = Field(default=None, foreign_key="person.id")
    status_at: datetime | None = _moment()
    links: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created: datetime = Field(sa_type=cast(Any, Moment))
    started: datetime | None = _moment()
    finished: datetime | None = _moment()
    finished_by: str | None = Field(default=None, foreign_key="person.id")
    result: str = ""
    outcome: str | None = None
    blocked_reason: str | None = None
    blocked_since: datetime | None = _moment()
    blocked_back_on: date | None = None
    notes: str = ""
    source: str = "command"
    slot: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class CriterionRow(SQLModel, table=True):
    """One criterion of an item's Definition of Done."""

    __tablename__ = "criterion"
    __table_args__ = (CheckConstraint(_one_of("state", CriterionState), name="state_is_known"),)
    item_id: int = Field(foreign_key="item.id", primary_key=True)
    position: int = Field(primary_key=True)
    text: str
    state: str
    evidence: str = ""
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime | None = _moment()
    judged: bool = False  # by a person: the lint found nothing to check in it


class EventRow(SQLModel, table=True):
    """What happened to a board. Events of one change share `change`, the board's version after it."""

    __tablename__ = "event"
    __table_args__ = (Index("event_of_board", "board_id", "change"),)
    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    change: int
    verb: str
    number: int | None = None  # the item's
    who: str | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=cast(Any, Moment))
    before: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # item number -> its changed fields
    after: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    note: str = ""


PAYABLE = text("NOT dead")  # in a query too: of `dead = 0` SQLite does not see that the index holds it, and reads all


class OwedRow(SQLModel, table=True):
    """An effect that is owed. `asked` counts how often, so that one asked for again while it is paid is paid again."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("owed_once", "kind", "key", unique=True),
        Index("owed_due", "due", sqlite_where=PAYABLE, postgresql_where=PAYABLE),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    asked: int = 1
    due: datetime = Field(sa_type=cast(Any, Moment))
    leased_until: datetime | None = _moment()  # somebody is paying it
    tries: int = 0
    dead: bool = False
    error: str = ""


class RequestRow(SQLModel, table=True):
    """A request that changed something. Slack may deliver it again, even to another process: then it is here."""

    __tablename__ = "request"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=cast(Any, Moment), index=True)


class PostRow(SQLModel, table=True):
    """A message in a channel: the intent to post it, and its `ts` once Slack has told it."""

    __tablename__ = "post"
    key: str = Field(primary_key=True)  # e.g. board:C1, finish:C1/17, digest:C1/2026-11-24
    channel: str
    ts: str | None = None
    intent_at: datetime = Field(sa_type=cast(Any, Moment))


class FinishRow(SQLModel, table=True):
    """A finish and its steps, from which the finish post is made."""

    __tablename__ = "finish"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    change: int = Field(primary_key=True)
    number: int
    next_number: int | None = None
    next_refused: str = ""  # why the next one was not started, in words
    checks: str = "none"  # prod facts: none (not set up), owed, done
    undone: bool = False
    run_id: int | None = Field(default=None, foreign_key="run.id")
    wanted: int | None = None  # the item that was to start next, whether it did or not


class FinishStepRow(SQLModel, table=True):
    """How far a file is that a finish is written into: owed, done, failed; revert and reverted once it is undone."""

    __tablename__ = "finish_step"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    change: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)  # state or next7d
    mark: str
    why: str = ""  # it failed


class DocumentRow(SQLModel, table=True):
    """A file that a board is written into, with what was last written: whoever changed it since is not overwritten."""

    __tablename__ = "document"
    channel: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)  # state or next7d
    file: str  # its name in its place; empty: it is no longer kept
    written: str | None = Field(default=None, sa_type=Text)  # as it was last written, or taken
    before: str | None = Field(default=None, sa_type=Text)  # as it was before that
    change: int | None = None  # the finish that was written then
    intended: str | None = Field(default=None, sa_type=Text)  # about to be written; after a crash it may stand there
    drift: str | None = Field(default=None, sa_type=Text)  # what a person made of our parts; nothing is written
    drifts: int = 0  # how often that happened: each has its own message
    settled: str = ""  # how the last one ended, in words
    rolled: datetime | None = _moment()  # what was done before is in the archive
    version: int | None = None  # the last change of the board that is in it


class HomeRow(SQLModel, table=True):
    """Somebody who opened the App Home, so that it is kept true for them."""

    __tablename__ = "home"
    person: str = Field(primary_key=True)
    opened: datetime = Field(sa_type=cast(Any, Moment))


class RunRow(SQLModel, table=True):
    """One run of all prod facts."""

    __tablename__ = "run"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=cast(Any, Moment), index=True)
    took_ms: int


class ReadingRow(SQLModel, table=True):
    """One answer of production in a run."""

    __tablename__ = "reading"
    run_id: int = Field(foreign_key="run.id", primary_key=True)
    position: int = Field(primary_key=True)
    name: str
    kind: str
    health: str
    detail: str = ""
    latency_ms: int | None = None
    part_of: str = ""  # the fact that gave it among others
    found: str | None = None  # what the look itself found, where `health` does not believe it yet
    red_since: datetime | None = _moment()


class FactRow(SQLModel, table=True):
    """What is known of a fact, or of a line of its output, since it was first looked at."""

    __tablename__ = "fact"
    __table_args__ = (CheckConstraint(_one_of("health", Health), name="health_is_known"),)
    name: str = Field(primary_key=True)
    part_of: str = ""
    counts: bool = True
    position: int = 0  # orders facts as they are listed, and lines as they are printed
    channels: list[str] = Field(sa_column=Column(JSON, nullable=False))  # none: every board
    every_s: int | None = None  # how often it is looked at by the clock
    health: str
    since: datetime | None = _moment()
    red_since: datetime | None = _moment()
    good: int = 0
    looked: datetime | None = _moment()
    recent: list[str] = Field(sa_column=Column(JSON, nullable=False))
    run_id: int | None = Field(default=None, foreign_key="run.id")  # where its last reading is
    footing: str | None = None  # trial, new or proven (none: proven): whether it was ever green
    certificate_until: datetime | None = _moment()
    warned: list[int] = Field(sa_column=Column(JSON, nullable=False))  # days left, of warnings about that certificate


class WatchRow(SQLModel, table=True):
    """The last claim of a look by the clock, so that of several processes one looks."""

    __tablename__ = "watch"
    name: str = Field(primary_key=True)
    claimed: datetime = Field(sa_type=cast(Any, Moment))


class AddedRow(SQLModel, table=True):
    """A fact that an owner of a board added from Slack, by the keys of an http fact."""

    __tablename__ = "added"
    name: str = Field(primary_key=True)
    channel: str = Field(index=True)
    keys: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    who: str | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=cast(Any, Moment))


class BaselineRow(SQLModel, table=True):
    """The run of prod facts at an item's start."""

    __tablename__ = "baseline"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    number: int = Field(primary_key=True)
    run_id: int = Field(foreign_key="run.id")


class IncidentRow(SQLModel, table=True):
    """An incident of a board. `tracked`: of several boards with the same cause, the one that has the GitHub issue."""

    __tablename__ = "incident"
    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    opened: datetime = Field(sa_type=cast(Any, Moment), index=True)
    closed: datetime | None = _moment()
    reminded: int = 0
    acknowledged_by: str = ""
    snoozed_until: datetime | None = _moment()
    tracked: bool = False


class IncidentFactRow(SQLModel, table=True):
    """A fact of an incident. A board has one open incident for each fact: nobody hears of one cause twice."""

    __tablename__ = "incident_fact"
    __table_args__ = (_unique_where("is_open", "one_open_incident", "board_id", "name"),)
    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    position: int = Field(primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    name: str
    is_red: bool
    is_open: bool
    is_gone: bool | None = None  # it is no longer watched, and was red when that ended
    is_new: bool | None = None  # it had never been green


class NoteRow(SQLModel, table=True):
    """One thing that happened to an incident: a line of its thread. `details`: what was wrong then, by fact."""

    __tablename__ = "incident_note"
    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    number: int = Field(primary_key=True)
    told: str
    at: datetime = Field(sa_type=cast(Any, Moment))
    who: str = ""
    until: datetime | None = _moment()
    details: list[list[str]] = Field(sa_column=Column(JSON, nullable=False))  # pairs: a fact, what was said of it


class PauseRow(SQLModel, table=True):
    """A board's maintenance: until then nothing red opens an incident."""

    __tablename__ = "pause"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    start: datetime = Field(sa_type=cast(Any, Moment))
    end: datetime = Field(sa_type=cast(Any, Moment))
    facts: list[str] = Field(sa_column=Column(JSON, nullable=False))  # none: all of them
    who: str = ""


class DigestRow(SQLModel, table=True):
    """The claim of one board's digest for one local day: there is one, whoever comes first."""

    __tablename__ = "digest"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    day: date = Field(primary_key=True)
    due: datetime = Field(sa_type=cast(Any, Moment))
    claimed: datetime = Field(sa_type=cast(Any, Moment))
    skipped: bool = False
    run_id: int | None = Field(default=None, foreign_key="run.id")


class NudgeRow(SQLModel, table=True):
    """The claim of one board's asking for a status note on one local day."""

    __tablename__ = "nudge"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    day: date = Field(primary_key=True)
    claimed: datetime = Field(sa_type=cast(Any, Moment))


class QuietRow(SQLModel, table=True):
    """Somebody who does not want to be asked for a status note, until a moment or (none) ever."""

    __tablename__ = "quiet"
    person: str = Field(primary_key=True)
    until: datetime | None = _moment()


class CheckinRow(SQLModel, table=True):
    """What somebody did, does next and is blocked by, as an answer to the digest of a day."""

    __tablename__ = "checkin"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    day: date = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", primary_key=True)
    did: str = ""
    next: str = ""
    blockers: str = ""
    at: datetime = Field(sa_type=cast(Any, Moment))
    words: str | None = Field(default=None, sa_type=Text)  # written in the thread, and made an answer
    since: datetime | None = _moment()  # what is in the way was said first
    number: int | None = None  # the item that it flags or parks
    gone: datetime | None = _moment()  # somebody said that it is in the way no more


class StandupRow(SQLModel, table=True):
    """Somebody who belongs to the standup of a day, as it was when its digest was posted."""

    __tablename__ = "standup"
    board_id: int = Field(foreign_key="board.id", primary_key=True)
    day: date = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", primary_key=True)
    away: str = ""  # why they are; nothing: they are there
    ask_due: datetime | None = Field(
        default=None, sa_type=cast(Any, Moment), index=True
    )  # none: not to be asked (again)
    ask_on: date | None = None  # that day, where they are


class AskedRow(SQLModel, table=True):
    """The claim of asking somebody for their answers on a day of theirs: there is one, whichever boards wait."""

    __tablename__ = "asked"
    person: str = Field(primary_key=True)
    day: date = Field(primary_key=True)


class WishRow(SQLModel, table=True):
    """What somebody wants of standups, on every board."""

    __tablename__ = "wish"
    person: str = Field(primary_key=True)
    ask_at: str | None = None  # their local time, HH:MM; none: they are not asked by a direct message
    never: bool = False  # they belong to no standup
    holidays: str | None = None  # the place whose public holidays they keep: GR, DE-BY


class BackupRow(SQLModel, table=True):
    """A backup that was made of the database, and how many bytes it has."""

    __tablename__ = "backup"
    at: datetime = Field(sa_type=cast(Any, Moment), primary_key=True)
    size: int = Field(sa_type=BigInteger)


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[cast(str, row.__tablename__)]


people = _table(PersonRow)

boards = _table(BoardRow)

items = _table(ItemRow)

criteria = _table(CriterionRow)

events = _table(EventRow)

outbox = _table(OwedRow)

requests = _table(RequestRow)

posts = _table(PostRow)

homes = _table(HomeRow)

finishes = _table(FinishRow)

finish_steps = _table(FinishStepRow)

documents = _table(DocumentRow)

runs = _table(RunRow)

readings = _table(ReadingRow)

digests = _table(DigestRow)

nudges = _table(NudgeRow)

quiet = _table(QuietRow)

checkins = _table(CheckinRow)

standups = _table(StandupRow)

asked = _table(AskedRow)

wishes = _table(WishRow)

facts = _table(FactRow)

watches = _table(WatchRow)

added = _table(AddedRow)

baselines = _table(BaselineRow)

incidents = _table(IncidentRow)

incident_facts = _table(IncidentFactRow)

incident_notes = _table(NoteRow)

pauses = _table(PauseRow)

backups = _table(BackupRow)
