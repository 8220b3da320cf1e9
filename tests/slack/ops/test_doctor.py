"""`/board doctor`: how the bot is, for everybody in a channel, without what is another channel's business."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.facts.listed import Listed
from bot.places.directory import Directory
from bot.places.library import Shelf
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.documents import files
from bot.services.ops.findings import NAMES
from bot.slack.client import SlackRefused, SlackUnreachable
from bot.store import documents, outbox, tables
from bot.store.board import boards
from bot.store.outbox import Owed
from tests.fakes import MONDAY
from tests.illness import Illness
from tests.people import ALICE, BOB, CAROL
from tests.slack.stage import CHANNEL, Stage

EVERY_SCOPE = frozenset({
    "commands", "chat:write", "pins:write", "users:read", "channels:read", "groups:read", "files:read", "files:write",
    "im:history", "im:write", "dnd:read", "channels:history", "groups:history",
})  # fmt: skip


def give_up(stage: Stage, kind: Owed, key: str, error: str) -> None:
    with stage.db.begin() as tx:
        outbox.owe(tx, kind, key, MONDAY)
        tx.execute(update(tables.outbox).where(tables.outbox.c.key == key).values(dead=True, error=error))


async def test_everybody_in_the_channel_sees_how_the_bot_is(stage: Stage) -> None:
    stage.slack.scopes = EVERY_SCOPE
    answer = await stage.types("doctor", BOB)
    assert answer.ack["response_type"] == "ephemeral"
    assert answer.words.splitlines()[:5] == [
        "*How the bot is*",
        "🟢 *Slack*  yes, as onewip in Team",
        "🟢 *Owed*  nothing",
        "🟢 *Given up*  nothing",
        "🟢 *Facts file*  in order",
    ]
    assert "Last digest none yet · last run of prod facts none yet · database 0." in answer.words
    assert "last backup none yet" in answer.words
    assert "*This board*\n*Digest*  next none, it is off; last none yet" in answer.words
    assert "Slack: yes, as onewip in Team" in answer.ack["text"]


async def test_somebody_who_is_not_in_the_channel_sees_nothing(stage: Stage) -> None:
    stage.slack.outsiders.add((CHANNEL, CAROL.id))
    answer = await stage.types("doctor", CAROL)
    assert "Only members of the channel" in answer.words


async def test_the_digest_says_when_it_comes_and_why_it_did_not(stage: Stage) -> None:
    schedule.set_time(stage.db, Ask(CHANNEL, ALICE, MONDAY - timedelta(days=4)), time(9))
    schedule.claim_due(stage.db, CHANNEL, MONDAY - timedelta(days=3))
    words = (await stage.types("doctor")).words
    assert "*Digest*  next <!date^" in words
    assert "; last Friday 27 February" in words
    assert "› none on Sunday 1 March: no workday\n› none on Saturday 28 February: no workday" in words


async def test_what_is_owed_too_long_is_red(stage: Stage) -> None:
    with stage.db.begin() as tx:
        outbox.owe(tx, Owed.BOARD, CHANNEL, stage.clock() - timedelta(minutes=20))
    assert "🔴 *Owed*  1, the oldest overdue by 20 min" in (await stage.types("doctor")).words


async def test_of_other_boards_only_the_number_is_told(stage: Stage) -> None:
    give_up(stage, Owed.DIGEST, f"{CHANNEL}/2026-03-02", "is_archived <!here>")
    give_up(stage, Owed.DIGEST, "C1SECRET/2026-03-02", "secret_error")
    give_up(stage, Owed.HOME, "U0SECRET", "secret_error")
    answer = await stage.types("doctor")
    assert "🔴 *Given up*  1 of this board, 2 on other boards\n› a digest: is_archived <!here>" in answer.words
    assert "secret" not in f"{answer.ack}".lower()


async def test_what_was_given_up_here_can_be_tried_again(stage: Stage) -> None:
    give_up(stage, Owed.DIGEST, f"{CHANNEL}/2026-03-02", "is_archived")
    give_up(stage, Owed.DIGEST, f"{CHANNEL}X/2026-03-02", "is_archived")
    revived = await stage.presses((await stage.types("doctor")).buttons["Try it again"])
    assert "🟢 *Owed*  1" in revived.words
    assert "🔴 *Given up*  1 on other boards" in revived.words
    assert "Try it again" not in revived.buttons


async def test_a_token_that_slack_no_longer_takes_is_said_with_what_waits(stage: Stage) -> None:
    stage.slack.fails("whoami", SlackRefused("token_revoked"))
    with stage.db.begin() as tx:
        outbox.owe(tx, Owed.BOARD, CHANNEL, stage.clock())
        [debt] = outbox.claim(tx, stage.clock(), 1)
        outbox.pause(tx, debt, "token_revoked", stage.clock(), timedelta(seconds=30))
    words = (await stage.types("doctor")).words
    assert "🔴 *Slack*  no longer takes my token (token_revoked); whoever runs Onewip installs the app again" in words
    assert "🔴 *Owed*  1; it waits until Slack takes the bot's token again (token_revoked)" in words


async def test_many_that_were_given_up_are_counted(stage: Stage) -> None:
    for k in range(8):
        give_up(stage, Owed.TRAIL, f"{CHANNEL}/{k}", f"error {k}")
    words = (await stage.types("doctor")).words
    assert "8 of this board\n› a line of the audit trail: error 3" in words
    assert "error 7\n› and 3 more" in words


async def test_every_kind_that_a_board_can_owe_has_a_name() -> None:
    assert set(Owed) - NAMES.keys() == {Owed.LOOK, Owed.REPORT, Owed.HOME}


async def test_the_files_say_how_they_are(stage: Stage) -> None:
    files.register(stage.db, {CHANNEL: {"state": "OPS/STATE.md", "next7d": "NEXT-7D.md"}}, MONDAY)
    assert "⚪ *STATE.md*  not written yet\n⚪ *NEXT-7D.md*  not written yet" in (await stage.types("doctor")).words

    with stage.db.begin() as tx:
        state, next7d = documents.of(tx, CHANNEL)
        version = boards.version_of(tx, CHANNEL)
        documents.change(tx, state, written="as it is", version=version)
        documents.change(tx, next7d, written="as it is", version=version, drift="by hand", drifts=1)
        outbox.owe(tx, Owed.NEXT7D, CHANNEL, MONDAY)
        tx.execute(update(tables.outbox).values(error="no matter"))
    words = (await stage.types("doctor")).words
    assert "🟡 *NEXT-7D.md*  changed by hand, so nothing is overwritten" in words

    with stage.db.begin() as tx:
        tx.execute(update(tables.outbox).where(tables.outbox.c.kind == "state").values(dead=True, error="no room <x>"))
        documents.change(tx, next7d, drift=None)
    words = (await stage.types("doctor")).words
    assert "🔴 *STATE.md*  can't be written: no room <x>; it is tried again when the board changes" in words
    assert "🟡 *NEXT-7D.md*  can't be written: no matter; it is tried again" in words

    stage.db.write(outbox.take_turn, stage.db.write(outbox.take_turn, (), 99, MONDAY).taken, 0, MONDAY)
    assert "🟢 *NEXT-7D.md*  as the board is" in (await stage.types("doctor")).words
    await stage.types("status moving on")
    assert "🟡 *NEXT-7D.md*  not as the board is yet: it is written when" in (await stage.types("doctor")).words


async def test_a_link_is_named_before_anybody_writes_and_of_this_board_only(stage: Stage, tmp_path: Path) -> None:
    names = {"state": "OPS/STATE.md", "next7d": "NEXT-7D.md"}
    (tmp_path / "NEXT-7D.md").symlink_to(tmp_path / ".env")
    (tmp_path / "OPS").symlink_to(tmp_path)
    files.register(stage.db, {CHANNEL: names}, MONDAY)
    shelves = {channel: Shelf(channel, Directory(tmp_path), names) for channel in (CHANNEL, "C1SECRET")}
    stage.desk = replace(stage.desk, library=shelves)
    stage.listen()
    words = (await stage.types("doctor")).words
    assert "🔴 *STATE.md*  can't be written: OPS is a link, and links are not followed: put the folder itself" in words
    assert "🔴 *NEXT-7D.md*  can't be written: NEXT-7D.md is a link, and links are not followed: put the file" in words
    (tmp_path / "OPS").unlink()
    assert "⚪ *STATE.md*  not written yet" in (await stage.types("doctor")).words


async def test_where_there_is_no_facts_file_none_is_in_order(stage: Stage) -> None:
    stage.desk = replace(stage.desk, listed=Listed())
    stage.listen()
    assert "⚪ *Facts file*  none; FACTS_FILE names one" in (await stage.types("doctor")).words


async def test_a_facts_file_with_a_fault_is_named(stage: Stage) -> None:
    stage.file.fault = "facts.toml is not TOML: line <1>."
    assert "🔴 *Facts file*  facts.toml is not TOML: line <1>." in (await stage.types("doctor")).words


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            "groups:history",
            "⚪ *History scope*  `groups:history` not granted; optional, and without it a double is preferred",
        ),
        ("files:write", "🟡 *Scopes*  some are missing; whoever set the app up adds them"),
    ],
)
async def test_what_does_not_work_for_want_of_scopes(stage: Stage, missing: str, told: str) -> None:
    stage.slack.scopes = EVERY_SCOPE - {missing}
    assert told in (await stage.types("doctor")).words


async def test_a_slack_that_does_not_answer_is_no_reason_not_to_answer(stage: Stage) -> None:
    stage.slack.fails("whoami", SlackUnreachable("reset"))
    words = (await stage.types("doctor")).words
    assert "🟡 *Slack*  your words came through, but it does not answer me just now" in words
    assert "cope" not in words


async def test_a_slow_slack_is_not_waited_for(stage: Stage) -> None:
    gate = stage.slack.holds("whoami", after=False)
    assert "does not answer me just now" in (await stage.types("doctor")).words
    gate.set()


async def test_a_channel_without_a_board_is_told_so(empty: Stage) -> None:
    assert "*Board*  none yet; `/board add` makes its first item" in (await empty.types("doctor")).words


async def test_help_lists_both(stage: Stage) -> None:
    words = (await stage.types("help all")).words
    assert "`/board export [md | csv | json]`   gives you the board as a file" in words
    assert "`/board doctor [revive]`   says how the bot itself is" in words


async def test_a_database_that_can_not_be_written_is_red(stage: Stage, illness: Illness) -> None:
    illness.is_read_only = True
    answer = await stage.types("doctor")
    assert "🔴 *Database*  The database can't be written: it is read-only. Nothing was changed." in answer.words
    assert "🟢 *Owed*  nothing" in answer.words
    assert "🔴 database: The database can't be written" in answer.ack["text"]


async def test_a_database_that_is_gone_is_all_there_is_to_say(stage: Stage) -> None:
    await stage.types("doctor")
    file = Path(str(stage.db.url.database))
    await asyncio.to_thread(file.rename, file.with_name("aside.db"))
    words = (await stage.types("doctor")).words.splitlines()
    assert words[0] == "*How the bot is*"
    assert words[-1].startswith("🔴 *Database*  The database can't be used: its file was moved, replaced or deleted")
    assert len(words) == 3  # Slack is well
