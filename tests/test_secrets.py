"""No secret of the settings gets into the log: every setting is walked, through every failure that speaks of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import aiohttp
import pytest
import typer
from aiohttp import web

from bot import settings
from bot.app import ping
from bot.cli.documents.commands import opened_database
from bot.cli.program import Program, in_words, log_to_stderr
from bot.effects.production.github import GitHub
from bot.health import tell_alive
from bot.places.github import Repository
from bot.settings import Settings, SettingsError
from bot.slack.client import Slack
from bot.slack.connection import introduce
from tests.fakes import Clock
from tests.waiting import until

SECRET = "5ekr3t-0f-0urs"
TOKENS = {"SLACK_BOT_TOKEN": f"xoxb-1-{SECRET}", "SLACK_APP_TOKEN": f"xapp-1-{SECRET}"}

# Every setting that can hold a secret, with one in it wherever it may stand. Nobody answers at port 1.
HOLDING: Mapping[str, tuple[str, ...]] = {
    "slack_bot_token": (f"xoxb-1-{SECRET}",),
    "slack_app_token": (f"xapp-1-{SECRET}",),
    "github_token": (f"github_pat_{SECRET}", SECRET),
    "slack_api_url": (f"http://127.0.0.1:1/{SECRET}/api/",),
    "github_api_url": (f"http://127.0.0.1:1/{SECRET}",),
    "database_url": (f"postgresql://me:{SECRET}@127.0.0.1:1/board", f"postgresql://127.0.0.1:1/b?password={SECRET}"),
    "ping_url": (f"http://127.0.0.1:1/{SECRET}", f"http://127.0.0.1:1/a?b={SECRET}", f"http://:{SECRET}@127.0.0.1:1/a"),
}
# Those that can hold none: numbers, levels, a public name, files on the server's own disk.
PLAIN = {"health_port", "port", "log_level", "github_repository", "facts_file", "facts_report", "documents_file"}

EACH = [(name, value) for name, values in HOLDING.items() for value in values]


def chosen(name: str, value: str) -> Settings:
    return settings.load(TOKENS | {name.upper(): value})


def test_every_setting_is_walked() -> None:
    assert HOLDING.keys() | PLAIN == Settings.model_fields.keys()
    assert not HOLDING.keys() & PLAIN


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What was logged or said so far; the log is as it was before, afterwards."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    monkeypatch.setattr(root, "level", root.level)
    return lambda: "".join(capsys.readouterr())


@pytest.mark.parametrize(("name", "value"), EACH)
def test_the_log_masks_it_in_words_in_arguments_and_in_tracebacks(
    name: str, value: str, spoken: Callable[[], str]
) -> None:
    """Whoever writes it: a library may quote it in an error that we only pass on."""
    log_to_stderr(chosen(name, value))
    log = logging.getLogger("a.library")
    log.warning(f"can't reach {value} now")
    log.warning("can't reach %s now", value)
    try:
        try:
            raise aiohttp.InvalidURL(value)
        except aiohttp.InvalidURL as error:
            raise RuntimeError(f"not {value}") from error
    except RuntimeError:
        log.exception("it broke")
    said = spoken()
    assert said.count("can't reach") == 2
    assert "RuntimeError" in said
    assert SECRET not in said


WRONG = {
    "slack_bot_token": (SECRET,),
    "slack_app_token": (SECRET,),
    "slack_api_url": (SECRET, f"http://me:{SECRET}@h:port/", f"http://{SECRET}@:80/", f"http://me:{SECRET}@h/"),
    "github_api_url": (SECRET, f"http://me:{SECRET}@[github/", f"http://{SECRET}@h/", f"http://h/?key={SECRET}"),
    "database_url": (SECRET, f"mysql://me:{SECRET}@h/d", f"postgresql://me:{SECRET}@h:port/d"),
    "ping_url": (SECRET, f"http://h:99999/{SECRET}"),
    "github_repository": (f"me/shop?{SECRET}",),
    "log_level": (SECRET,),
    "port": (SECRET,),
    "health_port": (SECRET,),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_that_is_refused_is_not_quoted(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        chosen(name, value)
    assert name.upper() in str(refused.value)
    assert SECRET not in str(refused.value)


async def slack_is_away(given: Settings, session: aiohttp.ClientSession) -> None:
    """Try to reach it once, as the start does until it succeeds."""
    trying = asyncio.create_task(introduce(Slack(session, given.slack_bot_token, given.slack_api_url), "xapp-1"))
    await asyncio.wait({trying}, timeout=0.5)
    trying.cancel()
    await asyncio.wait({trying})


async def issues_are_away(given: Settings, session: aiohttp.ClientSession) -> None:
    try:
        await GitHub(session, "me/shop", given.github_token or "", given.github_api_url).open("title", "body")
    except Exception:
        logging.getLogger("bot").exception("an issue could not be opened")


async def documents_are_away(given: Settings, session: aiohttp.ClientSession) -> None:
    try:
        await Repository(session, "me/shop", "main", given.github_token or "", given.github_api_url).read("STATE.md")
    except Exception:
        logging.getLogger("bot").exception("a document could not be read")


async def watchdog_is_away(given: Settings, session: aiohttp.ClientSession) -> None:
    await tell_alive(partial(ping, session, given.ping_url or ""), well)


async def database_is_away(given: Settings, _session: aiohttp.ClientSession) -> None:
    with pytest.raises(typer.Exit), in_words(), opened_database(Program({"DATABASE_URL": given.database_url}, Clock())):
        pass


async def well() -> tuple[bool, dict[str, object]]:
    return True, {}


AWAY: Mapping[str, tuple[Callable[[Settings, aiohttp.ClientSession], Awaitable[None]], ...]] = {
    "slack_bot_token": (slack_is_away,),
    "slack_app_token": (slack_is_away,),
    "github_token": (issues_are_away, documents_are_away),
    "slack_api_url": (slack_is_away,),
    "github_api_url": (issues_are_away, documents_are_away),
    "database_url": (database_is_away,),
    "ping_url": (watchdog_is_away,),
}


@pytest.mark.parametrize(("name", "value"), EACH)
async def test_what_can_t_be_reached_is_told_without_it(name: str, value: str, spoken: Callable[[], str]) -> None:
    """In what is said on the terminal as well."""
    nowhere = {"slack_api_url": "http://127.0.0.1:1/", "github_api_url": "http://127.0.0.1:1/"}
    given = chosen(name, value)
    given = given.model_copy(update={field: url for field, url in nowhere.items() if field != name})
    log_to_stderr(given)
    for is_away in AWAY[name]:
        async with aiohttp.ClientSession() as session:
            await is_away(given, session)
        said = spoken()
        assert said, is_away
        assert SECRET not in said


async def test_a_ping_that_is_answered_with_an_error_is_told_without_its_address(
    unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """At its source too, where no formatter of ours stands between: `PING_URL` stood whole in this warning once."""

    async def gone(_request: web.Request) -> web.Response:
        raise web.HTTPNotFound

    application = web.Application()
    application.router.add_get("/{rest:.*}", gone)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    async with aiohttp.ClientSession() as session:
        await tell_alive(partial(ping, session, f"http://127.0.0.1:{unused_tcp_port}/{SECRET}"), well)
    await runner.cleanup()
    await until(lambda: caplog.text)
    assert "PING_URL was not pinged: it answers 404" in caplog.text
    assert SECRET not in caplog.text
