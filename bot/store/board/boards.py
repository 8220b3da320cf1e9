"""Boards as rows: loading one under its lock, and saving what a move changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, case, delete, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from bot.core.board.model import LIVE, Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome, Slots
from bot.core.digest.schedule import Coming, Plan
from bot.core.people import Person
from bot.store import documents, tables
from bot.store.board.people import People, known, remember
from bot.store.digest import digests
from bot.store.production import incidents
from bot.store.upsert import insert_new


@dataclass(frozen=True, slots=True)
class Record:
    """A board as it is kept: the board itself, its settings and its version."""

    id: int
    channel: str
    version: int
    board: Board
    plan: Plan
    coming: Coming
    document: str | None
    updated: datetime | None
    owners: tuple[Person, ...]

    @property
    def is_begun(self) -> bool:
        """Whether anybody, or a program, ever changed it."""
        return self.version > 0

    @property
    def digest_due(self) -> datetime | None:
        """When the digest is due next (UTC); None: there is none."""
        return self.coming.digest


# Tables whose rows belong to a board, in an order in which they can be deleted.
OF_A_BOARD = (
    tables.items,
    tables.events,
    tables.finish_steps,
    tables.finishes,
    tables.digests,
    tables.nudges,
    tables.checkins,
    tables.standups,
)


def open_board(tx: Connection, channel: str, *, also: Iterable[int] | None = ()) -> Record:
    """Load a channel's board to change it, holding its lock; a channel without one gets an empty one.

    Loaded are all items that are live, and of the others those whose number is in `also` (None: every one).
    """
    row = _locked(tx, channel)
    if also is None:
        return _record(tx, row, _since(None))
    return _record(tx, row, tables.items.c.lane.in_(LIVE) | tables.items.c.number.in_(tuple(also)))


def open_settings(tx: Connection, channel: str) -> Record:
    """Load a channel's board to change when its digest comes, holding its lock; none of its items is loaded."""
    return _record(tx, _locked(tx, channel), None)


def look(tx: Connection, channel: str, *, done_since: datetime | None = None) -> Record | None:
    """Load a channel's board to show it, with what was finished since a moment (None: all); None: there is none."""
    row = tx.execute(select(tables.boards).where(tables.boards.c.channel == channel)).one_or_none()
    if row is None:
        return None
    return _record(tx, row, _since(done_since))


def id_of(tx: Connection, channel: str) -> int | None:
    """Return the id of a channel's board; None: it has none."""
    return tx.scalars(select(tables.boards.c.id).where(tables.boards.c.channel == channel)).one_or_none()


def version_of(tx: Connection, channel: str) -> int | None:
    """Return the number of the last change of a channel's board; None: it has none."""
    return tx.scalars(select(tables.boards.c.version).where(tables.boards.c.channel == channel)).one_or_none()


def slots_of(tx: Connection, channel: str) -> Slots:
    """Return whose the slots of a channel's board are; one that is not there yet has one for the board."""
    slots = tx.scalars(select(tables.boards.c.slots).where(tables.boards.c.channel == channel)).one_or_none()
    return Slots(slots) if slots else Slots.BOARD


def save(tx: Connection, record: Record, after: Board) -> Record:
    """Write what differs between the record's board and `after`; nothing else is touched."""
    before = {item.number: item for item in record.board.items}
    changed = [item for item in after.items if before.get(item.number) != item]
    if after.slots != record.board.slots:
        _set(tx, record.id, slots=after.slots.value)
        changed = [item for item in after.items if item in changed or item.lane is Lane.WIP]
    if any(Lane.NEXT in (item.lane, _lane(before.get(item.number))) for item in changed):
        _lift_next(tx, record.id)
        numbers = {item.number for item in changed}
        changed = [item for item in after.items if item.number in numbers or item.lane is Lane.NEXT]
    remember(tx, {person for item in changed for person in _people_of(item)})
    old = [item for item in changed if item.number in before]
    _lift_slots(tx, record.id, [item.number for item in old if _lane(before[item.number]) is Lane.WIP])
    _rewrite(tx, record.id, old, after)
    for item in old:
        if item.dod != before[item.number].dod:
            _rewrite_criteria(tx, record.id, item)
    _add(tx, record.id, [item for item in changed if item.number not in before], after)
    if after.next_number != record.board.next_number:
        _set(tx, record.id, next_number=after.next_number)
    return replace(record, board=after)


def bump(tx: Connection, record: Record, at: datetime) -> Record:
    """Count a change: the version moves on by one, and the board was updated now."""
    _set(tx, record.id, version=record.version + 1, updated=at)
    return replace(record, version=record.version + 1, updated=at)


def set_plan(tx: Connection, record: Record, plan: Plan) -> Record:
    """Keep when the digest is wanted; when it is due next is another matter, see `set_coming`."""
    _set(tx, record.id, **digests.columns(plan))
    return replace(record, plan=plan, board=replace(record.board, zone=ZoneInfo(plan.zone)))


def set_coming(tx: Connection, record: Record, coming: Coming) -> Record:
    """Keep when the digest and its nudge are due next."""
    _set(tx, record.id, digest_due=coming.digest, nudge_due=coming.nudge, digest_planned=coming.planned)
    return replace(record, coming=coming)


def set_owners(tx: Connection, record: Record, owners: tuple[Person, ...]) -> Record:
    """Keep who owns the board."""
    remember(tx, owners)
    _set(tx, record.id, owners=[owner.id for owner in owners])
    return replace(record, owners=owners)


def keep_document(tx: Connection, record: Record, document: str | None, updated: datetime | None) -> Record:
    """Keep the document a board was imported from (None: there is none), and the moment it says it was updated."""
    _set(tx, record.id, document=document, updated=updated)
    return replace(record, document=document, updated=updated)


def lock(tx: Connection, channel: str) -> int:
    """Hold a board's lock without loading its items. Returns its id; it must be there."""
    query = select(tables.boards.c.id).where(tables.boards.c.channel == channel).with_for_update()
    return int(tx.scalars(query).one())


def channels(tx: Connection) -> tuple[str, ...]:
    """Name every channel that has a board, in an order that is always the same."""
    return tuple(tx.scalars(select(tables.boards.c.channel).order_by(tables.boards.c.channel)))


def channel_of(tx: Connection, board_id: int) -> str:
    """Return the channel of a board."""
    return str(tx.scalars(select(tables.boards.c.channel).where(tables.boards.c.id == board_id)).one())


def titles(tx: Connection, board_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Return the titles of items, done and dropped ones too, by their numbers."""
    of = tables.items.c
    rows = tx.execute(select(of.number, of.title).where(of.board_id == board_id, of.number.in_(tuple(numbers))))
    return {row.number: row.title for row in rows}


def numbers(tx: Connection) -> tuple[tuple[str, int], ...]:
    """Return every channel that has a board, and the board's id."""
    rows = tx.execute(select(tables.boards.c.channel, tables.boards.c.id).order_by(tables.boards.c.channel))
    return tuple((row.channel, row.id) for row in rows)


def forget(tx: Connection, channel: str) -> None:
    """Delete a channel's board and everything that belongs to it."""
    board = select(tables.boards.c.id).where(tables.boards.c.channel == channel).scalar_subquery()
    items = select(tables.items.c.id).where(tables.items.c.board_id == board)
    tx.execute(delete(tables.criteria).where(tables.criteria.c.item_id.in_(items)))
    for table in OF_A_BOARD:
        tx.execute(delete(table).where(table.c.board_id == board))
    incidents.forget(tx, board)
    tx.execute(delete(tables.added).where(tables.added.c.channel == channel))
    of_channel = tables.outbox.c.key.like(f"{channel}/%") | (tables.outbox.c.key == channel)
    tx.execute(delete(tables.outbox).where(of_channel))
    about_channel = (tables.posts.c.channel == channel) | tables.posts.c.key.like(
        f"%:{channel}/%"
    )  # in direct messages
    tx.execute(delete(tables.posts).where(about_channel))
    documents.forget(tx, channel)
    tx.execute(delete(tables.boards).where(tables.boards.c.channel == channel))


def _locked(tx: Connection, channel: str) -> Row[Any]:
    """Return the board's row with its lock held; a channel without one gets one."""
    query = select(tables.boards).where(tables.boards.c.channel == channel).with_for_update()
    row = tx.execute(query).one_or_none()
    if row is not None:
        return row
    insert_new(tx, tables.boards, _new_board(channel))
    return tx.execute(query).one()


def _since(moment: datetime | None) -> ColumnElement[bool]:
    if moment is None:
        return tables.items.c.lane.is_not(None)
    done_since = (tables.items.c.lane == Lane.DONE) & (tables.items.c.finished >= moment)
    return tables.items.c.lane.in_(LIVE) | done_since


def _new_board(channel: str) -> dict[str, Any]:
    return {"channel": channel, "version": 0, "next_number": 1, "zone": "UTC", "digest_days": "01234", "owners": []}


def _set(tx: Connection, board_id: int, **values: Any) -> None:
    tx.execute(update(tables.boards).where(tables.boards.c.id == board_id).values(**values))


def _lane(item: Item | None) -> Lane | None:
    return item.lane if item else None


def _lift_next(tx: Connection, board_id: int) -> None:
    """Make room in NEXT: unique positions can't be reshuffled in place, so they wait as negative ones."""
    position = tables.items.c.position
    in_next = (tables.items.c.board_id == board_id) & (tables.items.c.lane == Lane.NEXT)
    tx.execute(update(tables.items).where(in_next).values(position=case((position > 0, -position), else_=position)))


def _lift_slots(tx: Connection, board_id: int, numbers: Sequence[int]) -> None:
    """Make room in WIP: two items may change their slots for each other's, so they wait in none of them."""
    slot = tables.items.c.slot
    in_slots = (tables.items.c.board_id == board_id) & tables.items.c.number.in_(numbers) & (slot != "")
    if numbers:
        tx.execute(update(tables.items).where(in_slots).values(slot="-" + slot))


def _rewrite(tx: Connection, board_id: int, items: Sequence[Item], board: Board) -> None:
    """Write items that are there, one after the other, by one statement: an undone import changes thousands.

    WIP is entered when it is left.
    """
    of_item = (tables.items.c.board_id == board_id) & (tables.items.c.number == bindparam("of_item"))
    in_order = sorted(items, key=lambda item: item.lane is Lane.WIP)
    if items:
        tx.execute(
            update(tables.items).where(of_item),
            [_values(item, board) | {"of_item": item.number} for item in in_order],
        )


def _rewrite_criteria(tx: Connection, board_id: int, item: Item) -> None:
    of_item = (tables.items.c.board_id == board_id) & (tables.items.c.number == item.number)
    item_id = tx.scalars(select(tables.items.c.id).where(of_item)).one()
    tx.execute(delete(tables.criteria).where(tables.criteria.c.item_id == item_id))
    _add_criteria(tx, {item_id: item})


def _add(tx: Connection, board_id: int, items: Sequence[Item], board: Board) -> None:
    """Write items that are new, all in one statement: an import brings thousands."""
    rows = [
        _values(item, board) | {"board_id": board_id, "number": item.number, "created": item.created} for item in items
    ]
    if not rows:
        return
    table = tables.items
    ids = tx.execute(insert(table).returning(table.c.number, table.c.id), rows)
    by_number = {item.number: item for item in items}
    _add_criteria(tx, {row.id: by_number[row.number] for row in ids})


def _add_criteria(tx: Connection, items: Mapping[int, Item]) -> None:
    rows = [_criterion_values(item_id, k, c) for item_id, item in items.items() for k, c in enumerate(item.dod, 1)]
    if rows:
        tx.execute(insert(tables.criteria), rows)


def _people_of(item: Item) -> set[Person]:
    noted = item.status.by if item.status else None
    people = {item.owner, item.finished_by, noted, *(criterion.by for criterion in item.dod)}
    return {person for person in people if person is not None}


def _id(person: Person | None) -> str | None:
    return person.id if person else None


def _values(item: Item, board: Board) -> dict[str, Any]:
    status = item.status or Note("")
    block = item.blocked
    return {
        "lane": item.lane.value,
        "slot": board.slot_of(item.owner) if item.lane is Lane.WIP else "",
        "position": item.position,
        "title": item.title,
        "scope": item.scope,
        "owner": _id(item.owner),
        "estimate": item.estimate,
        "priority": item.priority,
        "status_text": item.status.text if item.status else None,
        "status_by": _id(status.by),
        "status_at": status.at,
        "links": list(item.links),
        "started": item.started,
        "finished": item.finished,
        "finished_by": _id(item.finished_by),
        "result": item.result,
        "outcome": item.outcome.value if item.outcome else None,
        "blocked_reason": block.reason if block else None,
        "blocked_since": block.since if block else None,
        "blocked_back_on": block.back_on if block else None,
        "notes": item.notes,
        "source": item.source,
    }


def _criterion_values(item_id: int, position: int, criterion: Criterion) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "position": position,
        "text": criterion.text,
        "state": criterion.state.value,
        "evidence": criterion.evidence,
        "by": _id(criterion.by),
        "at": criterion.at,
        "judged": criterion.judged,
    }


def _record(tx: Connection, row: Row[Any], wanted: ColumnElement[bool] | None) -> Record:
    people = known(tx)
    items = () if wanted is None else _items(tx, (tables.items.c.board_id == row.id) & wanted, people)
    return Record(
        id=row.id,
        channel=row.channel,
        version=row.version,
        board=Board(items=items, next_number=row.next_number, zone=ZoneInfo(row.zone), slots=Slots(row.slots)),
        plan=digests.plan(row),
        coming=digests.coming(row),
        document=row.document,
        updated=row.updated,
        owners=tuple(people[owner] for owner in row.owners),
    )


def _items(tx: Connection, of_board: ColumnElement[bool], people: People) -> tuple[Item, ...]:
    dod = _criteria(tx, of_board, people)
    rows = tx.execute(select(tables.items).where(of_board).order_by(tables.items.c.number))
    return tuple(_item(item, dod.get(item.id, ()), people) for item in rows)


def _criteria(tx: Connection, of_board: ColumnElement[bool], people: People) -> dict[int, tuple[Criterion, ...]]:
    join = tables.criteria.join(tables.items, tables.criteria.c.item_id == tables.items.c.id)
    order = (tables.criteria.c.item_id, tables.criteria.c.position)
    by_item: defaultdict[int, list[Criterion]] = defaultdict(list)
    for row in tx.execute(select(tables.criteria).select_from(join).where(of_board).order_by(*order)):
        criterion = Criterion(row.text, CriterionState(row.state), row.evidence, people.get(row.by), row.at, row.judged)
        by_item[row.item_id].append(criterion)
    return {item_id: tuple(criteria) for item_id, criteria in by_item.items()}


def _item(row: Row[Any], dod: tuple[Criterion, ...], people: People) -> Item:
    return Item(
        number=row.number,
        title=row.title,
        created=row.created,
        lane=Lane(row.lane),
        position=row.position,
        scope=row.scope,
        dod=dod,
        owner=people.get(row.owner),
        estimate=row.estimate,
        priority=row.priority,
        status=None if row.status_text is None else Note(row.status_text, people.get(row.status_by), row.status_at),
        links=tuple(row.links),
        started=row.started,
        finished=row.finished,
        finished_by=people.get(row.finished_by),
        result=row.result,
        outcome=Outcome(row.outcome) if row.outcome else None,
        blocked=Block(row.blocked_reason, row.blocked_since, row.blocked_back_on) if row.blocked_reason else None,
        notes=row.notes,
        source=row.source,
    )
