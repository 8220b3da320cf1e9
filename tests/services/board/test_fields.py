"""Where each field of an item goes: a new one is in every form of the board, or somebody wrote down why not."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.core.board.dod import judged_by_people
from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note, Outcome
from bot.documents.inline import references
from bot.services.board import history
from bot.services.change import Change
from bot.services.documents import exporting, importing
from bot.services.documents.exporting import Form
from bot.slack.board import item as cards
from bot.store.database import Database
from tests.core.boards import board as board_of
from tests.core.boards import changed, item
from tests.people import ALICE, BOB
from tests.services.stage import NOW, ask
from tests.store.stage import keep, kept

BEFORE, SINCE = NOW - timedelta(days=9), datetime(2026, 2, 11, 14, 25, tzinfo=UTC)
OTHER = "C0OTHER"

# Why a place says nothing of a field.
DOCUMENT = "a document has no words for it"
AS_DOCUMENT = "it is the board as a document says it, for programs"
IN_THE_LOG = "`log N` tells who did what and when"
IN_A_CELL = "a cell holds the words, not who said them when"
THE_BOARD = "it is one item; the board shows their order"
FROM_THE_START = "it is there from the start, and nothing changes it"


@dataclass(frozen=True)
class Row:
    """One field: two boards that differ in it alone, and what each place says of the second one, or why it doesn't.

    What is said of it is words that only that field can have brought there; none: it is seen by the order.
    """

    before: Board
    after: Board
    csv: str | None = None
    json: str | None = None
    md: str | None = None
    card: str | None = None
    why: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, str | None]:
        return {"csv": self.csv, "json": self.json, "md": self.md, "card": self.card}


def one(lane: Lane, **given: Any) -> Callable[..., Row]:
    """A row of a board with #1 alone in a lane: as `given`, and with some of it changed."""

    def row(change: Mapping[str, Any], **told: Any) -> Row:
        before = changed(board_of(**{lane.value: [1]}), 1, **given)
        return Row(before, changed(before, 1, **change), **told)

    return row


def of_dod(change: Mapping[str, Any], **told: Any) -> Row:
    """A row of a criterion."""
    criterion = Criterion("/health answers 200", CriterionState.MET, "PR #7", BOB, BEFORE)
    before = changed(board_of(next=[1]), 1, dod=(criterion,))
    return Row(before, changed(before, 1, dod=(replace(criterion, **change),)), **told)


def of_status(change: Mapping[str, Any], **told: Any) -> Row:
    """A row of a status note."""
    note = Note("half is done", BOB, BEFORE)
    return one(Lane.WIP, status=note)({"status": replace(note, **change)}, **told)


def of_block(change: Mapping[str, Any], **told: Any) -> Row:
    """A row of what an item waits for."""
    block = Block("no keys yet", BEFORE, date(2026, 4, 9))
    return one(Lane.BLOCKED, blocked=block)({"blocked": replace(block, **change)}, **told)


def all_of(words: str) -> dict[str, str]:
    """Every place says it in the same words."""
    return dict.fromkeys(("csv", "json", "md", "card"), words)


QUEUED, WIP, DONE = one(Lane.NEXT), one(Lane.WIP), one(Lane.DONE)
FIELDS: dict[type, dict[str, Row]] = {
    Item: {
        "number": Row(
            board_of(next=[1]),
            Board((replace(item(1, Lane.NEXT, 1), number=77),), 78),
            csv="77,", json='"number": 77', card="#77",
            why={"md": "an import numbers in document order"},
        ),
        "title": QUEUED({"title": "Zanzibar"}, **all_of("Zanzibar")),
        "created": QUEUED(
            {"created": SINCE}, csv="2026-02-11 14:25",
            why={"json": AS_DOCUMENT, "md": DOCUMENT, "card": IN_THE_LOG, "undo": FROM_THE_START},
        ),
        "lane": QUEUED({"lane": Lane.LATER}, csv="LATER", json='"later": [\n    {', md="LATER", card="in LATER"),
        "position": Row(
            board_of(next=[1, 2]), board_of(next=[2, 1]), csv="", json="", md="", why={"card": THE_BOARD},
        ),
        "scope": QUEUED({"scope": "Zanzibar"}, **all_of("Zanzibar")),
        "dod": QUEUED({"dod": (Criterion("/zanzibar answers 404"),)}, **all_of("/zanzibar answers 404")),
        "owner": QUEUED({"owner": ALICE}, csv="Alice", json='"owner": "Alice"', md="Alice", card="Alice"),
        "estimate": QUEUED({"estimate": "77 days"}, **all_of("77 days")),
        "priority": QUEUED({"priority": "P77"}, **all_of("P77")),
        "status": WIP({"status": Note("Zanzibar", BOB, BEFORE)}, **all_of("Zanzibar")),
        "links": QUEUED({"links": ("https://zanzibar.example/1",)}, **all_of("https://zanzibar.example/1")),
        "started": WIP(
            {"started": SINCE}, csv="2026-02-11 14:25", json="2026-02-11T14:25", md="2026-02-11T14:25", card="day 20",
        ),
        "finished": DONE(
            {"finished": SINCE}, csv="2026-02-11 14:25", json="2026-02-11T14:25", md="2026-02-11T14:25",
            card="11 Feb 2026",
        ),
        "finished_by": DONE(
            {"finished_by": ALICE}, csv="Alice", md="Alice", why={"json": AS_DOCUMENT, "card": IN_THE_LOG},
        ),
        "result": DONE({"result": "Zanzibar"}, **all_of("Zanzibar")),
        "outcome": DONE({"outcome": Outcome.STABLE}, csv="STABLE", json='"STABLE"', md="", card="STABLE"),
        "blocked": WIP({"blocked": Block("Zanzibar", BEFORE)}, **all_of("Zanzibar")),
        "notes": QUEUED({"notes": "Zanzibar"}, **all_of("Zanzibar")),
        "source": QUEUED(
            {"source": "https://slack.test/p77"}, card="https://slack.test/p77",
            why={"csv": "it is a place in Slack", "json": AS_DOCUMENT, "md": DOCUMENT},
        ),
    },
    Criterion: {
        "text": of_dod({"text": "/zanzibar answers 404"}, **all_of("/zanzibar answers 404")),
        "state": of_dod(
            {"state": CriterionState.WAIVED}, csv="[waived]", json='"waived"', md="waived", card="☒",
        ),
        "evidence": of_dod({"evidence": "Zanzibar"}, **all_of("Zanzibar")),
        "by": of_dod(
            {"by": ALICE}, why={"csv": IN_A_CELL, "json": AS_DOCUMENT, "md": DOCUMENT, "card": IN_THE_LOG},
        ),
        "at": of_dod(
            {"at": SINCE}, why={"csv": IN_A_CELL, "json": AS_DOCUMENT, "md": DOCUMENT, "card": IN_THE_LOG},
        ),
        "judged": Row(
            changed(board_of(next=[1]), 1, dod=(Criterion("it is nice"),)),
            changed(board_of(next=[1]), 1, dod=(Criterion("it is nice", judged=True),)),
            card="a person judges it",
            why={"csv": IN_A_CELL, "json": AS_DOCUMENT, "md": "the lint finds it again when the document is read"},
        ),
    },
    Note: {
        "text": of_status({"text": "Zanzibar"}, **all_of("Zanzibar")),
        "by": of_status({"by": ALICE}, md="Alice", card="Alice", why={"csv": IN_A_CELL, "json": AS_DOCUMENT}),
        "at": of_status(
            {"at": SINCE}, md="2026-02-11T14:25", card="11 Feb", why={"csv": IN_A_CELL, "json": AS_DOCUMENT},
        ),
    },
    Block: {
        "reason": of_block({"reason": "Zanzibar"}, **all_of("Zanzibar")),
        "since": of_block(
            {"since": SINCE}, csv="2026-02-11 14:25", md="2026-02-11T14:25", card="18 days", why={"json": AS_DOCUMENT},
        ),
        "back_on": of_block(
            {"back_on": date(2026, 5, 7)}, csv="2026-05-07", md="2026-05-07", card="7 May", why={"json": AS_DOCUMENT},
        ),
    },
}  # fmt: skip
BY_NAME = {f"{kind.__name__}.{name}": row for kind, rows in FIELDS.items() for name, row in rows.items()}
ROWS = [pytest.param(row, id=name) for name, row in BY_NAME.items()]
CHANGED = [row for row in ROWS if row.id != "Item.number"]  # another number is another item


PROOF = Criterion("/health answers 200", evidence="PR #7")
BACK = [  # what Markdown says of a field, and of two fields where there is no row of their own, comes back
    *(pytest.param(row, id=name) for name, row in BY_NAME.items() if row.md is not None),
    pytest.param(QUEUED({"dod": (PROOF,)}, md="PR #7"), id="the evidence of an open criterion"),
    pytest.param(QUEUED({"result": "Zanzibar"}, md="Zanzibar"), id="the result of what was reopened"),
]


@pytest.fixture
def db(sqlite: Database) -> Database:
    return sqlite


@pytest.mark.parametrize("kind", FIELDS)
def test_no_field_is_without_a_row(kind: Any) -> None:
    assert FIELDS[kind].keys() == {each.name for each in fields(kind)}, "say where the new field goes, or why not"


@pytest.mark.parametrize("row", ROWS)
def test_it_is_said_where_the_row_says_so_and_nowhere_else(db: Database, row: Row) -> None:
    was, became = told(db, row.before, "C0BOARD"), told(db, row.after, OTHER)
    for place, words in row.said.items():
        if words is None:
            assert row.why[place], f"why does {place} not say it?"
            assert became[place] == was[place]
        else:
            assert words in became[place]
            assert became[place] != was[place]
            assert not words or words not in was[place]


@pytest.mark.parametrize("row", BACK)
def test_what_markdown_says_comes_back(db: Database, row: Row) -> None:
    record = keep(db, row.after)
    text = exporting.written(record, Form.MARKDOWN, NOW).content.decode()
    assert row.md is not None
    assert row.md in text
    importing.import_document(db, replace(ask(), channel=OTHER), text)
    items = kept(db, OTHER).board.items
    assert list(map(_counted_anew, items)) == [
        _counted_anew(_as_imported(item)) for lane in Lane for item in row.after.lane(lane)
    ]


@pytest.mark.parametrize("row", CHANGED)
def test_undo_puts_it_back(db: Database, row: Row) -> None:
    before = keep(db, row.before).board
    with db.begin() as tx:
        Change(tx, ask(), also=None).make("edit", 1, row.after)
    assert (kept(db).board.item(1) == before.item(1)) == ("undo" in row.why), "only what can change needs an undo"
    history.undo(db, ask())
    assert kept(db).board == before


def _counted_anew(item: Item) -> Item:
    return replace(item, number=0, created=NOW, source="", position=0)


def _as_imported(item: Item) -> Item:
    """An item as an import has it: without who ticked what when, and with the links that its words name."""
    dod = tuple(replace(each, by=None, at=None) for each in item.dod)
    links = dict.fromkeys([*item.links, *references("\n".join(each.evidence for each in dod))])
    return replace(item, links=tuple(links), dod=judged_by_people(Board((replace(item, dod=dod),))).items[0].dod)


def told(db: Database, board: Board, channel: str) -> dict[str, str]:
    """What each place says of a board that was kept: of the card, the words, whoever reads them where."""
    record = keep(db, board, channel)
    exported = {form.value: exporting.written(record, form, NOW).content.decode() for form in Form}
    card = json.dumps(cards.card(record.board.items[0], record.board, NOW), ensure_ascii=False)
    return {**exported, "card": card}
