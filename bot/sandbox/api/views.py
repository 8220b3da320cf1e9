"""The views.* methods."""

from bot.sandbox.api.args import Args
from bot.sandbox.api.content import view_content
from bot.sandbox.box import Box
from bot.sandbox.state.people import PEOPLE
from bot.sandbox.state.triggers import Trigger
from bot.sandbox.wire import Json, Refused


def open_view(box: Box, args: Args) -> Json:
    """Answer views.open (docs.slack.dev/reference/methods/views.open)."""
    view = view_content(box, args, "modal")
    return {"view": box.modals.open(_trigger(box, args).person, view)}


def push(box: Box, args: Args) -> Json:
    """Answer views.push (docs.slack.dev/reference/methods/views.push); the trigger must come from a modal."""
    view = view_content(box, args, "modal")
    trigger = _trigger(box, args)
    if not trigger.in_modal:
        raise Refused("not_found")
    return {"view": box.modals.push(trigger.person, view)}


def update(box: Box, args: Args) -> Json:
    """Answer views.update (docs.slack.dev/reference/methods/views.update)."""
    view = view_content(box, args, "modal")
    view_id = args.text("view_id") or box.modals.find_external(args.text("external_id"))
    return {"view": box.modals.update(view_id, view, args.text("hash"))}


def publish(box: Box, args: Args) -> Json:
    """Answer views.publish (docs.slack.dev/reference/methods/views.publish)."""
    person = args.need("user_id")
    if person not in PEOPLE:
        raise Refused("user_not_found")
    view = view_content(box, args, "home")
    return {"view": box.modals.publish(person, view, args.text("hash"))}


def _trigger(box: Box, args: Args) -> Trigger:
    return box.triggers.spend(args.need("trigger_id"))
