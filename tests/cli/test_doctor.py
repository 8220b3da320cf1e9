"""`doctor`: what is wrong with the bot is said, and is an exit code."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import update

from bot.core.board.edits import Draft
from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from bot.services.board import moves
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.documents import files
from bot.slack.ops.scopes import OPTIONAL, WITHOUT
from bot.store import documents, tables
from tests.cli.stage import Shell
from tests.fakes import MONDAY, Clock
from tests.illness import Illness, locked
from tests.people import ALICE


def test_a_new_bot_is_well(shell: Shell) -> None:
    shell.database().close()
    done = shell.run("doctor", "--json")
    assert done.code == 0
    told = done.data
    assert told.pop("database_bytes") > 10_000
    assert told == {
        "ok": True,
        "slack": "no tokens here (the sandbox brings its own)",
        "scopes_lacking": None,
        "facts_file": None,
        "documents_file": None,
        "database": "in order",
        "last_digest": None,
        "last_run": None,
        "owed": 0,
        "paused": "",
        "oldest_s": None,
        "given_up": [],
        "last_backup": None,
        "digests": [],
        "files": [],
    }


def test_where_the_bot_never_ran_there_is_nothing_to_examine(shell: Shell, tmp_path: Path) -> None:
    done = shell.run("doctor")
    assert (done.code, done.out) == (1, "")
    assert f"There is no database yet at {shell.database_url}: the bot has not run here." in done.err
    assert list(tmp_path.rglob("*.db")) == []  # looking makes none


def test_each_digest_says_when_it_comes_and_why_it_did_not(shell: Shell) -> None:
    db = shell.database()
    schedule.set_time(db, Ask("C1", ALICE, MONDAY - timedelta(days=4)), time(9))
    schedule.claim_due(db, "C1", MONDAY - timedelta(days=3))
    db.close()
    out = shell.run("doctor").out
    assert "   digest in C1: next 2026-03-02 09:00 UTC; last 2026-02-27\n" in out
    assert "      none on 2026-03-01: Sunday\n      none on 2026-02-28: Saturday\n" in out
    [told] = shell.run("doctor", "--json").data["digests"]
    assert (told["channel"], told["next"], told["last"]) == ("C1", MONDAY.isoformat(), "2026-02-27")
    assert {"day": "2026-03-01", "why": "Sunday"} in told["missed"]


def test_what_was_given_up_is_named(shell: Shell) -> None:
    db = shell.database()
    schedule.post_now(db, Ask("C1", ALICE, MONDAY))
    with db.begin() as tx:
        tx.execute(update(tables.outbox).where(tables.outbox.c.kind == "digest").values(dead=True, error="is_archived"))
    db.close()
    done = shell.run("doctor")
    assert done.code == 1
    assert "🔴 given up: 1\n   digest C1/2026-03-02: is_archived" in done.out
    assert "last digest: 2026-03-02 09:00 UTC" in done.out


def test_what_was_given_up_is_revived(shell: Shell) -> None:
    db = shell.database()
    schedule.post_now(db, Ask("C1", ALICE, MONDAY))
    with db.begin() as tx:
        tx.execute(update(tables.outbox).where(tables.outbox.c.kind == "digest").values(dead=True, error="is_archived"))
    db.close()
    done = shell.run("doctor", "--revive")
    assert done.code == 0
    assert "Given up and now owed again: 1." in done.err
    assert "🟢 given up: nothing" in done.out
    assert "Given up and now owed again: nothing." in shell.run("doctor", "--revive").err


def test_a_facts_file_with_a_fault_is_named(shell: Shell) -> None:
    shell.database().close()
    done = shell.run("doctor", FACTS_FILE=str(shell.write("facts.toml", "[[fact]\n")))
    assert done.code == 1
    assert "🔴 facts file:" in done.out
    assert "facts.toml" in done.out


def test_where_there_is_no_facts_file_none_is_in_order(shell: Shell) -> None:
    shell.database().close()
    assert "⚪ facts file: none; FACTS_FILE names one\n" in shell.run("doctor").out
    facts = shell.write("facts.toml", "")
    assert "🟢 facts file: in order\n" in shell.run("doctor", FACTS_FILE=str(facts)).out
    assert shell.run("doctor", "--json", FACTS_FILE=str(facts)).data["facts_file"] == "in order"


def test_each_file_says_how_it_is(shell: Shell) -> None:
    why = "NEXT-7D.md is a link, and links are not followed: put the file itself in its place"
    db = shell.database()
    moves.add(db, Ask("C1", ALICE, MONDAY), Draft("One"))
    files.register(db, {"C1": {"state": "OPS/STATE.md", "next7d": "NEXT-7D.md"}}, MONDAY)
    with db.begin() as tx:
        state, _ = documents.of(tx, "C1")
        documents.change(tx, state, written="as it is", version=1)
        tx.execute(update(tables.outbox).where(tables.outbox.c.kind == "next7d").values(dead=True, error=why))
    db.close()
    done = shell.run("doctor")
    assert done.code == 1
    assert "🟢 STATE.md in C1: as the board is\n" in done.out
    assert f"🔴 NEXT-7D.md in C1: can't be written: {why}; it is tried again when the board changes" in done.out
    assert shell.run("doctor", "--json").data["files"] == [
        {"channel": "C1", "name": "STATE.md", "as_the_board": True, "error": ""},
        {"channel": "C1", "name": "NEXT-7D.md", "as_the_board": False, "error": why},
    ]


def test_a_link_is_named_before_anybody_writes(shell: Shell) -> None:
    (shell.folder / "docs").mkdir()
    (shell.folder / "docs" / "NEXT-7D.md").symlink_to(shell.write(".env", "PASSWORD=hunter2"))
    place = 'channel = "C1"\nkind = "directory"\npath = "docs"\nnext7d = "NEXT-7D.md"\nstate = "STATE.md"\n'
    listed = str(shell.write("documents.toml", f"[[board]]\n{place}"))
    db = shell.database()
    moves.add(db, Ask("C1", ALICE, MONDAY), Draft("One"))
    files.register(db, {"C1": {"state": "STATE.md", "next7d": "NEXT-7D.md"}}, MONDAY)
    db.close()
    done = shell.run("doctor", DOCUMENTS_FILE=listed)
    assert done.code == 1
    assert "🟢 documents file: in order\n⚪ STATE.md in C1: not written yet\n" in done.out
    assert (
        "🔴 NEXT-7D.md in C1: can't be written: NEXT-7D.md is a link, and links are not followed: put the" in done.out
    )
    assert "hunter2" not in done.out
    data = shell.run("doctor", "--json", DOCUMENTS_FILE=listed).data
    assert (data["documents_file"], data["files"][1]["error"]) == (
        "in order",
        "NEXT-7D.md is a link, and links are not followed: put the file itself in its place",
    )


def test_a_documents_file_with_a_fault_is_named(shell: Shell) -> None:
    shell.database().close()
    done = shell.run("doctor", DOCUMENTS_FILE=str(shell.write("documents.toml", "[[board]]\n")))
    assert done.code == 1
    assert "🔴 documents file:" in done.out
    assert "kind is missing: directory, git or github" in done.out


def test_one_token_of_two_is_named(shell: Shell) -> None:
    shell.database().close()
    done = shell.run("doctor", SLACK_BOT_TOKEN="xoxb-1")
    assert done.code == 1
    assert "🔴 Slack: no: The settings are not complete: SLACK_APP_TOKEN is missing" in done.out


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ((), ""),
        (("channels:history",), "⚪ history scope: `channels:history` not granted; optional, and without it a double"),
        (OPTIONAL, "⚪ history scope: `channels:history`, `groups:history` not granted"),
        (("files:write",), "   `files:write`: without it `/board export` can't give a file\n🟢 owed: nothing"),
    ],
)
async def test_what_does_not_work_for_want_of_scopes(shell: Shell, missing: tuple[str, ...], told: str) -> None:
    granted = tuple(scope for scope in SOCKET_MODE.scopes if scope not in missing)
    box = Sandbox(shell.folder / "workspace.db", 0, Clock(), replace(SOCKET_MODE, scopes=granted))
    await box.start()
    shell.database().close()
    tokens = {"SLACK_BOT_TOKEN": box.bot_token, "SLACK_APP_TOKEN": box.app_token, "SLACK_API_URL": box.api_url}
    done = await asyncio.to_thread(partial(shell.run, "doctor", **tokens))
    data = (await asyncio.to_thread(partial(shell.run, "doctor", "--json", **tokens))).data
    await box.stop()
    assert done.code == 0  # it is how somebody installed it, and the bot is well
    assert "🟢 Slack: yes, as onewip in Onewip sandbox" in done.out
    assert told in done.out
    assert ("scope" in done.out) == bool(told)
    assert set(data["scopes_lacking"]) == set(missing)


async def test_where_slack_does_not_say_the_scopes_nothing_is_said_of_them(shell: Shell) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "user": "onewip", "team": "Team", "url": "wss://slack.test"})

    app = web.Application()
    app.router.add_post("/api/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shell.database().close()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": url}
    done = await asyncio.to_thread(partial(shell.run, "doctor", **tokens))
    await runner.cleanup()
    assert "🟢 Slack: yes, as onewip in Team\n🟢 owed" in done.out


def test_the_scopes_are_those_of_the_manifest() -> None:
    assert {*WITHOUT, *OPTIONAL} == set(SOCKET_MODE.scopes)


def test_a_slack_that_can_not_be_reached_is_said(shell: Shell) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    shell.database().close()
    done = shell.run("doctor", **tokens)
    assert done.code == 1
    assert "🔴 Slack: no: auth.test" in done.out


def test_a_database_that_can_not_be_written_is_said_beside_what_can_be_read(shell: Shell, illness: Illness) -> None:
    shell.database().close()
    illness.is_read_only = True
    done = shell.run("doctor")
    assert done.code == 1
    assert "🔴 database: The database can't be written: it is read-only." in done.out
    assert "🟢 owed: nothing" in done.out
    data = shell.run("doctor", "--json").data
    assert (data["ok"], data["owed"]) == (False, 0)
    assert "it is read-only" in data["database"]


def test_a_disk_that_is_all_but_full_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.database().close()
    monkeypatch.setattr("bot.store.ops.condition.ROOM", 2**62)
    done = shell.run("doctor")
    assert (done.code, "🔴 database: The database can't be written: its disk is full" in done.out) == (1, True)


def test_a_database_that_is_locked_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.ops.doctor.BUSY_TIMEOUT_MS", 1)
    db = shell.database()
    with locked(db):
        done = shell.run("doctor")
    db.close()
    assert (done.code, "🔴 database: Somebody else is changing a board" in done.out) == (1, True)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_database_that_can_not_be_read_is_said_beside_the_rest(shell: Shell, as_json: tuple[str, ...]) -> None:
    file = shell.write("onewip.db", "no database")
    done = shell.run("doctor", *as_json, DATABASE_URL=f"sqlite:///{file}", FACTS_FILE=str(shell.folder / "none.toml"))
    assert done.code == 1
    assert "is not Onewip's" in done.out
    assert "none.toml" in done.out
