"""Events: told to the bot until it acks them, with Slack's pauses between the tries."""

import asyncio

from bot.sandbox.box import Box
from bot.sandbox.delivery import payloads
from bot.sandbox.wire import Json, Refused


async def announce(box: Box, name: str, content: Json) -> None:
    """Send one event to the bot if its manifest asks for `name`; a failed delivery is tried again in the background.

    docs.slack.dev/apis/events-api, "Retries": nearly at once, after 1 minute, after 5 minutes.
    """
    if name not in box.manifest.events:
        return
    now = box.now().timestamp()
    event = payloads.event({**content, "event_ts": f"{now:.6f}"}, int(now))
    box.last_event = event
    if not await _delivered(box, event, 0, ""):
        box.start(_again(box, event))


async def redeliver(box: Box) -> None:
    """Send the last event once more, as Slack does when an ack got lost; refuses with `no_event`."""
    if box.last_event is None:
        raise Refused("no_event")
    await _delivered(box, box.last_event, 1, "timeout")


async def _again(box: Box, event: Json) -> None:
    for attempt, pause in enumerate(box.retry_pauses, start=1):
        await asyncio.sleep(pause)
        if await _delivered(box, event, attempt, "timeout"):
            return


async def _delivered(box: Box, event: Json, attempt: int, reason: str) -> bool:
    retry = {"retry_attempt": attempt, "retry_reason": reason}
    try:
        await box.envelopes.deliver("events_api", event["event"]["type"], event, accepts=False, retry=retry)
    except Refused:
        return False
    return True
