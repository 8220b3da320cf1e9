"""What every command of the command line is given, and how it answers when something is wrong."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import typer

from bot import settings
from bot.cli.owner import database_file
from bot.errors import NotFound, Unavailable, UserError
from bot.facts.masking import mask
from bot.settings import Settings, SettingsError
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
        typer.echo(in_full(error), err=True)
        raise typer.Exit(REFUSED) from error


def in_full(error: UserError) -> str:
    """Return the words of an error for whoever runs the bot: with what the database said itself."""
    reason = error.reason if isinstance(error, Unavailable) else ""
    return f"{error} ({reason})" if reason else str(error)


def database_of(program: Program) -> str:
    """Return the address of the database: the one that is set, or else the one that the bot has here.

    Where nothing is set and the bot ran in the sandbox only, that is the sandbox's. Raises SettingsError.
    """
    address = settings.load_database(program.environment).database_url
    is_set = any(program.environment.get(name, "").strip() for name in ("DATABASE_URL", *settings.TOKENS))
    if not is_set and not _is_there(address) and _is_there(settings.SANDBOX_DATABASE):
        return settings.SANDBOX_DATABASE
    return address


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
    file = database_file(address)
    return file is None or file.exists()


class _Masked(logging.Formatter):
    """A line of the log without secrets, whoever wrote it, with what is under it."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback if it has one."""
        return mask(super().format(record), self._secrets)


def log_to_stderr(chosen: Settings) -> None:
    """Log in one line an event; libraries that log every lost connection with a traceback say it in one line too.

    No secret of the settings gets into it: an error quotes the address that it could not reach.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Masked(settings.secrets(chosen)))
    handler.addFilter(_without_foreign_tracebacks)
    logging.basicConfig(level=chosen.log_level, handlers=[handler], force=True)
    for chatty in ("aiohttp.access", "alembic", "bot.slack.socket"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _without_foreign_tracebacks(record: logging.LogRecord) -> bool:
    if record.name.startswith(FOREIGN):
        record.exc_info = None
        record.exc_text = None
    return True
