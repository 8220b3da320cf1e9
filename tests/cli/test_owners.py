"""`import --owner`: whom a board belongs to that is imported by the command line."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.core.board.edits import Draft
from bot.core.people import Person
from bot.errors import NotAllowed
from bot.sandbox.server import Sandbox
from bot.services.board import items, look, moves
from bot.services.change import Ask
from tests.cli.stage import SAMPLE, Done, Shell
from tests.fakes import MONDAY, Clock
from tests.people import ALICE, BOB

IMPORT = ("import", SAMPLE, "--channel", "C1")


@pytest.fixture
async def slack(shell: Shell) -> AsyncIterator[dict[str, str]]:
    """What is set where there is a Slack to ask."""
    box = Sandbox(shell.folder / "workspace.db", 0, Clock())
    await box.start()
    yield {"SLACK_BOT_TOKEN": box.bot_token, "SLACK_API_URL": box.api_url}
    await box.stop()


def owners(shell: Shell) -> tuple[Person, ...]:
    db = shell.database()
    seen = look.look(db, "C1", MONDAY).owners
    db.close()
    return seen


def acquainted(shell: Shell, *people: Person) -> None:
    """Let people have done something on another board."""
    db = shell.database()
    for person in people:
        moves.add(db, Ask("C2", person, MONDAY), Draft(f"Of {person.id}"))
    db.close()


def test_without_an_owner_nobody_becomes_one_by_a_waiver(shell: Shell) -> None:
    assert shell.run(*IMPORT).code == 0
    db = shell.database()
    wip = look.whole(db, "C1").wip
    assert wip is not None
    with pytest.raises(NotAllowed, match="This board has no owner yet"):
        items.waive(db, Ask("C1", BOB, MONDAY), wip.number, 1, "no data yet")
    db.close()
    assert owners(shell) == ()


@pytest.mark.parametrize("word", ["U0BOB", "Bob", "@bob", "BOB"])
def test_somebody_the_bot_knows_is_found_by_id_and_name(shell: Shell, word: str) -> None:
    acquainted(shell, ALICE, BOB)
    assert shell.run(*IMPORT, "--owner", word).code == 0
    assert owners(shell) == (BOB,)


def test_an_id_that_nobody_knows_yet_is_taken_as_it_is(shell: Shell) -> None:
    assert shell.run(*IMPORT, "--owner", "U0NEW").code == 0
    assert owners(shell) == (Person("U0NEW", "U0NEW"),)


def test_several_may_own_it_and_an_owner_stays_one(shell: Shell) -> None:
    acquainted(shell, ALICE, BOB)
    assert shell.run(*IMPORT, "--owner", "Alice").code == 0
    assert shell.run(*IMPORT, "--owner", "Bob", "--owner", "U0BOB").code == 0
    assert owners(shell) == (ALICE, BOB)


@pytest.mark.parametrize("word", ["alice", "@Alice", "U0ALICE"])
async def test_slack_is_asked_where_there_is_a_token(shell: Shell, slack: dict[str, str], word: str) -> None:
    assert (await away(shell, word, **slack)).code == 0
    assert owners(shell) == (ALICE,)


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("zoe", "Nobody in the workspace is called zoe. Give the id"),
        ("U0NOBODY", "Slack could not say who U0NOBODY is: user_not_found"),
        ("onewip", "Nobody in the workspace is called onewip."),
    ],
)
async def test_whom_slack_does_not_know_is_said(shell: Shell, slack: dict[str, str], word: str, words: str) -> None:
    done = await away(shell, word, **slack)
    assert (done.code, words in done.err) == (1, True), done.err
    assert shell.run("export", "--channel", "C1").code == 1


def test_a_name_that_nobody_can_resolve_is_refused_and_nothing_is_imported(shell: Shell) -> None:
    done = shell.run(*IMPORT, "--owner", "@maria")
    assert done.code == 1
    assert (
        "Nobody called maria has done anything here yet, and without SLACK_BOT_TOKEN Slack can't be asked." in done.err
    )
    assert shell.run("export", "--channel", "C1").code == 1


def test_a_name_that_two_have_is_refused_with_their_ids(shell: Shell) -> None:
    acquainted(shell, BOB, Person("U0BOBBY", "bob"))
    done = shell.run(*IMPORT, "--owner", "Bob")
    assert (done.code, "Several people are called Bob: Bob (U0BOB), bob (U0BOBBY)." in done.err) == (1, True)


async def away(shell: Shell, word: str, **environment: str) -> Done:
    """Import in a thread, for the sandbox to answer meanwhile."""
    return await asyncio.to_thread(partial(shell.run, *IMPORT, "--owner", word, **environment))
