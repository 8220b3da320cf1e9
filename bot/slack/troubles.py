"""What went wrong with a request, in words that say whose illness it is, what holds, and what to do."""

import logging
import secrets

from bot.slack.client import SlackBusy, SlackRefused, SlackUnreachable

log = logging.getLogger(__name__)

LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
UNCHANGED = "Nothing was changed."
CHANGED = "What you asked for is done, and `/board` shows it."
REPEATED = "That was done when it came the first time, and nothing was done twice. `/board` shows what holds now."


def in_words(error: Exception, *, is_changed: bool) -> str:
    """Say what went wrong. `is_changed`: what was asked for is done, and only showing it failed."""
    holds = CHANGED if is_changed else UNCHANGED
    again = "" if is_changed else " Try again in a moment."
    match error:
        case SlackRefused(code=code) if code in LATE:
            return f"That took too long, so Slack did not open the dialog. {holds}{again}"
        case SlackBusy(seconds=seconds):
            log.warning("Slack was too busy for an answer: %s", error)
            again = "" if is_changed else f" Try again in {seconds} s."
            return f"Slack is busy and asks me to wait, so I can't show you the answer. {holds}{again}"
        case SlackUnreachable():
            log.warning("Slack did not take an answer: %s", error)
            return f"Slack does not answer me just now, so I can't show you the answer. {holds}{again}"
        case SlackRefused(code=code, is_of_the_token=True):
            return (
                f"Slack no longer takes my token ({code}), so I can't show you the answer. {holds} "
                "Whoever runs Onewip installs the app again; until then only typed commands are answered."
            )
    return _with_reference(error, holds, is_changed=is_changed)


def _with_reference(error: Exception, holds: str, *, is_changed: bool) -> str:
    """Say what whoever runs the bot has to look at; the reference finds it in the log."""
    reference = secrets.token_hex(4)
    log.error("ref %s", reference, exc_info=error)
    if isinstance(error, SlackRefused):
        return f"Slack refuses to show you the answer ({error.code}). {holds} (ref {reference})"
    if is_changed:
        return f"Something broke on my side, and I can't show you the answer. {holds} (ref {reference})"
    return f"Something broke on my side, and nothing was changed. (ref {reference})"
