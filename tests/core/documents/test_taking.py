"""What a person changed in a document is taken field by field, and nothing else moves."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.board.model import Block, Board, Criterion, CriterionState, Item, Lane, Note
from bot.core.documents.merge import take

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD = datetime(2026, 2, 1, 9, tzinfo=UTC)


def item(number: int, title: str, lane: Lane, position: int = 0, **more: object) -> Item:
    return Item(number, title, OLD, lane, position, **more)  # type: ignore[arg-type]


DOCUMENT = Board(
    (
        item(1, "A", Lane.WIP, scope="a"),
        item(2, "B", Lane.NEXT, 1),
        item(3, "C", Lane.NEXT, 2),
        item(4, "D", Lane.DONE, finished=OLD),
    ),
    5,
)
MINE = Board(
    (
        item(7, "A", Lane.WIP, scope="a", status=Note("mine", None, AT), started=OLD),
        item(8, "B", Lane.NEXT, 1),
        item(9, "C", Lane.NEXT, 2),
        item(5, "D", Lane.DONE, finished=OLD),
        item(10, "Z", Lane.LATER, 1024),
    ),
    11,
)


def changed(**items: Item | None) -> Board:
    """The document with items in another form, by their title; None takes one out."""
    kept = tuple(items.get(one.title, one) for one in DOCUMENT.items)
    fresh = tuple(one for title, one in items.items() if one and title not in {each.title for each in DOCUMENT.items})
    return Board(tuple(one for one in (*kept, *fresh) if one), 5)


def lanes(board: Board) -> dict[str, list[str]]:
    return {lane.value: [one.title for one in board.lane(lane)] for lane in Lane if board.lane(lane)}


def test_a_document_that_says_the_same_changes_nothing() -> None:
    told = take(MINE, DOCUMENT, DOCUMENT, AT)
    assert told.board == MINE
    assert (told.added, told.matched, told.warnings) == ((), (), ())


def test_a_field_is_taken_and_the_others_stay() -> None:
    dod = (Criterion("new", CriterionState.MET),)
    told = take(MINE, changed(A=item(1, "A", Lane.WIP, scope="other", dod=dod)), DOCUMENT, AT)
    assert told.matched == (7,)
    assert told.board.item(7) == replace(MINE.item(7), scope="other", dod=dod)


def test_an_item_that_moved_is_moved_and_a_new_one_is_added() -> None:
    blocked = Block("keys", AT)
    told = take(
        MINE,
        changed(A=item(1, "A", Lane.BLOCKED, blocked=blocked), B=item(2, "B", Lane.WIP), E=item(5, "E", Lane.NEXT, 2)),
        DOCUMENT,
        AT,
    )
    assert lanes(told.board) == {"wip": ["B"], "next": ["C", "E"], "later": ["Z"], "blocked": ["A"], "done": ["D"]}
    assert told.board.item(8).started == AT
    assert told.board.item(7).blocked == blocked
    assert (told.added, told.board.next_number) == ((11,), 12)
    assert [one.position for one in told.board.next] == [1, 2]


def test_what_the_document_lacks_stays_and_makes_room() -> None:
    told = take(MINE, changed(A=None, E=item(5, "E", Lane.WIP)), DOCUMENT, AT)
    assert lanes(told.board) == {"wip": ["E"], "next": ["B", "C"], "later": ["Z", "A"], "done": ["D"]}
    assert told.warnings == ("#7 A: the file has another one in WIP, so it went to LATER",)


def test_next_takes_the_documents_order() -> None:
    swapped = Board((DOCUMENT.items[0], item(2, "C", Lane.NEXT, 1), item(3, "B", Lane.NEXT, 2), DOCUMENT.items[3]), 5)
    assert lanes(take(MINE, swapped, DOCUMENT, AT).board)["next"] == ["C", "B"]


def test_a_full_next_gives_up_its_last() -> None:
    mine = replace(MINE, items=(*MINE.items, item(11, "Y", Lane.NEXT, 3)), next_number=12)
    told = take(mine, changed(E=item(5, "E", Lane.NEXT, 3)), DOCUMENT, AT)
    assert lanes(told.board)["next"] == ["B", "C", "E"]
    assert told.warnings == ("#11 Y: the file fills NEXT, so it went to LATER",)


def test_what_was_dropped_here_is_a_new_item_there() -> None:
    mine = MINE.having([replace(MINE.item(8), lane=Lane.DROPPED, position=0)])
    told = take(mine, changed(B=item(2, "B", Lane.NEXT, 1, scope="again")), DOCUMENT, AT)
    assert told.added == (11,)
    assert told.board.item(8).lane is Lane.DROPPED
