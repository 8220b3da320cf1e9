"""What a person does with a modal as a whole: submit it, or close it."""

import contextlib

from bot.sandbox.api.args import Args
from bot.sandbox.api.content import view_content
from bot.sandbox.box import Box
from bot.sandbox.delivery import payloads
from bot.sandbox.delivery.attached import with_known_files
from bot.sandbox.state.forms import complaints, values
from bot.sandbox.wire import Json, Refused


async def submit(box: Box, person: str, view_id: str, given: Json) -> dict[str, str]:
    """Deliver view_submission and do what the answer says; give the errors by block id, empty when it went through.

    What Slack's client checks itself (required fields, lengths) never reaches the bot.
    """
    view = box.modals.of(person, view_id)
    state = values(view["blocks"], with_known_files(box, person, given))
    errors = complaints(view["blocks"], state)
    if not errors:
        payload = payloads.submission(
            person, view | {"state": {"values": state}}, box.triggers.issue(person, in_modal=True)
        )
        answer = await box.envelopes.deliver("interactive", "view_submission", payload, accepts=True)
        errors = _act(box, person, view, answer)
    if errors:
        box.live.tell({"type": "errors", "view_id": view_id, "errors": errors}, to=(person,))
    return errors


def _act(box: Box, person: str, view: Json, answer: Json) -> dict[str, str]:
    """Apply a response_action (docs.slack.dev/surfaces/modals, "Returning a response")."""
    action = answer.get("response_action")
    if action == "errors":
        return _field_errors(view, answer.get("errors"))
    if action == "clear":
        box.modals.clear(person)
    elif action == "update":
        box.modals.update(view["id"], view_content(box, Args(answer), "modal"))
    elif action == "push":
        box.modals.push(person, view_content(box, Args(answer), "modal"))
    elif action is None:
        _close_top(box, person, view["id"])
    else:
        raise Refused("invalid_response_action")
    return {}


def _field_errors(view: Json, errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refused("invalid_response_errors")
    return {str(block): str(text) for block, text in errors.items()}


def _close_top(box: Box, person: str, view_id: str) -> None:
    # The bot may have closed or replaced it while it worked on the submission.
    if any(view["id"] == view_id for view in box.modals.stacks[person]):
        box.modals.close(view_id)


async def close(box: Box, person: str, view_id: str) -> None:
    """Close a modal and what is above it, all of them with clear_on_close; tell the bot where it asked to know."""
    view = box.modals.of(person, view_id)
    cleared = bool(view["clear_on_close"])
    gone = box.modals.clear(person) if cleared else box.modals.close(view_id)
    for closed in gone:
        if closed["notify_on_close"]:
            payload = payloads.closed(person, closed, cleared=cleared)
            # The modal is closed for the person, whether the bot hears of it or not.
            with contextlib.suppress(Refused):
                await box.envelopes.deliver("interactive", "view_closed", payload, accepts=False)
