"""`import` and `export`: the contracts that programs rely on, to the letter."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.stage import SAMPLE, Shell

ITEM = {
    "number", "title", "scope", "dod", "estimate", "priority", "status", "links", "started", "finished", "result",
    "outcome", "notes",
}  # fmt: skip


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The sample, imported as anybody would, into a database that was not there."""
    folder = tmp_path_factory.mktemp("imported")
    shell = Shell(folder, f"sqlite:///{folder}/onewip.db")
    done = shell.run("import", SAMPLE, "--channel", "C1")
    assert done.code == 0
    assert "Imported 22 items for C1: 1 in WIP, 3 in NEXT, 18 in DONE." in done.out
    return shell


def test_a_board_as_json(imported: Shell) -> None:
    board = imported.board()
    assert board.keys() == {"in_progress", "wip", "next", "later", "blocked", "done", "updated", "sections"}
    assert board["in_progress"] == [board["wip"]]
    assert [item["number"] for item in board["next"]] == [2, 3, 4]
    assert [item["number"] for item in board["done"]] == list(range(5, 23))
    assert (board["later"], board["blocked"]) == ([], [])
    assert board["updated"] == "2025-12-20T20:35:00+00:00"
    for item in [board["wip"], *board["next"], *board["done"]]:
        assert item.keys() >= ITEM


def test_the_item_in_progress_as_json(imported: Shell) -> None:
    wip = imported.board()["wip"]
    assert wip["number"] == 1
    assert wip["title"] == "Consolidate MVP verification docs"
    assert wip["scope"].startswith("Create master verification document")
    assert wip["status"] == "Pending Pass 2 execution"
    assert wip["started"] == "2025-12-20T12:00:00+00:00"
    assert (wip["finished"], wip["outcome"], wip["result"]) == (None, None, "")
    assert len(wip["dod"]) == 6
    assert wip["dod"][2] == {"text": "Cross-reference all audit docs", "state": "open", "evidence": ""}


def test_what_is_next_and_done_as_json(imported: Shell) -> None:
    board = imported.board()
    assert board["next"][0]["estimate"] == "1-2 days"
    assert board["next"][0]["priority"] == "Optional (core features already verified)"
    assert board["next"][2]["dod"] == []
    assert "Viva Wallet" in board["next"][2]["notes"]
    done = {item["number"]: item for item in board["done"]}
    assert done[6]["outcome"] == "CLOSED"
    assert {item["outcome"] for item in board["done"]} == {"CLOSED", "STABLE"}
    assert done[5]["finished"] == "2025-12-19T12:00:00+00:00"
    assert any("1761" in link for link in [*done[5]["links"], done[5]["result"]])


def test_the_documents_own_sections_are_kept(imported: Shell) -> None:
    sections = {section["heading"]: section["text"] for section in imported.board()["sections"]}
    assert {"Rules", "References"} <= sections.keys()
    assert "### WIP Limit = 1" in sections["Rules"]
    assert "DECISION-GATE.md" in sections["References"]


def test_a_board_as_markdown_can_be_imported_again(imported: Shell, shell: Shell) -> None:
    file = shell.folder / "NEXT-7D.md"
    done = imported.run("export", "--channel", "C1", "--format", "md", "--output", file)
    assert (done.code, done.out) == (0, "")
    assert imported.run("export", "--channel", "C1").out == file.read_text()  # md is what it is without --format
    assert shell.run("import", file, "--channel", "C9").code == 0
    assert shell.board("C9") == imported.board()


def test_a_board_as_csv(imported: Shell, shell: Shell) -> None:
    file = shell.folder / "board.csv"
    assert imported.run("export", "--channel", "C1", "--format", "csv", "--output", file).code == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["number"] for row in rows[:4]] == ["1", "2", "3", "4"]
    assert {row["number"] for row in rows} == {str(number) for number in range(1, 23)}
    assert (rows[0]["lane"], rows[0]["dod_met"], rows[0]["dod_total"]) == ("WIP", "0", "6")
    assert imported.run_alone("export", "--channel", "C1", "--format", "csv").out.encode() == file.read_bytes()


def test_importing_again_changes_nothing(imported: Shell) -> None:
    before = imported.board()
    done = imported.run("import", SAMPLE, "--channel", "C1", "--json")
    assert done.code == 0
    assert (done.data["added"], len(done.data["matched"])) == ([], 22)
    assert imported.board() == before


def test_what_an_import_did_as_json(shell: Shell) -> None:
    told = shell.run("import", SAMPLE, "--channel", "C1", "--json").data
    assert (told["channel"], told["applied"], told["added"]) == ("C1", True, list(range(1, 23)))
    assert [told[lane] for lane in ("wip", "next", "later", "blocked", "done")] == [1, 3, 0, 0, 18]
    assert isinstance(told["doubts"], list)
    assert told["warnings"] == []


def test_a_dry_run_tells_and_changes_nothing(shell: Shell) -> None:
    told = shell.run("import", SAMPLE, "--channel", "C1", "--dry-run", "--json").data
    assert (told["applied"], len(told["added"])) == (False, 22)
    assert "Would import 22 items" in shell.run("import", SAMPLE, "--channel", "C1", "--dry-run").out
    exported = shell.run("export", "--channel", "C1", "--format", "json")
    assert (exported.code, exported.err) == (1, "There is no board for channel C1.\n")


def test_a_channel_is_asked_for(shell: Shell) -> None:
    done = shell.run("import", SAMPLE)
    assert done.code == 2
    assert "--channel" in done.err


REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.md", b"", ""),
    ("spaces.md", b"  \n\n\t\n", ""),
    ("prose.md", b"Dear all,\n\nthis is a letter.\n", ""),
    ("program.py", b"import os\nprint(os.name)\n", ""),
    ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
    ("latin1.md", "## WIP\n- Café\n".encode("latin-1"), "not a text file in UTF-8: byte 13 can't be read"),
    ("utf16.md", "## WIP\n- x\n".encode("utf-16"), "not a text file"),
    ("zeros.md", b"## WIP\n- a\x00b\n", "byte 11 is zero"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_board_is_refused_in_words(shell: Shell, name: str, content: bytes, words: str) -> None:
    file = shell.write(name, content)
    for more in ((), ("--dry-run",)):
        done = shell.run("import", file, "--channel", "C1", *more)
        assert done.code == 1
        assert done.out == ""
        assert words in done.err
        assert done.err.strip()
    assert shell.run("export", "--channel", "C1").code == 1


def test_a_file_that_is_not_there_or_no_file_is_said_so(shell: Shell) -> None:
    missing = shell.run("import", "nowhere.md", "--channel", "C1")
    folder = shell.run("import", shell.folder, "--channel", "C1")
    assert (missing.code, folder.code) == (1, 1)
    assert missing.err == "nowhere.md can't be read: No such file or directory.\n"
    assert "Is a directory" in folder.err


def test_five_megabytes_are_answered_and_do_no_damage(shell: Shell) -> None:
    file = shell.write("huge.md", "## WIP\n- One\n\n## DONE\n" + "- Item after item (2025-12-19) ✅\n" * 150_000)
    done = shell.run("import", file, "--channel", "C1")
    assert done.code == 1
    assert done.err.strip()
    assert shell.run("export", "--channel", "C1").code == 1


def test_what_breaks_a_limit_goes_to_later_and_is_said(shell: Shell) -> None:
    many = "".join(f"- Next {k}\n" for k in range(1, 6))
    file = shell.write("many.md", f"## WIP\n- First\n- Second\n\n## NEXT\n{many}")
    done = shell.run("import", file, "--channel", "C1", "--json")
    assert done.code == 0
    assert [doubt["text"] for doubt in done.data["doubts"]] == ["- Second", "- Next 4", "- Next 5"]
    board = shell.board()
    assert board["wip"]["title"] == "First"
    assert [item["title"] for item in board["next"]] == ["Next 1", "Next 2", "Next 3"]
    assert [item["title"] for item in board["later"]] == ["Second", "Next 4", "Next 5"]
    aloud = shell.run("import", file, "--channel", "C2").out
    assert "3 in LATER" in aloud
    assert "so this one went to LATER" in aloud


def test_people_s_own_words_come_back_as_they_were(shell: Shell) -> None:
    titles = ["<!channel> & [bold]x[/bold]", "πωλητής Dixis", "איחוד מסמכי האימות", "🚀🏳️‍🌈 launch", "x" * 5000]
    file = shell.write("words.md", "## WIP\n(none)\n\n## LATER\n" + "".join(f"- {title}\n" for title in titles))
    done = shell.run("import", file, "--channel", "C1")
    assert done.code == 0
    kept = json.dumps(shell.board(), ensure_ascii=False)
    for title in titles:
        assert title in kept


def test_an_output_that_can_not_be_written_is_said_so(imported: Shell) -> None:
    done = imported.run("export", "--channel", "C1", "--output", Path("/nowhere/at/all.md"))
    assert done.code == 1
    assert "/nowhere/at/all.md can't be written" in done.err
