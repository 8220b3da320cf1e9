"""Settings: everything the environment may say, checked at once and named in one message when it is wrong."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.places.github import is_repository

DEFAULT_DATABASE = "sqlite:///data/onewip.db"
SANDBOX_DATABASE = "sqlite:///data/sandbox.db"  # its own: a real team's board must not meet the sandbox's channels
TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
SLACK_API = "https://slack.com/api/"
GITHUB_API = "https://api.github.com/"

# Platforms whose disk does not outlive the process, by a variable that each sets.
WIPED = {
    "DYNO": "Heroku",
    "K_SERVICE": "Cloud Run",
    "AWS_LAMBDA_FUNCTION_NAME": "AWS Lambda",
    "RENDER_SERVICE_ID": "Render",
}

LOOKS_LIKE = "should look like sqlite:///path/to/file.db or postgresql://user:password@host/name"
ADVICE = "Set them in the environment or in .env (.env.example explains each), or try `python -m bot run --sandbox`."

SHORTEST_SECRET = 4  # characters; a shorter one, such as the path `/`, would blank out ordinary words
LONG = 12  # characters; a name in an address that is so long may be a key

M = TypeVar("M", bound=BaseModel)


class SettingsError(Exception):
    """What is wrong with the environment, all of it, in words."""


def _database_url(url: str) -> str:
    """Name the driver: SQLAlchemy does not know `postgres://`, and `postgresql://` is to mean psycopg 3."""
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError(LOOKS_LIKE) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(LOOKS_LIKE)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("should name a file: SQLite in memory is another, empty database for every connection")
    return url


def _token(prefix: str) -> AfterValidator:
    def check(token: str) -> str:
        if not token.startswith(prefix):
            raise ValueError(f"should start with {prefix}")
        return token

    return AfterValidator(check)


def _address(url: str) -> str:
    if not re.match(r"^https?://[^/\s]+", url):
        raise ValueError("should start with http:// or https://")
    if _parts(url) is None:  # who can't read it would say so later, and quote it
        raise ValueError("should be an address like https://name.example:8080/path")
    return url


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _base(url: str) -> str:
    """Methods are put behind it, and a token is sent to it, which no client does beside another name and password."""
    if "@" in urlsplit(url).netloc or "?" in url or "#" in url:
        raise ValueError("should have no name, password, ? or # in it; the token says who asks")
    return url if url.endswith("/") else url + "/"


BaseUrl = Annotated[str, AfterValidator(_address), AfterValidator(_base)]


def _repository(name: str | None, info: ValidationInfo) -> str | None:
    """The repository that gets the issues is of no use without a token; the token is of use to documents too."""
    if name is not None and not info.data.get("github_token"):
        raise ValueError("needs GITHUB_TOKEN as well")
    if name is not None and not is_repository(name):
        raise ValueError("should look like owner/name")
    return name


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]

Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseModel):
    """How to run the bot. Each field is an environment variable of the same name in capitals."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    slack_bot_token: Annotated[str, _token("xoxb-")]
    slack_app_token: Annotated[str, _token("xapp-")]
    slack_api_url: BaseUrl = SLACK_API
    database_url: DatabaseUrl = DEFAULT_DATABASE
    facts_file: Path | None = None
    facts_report: Path | None = None
    github_token: str | None = None
    github_repository: Annotated[str | None, AfterValidator(_repository)] = Field(default=None, validate_default=True)
    github_api_url: BaseUrl = GITHUB_API
    health_port: int | None = Field(default=None, ge=1, le=65535)
    ping_url: Annotated[str, AfterValidator(_address)] | None = None
    documents_file: Path | None = None
    log_level: Level = "INFO"
    port: int = Field(default=8000, ge=0, le=65535)  # of the sandbox's page; 0 takes a free one


class DatabaseSettings(BaseModel):
    """What the commands need that only read or write the database."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    database_url: DatabaseUrl = DEFAULT_DATABASE
    slack_api_url: BaseUrl = SLACK_API
    facts_file: Path | None = None
    documents_file: Path | None = None
    log_level: Level = "INFO"


def secrets(chosen: Settings) -> tuple[str, ...]:
    """Return what in the settings is nobody's business, the longest first, so that none leaves a tail.

    The tokens, whole; of an address who asks, with what password, what stands behind its `?`, and long names in its
    path. The address to ping is one secret from its host on: whoever knows it can say that the bot is alive.
    """
    values = {chosen.slack_bot_token, chosen.slack_app_token, chosen.github_token or ""}
    for url in (chosen.slack_api_url, chosen.github_api_url, chosen.database_url, chosen.ping_url or ""):
        parts = urlsplit(url)
        asker = parts.netloc.rpartition("@")[0]
        password = asker.partition(":")[2]
        values |= {asker, password, unquote(password), *(value for _, value in parse_qsl(parts.query)), parts.query}
        values |= {name for name in parts.path.split("/") if parts.scheme.startswith("http") and len(name) >= LONG}
    ping = urlsplit(chosen.ping_url or "")
    values |= {ping.path, ping._replace(scheme="", netloc="").geturl()}
    return tuple(sorted((value for value in values if len(value) >= SHORTEST_SECRET), key=len, reverse=True))


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings for running the bot. Raises SettingsError that names every fault."""
    settings = _read(Settings, environment)
    refuse_a_wiped_disk(settings.database_url, environment)
    return settings


def load_database(environment: Mapping[str, str]) -> DatabaseSettings:
    """Read the settings for a command that needs only the database. Raises SettingsError."""
    return _read(DatabaseSettings, environment)


def refuse_a_wiped_disk(database_url: str, environment: Mapping[str, str]) -> None:
    """Refuse SQLite where the disk is wiped: the board would be gone with the next deploy. Raises SettingsError."""
    platform = next((name for variable, name in WIPED.items() if environment.get(variable)), None)
    if platform and make_url(database_url).get_backend_name() == "sqlite":
        raise SettingsError(
            f"This runs on {platform}, which wipes its disk, so a board kept in SQLite would be lost.\n"
            "Add a PostgreSQL database and set DATABASE_URL to its address (postgresql://…)."
        )


def without_password(database_url: str) -> str:
    """Return a database's address as it may be shown."""
    return make_url(database_url).render_as_string(hide_password=True)


def _read(model: type[M], environment: Mapping[str, str]) -> M:
    given = {name.lower(): value for name, value in environment.items() if value.strip()}
    try:
        return model.model_validate({name: given[name] for name in model.model_fields if name in given})
    except ValidationError as error:
        faults = [f"  {str(fault['loc'][0]).upper()} {_in_words(fault)}" for fault in error.errors()]
        raise SettingsError("\n".join(["The settings are not complete:", *faults, ADVICE])) from None


def _in_words(fault: Any) -> str:
    if fault["type"] == "missing":
        return "is missing"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return str(fault["msg"]).replace("Input should", "should")
