"""What stands there when a run begins: a board with a digest every day, a fact about production, and the settings."""

import os
from datetime import time
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.services.change import Ask
from bot.services.digest import schedule
from bot.store.database import Database
from tests.chaos.stage import CHANNEL, clock
from tests.furnished import furnish
from tests.people import ALICE


def furnished(db: Database) -> None:
    """Put a board into an empty database."""
    furnish(db, clock, CHANNEL)
    ask = Ask(CHANNEL, ALICE, clock())
    schedule.set_days(db, ask, frozenset(range(7)))
    schedule.set_time(db, ask, time(9, 30))


def environment(db: Database, sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """Return the environment of the workers, and write the file of facts that it names."""
    facts = folder / "facts.toml"
    facts.write_text(
        f'[[fact]]\nname = "Shop"\nkind = "http"\nurl = "{sandbox.address}/demo/api/products"\n'
        'contains = "Olive oil"\nallow_private = true\ntries = 1\nrecover = 1\n'
    )
    return {
        **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("PG")},
        "SLACK_BOT_TOKEN": Sandbox.bot_token,
        "SLACK_APP_TOKEN": Sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": db.url.render_as_string(hide_password=False),
        "FACTS_FILE": str(facts),
    }
