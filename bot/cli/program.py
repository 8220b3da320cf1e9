"""What every command of the command line is given, and how it answers when something is wrong."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import typer

from bot import settings
from bot.cli.owner import database_file
from bot.errors import NotFound, Unavailable, UserError
from bot.settings import SettingsError
from bot.slack.connection import TokenRefused

REFUSED = 1  # exit code: what was asked for can't be done
WRONG_SETTINGS = 2  # exit code: the environment is wrong, and the next try will be too

FOREIGN = ("slack_sdk", "slack_bolt", "bot.slack.connection", "bot.slack.socket", "bot.slack.bolt")


@dataclass(frozen=True, slots=True)
class Program:
    """The environment, .env included, and the clock."""

    environment: Mapping[str, str]
    clock: Callable[[], datetime]


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what may be told into words on stderr and an exit code; a bug keeps its traceback."""
    try:
        yield
    except (SettingsError, TokenRefused) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG_SETTINGS) from error
    except UserError as error:
        typer.echo(in_full(error), err=True)
        raise typer.Exit(REFUSED) from error


def in_full(error: UserError) -> str:
    """Return the words of an error for whoever runs the bot: with what the database said itself."""
    reason = error.reason if isinstance(error, Unavailable) else ""
    return f"{error} ({reason})" if reason else str(error)


def need_database(program: Program) -> None:
    """Refuse where there is no database to look into. Raises NotFound."""
    if not has_database(program):
        raise NotFound("There is no database yet: the bot has not run here. `python -m bot run` starts it.")


def has_database(program: Program) -> bool:
    """Return whether there is a database already: a command that can do without makes none."""
    file = database_file(settings.load_database(program.environment).database_url)
    return file is None or file.exists()


def log_to_stderr(level: str) -> None:
    """Log in one line an event; libraries that log every lost connection with a traceback say it in one line too."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S"))
    handler.addFilter(_without_foreign_tracebacks)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("aiohttp.access", "alembic", "bot.slack.socket"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _without_foreign_tracebacks(record: logging.LogRecord) -> bool:
    if record.name.startswith(FOREIGN):
        record.exc_info = None
        record.exc_text = None
    return True
