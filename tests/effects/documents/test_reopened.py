"""What is done on the board is done in its files, and what is open again is not, in content, message and doctor."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.documents import state
from bot.effects.documents import composing
from bot.places.checkout import LocalCheckout, PushedCheckout
from bot.places.library import Shelf
from bot.places.place import Place
from bot.services.board import history, items, look, moves
from bot.services.documents import drift, files, importing
from bot.services.ops.doctor import check_up
from bot.store.database import Database
from tests.effects.shelves import BOTH, NAMES, Kept
from tests.effects.stage import Works
from tests.fakes import Clock, FakeSlack
from tests.furnished import on_both
from tests.places.repositories import ENVIRONMENT, bare, cloned, git, made
from tests.places.repository_on_github import GitHub, repository

STATE, NEXT7D = BOTH
EVIDENCE = "https://ci.example/7 is red"


@pytest.fixture
def kept(database: Database, clock: Clock, slack: FakeSlack, tmp_path: Path) -> Iterator[Kept]:
    (tmp_path / "docs").mkdir()
    works = Kept(database, clock, slack, tmp_path / "docs")
    yield works
    works.door.close()


def lists(text: str, clock: Clock) -> dict[str, list[str]]:
    """The titles of a STATE.md, by lane."""
    board = state.read(text, clock()).reading.board
    return {
        "closed": [item.title for item in board.done],
        "in progress": [board.wip.title] if board.wip else [],
        "blocked": [item.title for item in board.blocked],
    }


def are_as_the_board(works: Works) -> list[bool]:
    return [file.is_current for file in check_up(works.db, "C1", works.clock()).files]


@on_both
async def test_a_reopened_item_is_no_longer_closed(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == ["Payments"]
    moves.reopen(kept.db, kept.alice, 1, EVIDENCE)
    assert are_as_the_board(kept) == [False, False]
    await kept.still()
    assert lists(kept.read(STATE), kept.clock) == {"closed": [], "in progress": ["Search"], "blocked": ["Cards"]}
    assert are_as_the_board(kept) == [True, True]
    moves.park(kept.db, kept.alice, 2, "a question")
    moves.start(kept.db, kept.alice, 1)
    await kept.still()
    assert lists(kept.read(STATE), kept.clock) == {
        "closed": [],
        "in progress": ["Payments"],
        "blocked": ["Cards", "Search"],
    }
    assert kept.slack.in_channel("drift") == []


async def test_an_item_that_is_reopened_before_its_finish_is_written_is_never_closed(kept: Kept) -> None:
    await kept.still()
    kept.finish()
    moves.reopen(kept.db, kept.alice, 1, EVIDENCE)
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == []


async def test_reopened_with_the_evidence_of_production(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    moves.reopen(kept.db, kept.alice, 1, "prod facts after the finish: Shop lost 200")
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == []


async def test_a_reopening_that_is_undone_closes_it_again(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    closed = kept.read(STATE)
    moves.reopen(kept.db, kept.alice, 1, EVIDENCE)
    await kept.still()
    history.undo(kept.db, kept.alice)
    await kept.still()
    assert kept.read(STATE) == closed


async def test_finished_once_more_it_is_closed_once(kept: Kept) -> None:
    kept.finish(then=None)
    await kept.still()
    moves.reopen(kept.db, kept.alice, 1, EVIDENCE)
    moves.start(kept.db, kept.alice, 1)
    items.tick(kept.db, kept.alice, 1, 2)
    kept.finish(then=None)
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == ["Payments"]


async def test_an_imported_item_that_is_reopened_leaves_the_list_that_it_came_in(kept: Kept) -> None:
    closed = "- **Old**: done (Closed: 2026-02-01)\n- **Theirs**: done (Closed: 2026-02-02)\n"
    text = f"# STATE\n\n## CLOSED\n{closed}\n## IN PROGRESS\n- (none)\n"
    kept.write(STATE, text)
    importing.import_document(kept.db, kept.alice, importing.Documents(None, text))
    await kept.still()
    number = next(i.number for i in look.whole(kept.db, "C1").items if i.title == "Old")
    moves.reopen(kept.db, kept.alice, number, EVIDENCE)
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == ["Theirs"]


async def test_an_import_closes_nothing_that_the_file_does_not(kept: Kept) -> None:
    await kept.still()
    importing.import_document(kept.db, kept.alice, "# NEXT 7 DAYS\n\n## DONE\n- Elsewhere (2026-02-01) ✅\n")
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == []


async def test_what_a_file_moved_back_from_done_is_not_closed(kept: Kept) -> None:
    kept.finish(then=None)
    await kept.still()
    text = kept.read(NEXT7D)
    entry = next(line for line in text.splitlines() if line.startswith("- Payments"))
    kept.write(NEXT7D, text.replace(f"{entry}\n", "").replace("## LATER\n", "## LATER\n- Payments\n"))
    items.set_status(kept.db, kept.alice, 2, "x")
    await kept.still()
    drift.take(kept.db, kept.alice)
    await kept.still()
    assert lists(kept.read(STATE), kept.clock)["closed"] == []


@pytest.mark.parametrize("push", [False, True], ids=["local", "pushed"])
async def test_a_commit_says_what_its_content_says(
    database: Database, clock: Clock, slack: FakeSlack, tmp_path: Path, push: bool
) -> None:
    remote = bare(tmp_path) if push else made(tmp_path / "repo")
    where = cloned(remote, "ours") if push else remote
    place: Place = PushedCheckout(where, ENVIRONMENT, "main", "origin") if push else LocalCheckout(where, ENVIRONMENT)
    kept = Kept(database, clock, slack, tmp_path / "unused")
    works = Works(database, clock, slack, library={"C1": Shelf("C1", place, NAMES)})

    def written(name: str) -> tuple[str, str]:
        return git(remote, "log", "-1", "--format=%s", "--", name).strip(), git(remote, "show", f"HEAD:{name}")

    async def still() -> None:
        clock.forward(seconds=6)
        await works.pay()

    kept.finish()
    await still()
    assert written(STATE)[0] == "STATE.md: #1 Payments is done, #2 Search started"
    moves.reopen(database, kept.alice, 1, EVIDENCE)
    await still()
    said, content = written(STATE)
    assert said == "STATE.md: #1 Payments is open again"
    assert lists(content, clock) == {"closed": [], "in progress": ["Search"], "blocked": ["Cards"]}
    kept.clock = clock
    items.tick(database, kept.alice, 2, 1)
    moves.finish(database, kept.alice, 2, then=None)
    moves.reopen(database, kept.alice, 2, EVIDENCE)
    await still()
    said, content = written(NEXT7D)
    assert said == "NEXT-7D.md: #2 Search is open again"
    assert "is done" not in said
    assert content.index("Search") < content.index("## DONE")
    assert are_as_the_board(works) == [True, True]
    for each in (works, kept):
        each.door.close()


async def test_on_github_too_what_is_open_again_is_not_closed(
    database: Database, clock: Clock, slack: FakeSlack, tmp_path: Path
) -> None:
    kept = Kept(database, clock, slack, tmp_path)
    site = GitHub()
    async with repository(site) as place:
        works = Works(database, clock, slack, library={"C1": Shelf("C1", place, NAMES)})
        for change in (kept.finish, partial(moves.reopen, database, kept.alice, 1, EVIDENCE)):
            change()
            assert are_as_the_board(works) == [False, False]
            clock.forward(seconds=6)
            await works.pay()
            assert are_as_the_board(works) == [True, True]
    said = [words for name, words in site.commits if name == STATE]
    assert said == ["STATE.md: #1 Payments is done, #2 Search started", "STATE.md: #1 Payments is open again"]
    assert lists(site.files[STATE].decode(), clock)["closed"] == []
    for each in (works, kept):
        each.door.close()


async def test_a_next_that_was_parked_meanwhile_did_not_start(kept: Kept) -> None:
    kept.finish()
    moves.park(kept.db, kept.alice, 2, "a question")
    wanted = files.desired(kept.db, "C1", "state", kept.clock())
    assert wanted is not None
    assert composing.message(wanted) == "STATE.md: #1 Payments is done"


async def test_an_undone_finish_is_said_to_be(kept: Kept) -> None:
    kept.finish()
    await kept.pay()
    history.undo(kept.db, kept.alice)
    wanted = files.desired(kept.db, "C1", "state", kept.clock())
    assert wanted is not None
    assert composing.message(wanted) == "STATE.md: the finish of #1 Payments is undone"
