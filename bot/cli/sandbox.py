"""The sandbox for `run --sandbox`: a Slack in a box, its facts file, and on first use a board to try things on."""

import contextlib
import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from bot import sandbox as package
from bot import settings
from bot.cli.owner import database_file, owned
from bot.cli.program import Program, log_to_stderr
from bot.core.people import Person
from bot.documents import next7d
from bot.sandbox.server import Sandbox
from bot.sandbox.state.manifest import SOCKET_MODE
from bot.sandbox.state.people import picture
from bot.services.board import items, joining, look
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.services.documents import importing
from bot.services.production import watching
from bot.settings import Settings, SettingsError
from bot.slack.table import COMMANDS
from bot.store.board import boards
from bot.store.database import Database
from bot.store.digest import digests
from bot.store.digest.digests import Claim
from bot.store.migrate import migrate

FOLDER = Path("data")  # for the workspace, where the database is no file
SAMPLE = Path(package.__file__).parent / "sample"
CHANNEL = "C0STANDUP"
DIGEST_AT = time(9)
DAY = timedelta(days=1)
OWNER = "U0ALICE"  # of what the sample has in progress: who opens the page first, and is asked how it goes


@dataclass(frozen=True, slots=True)
class Box:
    """A running sandbox, as the bot needs it."""

    address: str
    settings: Settings
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Files:
    workspace: Path
    facts: Path
    documents: Path  # names the folder of the documents, which stands beside it without its ending


@contextlib.asynccontextmanager
async def running_sandbox(program: Program) -> AsyncIterator[Box]:
    """Run the sandbox while the context is open, as the owner of its files.

    Raises SettingsError when a setting is wrong or the port is taken, Busy when another bot runs on the same files.
    """
    environment = {"DATABASE_URL": settings.SANDBOX_DATABASE, **_told(program)}
    tokens = {"SLACK_BOT_TOKEN": Sandbox.bot_token, "SLACK_APP_TOKEN": Sandbox.app_token}
    chosen = settings.load({**environment, **tokens})
    log_to_stderr(chosen)
    base = database_file(chosen.database_url) or FOLDER / "sandbox.db"
    with owned(base):
        async with _running(program, chosen, _files_beside(base)) as box:
            yield box


@contextlib.asynccontextmanager
async def _running(program: Program, chosen: Settings, files: _Files) -> AsyncIterator[Box]:
    verbs = tuple({"usage": command.usage, "does": command.does} for command in COMMANDS if command.usage)
    box = Sandbox(files.workspace, chosen.port, program.clock, replace(SOCKET_MODE, verbs=verbs))
    try:
        await box.start()
    except OSError as error:
        raise SettingsError(f"{error.strerror}. Set PORT to another one, for example `PORT=8001 make run`.") from error
    try:
        facts = chosen.facts_file or _write_facts(files.facts, box.address)
        documents = chosen.documents_file or _write_documents(files.documents)
        _fill(chosen.database_url, box)
        box.at_reset(lambda channels: _fill_anew(chosen.database_url, files, channels, box))
        updated = chosen.model_copy(
            update={"slack_api_url": box.api_url, "facts_file": facts, "documents_file": documents}
        )
        yield Box(box.address, updated, box.now)
    finally:
        await box.stop()


def _told(program: Program) -> dict[str, str]:
    """The environment without Slack: the sandbox is the Slack here."""
    return {name: value for name, value in program.environment.items() if not name.startswith("SLACK_")}


def _files_beside(base: Path) -> _Files:
    return _Files(
        base.with_suffix(".workspace.db"), base.with_suffix(".facts.toml"), base.with_suffix(".documents.toml")
    )


def _write_facts(file: Path, address: str) -> Path:
    """Write the facts file that checks the sandbox's demo shop; its address is known only now."""
    command = json.dumps([sys.executable, str(SAMPLE / "prod_facts.py"), f"{address}/demo"], ensure_ascii=False)
    # Whoever breaks the demo site wants to see it at once, and a real shop is tried three times.
    always = 'every = "1m"\ntries = 1\n'
    file.write_text(
        "# Written at every start of the sandbox; bot/sandbox/sample/facts.toml explains it.\n"
        f'[[fact]]\nname = "Demo shop"\nkind = "script"\ncommand = {command}\ntimeout = 30\n{always}\n'
        f'[[fact]]\nname = "Front page"\nkind = "http"\nurl = "{address}/demo/"\ncontains = "Olive oil"\n'
        f"max_latency_ms = 2000\nallow_private = true\n{always}",
        encoding="utf-8",
    )
    return file


def _write_documents(file: Path) -> Path:
    """Write the file that says where the sample board's documents live: in a folder beside it."""
    file.write_text(
        "# Written at every start of the sandbox; README.md says what else may stand here.\n"
        f'[[board]]\nchannel = "{CHANNEL}"\nkind = "directory"\npath = "{file.stem}"\n'
        'next7d = "NEXT-7D.md"\nstate = "STATE.md"\n',
        encoding="utf-8",
    )
    file.with_suffix("").mkdir(exist_ok=True)
    return file


def _fill(database_url: str, box: Sandbox) -> None:
    """Give a new sandbox the sample board as if it were from yesterday, a digest time, and today's digest.

    Yesterday had a digest too, so that today's says in a line that nothing has moved, and not the board once more.
    """
    now = box.now()
    with closing(Database(database_url)) as db:
        migrate(db)
        if look.look(db, CHANNEL, now).version:
            return
        ask = Ask(CHANNEL, None, now - DAY)
        importing.import_document(db, ask, _sample_of_yesterday(now))
        items.assign(db, ask, 1, Person(OWNER, "Alice", picture(OWNER, box.address)))
        schedule.set_time(db, ask, DIGEST_AT)
        with db.begin() as tx:
            record = boards.open_settings(tx, CHANNEL)
            digests.claim(tx, Claim(record.id, ask.at.date(), ask.at, ask.at, skipped=False))
        schedule.post_now(db, replace(ask, at=now))


def _fill_anew(database_url: str, files: _Files, channels: tuple[str, ...], box: Sandbox) -> None:
    """Forget the boards of a workspace that was made as new with their documents, and begin again with the sample."""
    shutil.rmtree(files.documents.with_suffix(""), ignore_errors=True)
    files.documents.with_suffix("").mkdir(exist_ok=True)
    with closing(Database(database_url)) as db:
        joining.forget(db, channels)
        watching.forget_looks(db)
    _fill(database_url, box)


def _sample_of_yesterday(now: datetime) -> str:
    text = (SAMPLE / "NEXT-7D.md").read_text(encoding="utf-8")
    updated = next7d.read(text, now).updated
    yesterday = now.date() - timedelta(days=1)
    return next7d.shifted(text, (yesterday - updated.date()).days) if updated else text
