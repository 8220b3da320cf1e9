"""Signed HTTP: what Slack sends to the request URL of an app that does not use Socket Mode."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.wire import Json, Refused

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


def signature(secret: str, timestamp: str, body: str) -> str:
    """Sign a raw body (docs.slack.dev/authentication/verifying-requests-from-slack).

    `timestamp` is in seconds since the epoch, as it stands in X-Slack-Request-Timestamp.
    """
    signed = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={signed.hexdigest()}"


def written(envelope: Json) -> tuple[str, str]:
    """Return the content type and the body for an envelope.

    A command's fields are a form, an interaction is JSON in the form's one field, an event is JSON
    (docs.slack.dev/interactivity/handling-user-interaction, docs.slack.dev/apis/events-api).
    """
    payload = envelope["payload"]
    if envelope["type"] == "slash_commands":
        return _FORM, urlencode(payload)
    if envelope["type"] == "interactive":
        return _FORM, urlencode({"payload": json.dumps(payload)})
    return _JSON, json.dumps(payload)


class SignedHttp:
    """The carrier for a bot with a request URL."""

    # docs.slack.dev/interactivity/handling-user-interaction: an ack must come within 3 seconds.
    ack_seconds = 3.0
    online = True  # nobody knows until something is sent

    def __init__(self, url: str, secret: str, now: Callable[[], datetime]) -> None:
        self._url = url
        self._secret = secret
        self._now = now

    async def carry(self, envelope: Json) -> Json:
        """POST one envelope; see Carrier."""
        content_type, body = written(envelope)
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        headers = {"Content-Type": content_type, **self._headers(envelope, body)}
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.post(self._url, data=body.encode(), headers=headers) as answer,
            ):
                return _ack(answer.status, answer.content_type, await answer.text())
        except TimeoutError:
            raise Refused("operation_timeout") from None
        except aiohttp.ClientError:
            raise Refused("dispatch_failed") from None

    def _headers(self, envelope: Json, body: str) -> dict[str, str]:
        timestamp = str(int(self._now().timestamp()))
        headers = {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if attempt := envelope.get("retry_attempt"):
            # docs.slack.dev/apis/events-api, "Retries".
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": f"http_{envelope['retry_reason']}"}
        return headers


def _ack(status: int, content_type: str, text: str) -> Json:
    if status != 200:
        raise Refused("dispatch_failed")
    if content_type != _JSON:
        return {"text": text} if text else {}
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):
        raise Refused("dispatch_failed") from None
