"""Settings: every fault named at once, and nothing secret in the words."""

from pathlib import Path

import pytest

from bot import settings
from bot.settings import DEFAULT_DATABASE, SettingsError

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}

# What is wrong with an environment, besides which tokens are good: the faults it is to be told, and no other.
WRONG = [
    ({}, ["SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing"]),
    ({"SLACK_BOT_TOKEN": "  ", "SLACK_APP_TOKEN": ""}, ["SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing"]),
    ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN is missing"]),
    (
        {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"},
        ["SLACK_BOT_TOKEN should start with xoxb-", "SLACK_APP_TOKEN should start with xapp-"],
    ),
    (TOKENS | {"SLACK_API_URL": "slack.com/api"}, ["SLACK_API_URL should start with http:// or https://"]),
    (TOKENS | {"DATABASE_URL": "mysql://me@there/db"}, ["DATABASE_URL should look like sqlite:///path/to/file.db or "]),
    (TOKENS | {"DATABASE_URL": "data/onewip.db"}, ["DATABASE_URL should look like sqlite:///path/to/file.db or "]),
    (TOKENS | {"DATABASE_URL": "sqlite://"}, ["DATABASE_URL should name a file"]),
    (TOKENS | {"DATABASE_URL": "sqlite:///:memory:"}, ["DATABASE_URL should name a file"]),
    (TOKENS | {"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"]),
    (TOKENS | {"GITHUB_REPOSITORY": "me/shop"}, ["GITHUB_REPOSITORY needs GITHUB_TOKEN as well"]),
    *(
        (TOKENS | {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": name}, ["GITHUB_REPOSITORY should look like owner/name"])
        for name in ("shop", "../user", "me/..", "./shop", "me/.", "me/shop/..", "mé/shop", "me/shop?x")
    ),
    (TOKENS | {"PING_URL": "ping.example"}, ["PING_URL should start with http:// or https://"]),
    (TOKENS | {"HEALTH_PORT": "0"}, ["HEALTH_PORT should be greater than or equal to 1"]),
    (TOKENS | {"PORT": "eighty"}, ["PORT should be a valid integer"]),
    (TOKENS | {"PORT": "65536"}, ["PORT should be less than or equal to 65535"]),
    (
        {"SLACK_BOT_TOKEN": "wrong", "SLACK_API_URL": "x", "DATABASE_URL": "x", "LOG_LEVEL": "x", "PORT": "-1"},
        [
            "SLACK_BOT_TOKEN should start with xoxb-",
            "SLACK_APP_TOKEN is missing",
            "SLACK_API_URL should start with",
            "DATABASE_URL should look like",
            "LOG_LEVEL should be",
            "PORT should be greater than or equal to 0",
        ],
    ),
]


@pytest.mark.parametrize(("environment", "faults"), WRONG)
def test_all_faults_are_named_at_once(environment: dict[str, str], faults: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load(environment)
    _head, *told, advice = str(refused.value).splitlines()
    assert len(told) == len(faults)
    assert all(line.strip().startswith(fault) for line, fault in zip(told, faults, strict=True)), told
    assert "--sandbox" in advice


def test_the_words_repeat_nothing_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load({"SLACK_BOT_TOKEN": "sekret-1", "SLACK_APP_TOKEN": "sekret-2", "DATABASE_URL": "my://u:sekret@h"})
    assert "sekret" not in str(refused.value)


def test_defaults() -> None:
    found = settings.load(TOKENS)
    assert found.model_dump() == {
        "slack_bot_token": "xoxb-1",
        "slack_app_token": "xapp-1",
        "slack_api_url": "https://slack.com/api/",
        "database_url": "sqlite:///data/onewip.db",
        "facts_file": None,
        "facts_report": None,
        "github_token": None,
        "github_repository": None,
        "github_api_url": "https://api.github.com/",
        "health_port": None,
        "ping_url": None,
        "documents_file": None,
        "log_level": "INFO",
        "port": 8000,
    }


def test_everything_can_be_set() -> None:
    found = settings.load(
        {
            "SLACK_BOT_TOKEN": " xoxb-2 ",
            "SLACK_APP_TOKEN": "xapp-2\n",
            "SLACK_API_URL": "http://127.0.0.1:8000/api",
            "DATABASE_URL": "sqlite:////var/lib/onewip.db",
            "FACTS_FILE": "facts.toml",
            "LOG_LEVEL": "DEBUG",
            "PORT": "0",
            "UNKNOWN": "is nobody's business",
        }
    )
    assert (found.slack_bot_token, found.slack_app_token) == ("xoxb-2", "xapp-2")
    assert found.slack_api_url == "http://127.0.0.1:8000/api/"  # methods are put behind it
    assert found.database_url == "sqlite:////var/lib/onewip.db"
    assert (found.facts_file, found.log_level, found.port) == (Path("facts.toml"), "DEBUG", 0)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_means_psycopg_3(scheme: str) -> None:
    found = settings.load_database({"DATABASE_URL": f"{scheme}://me:pw@there:5432/board"})
    assert found.database_url == "postgresql+psycopg://me:pw@there:5432/board"


def test_commands_on_the_database_need_no_tokens() -> None:
    assert settings.load_database({}).database_url == DEFAULT_DATABASE
    with pytest.raises(SettingsError, match="DATABASE_URL should look like"):
        settings.load_database({"DATABASE_URL": "nowhere"})


@pytest.mark.parametrize("variable", settings.WIPED)
def test_sqlite_is_refused_on_a_disk_that_is_wiped(variable: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings.load({**TOKENS, variable: "web.1"})
    assert settings.WIPED[variable] in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
    assert settings.load({**TOKENS, variable: "web.1", "DATABASE_URL": "postgres://h/db"})
    assert settings.load({**TOKENS, variable: ""})


def test_settings_stay_as_they_are() -> None:
    with pytest.raises(ValueError, match="frozen"):
        settings.load(TOKENS).port = 1
