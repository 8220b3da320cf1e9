"""A document put into a dialog: what was understood is shown first, and only then it is on the board."""

import pytest

from bot.documents.next7d import read
from bot.services.documents import exporting
from bot.services.documents.exporting import Form
from bot.slack.client import SlackRefused, SlackUnreachable
from tests.documents.samples_of import NOW, ORIGINAL, STATES, text_of
from tests.slack.stage import Stage

BOARD = text_of(ORIGINAL)
STATE = text_of(next(path for path in STATES if path.stem == "2025-12-20-2043"))


def put(stage: Stage, name: str, content: str | bytes) -> str:
    """Somebody uploads a file. Gives its id."""
    file = f"F{len(stage.slack.files)}"
    stage.slack.files[file] = (name, content if isinstance(content, bytes) else content.encode())
    return file


async def test_a_document_is_previewed_and_then_imported(empty: Stage) -> None:
    asked = await empty.types("import")
    [field] = [block for block in asked.view["blocks"] if block["type"] == "input"]
    assert field["element"] == {"type": "file_input", "action_id": "value", "max_files": 2}
    shown = await empty.sends(asked.view, file=[put(empty, "NEXT-7D.md", BOARD)])
    assert (
        "*22 items* would go onto the board:\n*WIP* 1: #1 Consolidate MVP verification docs\n*NEXT* 3: #2"
        in shown.words
    )
    assert "*DONE* 18: #5 " in shown.words
    assert "and 15 more" in shown.words
    assert empty.board().items == ()
    done = await empty.sends(shown.view)
    assert "*22 items* are on the board now" in done.words
    assert len(empty.board().items) == len(read(BOARD, NOW).board.items)
    again = await empty.sends((await empty.types("import")).view, file=[put(empty, "NEXT-7D.md", BOARD)])
    assert "*Nothing is new.*" in again.words
    assert "22 items were here already and stay as they are." in again.words
    assert ("submit" in again.view, again.view["close"]["text"]) == (False, "Close")
    undone = await empty.types("undo")
    assert "Undone" in undone.words
    assert len(empty.board().done) == 0


async def test_only_the_document_s_own_words_are_new(empty: Stage) -> None:
    shown = await empty.sends((await empty.types("import")).view, file=[put(empty, "a.md", BOARD)])
    await empty.sends(shown.view)
    reworded = BOARD.replace("No exceptions", "Hardly any exceptions")
    again = await empty.sends((await empty.types("import")).view, file=[put(empty, "a.md", reworded)])
    assert "*No item is new.* The document's own words are others than those kept here" in again.words
    done = await empty.sends(again.view)
    assert "*No item is new.* The document's own words are kept." in done.words
    assert "Hardly any" in exporting.export(empty.db, "C1", Form.MARKDOWN, NOW).content.decode()
    third = await empty.sends((await empty.types("import")).view, file=[put(empty, "a.md", reworded)])
    assert "submit" not in third.view


async def test_what_the_document_lacks_is_listed_when_nothing_is_new(stage: Stage) -> None:
    text = "# Board\n\n## NEXT\n1. Search\n"
    await stage.sends((await stage.sends((await stage.types("import")).view, file=[put(stage, "a.md", text)])).view)
    again = await stage.sends((await stage.types("import")).view, file=[put(stage, "a.md", text)])
    assert "On the board but not in the document, so they stay: #1 Payments" in again.words
    assert "submit" not in again.view


async def test_both_documents_at_once(empty: Stage) -> None:
    files = [put(empty, "ops.md", STATE), put(empty, "NEXT-7D.md", BOARD)]
    shown = await empty.sends((await empty.types("import")).view, file=files)
    assert "⚠️" in shown.words
    await empty.sends(shown.view)
    board = empty.board()
    assert board.wip is not None
    assert board.wip.title == "Consolidate MVP verification docs"
    assert sum(item.title == board.wip.title for item in board.items) == 1
    assert any(item.title == "SSH/fail2ban" for item in board.done)


async def test_doubts_are_shown_with_their_lines_and_what_is_lacking_is_listed(stage: Stage) -> None:
    text = "# B\n\n## WIP\n**A**\n- Scope: a\n\n**B <!channel>**\n- Scope: b\n"
    shown = await stage.sends((await stage.types("import")).view, file=[put(stage, "b.md", text)])
    assert "line 7" in shown.words
    assert "WIP holds one item, so this one went to LATER" in shown.words
    assert "<!channel>" in shown.words
    assert "On the board but not in the document, so they stay: #1 Payments, #2 Search" in shown.words
    assert "WIP is taken by #1" in shown.words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "not a text file in UTF-8"),
        (b"", "is empty"),
        (b"just words", "does not look like a board"),
        (b"# STATE\n" + b"x" * (2 * 1024 * 1024), "larger than 2 MB"),
    ],
)
async def test_what_is_no_document_is_told_on_the_field(stage: Stage, content: bytes, words: str) -> None:
    answer = await stage.sends((await stage.types("import")).view, file=[put(stage, "a.md", content)])
    assert words in answer.errors["file"]


async def test_two_of_one_kind_and_none(stage: Stage) -> None:
    dialog = (await stage.types("import")).view
    answer = await stage.sends(dialog, file=[put(stage, "a.md", BOARD), put(stage, "b.md", BOARD)])
    assert "two documents of one kind" in answer.errors["file"]
    assert "Choose a document" in (await stage.sends(dialog, file=[])).errors["file"]


@pytest.mark.parametrize("method", ["file", "download"])
async def test_without_the_scope_it_says_what_is_missing(stage: Stage, method: str) -> None:
    stage.slack.fails(method, SlackRefused("missing_scope", "files:read"))
    answer = await stage.sends((await stage.types("import")).view, file=[put(stage, "a.md", BOARD)])
    assert "files:read" in answer.errors["file"]
    stage.slack.fails(method, SlackUnreachable("reset"))
    answer = await stage.sends((await stage.types("import")).view, file=[put(stage, "a.md", BOARD)])
    assert "Try once more" in answer.errors["file"]
