"""`import --git`: the newest version of a document, with dates from all of them."""

from datetime import UTC, datetime
from pathlib import Path

from bot.core.board.model import Lane
from bot.documents import next7d
from bot.services.board import look
from tests.cli.stage import Shell
from tests.documents.samples_of import BOARDS, text_of
from tests.fakes import MONDAY
from tests.places.repositories import commit, git, made

FIRST = "# B\n\n## WIP\n(none)\n\n## NEXT\n\n1. **A**\n2. **B**\n"
SECOND = "# B\n\n## WIP\n**A**\n- Scope: a\n\n## NEXT\n\n1. **B**\n"
THIRD = "# B\n\n## WIP\n**B**\n- Scope: b\n\n## DONE\n- A ✅\n"


def repository(folder: Path) -> Path:
    repo = made(folder / "repo")
    for k, text in enumerate((FIRST, "no board", SECOND, THIRD), 1):
        commit(repo, "docs/BOARD.md" if k < 4 else "docs/NEXT-7D.md", text, when=f"2026-01-0{k}T09:00:00+00:00")
        if k == 3:
            git(repo, "mv", "docs/BOARD.md", "docs/NEXT-7D.md")
            git(repo, "commit", "-q", "-m", "renamed", when="2026-01-03T10:00:00+00:00")
    return repo


def test_dates_come_from_the_versions(shell: Shell) -> None:
    repo = repository(shell.folder)
    done = shell.run("import", "--git", repo, "--path", "docs/NEXT-7D.md", "--channel", "C1")
    assert done.code == 0
    assert "Dates of 2 items come from the history" in done.out
    assert "Read 4 versions of docs/NEXT-7D.md; 1 more held no board." in done.err
    board = shell.board()
    assert (board["done"][0]["started"], board["done"][0]["finished"]) == (
        "2026-01-03T09:00:00+00:00", "2026-01-04T09:00:00+00:00",
    )  # fmt: skip
    assert board["wip"]["started"] == "2026-01-04T09:00:00+00:00"


def test_a_trial_says_the_same_and_does_nothing(shell: Shell) -> None:
    repo = repository(shell.folder)
    told = shell.run("import", "--git", repo, "--path", "docs/NEXT-7D.md", "--channel", "C1", "--dry-run", "--json")
    assert (told.data["dated"], told.data["undated"], told.data["applied"]) == ([1, 2], [], False)
    assert shell.run("export", "--channel", "C1").code == 1


def real(folder: Path) -> Path:
    """A repository with the board's real versions, each with the time of its name."""
    repo = made(folder / "repo")
    for path in BOARDS[1:]:
        day, minute = path.stem[:10], path.stem[11:]
        commit(repo, "NEXT-7D.md", text_of(path), when=f"{day}T{minute[:2]}:{minute[2:]}:00+00:00")
    return repo


def test_real_versions(shell: Shell) -> None:
    told = shell.run("import", "--git", real(shell.folder), "--channel", "C1", "--json").data
    newest = next7d.read(text_of(BOARDS[-1]), MONDAY).board
    assert len(told["added"]) > 5 * len(newest.items)
    assert (told["wip"], told["next"], told["later"]) == tuple(
        map(len, (newest.lane(Lane.WIP), newest.next, newest.later))
    )
    assert (told["done"], told["dropped"]) > (100, 5)
    assert {each["why"] for each in told["undated"]} <= {
        "no version tells when it was started",
        "no version tells when it was finished",
        "no version tells when it was started or finished",
        "its dates contradict each other",
        "the title stands twice",
    }
    assert len(told["gone"]) == len(told["added"]) - len(newest.items)
    db = shell.database()
    started = {item.title: item.started for item in look.whole(db, "C1").items}
    db.close()
    assert started["PROD stability monitoring"] == datetime(2025, 12, 20, 12, tzinfo=UTC)  # as the document says
    assert started["OPS-DEPLOY-SSH-RETRY-01: SSH deploy retry + post-deploy proof"] == datetime(
        2026, 1, 23, 0, 59, tzinfo=UTC
    )


def exported(shell: Shell) -> str:
    return shell.run("export", "--channel", "C1").out


def test_what_went_before_is_on_the_board_and_not_in_its_document_again(shell: Shell) -> None:
    assert shell.run("import", "--git", real(shell.folder), "--channel", "C1").code == 0
    before, after = (next7d.read(text, MONDAY).board for text in (text_of(BOARDS[-1]), exported(shell)))
    assert {item.title for item in after.items} == {item.title for item in before.items}
    again = shell.run("import", "--git", shell.folder / "repo", "--channel", "C1", "--json").data
    assert (again["added"], again["dated"]) == ([], [])


def test_what_is_wrong_is_said(shell: Shell) -> None:
    repo = repository(shell.folder)
    for words, told in (
        (("--git", repo, "--path", "x.md"), "x.md is nowhere in the history"),
        (("--git", shell.folder / "nowhere"), "git log failed"),
        (("--git", repo, "--path", "README.md"), "None of the 1 versions of README.md is a board"),
        ((), "Name a document"),
    ):
        done = shell.run("import", *words, "--channel", "C1")
        assert (done.code, told in done.err) == (1, True), done.err
