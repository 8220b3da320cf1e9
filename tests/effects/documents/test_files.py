"""A board's files follow it; what a person wrote is never overwritten unasked; what fails can be tried again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.board.edits import Draft
from bot.core.board.model import Lane
from bot.documents import next7d, state
from bot.effects.documents.archive import roll
from bot.errors import NotFound
from bot.places import beneath
from bot.services.board import finishes, history, items, look, moves
from bot.services.documents import drift, files, importing
from bot.services.ops.doctor import check_up
from bot.slack.board import finish_post as views
from bot.store.database import Database
from tests.documents.samples_of import ORIGINAL, STATES, text_of
from tests.effects.ledger import dead, owed
from tests.effects.shelves import BOTH, NAMES, Kept
from tests.fakes import Clock, FakeSlack
from tests.furnished import on_both
from tests.slack.stage import buttons, written

STATE, NEXT7D = BOTH
LISTS = next(path for path in STATES if path.stem == "2025-12-20-2043")


@pytest.fixture
def kept(database: Database, clock: Clock, slack: FakeSlack, tmp_path: Path) -> Iterator[Kept]:
    (tmp_path / "docs").mkdir()
    works = Kept(database, clock, slack, tmp_path / "docs")
    yield works
    works.door.close()


def words(message: Any) -> str:
    return written(message.blocks)


def post(kept: Kept) -> Any:
    [message] = kept.slack.in_channel("finish")
    return message


@on_both
async def test_a_finish_is_written_into_both_files_and_the_post_says_so(kept: Kept) -> None:
    kept.finish()
    await kept.pay()
    assert "✅ DONE (CLOSED)   ✅ STATE.md   ✅ NEXT-7D.md   ✅ #2 started" in words(post(kept))
    board = next7d.read(kept.read(NEXT7D), kept.clock()).board
    assert board.wip is not None
    assert (board.wip.title, [item.title for item in board.done]) == ("Search", ["Login", "Payments"])
    told = state.read(kept.read(STATE), kept.clock()).reading.board
    assert told.wip is not None
    assert (told.wip.title, [item.title for item in told.done]) == ("Search", ["Payments"])
    assert [item.title for item in told.blocked] == ["Cards"]
    assert (owed(kept.db), dead(kept.db)) == ([], [])


async def test_ten_changes_are_one_write(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = beneath.put

    def put(folder: Path, name: str, before: bytes | None, after: bytes) -> None:
        written.append(name)
        real(folder, name, before, after)

    monkeypatch.setattr(beneath, "put", put)
    for k in range(10):
        items.set_status(kept.db, kept.alice, None, f"note {k}")
        await kept.pay()
    assert written == []
    await kept.still()
    assert sorted(written) == ["NEXT-7D.md", "OPS/STATE.md"]
    assert "note 9" in kept.read(NEXT7D)


async def test_what_shows_in_no_file_writes_none(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    before = {name: kept.read(name) for name in BOTH}
    moves.add(kept.db, kept.alice, Draft("New"))
    await kept.still()
    assert kept.read(STATE) == before[STATE]
    assert "New" in kept.read(NEXT7D)


async def test_a_file_that_cannot_be_written_is_a_red_step_with_a_retry(kept: Kept) -> None:
    (kept.folder / "OPS").write_text("a file where a folder should be")
    kept.finish()
    await kept.pay()
    assert "❌ STATE.md: STATE.md can't be read: Not a directory   ✅ NEXT-7D.md" in words(post(kept))
    retry = next(b for b in buttons(post(kept).blocks) if b["text"]["text"] == "Retry STATE.md")
    assert (retry["action_id"], retry["value"]) == ("do:retry", "1 state")
    for seconds in (1, 5, 30, 300):
        kept.clock.forward(seconds=seconds)
        await kept.pay()
    assert [kind for kind, _ in dead(kept.db)] == ["state"]
    (kept.folder / "OPS").unlink()
    finishes.retry(kept.db, kept.alice, 1, "state")
    await kept.pay()
    assert "✅ STATE.md   ✅ NEXT-7D.md" in words(post(kept))
    assert "Payments" in kept.read(STATE)
    with pytest.raises(NotFound, match="nothing to try again"):
        finishes.retry(kept.db, kept.alice, 1)


async def test_what_a_link_leads_to_is_neither_shown_nor_overwritten(kept: Kept, tmp_path: Path) -> None:
    kept.finish()
    await kept.still()
    (tmp_path / "outside").mkdir()
    secret = tmp_path / "outside" / ".env"
    secret.write_text("## WIP\n\nSTRIPE_SECRET=hunter2hunter2\n")
    (kept.folder / NEXT7D).unlink()
    (kept.folder / NEXT7D).symlink_to("../outside/.env")
    items.set_status(kept.db, kept.alice, None, "x")
    await kept.still()
    assert kept.slack.in_channel("drift") == []
    with pytest.raises(NotFound):
        drift.keep(kept.db, kept.alice)
    await kept.still()
    assert secret.read_text() == "## WIP\n\nSTRIPE_SECRET=hunter2hunter2\n"
    why = "NEXT-7D.md is a link, and links are not followed: put the file itself in its place"
    assert [file.error for file in check_up(kept.db, "C1", kept.clock()).files] == ["", why]


async def test_a_directory_that_is_gone_is_a_red_step_and_no_new_directory(kept: Kept) -> None:
    kept.finish()
    shutil.rmtree(kept.folder)
    await kept.pay()
    why = "the directory docs is not there: it was deleted, renamed or unmounted"
    assert f"❌ STATE.md: {why}   ❌ NEXT-7D.md: {why}" in words(post(kept))
    assert not kept.folder.exists()
    kept.folder.mkdir()
    finishes.retry(kept.db, kept.alice, 1)
    await kept.pay()
    assert "✅ STATE.md   ✅ NEXT-7D.md" in words(post(kept))


async def test_a_next_that_was_refused_is_started_by_its_retry(kept: Kept) -> None:
    kept.finish(then=3)  # #3 has no DoD
    await kept.pay()
    assert "❌ next not started" in words(post(kept))
    [start] = [b for b in buttons(post(kept).blocks) if b["text"]["text"] == "Start #3"]
    assert (start["action_id"], start["value"]) == ("do:retry", "1 next")
    items.write_dod(kept.db, kept.alice, 3, "The page /ideas shows ten of them")
    finishes.retry(kept.db, kept.alice, 1, "next")
    await kept.pay()
    assert "✅ #3 started" in words(post(kept))
    assert kept.lanes()[Lane.WIP] == [3]


@pytest.mark.parametrize("untouched", [True, False])
async def test_an_undone_finish_is_taken_out_of_the_files(kept: Kept, untouched: bool) -> None:
    kept.write(STATE, text_of(LISTS))
    items.set_status(kept.db, kept.alice, None, "nearly")
    await kept.still()
    before = {name: kept.read(name) for name in BOTH}
    kept.finish()
    await kept.pay()
    if not untouched:
        kept.write(STATE, kept.read(STATE) + "\nBy hand.\n")
    history.undo(kept.db, kept.alice)
    await kept.pay()
    assert "the finish was undone" in words(post(kept))
    assert "⏳" not in words(post(kept))
    assert next7d.is_changed(before[NEXT7D], kept.read(NEXT7D), kept.clock())  # the ticks of the finish stay
    assert kept.read(NEXT7D).replace("[x] ", "") == before[NEXT7D].replace("[x] ", "")
    assert "(Closed: 2026-03-02)" not in kept.read(STATE)
    assert "- **WIP**: Payments" in kept.read(STATE)
    assert untouched or "By hand." in kept.read(STATE)


@on_both
async def test_an_edit_outside_our_parts_is_kept(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    for name in BOTH:
        kept.write(name, kept.read(name) + "\n## Our notes\n\nKeep  me \n")
    items.set_status(kept.db, kept.alice, None, "half way")
    moves.park(kept.db, kept.alice, 2, "a question")
    await kept.still()
    assert kept.slack.in_channel("drift") == []
    for name in BOTH:
        assert kept.read(name).endswith("\n## Our notes\n\nKeep  me \n")
    assert "a question" in kept.read(NEXT7D)
    assert "a question" in kept.read(STATE)


async def edited(kept: Kept) -> str:
    """Somebody rewrites the scope in NEXT-7D.md, and adds an item; then the board changes."""
    await kept.still()
    items.set_status(kept.db, kept.alice, None, "before")
    await kept.still()
    text = kept.read(NEXT7D).replace("GET /search answers in 300 ms", "GET /search answers in 200 ms")
    text = text.replace("## LATER\n", "## LATER\n- Written by hand\n")
    kept.write(NEXT7D, text)
    items.set_status(kept.db, kept.alice, None, "after")
    await kept.still()
    return text


@on_both
async def test_an_edit_of_our_parts_is_not_overwritten_and_told_once(kept: Kept) -> None:
    text = await edited(kept)
    assert kept.read(NEXT7D) == text
    items.set_status(kept.db, kept.alice, None, "and after that")
    await kept.still()
    [notice] = kept.slack.in_channel("drift")
    assert "*NEXT-7D.md was changed by hand*" in words(notice)
    assert "-   - GET /search answers in 300 ms\n+   - GET /search answers in 200 ms" in words(notice)
    assert [b["action_id"] for b in buttons(list(notice.blocks))] == ["do:take", "do:keep"]
    assert kept.read(NEXT7D) == text


async def test_a_notice_shows_our_parts_and_no_secrets(kept: Kept) -> None:
    kept.means = replace(kept.means, secrets=("correct horse battery",))
    items.set_status(kept.db, kept.alice, None, "before")
    await kept.still()
    text = kept.read(NEXT7D).replace("# NEXT 7 DAYS", "# NEXT 7 DAYS\n\nBeside it.")
    mine = "- Mine, with correct horse battery\n- STRIPE_SECRET=hunter2hunter2\n"
    kept.write(NEXT7D, text.replace("## LATER\n", f"## LATER\n{mine}"))
    items.set_status(kept.db, kept.alice, None, "after")
    await kept.still()
    shown = words(kept.slack.in_channel("drift")[0])
    assert "\n+ - Mine, with •••\n+ - STRIPE_SECRET=•••\n" in shown


async def test_a_finish_whose_file_waits_for_a_choice_offers_no_retry(kept: Kept) -> None:
    await edited(kept)
    kept.finish()
    await kept.still()
    assert "❌ NEXT-7D.md: it was changed by hand, so nothing was overwritten" in words(post(kept))
    assert [b["text"]["text"] for b in buttons(post(kept).blocks)] == ["Undo"]
    drift.keep(kept.db, kept.alice)
    await kept.still()
    assert "✅ NEXT-7D.md" in words(post(kept))


@on_both
async def test_the_file_is_taken(kept: Kept) -> None:
    await edited(kept)
    taken = drift.take(kept.db, kept.alice)
    assert (taken.name, taken.added, taken.changed) == ("NEXT-7D.md", 1, 1)
    board = look.whole(kept.db, "C1")
    assert [criterion.text for criterion in board.item(2).dod] == ["GET /search answers in 200 ms"]
    assert board.item(7).title == "Written by hand"
    noted = board.item(1).status
    assert noted is not None
    assert noted.text == "after"  # what the file did not change stands
    await kept.still()
    [notice] = kept.slack.in_channel("drift")
    assert "Alice took the file." in words(notice)
    assert list(buttons(list(notice.blocks))) == []
    assert "after" in kept.read(NEXT7D)
    assert "Written by hand" in kept.read(NEXT7D)
    history.undo(kept.db, kept.alice)
    await kept.still()
    assert "300 ms" in kept.read(NEXT7D)
    assert len(kept.slack.in_channel("drift")) == 1


@on_both
async def test_the_board_is_kept(kept: Kept) -> None:
    await edited(kept)
    assert drift.keep(kept.db, kept.alice) == "NEXT-7D.md"
    with pytest.raises(NotFound):
        drift.keep(kept.db, kept.alice)
    await kept.pay()
    assert "300 ms" in kept.read(NEXT7D)
    assert "Written by hand" not in kept.read(NEXT7D)
    assert "Alice kept the board." in words(kept.slack.in_channel("drift")[0])


async def test_an_edit_that_is_taken_back_by_hand_settles_itself(kept: Kept) -> None:
    text = await edited(kept)
    kept.write(NEXT7D, text.replace("200 ms", "300 ms").replace("- Written by hand\n", ""))
    items.set_status(kept.db, kept.alice, None, "again")
    await kept.still()
    assert "The file is as it was again" in words(kept.slack.in_channel("drift")[0])
    assert "again" in kept.read(NEXT7D)


async def test_a_second_edit_has_a_notice_of_its_own(kept: Kept) -> None:
    await edited(kept)
    drift.keep(kept.db, kept.alice)
    await kept.pay()
    await edited(kept)
    assert len(kept.slack.in_channel("drift")) == 2


async def test_a_file_that_the_board_does_not_come_from_is_not_overwritten(kept: Kept) -> None:
    kept.write(NEXT7D, text_of(ORIGINAL))
    items.set_status(kept.db, kept.alice, None, "x")
    await kept.still()
    assert kept.read(NEXT7D) == text_of(ORIGINAL)
    assert len(kept.slack.in_channel("drift")) == 1
    drift.take(kept.db, kept.alice)
    await kept.still()
    assert "Consolidate MVP verification docs" in kept.read(NEXT7D)
    assert any(item.title == "Payments" for item in look.whole(kept.db, "C1").items)


async def test_a_board_that_was_imported_from_the_file_changes_only_its_own(kept: Kept) -> None:
    kept.write(NEXT7D, text_of(ORIGINAL))
    importing.import_document(kept.db, kept.alice, text_of(ORIGINAL))
    await kept.still()
    assert kept.slack.in_channel("drift") == []
    assert "Payments" in kept.read(NEXT7D)
    assert kept.read(NEXT7D).endswith(text_of(ORIGINAL)[text_of(ORIGINAL).index("## Rules") :])


async def test_a_file_that_is_no_board_any_more_can_be_written_over(kept: Kept) -> None:
    kept.finish()
    await kept.still()
    kept.write(NEXT7D, "# gone\n")
    items.set_status(kept.db, kept.alice, None, "x")
    await kept.still()
    assert kept.read(NEXT7D) == "# gone\n"
    drift.keep(kept.db, kept.alice)
    await kept.pay()
    assert "Search" in kept.read(NEXT7D)


async def test_bytes_that_are_no_text_are_a_red_step(kept: Kept) -> None:
    (kept.folder / NEXT7D).write_bytes(b"\xff\xfe")
    kept.finish()
    await kept.pay()
    assert "❌ NEXT-7D.md: This is not a text file in UTF-8" in words(post(kept))
    assert (kept.folder / NEXT7D).read_bytes() == b"\xff\xfe"


async def test_a_board_without_documents_owes_none(kept: Kept) -> None:
    files.register(kept.db, {}, kept.clock())
    kept.finish()
    assert [key for key in owed(kept.db) if key == "C1"] != []
    await kept.still()
    assert "STATE.md" not in words(post(kept))
    assert list(kept.folder.iterdir()) == []


async def test_what_was_not_written_while_the_bot_stood_still_is_owed_at_its_start(kept: Kept) -> None:
    files.register(kept.db, {}, kept.clock())
    items.set_status(kept.db, kept.alice, None, "by the command line")
    files.register(kept.db, {"C1": NAMES}, kept.clock())
    await kept.pay()
    assert "by the command line" in kept.read(NEXT7D)


def test_the_ledger_speaks_of_a_waiting_file(kept: Kept) -> None:
    kept.finish()
    change = look.look(kept.db, "C1", kept.clock()).version
    ledger = finishes.read(kept.db, "C1", change)
    assert "⏳ STATE.md   ⏳ NEXT-7D.md" in written(views.post(ledger, kept.clock()))


async def test_what_is_in_the_archive_does_not_come_back(kept: Kept) -> None:
    kept.write(NEXT7D, text_of(ORIGINAL))
    importing.import_document(kept.db, kept.alice, text_of(ORIGINAL))
    await kept.still()
    moved = await roll(kept.door, kept.means.library["C1"], kept.clock())
    assert [(each.source, each.count) for each in moved] == [("NEXT-7D.md", 18)]
    items.set_status(kept.db, kept.alice, None, "after the roll")
    await kept.still()
    assert "after the roll" in kept.read(NEXT7D)
    assert "SSH/fail2ban" not in kept.read(NEXT7D)
    assert "SSH/fail2ban" in kept.read("STATE-ARCHIVE/DONE-2026-03.md")
    assert kept.slack.in_channel("drift") == []


async def test_somebody_who_writes_at_the_same_moment_is_not_overwritten(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.finish()
    await kept.still()
    real, once = beneath.put, iter([True])

    def put(folder: Path, name: str, before: bytes | None, after: bytes) -> None:
        if next(once, False):
            (folder / name).write_bytes((before or b"") + b"\nIn the same moment.\n")
        real(folder, name, before, after)

    monkeypatch.setattr(beneath, "put", put)
    items.set_status(kept.db, kept.alice, None, "ours")
    moves.park(kept.db, kept.alice, 2, "a question")
    await kept.still()
    assert sum("In the same moment." in kept.read(name) for name in BOTH) == 1
    assert all("a question" in kept.read(name) for name in BOTH)
    assert dead(kept.db) == []
