"""The few things we ask of Slack's Web API, and how its answers are told apart."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.digest.nudging import UNKNOWN, Availability
from bot.core.people import Person
from bot.slack.layout.blocks import MESSAGE_TEXT, Block, View, fitted, message
from bot.slack.layout.length import shortened

log = logging.getLogger(__name__)

# Slack's answers that are about what the call carried: the same words are refused however often they are sent.
PAYLOAD = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "invalid_attachments", "too_many_attachments", "msg_too_long",
        "msg_blocks_too_long", "no_text", "view_too_large", "markdown_text_conflict", "metadata_too_large",
    }
)  # fmt: skip
# Slack's answers that stay the same however often the call is made.
PERMANENT = PAYLOAD | frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "missing_scope", "no_permission", "restricted_action",
        "invalid_arguments", "user_not_in_channel", "user_not_found", "is_inactive", "not_enabled",
        "cannot_reply_to_message", "thread_not_found",
    }
)  # fmt: skip
# Slack takes no call at all, whatever it is about, until whoever runs the bot gives it a token that is good
# (docs.slack.dev, the errors that every method has).
LOCKED_OUT = frozenset(
    {
        "token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired", "org_login_required",
        "ekm_access_denied", "team_access_not_granted", "two_factor_setup_required", "access_denied",
    }
)  # fmt: skip
# Slack is ill, or did part of it: docs.slack.dev says of each that some of the operation may have succeeded.
ILL = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})  # a message to post anew
SLACKBOT = "USLACKBOT"  # of which Slack does not say that it is a bot
INVALID_BLOCKS = frozenset({"invalid_blocks", "invalid_arguments"})  # Slack's words for those of a message, of a view
TOO_LONG = "msg_blocks_too_long"
CHART = "data_visualization"
PICTURE = 3000  # docs.slack.dev/reference/block-kit/block-elements/image-element: characters of its address
PAGE = 999  # asked for at once; docs.slack.dev: conversations.members and users.conversations take a limit under 1000
WAIT = 30  # seconds, where Slack asks to wait and does not say in a number for how long
LONGEST_WAIT = 3600  # seconds
ASKED_WITHIN = 30.0  # seconds; an older answer of Slack says nothing of what it does with the token now
ANSWERS_WITHIN = 2.0  # seconds, where somebody waits to be told


log = logging.getLogger(__name__)


class SlackRefused(Exception):
    """Slack answered no; `code` is its word for why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code

    @property
    def is_of_the_token(self) -> bool:
        """Whether Slack takes no call at all, so that this refusal says nothing about the one that was made."""
        return self.code in LOCKED_OUT


class SlackBusy(Exception):
    """Slack asks to wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Slack asks to wait {seconds} s")
        self.seconds = seconds


class SlackUnreachable(Exception):
    """No answer came, so nobody knows whether the call was carried out."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody as Slack tells of them."""

    person: Person
    is_admin: bool = False  # of the workspace; its owners are admins too
    zone: str = ""  # IANA; nothing: not known
    is_bot: bool = False
    is_guest: bool = False  # of one channel or several
    has_left: bool = False
    availability: Availability = UNKNOWN  # by their status alone; whether notifications rest is asked apart


@dataclass(frozen=True, slots=True)
class Room:
    """A channel as Slack tells of it. `is_joined`: the bot is a member."""

    id: str
    name: str
    is_joined: bool
    is_archived: bool = False
    is_shared: bool = False  # with another organisation


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody put into a dialog."""

    id: str
    name: str
    size: int  # bytes
    url: str


class Token:
    """Whether Slack takes the bot's token; it is logged once when that changes."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.refusal = ""  # Slack's word for why it takes no call; nothing: it takes them
        self._clock = clock  # seconds, from any beginning
        self._asked: float | None = None

    @property
    def is_asked(self) -> bool:
        """Whether Slack was asked lately."""
        return self._asked is not None and self._clock() - self._asked < ASKED_WITHIN

    def asked(self) -> None:
        """Slack was asked, whatever came of it."""
        self._asked = self._clock()

    def refused(self, code: str) -> None:
        """Slack refused a call; that says something about the token only where the whole workspace is meant."""
        if code not in LOCKED_OUT:
            return
        self.asked()
        if not self.refusal:
            log.error(
                "Slack no longer takes SLACK_BOT_TOKEN (%s). What is owed waits and is not lost. Install the app again "
                "on its page, or give the bot its new token and start it anew.",
                code,
            )
            self.refusal = code

    def taken(self) -> None:
        """Slack took a call."""
        self.asked()
        if self.refusal:
            log.warning("Slack takes SLACK_BOT_TOKEN again. What waited is paid now.")
            self.refusal = ""


class Slack:
    """Slack as the bot uses it. Every call raises SlackRefused, SlackBusy or SlackUnreachable."""

    def __init__(self, session: aiohttp.ClientSession, token: str, base_url: str) -> None:
        self.token = Token()
        self._until: float | None = None
        # No retries by the library: it would post twice when Slack commits and the connection then breaks.
        self.web = AsyncWebClient(
            token, base_url=base_url, session=session, retry_handlers=[], trust_env_in_session=True
        )
        self._session = session

    def until(self, moment: float) -> "Slack":
        """Return the same Slack for a request that Slack itself waits for.

        A call that has no answer by that moment (of the event loop's clock) ends as SlackUnreachable.
        """
        hurried = copy(self)
        hurried._until = moment
        return hurried

    async def whoami(self) -> dict[str, Any]:
        """Ask whose token this is: `user_id`, `bot_id`, `team_id`, `team`; and `scopes`, a frozenset of what it may.

        docs.slack.dev/legacy/legacy-authentication/legacy-oauth-scopes, "Working with scopes": every answer has them in
        its header `X-OAuth-Scopes`. Without that they are None: not known.
        """
        response = await self._with_token("auth.test", self.web.auth_test())
        return _data(response) | {"scopes": _scopes(response.headers.get("X-OAuth-Scopes"))}

    async def refusal(self) -> str:
        """Return Slack's word for why it takes no call; nothing: it takes them.

        Slack is asked where it said nothing of that lately; when it does not answer, what it said last holds.
        """
        if not self.token.is_asked:
            self.token.asked()
            with suppress(SlackRefused, SlackBusy, SlackUnreachable):
                await self.until(asyncio.get_running_loop().time() + ANSWERS_WITHIN).whoami()
        return self.token.refusal

    async def check_socket(self, app_token: str) -> None:
        """Ask whether Slack takes the app token for Socket Mode."""
        await self._answer("apps.connections.open", self.web.apps_connections_open(app_token=app_token))

    async def post(
        self, channel: str, text: str, blocks: Sequence[Block], metadata: dict[str, Any], thread: str = ""
    ) -> str:
        """Post a message, or an answer in the thread of the message with that `ts`. Returns its own `ts`."""
        place = {"channel": channel} | ({"thread_ts": thread} if thread else {})
        answer = await self._tell("chat.postMessage", text, blocks, metadata=metadata, **place)
        return str(answer["ts"])

    async def update(self, channel: str, ts: str, text: str, blocks: Sequence[Block], metadata: dict[str, Any]) -> None:
        """Edit a message of ours."""
        await self._tell("chat.update", text, blocks, channel=channel, ts=ts, metadata=metadata)

    async def whisper(self, channel: str, user: str, text: str, blocks: Sequence[Block]) -> None:
        """Show a message to one person in a channel."""
        await self._tell("chat.postEphemeral", text, blocks, channel=channel, user=user)

    async def answer(self, response_url: str, text: str, blocks: Sequence[Block], *, replace: bool) -> None:
        """Answer a click, for their eyes only: in place of the message they clicked on, if it was theirs alone."""
        how = {"response_type": "ephemeral", "replace_original": replace}
        try:
            await self._answer_at(response_url, message(text, blocks) | how)
        except SlackRefused as refused:
            plainer = _plainer(blocks)
            if refused.code != "http_400" or plainer == list(blocks):
                raise
            await self._answer_at(response_url, message(text, plainer) | how)

    async def take_back(self, response_url: str) -> None:
        """Take the message away that only the person sees who clicked on it."""
        await self._answer_at(response_url, {"delete_original": True})

    async def _answer_at(self, response_url: str, body: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout_at(self._until), self._session.post(response_url, json=body) as response:
                if response.status == 429:
                    raise SlackBusy(_wait(response.headers.get("Retry-After", "")))
                if response.status >= 500:
                    raise SlackUnreachable(f"the answer's address answers {response.status}")
                if response.status >= 400:
                    raise SlackRefused(f"http_{response.status}", await response.text())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(str(error)) from error

    async def pin(self, channel: str, ts: str) -> None:
        """Pin a message."""
        await self._call("pins.add", channel=channel, timestamp=ts)

    async def unpin(self, channel: str, ts: str) -> None:
        """Take a pin off."""
        await self._call("pins.remove", channel=channel, timestamp=ts)

    async def open(self, trigger: str, view: View) -> str:
        """Open a dialog for the person behind the trigger. Returns its id."""
        return str((await self._show("views.open", view, trigger_id=trigger))["view"]["id"])

    async def push(self, trigger: str, view: View) -> None:
        """Open a dialog on top of the one the person is in."""
        await self._show("views.push", view, trigger_id=trigger)

    async def change(self, view_id: str, view: View, was: str = "") -> None:
        """Change a dialog that is open. `was`: its hash; Slack refuses with `hash_conflict` when it is another now."""
        await self._show("views.update", view, view_id=view_id, **({"hash": was} if was else {}))

    async def publish(self, user: str, view: View) -> None:
        """Show somebody their App Home."""
        await self._show("views.publish", view, user_id=user)

    async def profile(self, user: str) -> Profile:
        """Return somebody with the name they go by, and whether they are an admin of the workspace."""
        return profile_of((await self._call("users.info", user=user))["user"])

    async def person(self, user: str) -> Person:
        """Return somebody with the name they go by."""
        return (await self.profile(user)).person

    async def people_called(self, name: str) -> tuple[Person, ...]:
        """Return who in the workspace goes by a name: the one shown, their full name, or their handle."""
        users = await self._pages("users.list", "members")
        here = [user for user in users if not (user.get("deleted") or user.get("is_bot"))]
        return tuple(profile_of(user).person for user in here if name.casefold() in _names(user))

    async def room(self, channel: str) -> Room:
        """Return what there is to know of a channel. A private one without the bot is `channel_not_found`."""
        info = (await self._call("conversations.info", channel=channel))["channel"]
        # docs.slack.dev, conversation object: `is_ext_shared` is with another organisation, `is_org_shared` only
        # between workspaces of one and the same.
        return Room(
            id=channel,
            name=str(info.get("name") or ""),
            is_joined=bool(info.get("is_member")),
            is_archived=bool(info.get("is_archived")),
            is_shared=bool(info.get("is_ext_shared")),
        )

    async def members(self, channel: str) -> frozenset[str]:
        """Return the ids of everybody in a channel."""
        return frozenset(await self._pages("conversations.members", "members", channel=channel))

    async def channels(self, user: str = "") -> frozenset[str]:
        """Return the ids of the channels that somebody is in; without a name, those of ours that can have a board.

        Of another person Slack tells the private ones only where we are too (docs.slack.dev, users.conversations).
        """
        whose = {"user": user} if user else {"exclude_archived": "true"}
        rooms = await self._pages("users.conversations", "channels", types="public_channel,private_channel", **whose)
        return frozenset(str(channel["id"]) for channel in rooms if user or not channel.get("is_ext_shared"))

    async def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        return str((await self._call("chat.getPermalink", channel=channel, message_ts=ts))["permalink"])

    async def availability(self, user: str) -> Availability:
        """Ask whether somebody is there: their zone, status and do-not-disturb (without its scope, none is known)."""
        profile = await self.profile(user)
        try:
            quiet = await self._call("dnd.info", user=user)
        except SlackRefused:
            quiet = {}
        is_set = bool(quiet.get("dnd_enabled"))
        return replace(
            profile.availability,
            quiet_from=_moment(quiet.get("next_dnd_start_ts")) if is_set else None,
            quiet_until=_moment(quiet.get("next_dnd_end_ts")) if is_set else None,
        )

    async def direct(self, user: str) -> str:
        """Open the direct message with somebody. Returns its channel."""
        return str((await self._call("conversations.open", users=user))["channel"]["id"])

    async def file(self, file_id: str) -> Upload:
        """Return what there is to know of a file; needs the scope files:read."""
        info = (await self._call("files.info", file=file_id))["file"]
        address = str(info.get("url_private_download") or info.get("url_private") or "")
        return Upload(file_id, str(info.get("name") or ""), int(info.get("size") or 0), address)

    async def download(self, upload: Upload) -> bytes:
        """Return a file's content. Our token goes to Slack's own machines only."""
        host, own = urlsplit(upload.url).hostname or "", urlsplit(self.web.base_url).hostname
        if host != own and not host.endswith(".slack.com"):
            raise SlackRefused("file_is_elsewhere", host)
        try:
            headers = {"Authorization": f"Bearer {self.web.token}"}
            # Without access Slack leads to its page for signing in: with a redirect, or as a page of HTML.
            async with (
                asyncio.timeout_at(self._until),
                self._session.get(upload.url, headers=headers, allow_redirects=False) as response,
            ):
                if response.status >= 500:
                    raise SlackUnreachable(f"the file answers {response.status}")
                if response.status != 200 or response.content_type == "text/html":
                    raise SlackRefused("no_access", f"{response.status}")
                return await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(f"the file: {error or type(error).__name__}") from error

    async def give(self, channel: str, name: str, content: bytes, comment: str) -> None:
        """Put a file into a channel, with a comment beside it; needs the scope files:write.

        docs.slack.dev/reference/methods/files.getUploadURLExternal: an address is asked for, the bytes go there, and
        only then it is a file; what is never completed is thrown away.
        """
        slot = await self._call("files.getUploadURLExternal", filename=name, length=len(content))
        await self._send(str(slot["upload_url"]), content)
        files = [{"id": slot["file_id"], "title": name}]
        given = {"files": files, "channel_id": channel, "initial_comment": fitted(comment, MESSAGE_TEXT)}
        await self._call("files.completeUploadExternal", **given)

    async def _send(self, url: str, content: bytes) -> None:
        try:
            async with self._session.post(url, data=content, proxy=self.web.proxy) as response:
                if response.status != 200:
                    raise SlackUnreachable(f"the place for files answers {response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(f"the place for files: {error or type(error).__name__}") from error

    async def find_own(self, channel: str, key: str, since: float, thread: str = "") -> str | None:
        """Look for a message of ours by its key among those since a moment (epoch seconds), or in a thread.

        Gives its `ts`.
        """
        method, place = ("conversations.replies", {"ts": thread}) if thread else ("conversations.history", {})
        answer = await self._call(
            method, channel=channel, oldest=f"{since:.6f}", limit=200, include_all_metadata=True, **place
        )
        for standing in answer["messages"]:
            metadata = standing.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("key") == key:
                return str(standing["ts"])
        return None

    async def _pages(self, method: str, what: str, **arguments: Any) -> list[Any]:
        items: list[Any] = []
        cursor = ""
        while True:
            page = await self._call(method, limit=PAGE, cursor=cursor, **arguments)
            items += page[what]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return items

    async def _tell(self, method: str, text: str, blocks: Sequence[Block], **arguments: Any) -> dict[str, Any]:
        """Send a message; one that is refused for its blocks is sent again with less in them, if that may help."""
        try:
            return await self._call(method, **arguments, **message(text, blocks))
        except SlackRefused as refused:
            less = _less(refused.code, blocks)
            if less is None:
                raise
            log.warning("%s is sent with less in it: %s", method, refused)
            return await self._call(method, **arguments, **message(text, less))

    async def _show(self, method: str, view: View, **arguments: Any) -> dict[str, Any]:
        """Show a dialog or a Home; one that is refused for its blocks is shown again without its pictures, if any."""
        try:
            return await self._call(method, view=view, **arguments)
        except SlackRefused as refused:
            less = _less(refused.code, view.get("blocks", ()))
            if less is None:
                raise
            log.warning("%s is sent with less in it: %s", method, refused)
            return await self._call(method, view=view | {"blocks": less}, **arguments)

    async def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        # As a form: every method takes one, while the reading ones do not take JSON.
        form = {name: json.dumps(v) if isinstance(v, dict | list | bool) else v for name, v in arguments.items()}
        return _data(await self._with_token(method, self.web.api_call(method, data=form)))

    async def _with_token(self, method: str, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
        """Make a call with the bot's token, and learn from its answer whether Slack takes that."""
        try:
            response = await self._answered(method, call)
        except SlackRefused as refused:
            self.token.refused(refused.code)
            raise
        self.token.taken()
        return response

    async def _answer(self, method: str, call: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
        return _data(await self._answered(method, call))

    async def _answered(self, method: str, call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
        try:
            async with asyncio.timeout_at(self._until):
                return await call
        except SlackApiError as error:
            raise _failure(method, error.response) from error
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise SlackUnreachable(f"{method}: {error or type(error).__name__}") from error


def _data(response: AsyncSlackResponse) -> dict[str, Any]:
    return dict(response.data) if isinstance(response.data, dict) else {}


def _scopes(header: str | None) -> frozenset[str] | None:
    return None if header is None else frozenset(scope for part in header.split(",") if (scope := part.strip()))


def profile_of(user: Mapping[str, Any]) -> Profile:
    """Read Slack's user object: the name somebody goes by, their role, and what their status says.

    docs.slack.dev, user object: `is_restricted` is a guest of several channels, `is_ultra_restricted` one of one.
    """
    profile = user.get("profile") or {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["id"]
    return Profile(
        Person(str(user["id"]), str(name), _picture(profile)),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        zone=str(user.get("tz") or ""),
        is_bot=bool(user.get("is_bot") or user["id"] == SLACKBOT),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        has_left=bool(user.get("deleted")),
        availability=_availability(user.get("tz"), profile),
    )


def _availability(zone: object, profile: Mapping[str, Any]) -> Availability:
    return Availability(
        zone=str(zone or ""),
        status=str(profile.get("status_text") or ""),
        emoji=str(profile.get("status_emoji") or ""),
        status_until=_moment(profile.get("status_expiration")),
    )


def _picture(profile: Mapping[str, Any]) -> str:
    """Return the address of somebody's picture, for a line of text on a fine screen; nothing for one that is none.

    docs.slack.dev/reference/objects/user-object: `image_48` is 48 pixels wide. A message takes 3000 characters of it.
    """
    address = str(profile.get("image_48") or "")
    return address if address.startswith(("https://", "http://")) and len(address) <= PICTURE else ""


def _names(user: Mapping[str, Any]) -> frozenset[str]:
    """Return what people call somebody by, in small letters."""
    profile = user.get("profile") or {}
    names = (user.get("name"), profile.get("display_name"), profile.get("real_name"))
    return frozenset(name.casefold() for name in names if name)


def _moment(seconds: object) -> datetime | None:
    """Read a moment from Slack's epoch seconds; 0, or nothing, is none."""
    return datetime.fromtimestamp(float(str(seconds)), UTC) if seconds else None


def _plainer(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without what may be refused though we made it well, and what the words beside it say too.

    A chart is the newest of Slack's blocks; a picture, Slack fetches, and one that it can't get is `invalid_blocks`.
    """
    return [_without_pictures(block) for block in blocks if block["type"] != CHART]


def _less(code: str, blocks: Sequence[Block]) -> list[Block] | None:
    """Return what may be shown in place of blocks that were refused with `code`; None: nothing less would help."""
    if code == TOO_LONG:
        return shortened(blocks)
    plainer = _plainer(blocks)
    return plainer if code in INVALID_BLOCKS and plainer != list(blocks) else None


def _without_pictures(block: Block) -> Block:
    if block["type"] != "context":
        return block
    return block | {"elements": [element for element in block["elements"] if element["type"] != "image"]}


def _failure(method: str, response: object) -> Exception:
    if not isinstance(response, AsyncSlackResponse) or response.status_code >= 500:
        return SlackUnreachable(f"{method}: Slack's answer could not be read")
    if response.status_code == 429:
        return SlackBusy(_wait(str(response.headers.get("Retry-After", ""))))
    code = response.get("error")
    if code is None or code in ILL:
        return SlackUnreachable(f"{method}: {code or 'the answer was not from Slack'}")
    details = (response.get("response_metadata") or {}).get("messages") or []
    return SlackRefused(str(code), "; ".join(details) or str(response.get("needed") or ""))


def _wait(header: str) -> int:
    """Read `Retry-After`, which is in whole seconds at Slack; a proxy in between may write a date, or nothing."""
    digits = header.strip()
    seconds = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else WAIT
    return min(max(seconds, 1), LONGEST_WAIT)
