"""What people say of themselves, as Slack tells it to the bot."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.stage import Clock, Page

HOUR = 3600
CURIOUS = ("users:read", "dnd:read")


@pytest.fixture
def scopes() -> tuple[str, ...]:
    return CURIOUS


@pytest.fixture
def web(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


async def profile(web: AsyncWebClient) -> dict[str, Any]:
    told: dict[str, Any] = (await web.users_info(user="U0ALICE"))["user"]["profile"]
    return told


async def test_a_status_stands_in_the_profile_until_it_ends(web: AsyncWebClient, page: Page, clock: Clock) -> None:
    assert (await profile(web))["status_text"] == ""
    until = clock().timestamp() + HOUR
    await page.do("presence", status_text="Vacationing", status_emoji=":palm_tree:", status_expiration=until)
    told = await profile(web)
    assert (told["status_text"], told["status_emoji"]) == ("Vacationing", ":palm_tree:")
    assert told["status_expiration"] == until
    clock.forward(hours=1)
    assert (await profile(web))["status_text"] == ""


async def test_a_pause_of_notifications_has_a_beginning_and_an_end(
    web: AsyncWebClient, page: Page, clock: Clock
) -> None:
    told = await web.dnd_info(user="U0ALICE")
    assert (told["dnd_enabled"], told["next_dnd_start_ts"], told["next_dnd_end_ts"]) == (False, 1, 1)
    now = int(clock().timestamp())
    await page.do("presence", dnd_until=now + HOUR)
    told = await web.dnd_info(user="U0ALICE")
    assert (told["dnd_enabled"], told["next_dnd_start_ts"], told["next_dnd_end_ts"]) == (True, now, now + HOUR)
    assert not (await web.dnd_info(user="U0BOB"))["dnd_enabled"]
    clock.forward(hours=2)
    assert not (await web.dnd_info(user="U0ALICE"))["dnd_enabled"]


async def test_a_stranger_has_neither(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="user_not_found"):
        await web.dnd_info(user="U0NOBODY")


@pytest.mark.parametrize("scopes", [("users:read",)])
async def test_do_not_disturb_needs_its_scope(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="missing_scope"):
        await web.dnd_info(user="U0ALICE")
