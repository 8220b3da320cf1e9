"""One Web API call: its token, its scopes, its answer, and the faults that were asked for."""

import asyncio
import time

from aiohttp import web

from bot.sandbox.api.args import Args, read
from bot.sandbox.api.methods import METHODS, Method
from bot.sandbox.api.replies import show_reply
from bot.sandbox.api.responses import parsed
from bot.sandbox.box import Box
from bot.sandbox.faults import Fault
from bot.sandbox.wire import Json, RateLimited, Refused

BOT_TOKEN = "xoxb-sandbox"  # noqa: S105
APP_TOKEN = "xapp-sandbox"  # noqa: S105
_TOKENS = {BOT_TOKEN: "bot", APP_TOKEN: "app"}


class WebApi:
    """`/api/<method>` and `/response/<id>`: everything the bot calls."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses the bot calls."""
        return [
            web.route("*", "/api/{method}", self._call),
            web.post("/response/{id}", self._respond),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        name, started = request.match_info["method"], time.perf_counter()
        args, unreadable = await _read(request, METHODS.get(name))
        fault = self._box.faults.take(name)
        if fault is not None and fault.kind in _INSTEAD:
            self._note(name, args.given, {}, f"fault: {fault.kind}", started)
            return _INSTEAD[fault.kind](fault, request)
        if fault is not None and fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
        answer = unreadable or self._answer(name, _token(request, args), args)
        self._note(name, args.given, answer, answer.get("error", "ok"), started)
        if fault is not None and fault.kind == "reset_after":
            return _reset(fault, request)
        return self._sent(answer)

    def _note(self, name: str, sent: object, answer: Json, result: str, started: float) -> None:
        self._box.calls.note("in", name, sent, answer, result, (time.perf_counter() - started) * 1000)

    def _sent(self, answer: Json) -> web.Response:
        headers = {"X-OAuth-Scopes": ",".join(self._box.manifest.scopes)}
        if answer.get("error") != "ratelimited":
            return web.json_response(answer, headers=headers)
        return web.json_response(answer, status=429, headers={**headers, "Retry-After": "1"})

    def _answer(self, name: str, token: str, args: Args) -> Json:
        try:
            method = METHODS.get(name)
            if method is None:
                raise Refused("unknown_method")
            self._check(method, token)
            return {"ok": True, **method.answer(self._box, args)}
        except Refused as refused:
            return refused.answer()

    def _check(self, method: Method, token: str) -> None:
        """Refuse a call its token does not allow (docs.slack.dev/authentication/tokens, /reference/scopes)."""
        if not token:
            raise Refused("not_authed")
        kind = _TOKENS.get(token)
        if kind is None:
            raise Refused("invalid_auth")
        if kind != method.caller:
            raise Refused("not_allowed_token_type")
        granted = self._box.manifest.scopes if kind == "bot" else ("connections:write",)
        if method.scopes and not set(method.scopes) & set(granted):
            raise Refused("missing_scope", needed=",".join(method.scopes), provided=",".join(granted))

    async def _respond(self, request: web.Request) -> web.Response:
        started, raw, result = time.perf_counter(), await request.text(), "ok"
        try:
            show_reply(self._box, self._box.response_urls.use(request.match_info["id"]), parsed(raw))
        except Refused as refused:
            answer, result = refused.answer(), refused.code
        else:
            answer = {"ok": True}
        self._note("response_url", raw, answer, result, started)
        if answer["ok"]:
            return web.Response(text="ok")
        return web.json_response(answer, status=404 if result in _NO_ADDRESS else 400)


def _token(request: web.Request, args: Args) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() if header else str(args.given.pop("token", ""))


async def _read(request: web.Request, method: Method | None) -> tuple[Args, Json | None]:
    """Return the arguments, and the refusal when they can't be read."""
    try:
        return await read(request, takes_json=method is None or method.takes_json), None
    except Refused as refused:
        return Args({}), refused.answer()


def _limited(fault: Fault, request: web.Request) -> web.Response:
    wait = str(max(1, round(fault.seconds)))
    return web.json_response(RateLimited(fault.seconds).answer(), status=429, headers={"Retry-After": wait})


def _broken(fault: Fault, request: web.Request) -> web.Response:
    return web.Response(status=500, text="internal error")


def _reset(fault: Fault, request: web.Request) -> web.Response:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


# Of an address for answers; what is wrong with the answer itself is 400, as with a webhook
# (github.com/slackapi/java-slack-sdk/issues/1017).
_NO_ADDRESS = ("expired_url", "used_url")
# The faults that come instead of an answer.
_INSTEAD = {"429": _limited, "500": _broken, "reset_before": _reset}
