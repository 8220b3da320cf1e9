"""What every command of the command line is given, and how it answers when something is wrong."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot import settings
from bot.errors import NotFound, UserError
from bot.settings import SettingsError
from bot.slack.connection import TokenRefused

VERSION = "0.1.0"  # as pyproject.toml has it
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
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from error
    except OperationalError as error:
        typer.echo(f"The database can't be used: {str(error.orig).strip()}", err=True)
        raise typer.Exit(REFUSED) from error


def database_of(program: Program) -> str:
    """Return the address of the database: the one that is set, or else the one that the bot has here.

    Where nothing is set and the bot ran in the sandbox only, that is the sandbox's. Raises SettingsError.
    """
    address = settings.load_database(program.environment).database_url
    is_set = any(program.environment.get(name, "").strip() for name in ("DATABASE_URL", *settings.TOKENS))
    if not is_set and not _is_there(address) and _is_there(settings.SANDBOX_DATABASE):
        return settings.SANDBOX_DATABASE
    return address


def shown(address: str) -> str:
    """Return a database's address without its password."""
    return make_url(address).render_as_string(hide_password=True)


def say_which(program: Program, address: str) -> None:
    """Say on stderr that the sandbox's database is looked into, where nobody named it."""
    if address != settings.load_database(program.environment).database_url:
        typer.echo(f"DATABASE_URL is not set, so this is about the sandbox: {address}", err=True)


def need_database(program: Program) -> None:
    """Refuse where there is no database to look into. Raises NotFound."""
    if not has_database(program):
        raise NotFound(
            "There is no database yet at {address}: the bot has not run here. `python -m bot run` starts it, "
            "and DATABASE_URL names another one.",
            address=database_of(program),
        )


def has_database(program: Program) -> bool:
    """Return whether there is a database already: a command that can do without makes none."""
    return _is_there(database_of(program))


def _is_there(address: str) -> bool:
    url = make_url(address)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


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
